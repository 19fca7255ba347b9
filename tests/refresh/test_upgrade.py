"""A workbook of an older version gets the sheets that are new; what was deleted on purpose stays deleted."""

import re
import shutil
from pathlib import Path

import pytest
from xlsxwriter.worksheet import Worksheet

from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import draw_report, place_under_notes
from les_xl.excel.placed import Placed
from les_xl.position import Position
from les_xl.report.table import Column, Row, Table
from tests.office import recalculated
from tests.refresh.older import (
    NEWER,
    deleted,
    edited,
    faults,
    opened,
    refreshed,
    rules,
    seen,
    with_sheet,
)
from tests.refresh.opened import changed, parts, values

BOOKKEEPING = {
    "[Content_Types].xml",
    "docProps/app.xml",
    "docProps/custom.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
}


def _sign_up(_: Position) -> tuple[Placed, ...]:
    columns = (Column("LES"), Column("Signed up", "number"), Column("Since", "month"))
    table = Table("tblSignup", "Sign-up", columns, (Row(("Gap", 2, "2025-05")),), ("LES",))
    return (place_under_notes("Sign-up", table),)


def _draw_sign_up(drawing: Drawing, sheet: Worksheet) -> None:
    draw_report(drawing, sheet, drawing.tables["tblSignup"])


SIGN_UP = Sheet("Sign-up", "Who is signed up", _sign_up, _draw_sign_up)


