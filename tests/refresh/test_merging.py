"""Rows are met by key: the analyst's order, columns and words stay, whatever they did to the table."""

from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.errors import LesError
from les_xl.excel.refresh import refresh_file
from les_xl.marks import Mark
from les_xl.report.table import Column, Formula, Ref, Row, Table
from tests.refresh.opened import parts, plan, values
from tests.workbooks.simple import write_simple

HEADERS = ("LES", "Apr-25", "May-25", "Jun-25")
ROWS = (("a", 1, 2, 3), ("b", 4, 5, 6), ("c", 7, 8, 9))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "les.xlsx"


def test_rows_keep_the_analysts_order_and_new_ones_come_last(path: Path) -> None:
    write_simple(path, HEADERS, (ROWS[2], ROWS[0], ROWS[1]))
    refresh_file(path, [plan(("a", 10, 2, 3), ("new", 0, 0, 0), ("b", 40, 5, 6), ("c", 70, 8, 9))])
    assert values(path, "Plan", "B4:E7") == [
        ["c", 70, 8, 9], ["a", 10, 2, 3], ["b", 40, 5, 6], ["new", 0, 0, 0],
    ]  # fmt: skip


def test_columns_may_be_moved_and_added_to(path: Path) -> None:
    headers = ("Mine", "May-25", "LES", "Jun-25", "Apr-25")
    write_simple(path, headers, (("x", 2, "a", 3, 1), ("y", 5, "b", 6, 4)))
    refresh_file(path, [plan(("b", 40, 50, 60), ("a", 10, 20, 30), ("d", 7, 8, 9))])
    assert values(path, "Plan", "B4:F6") == [
        ["x", 20, "a", 30, 10], ["y", 50, "b", 60, 40], [None, 8, "d", 9, 7],
    ]  # fmt: skip


def test_a_row_that_vanished_goes_and_the_analysts_columns_move_with_theirs(path: Path) -> None:
    write_simple(path, (*HEADERS, "Mine"), ((*ROWS[0], "of a"), (*ROWS[1], None), (*ROWS[2], "of c")))
    result = refresh_file(path, [plan(("a", 1, 2, 3), ("c", 7, 8, 9))])
    assert result.plan.tables[0].removed == ("b",)
    assert values(path, "Plan", "B4:F6") == [
        ["a", 1, 2, 3, "of a"], ["c", 7, 8, 9, "of c"], [None] * 5,
    ]  # fmt: skip
    assert b'ref="B3:F5"' in parts(path)["xl/tables/table1.xml"]


def test_a_row_that_vanished_stays_where_it_carries_the_analysts_text(path: Path) -> None:
    write_simple(path, (*HEADERS, "Mine"), ((*ROWS[0], None), (*ROWS[1], "why?"), (*ROWS[2], None)))
    result = refresh_file(path, [plan(("a", 1, 2, 3), ("c", 7, 8, 9))])
    assert result.plan.tables[0].kept == ("b",)
    assert values(path, "Plan", "B4:F6") == [
        ["a", 1, 2, 3, None], ["b", "[z]", "[z]", "[z]", "why?"], ["c", 7, 8, 9, None],
    ]  # fmt: skip
    assert not refresh_file(path, [plan(("a", 1, 2, 3), ("c", 7, 8, 9))]).written
    refresh_file(path, [plan(*ROWS)])
    assert values(path, "Plan", "B5:F5") == [["b", 4, 5, 6, "why?"]]


def test_a_row_that_vanished_stays_where_a_chart_or_formula_points_at_it(path: Path) -> None:
    def chart(book: Workbook, sheet: Worksheet) -> None:
        drawn = book.add_chart({"type": "line"})
        drawn.add_series({"values": "=Plan!$C$5:$E$5"})
        sheet.insert_chart("H2", drawn)
        sheet.write_formula("A6", "=C6*2", None, 14)

    write_simple(path, HEADERS, ROWS, more=chart)
    result = refresh_file(path, [plan(ROWS[0])])
    assert result.plan.tables[0].kept == ("b", "c")
    write_simple(path, HEADERS, ROWS, more=chart)
    result = refresh_file(path, [plan(ROWS[1], ROWS[2])])
    assert result.plan.tables[0].removed == ("a",)
    assert b"<c:f>Plan!$C$4:$E$4</c:f>" in parts(path)["xl/charts/chart1.xml"]
    assert values(path, "Plan", "A6:A6", formulas=True) == [["=C5*2"]]


