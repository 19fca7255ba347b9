"""Columns that a table of an older workbook lacks come at its right edge on request, or are said to lack."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from les_xl.excel.closed.widths import with_width
from les_xl.excel.master import new_workbook
from les_xl.excel.sheets import profile, summary
from les_xl.position import Position
from les_xl.report.table import Table
from les_xl.report.tables import services
from les_xl.report.tables import summary as tables
from tests.office import recalculated
from tests.refresh.older import edited, faults, opened, refreshed, rules, seen
from tests.refresh.opened import changed, difference, parts
from tests.workbook.sample_position import NOW

NEWER = ("Practices reported", "Figures")
"""The columns that the older version of `tblSummary` does not have; in a new one more stands after them."""


def _without(table: Table, *names: str) -> Table:
    """The table as a version had it that knew no such columns."""
    kept = [at for at, column in enumerate(table.columns) if column.name not in names]
    rows = tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)


@pytest.fixture(scope="module")
def original(position: Position, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a version without those columns, not to be changed."""
    path = tmp_path_factory.mktemp("narrow") / "les.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "summary", lambda given: _without(tables.summary(given), *NEWER))
        new_workbook(position, path, now=NOW)
    return path


@pytest.fixture
def narrow(original: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy2(original, tmp_path))


@pytest.fixture(scope="module")
def wide(original: Path, position: Position, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same once it has got them, not to be changed."""
    path = Path(shutil.copy2(original, tmp_path_factory.mktemp("wide")))
    dry = refreshed(path, position, add_missing=True, dry_run=True)
    assert path.read_bytes() == original.read_bytes()
    result = refreshed(path, position, add_missing=True)
    assert result.plan.columns == dry.plan.columns == ("Practices reported, Figures in tblSummary",)
    assert result.as_json()["columns"] == list(result.plan.columns)
    assert result.plan.sentences()[-1] == "new columns: Practices reported, Figures in tblSummary"
    assert result.plan.lacking == ()
    return path


def _columns(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What is seen of each column of `tblSummary`, by its header."""
    sheet = opened(path)["Summary"]
    cells, (area,) = seen(sheet), [table.ref for table in sheet.tables.values()]
    return {
        column[0].value: [cells[cell.coordinate] for cell in column]
        for column in zip(*sheet[area], strict=True)
    }


def test_the_columns_are_those_of_a_new_workbook(wide: Path, full: Path) -> None:
    found, new = _columns(wide), _columns(full)
    assert list(found)[-2:] == list(NEWER)
    for name in NEWER:
        assert found[name] == new[name]
    assert opened(wide)["Summary"].tables["tblSummary"].autoFilter is None
    widths = opened(wide)["Summary"].column_dimensions
    assert (widths["S"].width, widths["T"].width) == pytest.approx((12.2, 11.2), abs=0.1)


def test_nothing_else_changes(wide: Path, original: Path, position: Position) -> None:
    before, after = parts(original), parts(wide)
    touched = changed(before, after)
    part = next(name for name, xml in before.items() if b'"tblSummary"' in xml and "/tables/" in name)
    assert {"xl/worksheets/sheet2.xml", part} <= touched
    assert touched <= {"xl/worksheets/sheet2.xml", part, "xl/styles.xml", "xl/workbook.xml"}
    gone, come = difference(before["xl/worksheets/sheet2.xml"], after["xl/worksheets/sheet2.xml"])
    assert all(re.search(r"@spans=|/dimension@ref=", fact) for fact in gone), gone
    assert all(re.search(r"/c\[[ST][0-9]+\]|/cols/|/dimension@ref=", fact) for fact in come), come
    assert rules(opened(original)["Summary"]) == rules(opened(wide)["Summary"])
    assert not refreshed(wide, position, add_missing=True).written


def test_it_is_as_sound_as_before(wide: Path, original: Path, tmp_path: Path) -> None:
    assert faults(wide) <= faults(original)
    read = opened(recalculated(wide, tmp_path))["Summary"]
    row = next(cell.row for cell in read["A"] if cell.value == "+Gap")
    assert [read.cell(row, column).value for column in (19, 20)] == [
        opened(wide)["Summary"].cell(row, column).value for column in (19, 20)
    ]


def test_without_being_asked_they_are_said_to_lack(narrow: Path, position: Position) -> None:
    result = refreshed(narrow, position)
    assert [problem.code for problem in result.warnings] == ["LES438", "LES438"]
    assert result.plan.lacking == tuple(f"column '{name}' in tblSummary" for name in NEWER)
    assert not result.written


def _typed(xml: bytes) -> bytes:
    return re.sub(rb'(<row r="20"[^>]*)/>|(?=</sheetData>)', _row_of_mine, xml, count=1)


def _row_of_mine(_: re.Match[bytes]) -> bytes:
    return b'<row r="200"><c r="T200" t="inlineStr"><is><t>Mine</t></is></c></row>'


def _merged(xml: bytes) -> bytes:
    at = xml.index(b"<conditionalFormatting")
    return xml[:at] + b'<mergeCells count="1"><mergeCell ref="S3:U9"/></mergeCells>' + xml[at:]


def _printed(xml: bytes) -> bytes:
    name = b'<definedName name="_xlnm.Print_Area" localSheetId="1">Summary!$A$1:$R$9</definedName>'
    return xml.replace(b"<definedNames>", b"<definedNames>" + name)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sheet2": _typed}, "something at T200 is in the way"),
        ({"sheet2": _merged}, "a merged cell at S3 is in the way"),
    ],
)
def test_what_is_in_the_way_is_named(
    narrow: Path, position: Position, changes: dict[str, Callable[[bytes], bytes]], reason: str
) -> None:
    before = edited(narrow, **changes).read_bytes()
    result = refreshed(narrow, position, add_missing=True)
    assert result.plan.lacking == tuple(f"column '{name}' in tblSummary ({reason})" for name in NEWER)
    assert not result.written
    assert narrow.read_bytes() == before