@pytest.fixture(scope="module")
def upgraded(older_original: Path, position: Position, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after a refresh."""
    path = Path(shutil.copy2(older_original, tmp_path_factory.mktemp("upgraded")))
    result = refreshed(path, position)
    assert result.plan.sheets == NEWER
    assert (result.plan.lacking, result.warnings) == ((), ())
    return path


def _sheets(path: Path) -> list[str]:
    return list(opened(path).sheetnames)


def test_the_new_sheets_stand_at_the_end(older_original: Path, upgraded: Path) -> None:
    assert _sheets(upgraded) == [*_sheets(older_original), *NEWER]


def test_they_are_what_a_new_workbook_has(full: Path, upgraded: Path) -> None:
    new, mine = opened(full), opened(upgraded)
    for name in NEWER:
        there, here = new[name], mine[name]
        assert seen(here) == seen(there)
        assert rules(here) == rules(there)
        assert {at: one.width for at, one in here.column_dimensions.items()} == {
            at: one.width for at, one in there.column_dimensions.items()
        }
        assert {at: one.height for at, one in here.row_dimensions.items()} == {
            at: one.height for at, one in there.row_dimensions.items()
        }
        assert {table.name: table.ref for table in here.tables.values()} == {
            table.name: table.ref for table in there.tables.values()
        }
        assert len(here._charts) == len(there._charts)
        for fact in ("print_area", "print_title_rows", "print_title_cols", "freeze_panes"):
            assert getattr(here, fact) == getattr(there, fact)
        assert here.oddFooter.center.text == there.oddFooter.center.text
        assert [(one.sqref, one.formula1) for one in here.data_validations.dataValidation] == [
            (one.sqref, one.formula1) for one in there.data_validations.dataValidation
        ]
        assert {cell.hyperlink.location for row in here for cell in row if cell.hyperlink} == {"'Cover'!A1"}
    assert set(mine.defined_names) == set(new.defined_names)


def test_shares_are_coloured_also_where_the_cells_with_the_edges_are_not(
    older: Path, position: Position
) -> None:
    """The edges came into the Cover later than the sheets that were coloured by them."""
    lacks = re.compile(rb'<definedName name="LesFlag(Under|Over)"[^<]*</definedName>')
    edited(older, workbook=lambda xml: lacks.sub(b"", xml))
    result = refreshed(older, position)
    assert result.plan.lacking == ("named cell LesFlagUnder", "named cell LesFlagOver")
    found = opened(older)["Practices"].conditional_formatting
    tests = [rule.formula[0] for ranges in found for rule in ranges.rules]
    assert [re.sub(r".*([<>].*)\)", r"\1", text) for text in tests] == ["<0.6", ">1.5"]


def test_alternative_texts_and_drawings_come_whole(full: Path, upgraded: Path) -> None:
    def texts(path: Path) -> list[str]:
        drawings = (data for name, data in parts(path).items() if name.startswith("xl/drawings/drawing"))
        return sorted(text for data in drawings for text in re.findall(r'descr="[^"]*"', data.decode()))

    assert texts(upgraded) == texts(full)


def test_everything_else_stays_byte_for_byte(older_original: Path, upgraded: Path) -> None:
    before, after = parts(older_original), parts(upgraded)
    touched = {name for name in changed(before, after) if name in before}
    assert touched == BOOKKEEPING | {"xl/worksheets/sheet1.xml"}
    looks = re.search(rb"<cellXfs[^>]*>(.*)</cellXfs>", before["xl/styles.xml"])
    assert looks is not None
    assert looks[1] in after["xl/styles.xml"]


def test_the_cover_leads_to_them(older_original: Path, upgraded: Path) -> None:
    before, after = (opened(path)["Cover"] for path in (older_original, upgraded))
    links = [(row[0].value, row[0].hyperlink) for row in after["D5:D40"] if row[0].value]
    assert [name for name, _ in links][-len(NEWER) :] == list(NEWER)
    assert [link.location for _, link in links[-len(NEWER) :]] == [f"'{name}'!A1" for name in NEWER]
    assert len(links) == len([1 for row in before["D5:D40"] if row[0].value]) + len(NEWER)
    looks = seen(after)
    assert looks[f"D{4 + len(links)}"][1:] == looks["D5"][1:]


def test_it_is_valid_and_a_second_refresh_changes_no_byte(upgraded: Path, position: Position) -> None:
    assert faults(upgraded) == set()
    before = upgraded.read_bytes()
    again = refreshed(upgraded, position)
    assert not again.written
    assert again.plan.sheets == ()
    assert upgraded.read_bytes() == before


@pytest.mark.office
def test_libreoffice_opens_all_of_it(full: Path, upgraded: Path, tmp_path: Path) -> None:
    here = recalculated(upgraded, tmp_path / "office")
    charts = [sum("charts/chart" in name for name in parts(path)) for path in (here, full)]
    assert charts[0] == charts[1] > 5
    assert _sheets(here) == _sheets(upgraded)
    for name, area in (("LTC banding", "A9:H14"), ("LTC profile", "A8:G19"), ("Practices", "A7:J9")):
        assert values(here, name, area) == values(full, name, area)


def test_a_dry_run_says_so_and_writes_nothing(older: Path, position: Position) -> None:
    before = older.read_bytes()
    result = refreshed(older, position, dry_run=True)
    assert "new sheets: LTC banding, LTC profile, Practices, Actions and risks, Explorer" in (
        result.plan.sentences()
    )
    assert result.as_json()["sheets"] == list(NEWER)
    assert not result.written
    assert older.read_bytes() == before


def test_what_was_deleted_stays_deleted_until_it_is_asked_for(
    full: Path, position: Position, tmp_path: Path
) -> None:
    path = deleted(Path(shutil.copy2(full, tmp_path)), "LTC banding")
    sheets = _sheets(path)
    result = refreshed(path, position)
    assert not result.written
    assert result.plan.lacking == ("table tblBanding",)
    assert [problem.code for problem in result.warnings] == ["LES438"]
    assert "--add-missing" in result.warnings[0].hint
    back = refreshed(path, position, add_missing=True)
    assert (back.plan.sheets, back.plan.lacking) == (("LTC banding",), ())
    assert _sheets(path) == [*sheets, "LTC banding"]
    assert faults(path) == set()


def test_what_came_with_an_upgrade_and_was_deleted_stays_deleted(older: Path, position: Position) -> None:
    refreshed(older, position)
    deleted(older, "Practices")
    assert not refreshed(older, position).written
    assert "Practices" not in _sheets(older)


def test_a_workbook_without_memory_had_what_the_first_version_wrote(
    full: Path, position: Position, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = deleted(deleted(Path(shutil.copy2(full, tmp_path)), "Practices"), "@Gap & Co")
    edited(path, custom=lambda xml: re.sub(rb"<property .*</property>", b"", xml))
    assert refreshed(path, position).plan.sheets == ()
    with_sheet(monkeypatch, SIGN_UP)
    assert refreshed(path, position).plan.sheets == ("Sign-up",)
    monkeypatch.undo()
    deleted(path, "Sign-up")
    with_sheet(monkeypatch, SIGN_UP)
    result = refreshed(path, position)
    assert (result.plan.sheets, result.written) == ((), False)
