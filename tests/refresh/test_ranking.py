"""A ranked table keeps its classes in order: new rows in their place, others moved if nobody touched them."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.excel.closed.adapter import ClosedBook
from les_xl.excel.edition import contents
from les_xl.excel.master import new_workbook
from les_xl.excel.ranking import Order, classes, ordered, out_of_place
from les_xl.excel.refresh import refresh_file
from les_xl.report.table import Column, Row, Table
from tests.refresh.opened import parts, values
from tests.workbook.sample_position import NOW, sample_position
from tests.workbooks.inject import write_parts
from tests.workbooks.simple import write_simple

HEADERS = ("Severity", "Finding", "Response", "Key")
TABLE = "xl/tables/table1.xml"


def flagged(*rows: tuple[str, str]) -> Table:
    """A generated list, alerts first; the key is the finding's first word."""
    cells = tuple(Row((severity, finding, None, finding.split()[0])) for severity, finding in rows)
    columns = tuple(Column(name) for name in HEADERS)
    return Table("tblFlags", "", columns, cells, ("Key",), own=("Response",), ranked=("Severity",))


def _write(path: Path, *rows: tuple[str, str], typed: dict[str, str] | None = None, more: Any = None) -> Path:
    cells = [(severity, text, (typed or {}).get(text), text.split()[0]) for severity, text in rows]
    return write_simple(path, HEADERS, cells, name="tblFlags", sheet="Flags", at=(2, 1), more=more)


def _shown(path: Path, rows: int) -> list[str]:
    """Each row's first letters: severity, key, and what the analyst wrote."""
    found = values(path, "Flags", f"B4:E{3 + rows}")
    return ["".join(str(part or "")[:2] for part in (row[0], row[3], row[2])) for row in found]


BEFORE = (("Alert", "a1 x"), ("Alert", "a2 x"), ("Advise", "b1 x"), ("Advise", "b4 x"), ("Advise", "b2 x"),
          ("Advise", "b3 x"))  # fmt: skip
AFTER = (("Alert", "n1 new"), ("Alert", "a2 x"), ("Alert", "b2 x"), ("Alert", "n2 new"), ("Alert", "a1 x"),
         ("Advise", "b3 x"), ("Advise", "b1 x"), ("Advise", "b4 x"))  # fmt: skip


def test_new_rows_and_changed_ones_stand_among_their_class(tmp_path: Path) -> None:
    path = _write(tmp_path / "les.xlsx", *BEFORE)
    refresh_file(path, [flagged(*AFTER)])
    # a1 and a2 keep their order, as do b1, b4 and b3: within a class what was there stays where it was.
    assert _shown(path, 8) == ["Aln1", "Ala1", "Ala2", "Alb2", "Aln2", "Adb1", "Adb4", "Adb3"]
    assert not refresh_file(path, [flagged(*AFTER)]).written


def test_a_row_with_the_analysts_text_stays_where_it_is(tmp_path: Path) -> None:
    path = _write(tmp_path / "les.xlsx", *BEFORE, typed={"b2 x": "Why?"})
    refresh_file(path, [flagged(*AFTER)])
    assert _shown(path, 8) == ["Aln1", "Ala1", "Ala2", "Aln2", "Adb1", "Adb4", "Alb2Wh", "Adb3"]
    assert not refresh_file(path, [flagged(*AFTER)]).written


def test_a_row_that_is_pointed_at_or_commented_stays_where_it_is(tmp_path: Path) -> None:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula("H1", "=C8", None, "b2 x")

    path = _write(tmp_path / "les.xlsx", *BEFORE, more=more)
    refresh_file(path, [flagged(*AFTER)])
    assert _shown(path, 8)[6] == "Alb2"
    assert values(path, "Flags", "H1:H1", formulas=True) == [["=C10"]]
    commented = _write(
        tmp_path / "c.xlsx", *BEFORE, more=lambda _, sheet: sheet.write_comment("C8", "look") and None
    )
    refresh_file(commented, [flagged(*AFTER)])
    assert _shown(commented, 8)[6] == "Alb2"


def test_a_row_that_moves_takes_its_look_along(tmp_path: Path) -> None:
    def more(book: Workbook, sheet: Worksheet) -> None:
        sheet.write("C8", "b2 x", book.add_format({"bg_color": "#FFFF00"}))

    path = _write(tmp_path / "les.xlsx", *BEFORE, more=more)
    sheet = "xl/worksheets/sheet1.xml"
    (look,) = re.findall(rb'r="C8" (s="\d+")', parts(path)[sheet])
    refresh_file(path, [flagged(*AFTER)])
    assert re.findall(rb'r="(\w+)" ' + look, parts(path)[sheet]) == [b"C7"]
    assert _shown(path, 8)[3] == "Alb2"  # the fourth row of the body is row 7


