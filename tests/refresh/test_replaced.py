"""A new row where another one was: neither figure nor text of that one stays, and it looks as it did."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.excel.refresh import refresh_file
from les_xl.report.table import Column, Row, Table
from tests.refresh.opened import parts, values
from tests.workbooks.inject import write_parts
from tests.workbooks.simple import More, write_simple

HEADERS = ("LES", "Apr-25", "May-25", "Response")
RESOLVED = ("LES", "Table", "Apr-25", "May-25", "Response")
SHEET = "xl/worksheets/sheet1.xml"


def table(*rows: tuple[Any, ...], ranked: tuple[str, ...] = ()) -> Table:
    """A list by LES with a column of the analyst's."""
    columns = (Column("LES"), Column("Apr-25", "number"), Column("May-25", "number"), Column("Response"))
    return Table("tblPlan", "", columns, tuple(map(Row, rows)), ("LES",), own=("Response",), ranked=ranked)


def _write(path: Path, *rows: tuple[Any, ...], more: More | None = None) -> Path:
    return write_simple(path, HEADERS, rows, more=more)


def _with_resolved(_: Workbook, sheet: Worksheet) -> None:
    columns = [{"header": name} for name in RESOLVED]
    sheet.add_table(20, 1, 22, 5, {"name": "tblResolved", "columns": columns})


def test_a_new_row_has_no_figure_of_the_one_before_it(tmp_path: Path) -> None:
    path = _write(tmp_path / "les.xlsx", ("a", 1, 2, None), ("b", 3, 4, None))
    refresh_file(path, [table(("a", 1.0, 2.0, None), ("c", None, 9.0, None))])
    assert values(path, "Plan", "B4:E5") == [["a", 1, 2, None], ["c", None, 9, None]]


def test_the_analysts_text_goes_to_the_resolved_list_and_stays_with_nobody_else(tmp_path: Path) -> None:
    path = _write(tmp_path / "les.xlsx", ("a", 1, 2, None), ("b", 3, 4, "mine about b"), more=_with_resolved)
    refresh_file(path, [table(("a", 1.0, 2.0, None), ("c", 8.0, 9.0, None))])
    assert values(path, "Plan", "B4:E5") == [["a", 1, 2, None], ["c", 8, 9, None]]
    assert values(path, "Plan", "B22:F22") == [["b", "tblPlan", 3, 4, "mine about b"]]


def test_what_points_at_a_row_that_goes_does_not_point_at_the_one_that_comes(tmp_path: Path) -> None:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet.conditional_format("C5:D5", {"type": "no_blanks", "format": None})
        sheet.data_validation("E5", {"validate": "list", "source": ["yes", "no"]})

    path = _write(tmp_path / "les.xlsx", ("a", 1, 2, None), ("b", 3, 4, None), more=more)
    refresh_file(path, [table(("a", 1.0, 2.0, None), ("c", 8.0, 9.0, None))])
    assert b"conditionalFormatting" not in parts(path)[SHEET]
    assert b"dataValidation" not in parts(path)[SHEET]


def test_where_every_row_is_a_new_one_each_looks_like_the_one_in_its_place(tmp_path: Path) -> None:
    def more(book: Workbook, sheet: Worksheet) -> None:
        sheet.write("B4", "a", book.add_format({"bold": True}))

    path = _write(tmp_path / "les.xlsx", ("a", 1, 2, None), ("b", 3, 4, None), more=more)
    (look,) = re.findall(rb'r="B4" (s="[0-9]+")', parts(path)[SHEET])
    refresh_file(path, [table(("c", 1.0, 2.0, None), ("d", 3.0, 4.0, None), ("e", 5.0, 6.0, None))])
    assert values(path, "Plan", "B4:B6") == [["c"], ["d"], ["e"]]
    assert re.findall(rb'r="(B[0-9]+)" ' + look, parts(path)[SHEET]) == [b"B4"]


@pytest.mark.parametrize("attribute", [b' cm="1"', b' vm="1"', b' ph="1"'])
def test_cells_with_rare_attributes_come_along(attribute: bytes, tmp_path: Path) -> None:
    path = _write(tmp_path / "les.xlsx", ("a", 1, 2, None), ("b", 3, 4, "mine"))
    held = parts(path)
    held[SHEET] = held[SHEET].replace(b'<c r="E5"', b'<c r="E5"' + attribute)
    write_parts(path, held)
    refresh_file(path, [table(("b", 3.0, 4.0, None))])
    assert b'<c r="E4"' + attribute in parts(path)[SHEET]
    assert values(path, "Plan", "B4:E4") == [["b", 3, 4, "mine"]]


figures = st.none() | st.integers(1, 9).map(float)
lists = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(figures, figures), min_size=1, max_size=6)


@given(lists, lists)
def test_after_a_refresh_the_list_is_the_new_one_and_another_refresh_writes_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    before: dict[str, tuple[float | None, float | None]],
    after: dict[str, tuple[float | None, float | None]],
) -> None:
    path = tmp_path_factory.mktemp("there") / "les.xlsx"
    _write(path, *((name, *both, None) for name, both in before.items()))
    new = table(*((name, *both, None) for name, both in after.items()))
    refresh_file(path, [new])
    last = 3 + len(after)
    shown = {row[0]: row[1:] for row in values(path, "Plan", f"B4:E{last}")}
    assert shown == {name: [*both, None] for name, both in after.items()}
    assert not refresh_file(path, [new]).written
