"""One plan, two adapters: a closed file and the same workbook open in the stand-in end up alike."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.excel.live.refresh import refresh_live
from les_xl.excel.refresh import refresh_file
from les_xl.report.table import Column, Row, Table
from tests.live.mirror import contents, mirrored
from tests.live.windows import opened
from tests.refresh.opened import plan, values
from tests.refresh.test_merging import HEADERS, OWN, ROWS, exceptions, resolved, shares
from tests.refresh.test_ranking import AFTER, BEFORE, flagged
from tests.refresh.test_ranking import HEADERS as RANKED
from tests.refresh.test_totals_among_rows import banding
from tests.workbooks.simple import write_simple

Write = Callable[[Path], Path]
AREA = "B2:O14"


def simple(headers: tuple[str, ...], rows: Any, **options: Any) -> Write:
    return lambda path: write_simple(path, headers, rows, **options)


def _comment(_: Workbook, sheet: Worksheet) -> None:
    sheet.write_comment("C6", "look here")


def _pointing(_: Workbook, sheet: Worksheet) -> None:
    sheet.write_formula("A6", "=C6*2", None, 14)
    sheet.write("B9", "below")


def _pointing_at_total(_: Workbook, sheet: Worksheet) -> None:
    sheet.write_formula("H2", "=C7+SUM(C4:C8)", None, 0)
    sheet.write("C12", "below")


RANKS = tuple((severity, text, None, text.split()[0]) for severity, text in BEFORE)
MINE = (*HEADERS, "Mine")
BANDS = (("East", 1), ("West", 2), ("Gone", 4), ("Total", "=SUM(C4:C6)"), ("Change", 0))
GROUPS = (("East", 1), ("Mid", 3), ("Mid 2", 3), ("West", 2), ("South", 7))
TOTALS = {
    "total_row": True,
    "columns": [{"header": "LES", "total_string": "All"}]
    + [{"header": header, "total_function": "sum"} for header in HEADERS[1:]],
}
LOG = ("Key", "Figure", *OWN)
LOGGED = (("k1", 0.1, "Ann", "done"), ("k2", 0.2, None, None), ("k3", 0.3, "Bob", None))
LIST = resolved(("Table", "Key", "Owner", "Response"))

ODD = (
    "=1+1", "+1", "@x", "'x", "1-2", "Oct-25", "01E1", "[x]", "TRUE", "-", "#N/A", "5%",
    " lead", "a\nb", "<&>", "x" * 9_000, "=" + "y" * 9_000,
)  # fmt: skip

CASES: dict[str, tuple[Write, list[Table]]] = {
    "new rows last": (
        simple(HEADERS, (ROWS[2], ROWS[0], ROWS[1])),
        [plan(("a", 10, 2, 3), ("new", 0, 0, 0), ("b", 40, 5, 6), ("c", 70, 8, 9))],
    ),
    "columns moved": (
        simple(("Mine", "May-25", "LES", "Jun-25", "Apr-25"), (("x", 2, "a", 3, 1), ("y", 5, "b", 6, 4))),
        [plan(("b", 40, 50, 60), ("a", 10, 20, 30), ("d", 7, 8, 9))],
    ),
    "row gone": (
        simple(MINE, ((*ROWS[0], "of a"), (*ROWS[1], None), (*ROWS[2], "of c"))),
        [plan(("a", 1, 2, 3), ("c", 7, 8, 9))],
    ),
    "first and last gone, others new": (
        simple(HEADERS, ROWS, more=_pointing),
        [plan(("b", 4, 5, 6.5), ("d", 1, 1, 1))],
    ),
    "pointed at": (simple(HEADERS, ROWS, more=_pointing), [plan(ROWS[0])]),
    "commented": (simple(HEADERS, ROWS, more=_comment), [plan(ROWS[0], ROWS[1])]),
    "analyst's text": (
        simple(MINE, ((*ROWS[0], None), (*ROWS[1], "why?"), (*ROWS[2], None))),
        [plan(("a", 1, 2, 3), ("c", 7, 8, 9))],
    ),
    "analyst's formula": (
        simple(MINE, ((*ROWS[0], "=C4*2"), (*ROWS[1], "=C5*2"))),
        [plan(*ROWS, ("d", 1, 1, 1))],
    ),
    "resolved": (simple(LOG, LOGGED, name="tblExceptions", more=LIST), [exceptions("k2", "k4")]),
    "all gone": (simple(HEADERS, ROWS), [plan()]),
    "all others": (simple(HEADERS, ROWS), [plan(("x", 1, 2, 3), ("y", 4, 5, 6))]),
    "another in its place": (simple(HEADERS, ROWS), [plan(ROWS[0], ("x", None, 5, None), ROWS[2])]),
    "another in the last place": (simple(HEADERS, ROWS), [plan(*ROWS[:2], ("x", None, None, 1))]),
    "all others, with less": (simple(HEADERS, ROWS[:2]), [plan(("x", None, 2, 3), ("y", 4, None, None))]),
    "resolved, another in its place": (
        simple(LOG, LOGGED, name="tblExceptions", more=LIST),
        [exceptions(*(row[0] for row in LOGGED[:-1]), "k9")],
    ),
    "other year": (simple(HEADERS, ROWS), [plan(*ROWS, months=("Apr-26", "May-26", "Jun-26"))]),
    "formulas": (
        simple(("Share", "LES", "Mine", "Count"), ((0, "b", "x", 0), (0, "Total", "y", 0), (0, "a", "z", 0))),
        [shares()],
    ),
    "totals": (
        simple(HEADERS, ROWS, options=TOTALS),
        [plan(ROWS[0], ROWS[2], ("d", 1, 1, 1), ("e", 2, 2, 2))],
    ),
    "between others": (
        simple(("Group", "Count"), BANDS, name="tblBanding", more=_pointing_at_total),
        [banding(*GROUPS)],
    ),
    "between others, beside the analyst's": (
        simple(
            ("Group", "Mine", "Count"),
            tuple((name, f"=D{at}*2", count) for at, (name, count) in enumerate(BANDS, 4)),
            name="tblBanding",
        ),
        [banding(("North", 5), *GROUPS)],
    ),
    "ranked": (
        simple(RANKED, RANKS, name="tblFlags", sheet="Plan"),
        [flagged(*AFTER)],
    ),
    "ranked, with the analyst's text": (
        simple(
            RANKED,
            tuple((*row[:2], "Why?" if row[3] == "b2" else None, row[3]) for row in RANKS),
            name="tblFlags",
        ),
        [flagged(*AFTER)],
    ),
    "odd texts": (
        simple(HEADERS, ()),
        [plan(*((text, 1, 2, 3) for text in ODD))],
    ),
}  # fmt: skip


def _at_once(found: list[list[Any]]) -> list[list[Any]]:
    """Formulas told alike by both; texts in the file and in the stand-in are texts."""
    return [[one.replace(" ", "") if str(one)[:1] == "=" else one for one in row] for row in found]


@pytest.mark.parametrize("name", CASES)
def test_both_adapters_leave_the_same_contents(name: str, tmp_path: Path) -> None:
    write, tables = CASES[name]
    path = write(tmp_path / "les.xlsx")
    excel, workbook = mirrored(path)
    live = refresh_live(opened(workbook), tables)
    closed = refresh_file(path, tables)
    assert live.plan == closed.plan
    assert live.written
    sheet = excel.book.sheets[0]
    expected = values(path, "Plan", AREA, formulas=True)
    assert _at_once(contents(sheet, AREA)) == _at_once(expected)
    again, _ = mirrored(path)
    places = {table.name: (table.area, table.totals) for table in again.book.tables()}
    assert {table.name: (table.area, table.totals) for table in excel.book.tables()} == places


@pytest.mark.parametrize("name", CASES)
def test_a_second_refresh_of_constants_changes_nothing(name: str, tmp_path: Path) -> None:
    write, tables = CASES[name]
    excel, workbook = mirrored(write(tmp_path / "les.xlsx"))
    refresh_live(opened(workbook), tables)
    for sheet in excel.book.sheets:  # the stand-in does not calculate, and shares are formulas
        if any(cell.formula for cell in sheet.cells.values()):
            return
    before = len(excel.calls.made)
    assert not refresh_live(opened(workbook), tables).written
    assert "Range.Formula=" not in excel.calls.made[before:]


@pytest.mark.parametrize(("date1904", "april"), [(False, 45748), (True, 45748 - 1462)])
def test_dates_are_serials_and_keep_their_format(date1904: bool, april: int, tmp_path: Path) -> None:
    path = write_simple(
        tmp_path / "a.xlsx", ("Month", "Due"), ((None, None),), workbook={"date_1904": date1904}
    )
    excel, workbook = mirrored(path)
    columns = (Column("Month", "month"), Column("Due", "date"))
    table = Table("tblPlan", "", columns, (Row(("2025-04", "2025-04-30")),), ("Month",))
    refresh_live(opened(workbook), [table])
    assert contents(excel.book.sheets[0], "B4:C4") == [[april, april + 29]]


def test_appended_rows_look_like_the_row_that_they_continue(tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "a.xlsx", HEADERS, ROWS))
    sheet = excel.book.sheets[0]
    sheet.cells[6, 3].look = "0.0%"
    refresh_live(opened(workbook), [plan(*ROWS, ("d", 1, 1, 1), ("e", 1, 1, 1))])
    assert [sheet.cells[row, 3].look for row in range(4, 9)] == ["General", "General", "0.0%", "0.0%", "0.0%"]


def test_a_table_is_filled_in_one_call(tmp_path: Path) -> None:
    rows = tuple((f"P{number}", number, 0, 0) for number in range(200))
    excel, workbook = mirrored(write_simple(tmp_path / "a.xlsx", HEADERS, rows))
    refresh_live(opened(workbook), [plan(*((name, 1, 2, 3) for name, *_ in rows), ("Q", 1, 2, 3))])
    assert excel.calls.made.count("Range.Formula=") == 1
    assert excel.calls.made.count("Range.Value2=") == 0
    assert len(excel.calls.made) < 200


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "a.xlsx", HEADERS, ROWS))
    result = refresh_live(opened(workbook), [plan(("a", 9, 9, 9))], dry_run=True)
    assert result.plan.changes
    assert not result.written
    assert not any(call in excel.calls.made for call in ("Range.Formula=", "ListObject.Resize()"))


def test_named_cells_are_filled(tmp_path: Path) -> None:
    def more(book: Workbook, _: Worksheet) -> None:
        book.define_name("LesAsAt", "=Plan!$H$1")
        book.define_name("LesArea", "=Plan!$H$1:$H$2")

    excel, workbook = mirrored(write_simple(tmp_path / "a.xlsx", HEADERS, ROWS, more=more))
    names = {"LesAsAt": "2025-10", "LesArea": "no cell", "LesNone": "nowhere"}
    result = refresh_live(opened(workbook), [], names)
    assert contents(excel.book.sheets[0], "H1:H2") == [["2025-10"], [None]]
    assert [warning.message for warning in result.warnings] == [
        "the workbook has no named cell LesArea, and nothing was filled there",
        "the workbook has no named cell LesNone, and nothing was filled there",
    ]


def test_a_filter_is_taken_off_and_set_again(tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "a.xlsx", HEADERS, ROWS))
    table = next(excel.book.tables())
    table.criteria = {1: (("=a", "=b"), 7), 2: (">3", 0)}
    result = refresh_live(opened(workbook), [plan(("a", 9, 2, 3), *ROWS[1:])])
    assert table.criteria == {1: (["a", "b"], 7), 2: (">3", 0)}
    assert contents(excel.book.sheets[0], "C4:C4") == [[9.0]]
    assert result.warnings == ()


def test_a_filter_that_cannot_be_set_again_is_told(tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "a.xlsx", HEADERS, ROWS))
    table = next(excel.book.tables())
    table.criteria = {2: (255, 8)}
    result = refresh_live(opened(workbook), [plan(("a", 9, 2, 3), *ROWS[1:])])
    assert [warning.code for warning in result.warnings] == ["LES440"]
    assert table.criteria == {}


def test_what_was_sorted_in_excel_keeps_its_order_and_new_rows_come_last(tmp_path: Path) -> None:
    write, tables = CASES["ranked"]
    excel, workbook = mirrored(write(tmp_path / "les.xlsx"))
    (table,) = excel.book.tables()
    table.sorted_by = 1
    refresh_live(opened(workbook), tables)
    keys = [row[0] for row in contents(excel.book.sheets[0], "E4:E11")]
    assert keys == ["a1", "a2", "b1", "b4", "b2", "b3", "n1", "n2"]