def test_a_row_with_a_comment_stays_and_a_comment_moves_with_its_row(path: Path) -> None:
    def comment(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_comment("C6", "look here")

    write_simple(path, HEADERS, ROWS, more=comment)
    refresh_file(path, [plan(ROWS[0], ROWS[2])])
    after = parts(path)
    assert b'<comment ref="C5"' in after["xl/comments1.xml"]
    assert b"<x:Row>4</x:Row>" in after["xl/drawings/vmlDrawing1.vml"]
    assert refresh_file(path, [plan(ROWS[0])]).plan.tables[0].kept == ("c",)


OWN = ("Owner", "Response")


def exceptions(*keys: str) -> Table:
    columns = (Column("Key"), Column("Figure", "percent"), *(Column(name, "long_text") for name in OWN))
    rows = tuple(Row((key, 0.5, None, None)) for key in keys)
    return Table("tblExceptions", "Exceptions", columns, rows, ("Key",), own=OWN)


def resolved(headers: tuple[str, ...]) -> Any:
    def more(_: Workbook, sheet: Worksheet) -> None:
        columns = [{"header": header} for header in headers]
        sheet.add_table(1, 9, 2, 8 + len(headers), {"name": "tblResolved", "columns": columns})

    return more


def test_text_of_a_resolved_exception_moves_to_the_list(path: Path) -> None:
    rows = (("k1", 0.1, "Ann", "done"), ("k2", 0.2, None, None), ("k3", 0.3, "Bob", None))
    headers = ("Key", "Figure", *OWN)
    more = resolved(("Table", "Key", "Owner", "Response"))
    write_simple(path, headers, rows, name="tblExceptions", more=more)
    result = refresh_file(path, [exceptions("k2")])
    assert {change.table: change.resolved for change in result.plan.tables}["tblExceptions"] == ("k1", "k3")
    assert values(path, "Plan", "B4:E5") == [["k2", 0.5, None, None], [None] * 4]
    assert values(path, "Plan", "J3:M4") == [
        ["tblExceptions", "k1", "Ann", "done"], ["tblExceptions", "k3", "Bob", None],
    ]  # fmt: skip
    assert not refresh_file(path, [exceptions("k2")]).written


def test_text_stays_where_the_list_has_no_column_for_it(path: Path) -> None:
    rows = (("k1", 0.1, "Ann", "done"),)
    write_simple(path, ("Key", "Figure", *OWN), rows, name="tblExceptions", more=resolved(("Key", "Owner")))
    assert refresh_file(path, [exceptions("k2")]).plan.tables[0].kept == ("k1",)
    assert values(path, "Plan", "B4:E5") == [["k1", "[z]", "Ann", "done"], ["k2", 0.5, None, None]]


def test_what_the_analyst_typed_into_own_columns_is_never_overwritten(path: Path) -> None:
    write_simple(path, ("Key", "Figure", *OWN), (("k1", 0.1, "Ann", "done"),), name="tblExceptions")
    columns = exceptions().columns
    drafted = Table("tblExceptions", "", columns, (Row(("k1", 0.2, "draft", "draft")),), ("Key",), own=OWN)
    refresh_file(path, [drafted])
    assert values(path, "Plan", "B4:E4") == [["k1", 0.2, "Ann", "done"]]


def test_a_list_of_the_analysts_own_is_left_alone(path: Path) -> None:
    rows = (("call them", "Ann"), (None, None), ("write", "Bob"))
    write_simple(path, ("Action", "Owner"), rows, name="tblActions")
    columns = (Column("Action"), Column("Owner"))
    empty = Table("tblActions", "", columns, (Row((None, None)),), ("Action",), own=("Action", "Owner"))
    assert not refresh_file(path, [empty]).written


def test_a_table_left_without_rows_keeps_a_blank_one(path: Path) -> None:
    write_simple(path, HEADERS, ROWS)
    refresh_file(path, [plan()])
    assert values(path, "Plan", "B4:E6") == [[None] * 4] * 3
    assert b'ref="B3:E4"' in parts(path)["xl/tables/table1.xml"]
    assert not refresh_file(path, [plan()]).written
    refresh_file(path, [plan(*ROWS)])
    assert values(path, "Plan", "B4:E6") == [list(row) for row in ROWS]


def shares() -> Table:
    """Two LES and their total; shares of the total, and the total itself, are formulas."""
    columns = (Column("LES"), Column("Count", "number"), Column("Share", "percent"))
    rows = (
        Row(("a", 30, Formula("={0}/{1}", (Ref(0, 1), Ref(2, 1)), 0.3))),
        Row(("b", 70, Formula("={0}/{1}", (Ref(1, 1), Ref(2, 1)), 0.7))),
        Row(("Total", Formula("=SUM({0})", (Ref(0, 1, 1, 1),), 100.0), Mark.NOT_APPLICABLE)),
    )
    return Table("tblPlan", "Shares", columns, rows, ("LES",))


def test_formulas_speak_of_the_right_cells_after_rows_and_columns_were_moved(path: Path) -> None:
    rows = ((0, "b", "x", 0), (0, "Total", "y", 0), (0, "a", "z", 0))
    write_simple(path, ("Share", "LES", "Mine", "Count"), rows)
    refresh_file(path, [shares()])
    assert values(path, "Plan", "B4:E6", formulas=True) == [
        ["=E4/E5", "b", "x", 70], ["[z]", "Total", "y", "=SUM(E4,E6)"], ["=E6/E5", "a", "z", 30],
    ]  # fmt: skip
    assert values(path, "Plan", "B4:E6") == [
        [0.7, "b", "x", 70],
        ["[z]", "Total", "y", 100],
        [0.3, "a", "z", 30],
    ]
    assert not refresh_file(path, [shares()]).written


def test_a_formula_whose_cells_are_gone_leaves_its_result(path: Path) -> None:
    write_simple(path, ("LES", "Share"), (("a", 0), ("b", 0), ("Total", 0)))
    result = refresh_file(path, [shares()])
    assert values(path, "Plan", "C4:C6", formulas=True) == [[0.3], [0.7], ["[z]"]]
    assert result.plan.lacking == ("column 'Count' in tblPlan",)
    assert [warning.code for warning in result.warnings] == ["LES438"]


def test_a_table_or_name_that_was_deleted_is_listed_and_the_rest_is_filled(path: Path) -> None:
    write_simple(path, HEADERS, ROWS)
    result = refresh_file(path, [plan(("a", 9, 2, 3)), exceptions("k")], {"LesAsAt": "2025-06"})
    assert result.written
    assert result.plan.lacking == ("table tblExceptions", "named cell LesAsAt")


def test_a_missing_key_is_refused_and_nothing_is_written(path: Path) -> None:
    write_simple(path, ("Service", *HEADERS[1:]), ROWS)
    before = path.read_bytes()
    with pytest.raises(LesError, match=r"LES431 tblPlan has no column 'LES'"):
        refresh_file(path, [plan(*ROWS)])
    assert path.read_bytes() == before


@pytest.mark.parametrize(("date1904", "april"), [(False, 45748), (True, 45748 - 1462)])
def test_dates_are_serial_numbers_of_the_workbooks_own_system(path: Path, date1904: bool, april: int) -> None:
    write_simple(path, ("Month", "Due"), ((None, None),), workbook={"date_1904": date1904})
    columns = (Column("Month", "month"), Column("Due", "date"))
    table = Table("tblPlan", "", columns, (Row(("2025-04", "2025-04-30")),), ("Month",))
    refresh_file(path, [table])
    assert f"<v>{april}</v>".encode() in parts(path)["xl/worksheets/sheet1.xml"]
    assert f"<v>{april + 29}</v>".encode() in parts(path)["xl/worksheets/sheet1.xml"]
    assert not refresh_file(path, [table]).written


def test_odd_texts_are_the_same_in_the_cell(path: Path) -> None:
    write_simple(path, HEADERS, ())
    odd = ("=1+1", " lead", "a\nb", "x_x000D_y", "<&>\"'", "a\x01b", "naïve – ✓")
    refresh_file(path, [plan(*((text, 1, 2, 3) for text in odd))])
    assert [row[0] for row in values(path, "Plan", "B4:B10")][:3] == ["=1+1", " lead", "a\nb"]
    assert not refresh_file(path, [plan(*((text, 1, 2, 3) for text in odd))]).written
