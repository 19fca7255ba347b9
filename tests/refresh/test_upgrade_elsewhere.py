"""Sheets that come into a workbook in which the tables they speak of stand elsewhere, or are gone."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.excel.addresses import Area
from les_xl.excel.closed import workbook
from les_xl.excel.closed.adapter import ClosedBook
from les_xl.excel.closed.elsewhere import Elsewhere, Spot
from les_xl.excel.closed.markup import elements
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.pictures import chart_formulas
from les_xl.excel.closed.table import TablePart
from les_xl.excel.lint import lint_workbook
from les_xl.excel.master import new_workbook
from les_xl.position import Position, make_position
from tests.position.world import flat, known, organisation, service, specs
from tests.refresh.older import deleted, edited, faults, opened, refreshed, write_older
from tests.refresh.opened import parts
from tests.validity.validator import validate_ooxml
from tests.workbook.sample_position import NOW
from tests.workbooks.simple import write_simple


@pytest.fixture
def mine(full: Path, tmp_path: Path) -> Path:
    """A copy of a workbook that has everything."""
    return Path(shutil.copy2(full, tmp_path))


def _charts(path: Path, sheet: str) -> list[str]:
    """The references of the charts of a sheet."""
    package = Package(path.read_bytes())
    found = tuple(one for one in workbook.sheets(package) if one.name == sheet)
    return list(chart_formulas(package, found))


def _with_name(path: Path, name: str, text: str) -> Path:
    new = f'<definedName name="{name}">{text}</definedName></definedNames>'.encode()
    return edited(path, workbook=lambda xml: xml.replace(b"</definedNames>", new))


def _renamed(path: Path, old: str, new: str) -> Path:
    """Rename a sheet that no other part names."""
    return edited(path, workbook=lambda xml: xml.replace(f'name="{old}"'.encode(), f'name="{new}"'.encode()))


def _swapped(path: Path, sheet: str, first: str, second: str) -> Path:
    """Sort two rows of a table the other way round, as far as a refresh can tell: by their keys."""
    package = Package(path.read_bytes())
    part = next(one.part for one in workbook.sheets(package) if one.name == sheet)
    found = {one.get("r"): one for one in elements(package.xml(part), "c")}
    xml, cells = package.xml(part), [found[first], found[second]]
    texts = [xml[one.inner : one.inner_end] for one in reversed(cells)]
    package.edit(part, [(one.inner, one.inner_end, text) for one, text in zip(cells, texts, strict=True)])
    path.write_bytes(package.to_bytes())
    return path


def test_a_chart_finds_its_rows_where_the_analyst_sorted_them(mine: Path, position: Position) -> None:
    assert [row[0].value for row in opened(mine)["Summary"]["A10:A12"]] == ["+Gap", "Late", "Silent"]
    assert _charts(mine, "Capitated")[0] == "Summary!$A$11:$A$14"
    _swapped(deleted(mine, "Capitated"), "Summary", "A10", "A12")
    _renamed(mine, "Summary", "My 'short' list")
    assert refreshed(mine, position, add_missing=True).plan.sheets == ("Capitated",)
    here = "'My ''short'' list'"
    assert _charts(mine, "Capitated") == [
        f"({here}!$A$10:$A$11,{here}!$A$13:$A$14)",
        f"({here}!$F$10:$F$11,{here}!$F$13:$F$14)",
        f"({here}!$A$10:$A$11,{here}!$A$13:$A$14)",
        f"({here}!$K$10:$K$11,{here}!$K$13:$K$14)",
    ]
    assert [str(one) for one in validate_ooxml(mine)] == []


def test_a_chart_of_a_table_that_is_gone_is_left_out(mine: Path, position: Position) -> None:
    _with_name(deleted(deleted(mine, "Capitated"), "Summary"), "tblSummary", "Notes!$A$1")
    result = refreshed(mine, position, add_missing=True)
    assert result.plan.sheets == ("Capitated",)
    assert [problem.code for problem in result.warnings] == ["LES438", "LES428"]
    assert "tblSummary" in result.warnings[1].message
    assert _charts(mine, "Capitated") == []
    assert [str(one) for one in validate_ooxml(mine)] == []


def test_a_drop_down_list_of_a_table_that_is_gone_is_left_out(mine: Path, position: Position) -> None:
    _with_name(deleted(deleted(mine, "Actions and risks"), "Lists"), "tblListLes", "Notes!$A$1")
    assert refreshed(mine, position, add_missing=True).plan.sheets == ("Actions and risks",)
    offered = opened(mine)["Actions and risks"].data_validations
    assert offered.count == len(offered.dataValidation) == 4
    assert all(one.formula1.startswith('"') for one in offered.dataValidation)


def test_the_cover_comes_back_with_its_named_cells(mine: Path, position: Position) -> None:
    before = {name: one.attr_text for name, one in opened(mine).defined_names.items()}
    deleted(mine, "Cover")
    assert opened(mine).defined_names["LesAsAt"].attr_text == "#REF!"
    result = refreshed(mine, position, add_missing=True)
    assert (result.plan.sheets, result.plan.lacking) == (("Cover",), ())
    after = opened(mine)
    assert {name: one.attr_text for name, one in after.defined_names.items()} == before
    assert after["Cover"]["B5"].value == opened(mine)["Cover"]["B5"].value is not None
    assert after["Cover"].sheet_view.tabSelected is not True
    assert not refreshed(mine, position).written


def test_a_sheet_of_yours_keeps_its_name(mine: Path, position: Position) -> None:
    _renamed(deleted(mine, "LTC profile"), "Practices", "ltc PROFILE")
    before = {one.message for one in lint_workbook(mine)}
    assert refreshed(mine, position, add_missing=True).plan.sheets == ("LTC profile (2)",)
    assert all("'LTC profile (2)'!" in text for text in _charts(mine, "LTC profile (2)"))
    titles = opened(mine)["LTC profile (2)"].print_title_rows
    assert titles is not None
    assert {one.message for one in lint_workbook(mine)} <= before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda xml: xml.replace(b"<bookViews>", b'<workbookProtection lockStructure="1"/><bookViews>'),
            "structure is protected",
        ),
        (
            lambda xml: xml.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            "Strict Open XML",
        ),
    ],
)
def test_where_no_sheet_can_be_added_the_figures_still_come(
    change: object, said: str, position: Position, tmp_path: Path
) -> None:
    path = write_older(position, tmp_path / "les.xlsx", "Practices")
    edited(path, workbook=change)  # type: ignore[arg-type]
    edited(path, sheet2=lambda xml: xml.replace(b"<v>100</v>", b"<v>99</v>"))
    result = refreshed(path, position)
    assert result.written
    assert result.plan.sheets == ()
    assert result.plan.lacking == ("table tblPractices",)
    assert [problem.code for problem in result.warnings] == ["LES438", "LES427"]
    assert said in result.warnings[1].message
    assert "'Practices'" in result.warnings[1].message
    assert b"Sign" not in parts(path)["xl/workbook.xml"]


def test_dates_that_count_from_1904(full: Path, position: Position, tmp_path: Path) -> None:
    path = Path(shutil.copy2(full, tmp_path))
    deleted(path, "LTC profile")
    edited(path, workbook=lambda xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" '))
    refreshed(path, position, add_missing=True)
    first = ClosedBook(path).read_table("tblProfile").values[0][0]
    assert first == 45748 - 1462  # 1 April 2025, counted from 1904
    assert opened(path)["LTC profile"]["A8"].value == opened(full)["LTC profile"]["A8"].value


def test_a_les_that_is_new_gets_its_sheet(tmp_path: Path) -> None:
    world = known([organisation("P01")])
    before = make_position(specs(service("old", plan=[flat(10)])), world, as_at="2025-10")
    both = specs(service("old", plan=[flat(10)]), service("young", title="Young", plan=[flat(5)]))
    path = tmp_path / "les.xlsx"
    new_workbook(before, path, now=NOW)
    known_faults = {one.message for one in lint_workbook(path)}
    after = make_position(both, world, as_at="2025-10")
    assert refreshed(path, after).plan.sheets == ("Young",)
    assert {one.message for one in lint_workbook(path)} <= known_faults
    assert [str(one) for one in validate_ooxml(path)] == []
    assert not refreshed(path, after).written


def test_into_a_workbook_that_has_nothing_of_the_product(position: Position, tmp_path: Path) -> None:
    path = write_simple(tmp_path / "les.xlsx", ("Question", "Answer"), [("Why", 1)], name="tblMine")
    package = Package(path.read_bytes())
    package.drop(package.workbook, "styles")
    path.write_bytes(package.to_bytes())
    # It counts as one of version 0.1, and gets what is newer.
    assert refreshed(path, position).plan.sheets == (
        "No longer flagged",
        "Quality and outcomes",
        "Alert, advise, assure",
    )
    assert len(refreshed(path, position, add_missing=True).plan.sheets) > 15
    assert faults(path) == set()
    assert opened(path)["Plan"]["B4"].font.name == "Calibri"
    assert opened(path)["Cover"]["A1"].font.sz == 20


def _part(name: str, sheet: str, area: str) -> TablePart:
    return TablePart("", sheet, name, Area.parse(area), (), {}, totals=False, foreign=False)


ROWS = st.permutations(range(6)).map(lambda found: {at: 20 + place for at, place in enumerate(found)})


@given(rows=ROWS, first=st.integers(0, 5), last=st.integers(0, 5))
def test_every_row_of_a_range_is_found(rows: dict[int, int], first: int, last: int) -> None:
    first, last = sorted((first, last))
    spot = Spot("There", {-1: 19, **rows}, {0: 4, 1: 2})
    elsewhere = Elsewhere({}, [_part("tblA", "Here", "A3:B9")], lambda _: spot, {}, frozenset(), frozenset())
    text = elsewhere.formula(f"Here!$B${first + 4}:$B${last + 4}", lists=True)
    assert text is not None
    found = [Area.parse(one.replace("$", "")) for one in re.findall(r"!([^,)]+)", text)]
    assert [area.left for area in found] == [2] * len(found)
    covered = [row for area in found for row in range(area.top, area.bottom + 1)]
    assert covered == sorted(rows[at] for at in range(first, last + 1))


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Here!A1", None),
        ("Here!B2:C3", None),
        ("Here!B3", "'There'!D19"),
        ("Here!$B$4", "'There'!$D$20"),
        ('LEN("Here!A1")', 'LEN("Here!A1")'),
        ("New!$1:$3", "'New (2)'!$1:$3"),
        ("SUM(New!A1:B2)+A1", "SUM('New (2)'!A1:B2)+A1"),
        ("Gone!$1:$3", None),
        ('LesAsAt&"LesGone"', 'LesAsAt&"LesGone"'),
        ("LesGone+1", None),
        ("SUM(tblGone[Planned])", None),
    ],
)
def test_what_a_formula_says_of_other_sheets(text: str, there: str | None) -> None:
    spot = Spot("There", {-1: 19, 0: 20}, {0: 4})
    elsewhere = Elsewhere(
        {"New": "New (2)"},
        [_part("tblA", "Here", "B3:B4")],
        lambda _: spot,
        {},
        frozenset(("lesasat", "lesgone", "tblgone")),
        frozenset(("lesasat",)),
    )
    assert elsewhere.formula(text) == there