def test_what_is_drawn_or_a_month_does_not_come(position: Position, tmp_path: Path) -> None:
    path = tmp_path / "les.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        drawn = partial(_made_without, tables.summary, tables.TREND)
        patch.setattr(summary, "summary", lambda given: _without(drawn(given), NEWER[0]))
        patch.setattr(summary, "_add_sparklines", lambda *_: None)
        new_workbook(position, path, now=NOW)
    edited(path, **{f"table{at}": _without_june for at in range(1, 9)})
    result = refreshed(path, position, add_missing=True)
    assert result.plan.columns == (f"{NEWER[0]} in tblSummary",)
    assert set(result.plan.lacking) == {
        "column 'Delivered by month' in tblSummary (it is drawn, not filled)",
        "column 'Jun-25' in tblCapitated (its place is among the months)",
        "column 'Jun-25' in tblCostVolume (its place is among the months)",
    }


def _without_june(xml: bytes) -> bytes:
    """An analyst who uses the column for something else."""
    found = b'name="tblCapitated"' in xml or b'name="tblCostVolume"' in xml
    return xml.replace(b'name="Jun-25"', b'name="Mine"') if found else xml


def test_what_is_printed_takes_them_in(narrow: Path, position: Position) -> None:
    edited(narrow, workbook=_printed)
    assert refreshed(narrow, position, add_missing=True).written
    assert opened(narrow)["Summary"].print_area == "'Summary'!$A$1:$T$9"


def test_a_chart_or_the_next_table_is_in_the_way(position: Position, tmp_path: Path) -> None:
    """Beside `tblProfile` stands its chart, beside the metrics of a LES the list of its exceptions."""
    path = tmp_path / "les.xlsx"
    places = ((profile, "profile", "Delivered to date"), (services, "metrics", "% of annual target"))
    with pytest.MonkeyPatch.context() as patch:
        for module, name, column in places:
            made = getattr(module, name)
            older = partial(_made_without, made, column)
            patch.setattr(module, name, older)
        new_workbook(position, path, now=NOW)
    said = refreshed(path, position, add_missing=True).plan.lacking
    assert [what for what in said if "tblProfile" in what] == [
        "column 'Delivered to date' in tblProfile (a chart or picture at H7 is in the way)"
    ]
    assert len([what for what in said if re.search(r"tblLes_.* \(the table tblFlags_", what)]) == 5
    assert len(said) == 6


def _made_without(made: Callable[..., Table], column: str, *given: object) -> Table:
    return _without(made(*given), column)


@pytest.mark.parametrize(
    ("head", "after"),
    [
        (
            b"<sheetFormatPr/>",
            b'<sheetFormatPr/><cols><col min="3" max="3" width="9.5" customWidth="1"/></cols>',
        ),
        (
            b'<cols><col min="1" max="9" width="8" style="4"/></cols>',
            (
                b'<cols><col min="1" max="2" width="8" style="4"/>'
                b'<col min="3" max="3" width="9.5" customWidth="1" style="4"/>'
                b'<col min="4" max="9" width="8" style="4"/></cols>'
            ),
        ),
        (
            b'<x:cols><x:col min="1" max="1" width="8"/><x:col min="5" max="5" width="8"/></x:cols>',
            (
                b'<x:cols><x:col min="1" max="1" width="8"/>'
                b'<x:col min="3" max="3" width="9.5" customWidth="1"/>'
                b'<x:col min="5" max="5" width="8"/></x:cols>'
            ),
        ),
        (
            b'<cols><col min="2" max="3" width="70" customWidth="1"/></cols>',
            b'<cols><col min="2" max="3" width="70" customWidth="1"/></cols>',
        ),
    ],
)
def test_a_column_gets_its_width_unless_somebody_chose_one(head: bytes, after: bytes) -> None:
    source = b'<cols><col min="7" max="8" width="9.5" customWidth="1"/></cols>'
    assert with_width(head, 3, source, 7) == after
    assert with_width(head, 3, source, 9) == head
