"""A row that is gone stays where something of the analyst's points at it: in Excel and in a file alike."""

from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.excel.addresses import Area
from les_xl.excel.live.refresh import refresh_live
from les_xl.excel.refresh import refresh_file
from tests.live.mirror import mirrored
from tests.live.state import Drawn
from tests.live.windows import opened
from tests.refresh.opened import plan
from tests.refresh.test_merging import HEADERS
from tests.workbooks.simple import write_simple

ROWS = (("a", 1, 2, 3), ("b", 4, 5, 6), ("c", 7, 8, 9), ("d", 1, 1, 1))
More = Callable[[Workbook, Worksheet], None]


def _rule(area: str, formula: str) -> More:
    rule = {"type": "formula", "criteria": formula}
    return lambda book, sheet: sheet.conditional_format(
        area, {**rule, "format": book.add_format({"bold": 1})}
    )


def _between(book: Workbook, sheet: Worksheet) -> None:
    rule = {"type": "cell", "criteria": "between", "minimum": "=$C$4", "maximum": "=$C$5"}
    sheet.conditional_format("H1:H9", {**rule, "format": book.add_format({"bold": 1})})


def _choice(area: str, source: str) -> More:
    return lambda _, sheet: sheet.data_validation(area, {"validate": "list", "source": source})


def _choices(_: Workbook, sheet: Worksheet) -> None:
    """Neighbours with several validations, which Excel makes one area of."""
    sheet.data_validation("H1:H3", {"validate": "list", "source": ["x", "y"]})
    limits = {"validate": "decimal", "criteria": "between", "minimum": "=$C$4", "maximum": "=$D$5"}
    sheet.data_validation("H4:J4", limits)
    sheet.data_validation("H5:H9", {"validate": "custom", "value": "=H5>$C$6"})


def _link(url: str) -> More:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_url("H1", url, string="see")

    return more


CASES: dict[str, tuple[More, tuple[str, ...]]] = {
    "format of a fixed cell": (_rule("H1:H9", "=H1>$C$5"), ("b",)),
    "format between fixed cells": (_between, ("b",)),
    "format of each row": (_rule("B5:E7", "=$C5>3"), ()),
    "format of a row that goes": (_rule("B5:E6", "=$C$5>3"), ()),
    "format of a row that goes and one that stays": (_rule("B4:E5", "=$C$5>3"), ("b",)),
    "format of every row": (_rule("H1:H9", "=H1>SUM($C$4:$C$7)"), ()),
    "validation by a list": (_choice("H1:H9", "=$B$5:$B$6"), ("b", "c")),
    "validation by all rows": (_choice("H1:H9", "=$B$4:$B$7"), ()),
    "validation by some that stay": (_choice("H1:H9", "=$B$4:$B$5"), ()),
    "validations of several kinds": (_choices, ("b", "c")),
    "link": (_link("internal:'Plan'!C6"), ("c",)),
    "link to another sheet's cell": (_link("internal:'Other'!C6"), ()),
    "link to another file": (_link("external:other.xlsx#Plan!C6"), ()),
}


def _between_two(_: Workbook, sheet: Worksheet) -> None:
    sheet.add_sparkline("H2", {"range": "Plan!C6:E6"})
    for row in range(4, 8):
        sheet.add_sparkline(f"G{row}", {"range": f"Plan!C{row}:E{row}"})


@pytest.mark.parametrize("name", CASES)
def test_rows_that_are_pointed_at_stay(name: str, tmp_path: Path) -> None:
    more, kept = CASES[name]

    def every(book: Workbook, sheet: Worksheet) -> None:
        book.add_worksheet("Other")
        more(book, sheet)

    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS, more=every)
    _, workbook = mirrored(path)
    tables = [plan(ROWS[0], ROWS[3])]
    live = refresh_live(opened(workbook), tables, dry_run=True)
    closed = refresh_file(path, tables, dry_run=True)
    assert closed.plan.tables[0].kept == kept
    assert live.plan == closed.plan


def test_a_row_that_a_sparkline_elsewhere_draws_stays(tmp_path: Path) -> None:
    headers = (*HEADERS, "Course", "Line")
    path = write_simple(
        tmp_path / "les.xlsx", headers, [(*row, None, None) for row in ROWS], more=_between_two
    )
    excel, workbook = mirrored(path)
    drawn = [Drawn([Area.parse("H2")], ["Plan!C6:E6"])]
    drawn += [Drawn([Area.parse(f"G{row}")], [f"Plan!C{row}:E{row}"]) for row in range(4, 8)]
    excel.book.sheets[0].sparklines = drawn
    tables = [plan(ROWS[0], ROWS[3])]
    live = refresh_live(opened(workbook), tables, dry_run=True)
    closed = refresh_file(path, tables, dry_run=True)
    assert closed.plan.tables[0].kept == ("c",)
    assert live.plan == closed.plan