def test_a_result_over_part_of_the_list_counts_the_rows_that_are_still_in_it(tmp_path: Path) -> None:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula("H1", "=COUNTA(C6:C8)", None, 3)

    path = _write(tmp_path / "les.xlsx", *BEFORE, more=more)
    after = (*BEFORE[:2], ("Alert", "b2 x"), BEFORE[2], BEFORE[3], BEFORE[5])
    refresh_file(path, [flagged(*after)])
    assert _shown(path, 6) == ["Ala1", "Ala2", "Alb2", "Adb1", "Adb4", "Adb3"]
    assert values(path, "Flags", "H1:H1", formulas=True) == [["=COUNTA(C7:C8)"]]
    assert values(path, "Flags", "H1:H1") == [[2]]


def test_what_the_analyst_has_sorted_stays_sorted_and_new_rows_come_last(tmp_path: Path) -> None:
    path = _write(tmp_path / "les.xlsx", *reversed(BEFORE))
    held = parts(path)
    sort = b'<sortState ref="B4:E9"><sortCondition ref="B4:B9" descending="1"/></sortState><tableColumns'
    held[TABLE] = held[TABLE].replace(b"<tableColumns", sort)
    write_parts(path, held)
    refresh_file(path, [flagged(*AFTER)])
    assert _shown(path, 8) == ["Adb3", "Alb2", "Adb4", "Adb1", "Ala2", "Ala1", "Aln1", "Aln2"]


@given(st.lists(st.integers(0, 4), max_size=30))
def test_the_fewest_are_out_of_place(found: list[int]) -> None:
    gone = out_of_place(found)
    left = [value for at, value in enumerate(found) if at not in gone]
    assert all(one <= other for one, other in pairwise(left))
    longest: list[int] = []  # the quadratic way
    for at, value in enumerate(found):
        longest.append(1 + max((longest[one] for one in range(at) if found[one] <= value), default=0))
    assert len(left) == max(longest, default=0)


@given(
    st.lists(st.integers(0, 3), min_size=8, max_size=8),
    st.permutations(range(8)),
    st.sets(st.integers(0, 7), min_size=1),
)
def test_every_row_is_there_once_in_its_class(drawn: list[int], rows: list[int], present: set[int]) -> None:
    by_class = sorted(drawn)
    known = [at for at in rows if at in present]
    moved = {known[place] for place in out_of_place([by_class[at] for at in known])}
    there: Order = [(place, at) for place, at in enumerate(known) if at not in moved]
    coming = [at for at in range(8) if at not in present or at in moved]
    found = ordered([*there, (99, None)], coming, (), by_class)
    ranks = [by_class[at] for _, at in found if at is not None]
    assert ranks == by_class
    assert [one for one in found if one[0] is not None] == [*there, (99, None)]
    if known == sorted(known):
        assert [at for _, at in found if at is not None] == list(range(8))


def test_from_one_month_to_the_next_the_samples_lists_stay_in_order(tmp_path: Path) -> None:
    """September's workbook refreshed to October: what to act on first stands first, as in a new workbook."""
    path = tmp_path / "les.xlsx"
    new_workbook(sample_position("2025-09"), path, now=NOW)
    october = contents(sample_position("2025-10"), NOW)
    refresh_file(path, october.tables, october.names)
    ranked = {table.name: table for table in october.tables if table.ranked}
    assert ranked.keys() >= {
        "tblExceptions",
        "tblNoLonger",
        "tblChecks",
        "tblReturns",
        "tblThreeAs",
        "tblPoints",
    }
    book = ClosedBook(path)
    for name, table in ranked.items():
        wanted = classes(table)
        assert wanted == sorted(wanted), f"the classes of {name} stand together"
        held = [_said(row) for row in book.read_table(name).values]
        key = [table.index(column) for column in table.key]
        by_key = {
            _said(row.cells[at] for at in key): found for row, found in zip(table.rows, wanted, strict=True)
        }
        there = [by_key[_said(row[at] for at in key)] for row in map(list, held) if any(row)]
        assert there == wanted, name
    assert not refresh_file(path, october.tables, october.names).plan.changes


def _said(row: Any) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in row)
