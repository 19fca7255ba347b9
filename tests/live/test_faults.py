"""Whatever call of Excel fails, the workbook is the old or the new one and Excel is set as it was."""

import copy
from pathlib import Path
from typing import Any

import pytest

from les_xl.errors import LesError
from les_xl.excel.live.refresh import refresh_live
from les_xl.report.table import Table
from tests.live.mirror import mirrored
from tests.live.stand_in import started
from tests.live.state import BookState, Cell
from tests.live.test_both import CASES
from tests.live.windows import opened, refusal
from tests.refresh.opened import plan
from tests.refresh.test_merging import HEADERS, ROWS
from tests.workbooks.simple import write_simple

TORN = (
    "first and last gone, others new",
    "totals",
    "other year",
    "analyst's formula",
    "resolved",
    "all others",
    "between others, beside the analyst's",
)


def facts(book: BookState) -> Any:
    """Every cell that holds anything, every table with its filter, every comment, name and chart."""
    cells = {
        (sheet.name, *place): (cell.value, cell.formula)
        for sheet in book.sheets
        for place, cell in sheet.cells.items()
        if cell.entered() != ""
    }
    tables = {table.name: (table.area, table.criteria) for table in book.tables()}
    return copy.deepcopy((cells, tables, [sheet.comments for sheet in book.sheets], book.names))


def _settings(book: BookState) -> dict[str, Any]:
    return {name: value for name, value in book.settings.items() if name != "CutCopyMode"}


def _begun(name: str, tmp_path: Path) -> tuple[Any, Any, list[Table]]:
    write, tables = CASES[name]
    excel, workbook = mirrored(write(tmp_path / "les.xlsx"))
    return excel, workbook, tables


def _undisturbed(name: str, tmp_path: Path) -> tuple[int, Any]:
    excel, workbook, tables = _begun(name, tmp_path)
    refresh_live(opened(workbook), tables)
    return len(excel.calls.made), facts(excel.book)


@pytest.mark.parametrize("fault", [refusal, KeyboardInterrupt])
@pytest.mark.parametrize("name", TORN)
def test_a_fault_at_any_call_leaves_the_old_workbook(name: str, fault: Any, tmp_path: Path) -> None:
    calls, after = _undisturbed(name, tmp_path)
    first, _, tables = _begun(name, tmp_path)
    for at in range(1, calls + 1):
        excel, workbook = started(copy.deepcopy(first.book))
        before, settings = facts(excel.book), _settings(excel.book)
        excel.calls.fault_at = at.__eq__
        excel.calls.fault = lambda: fault("planted")
        said = _outcome(opened(workbook), tables)
        assert said in ("", "LES446", "LES448", "interrupted"), excel.calls.made[at - 1]
        wanted = {"": [after], "LES446": [before]}.get(said, [before, after])
        assert facts(excel.book) in wanted, excel.calls.made[at - 1]
        assert _settings(excel.book) == settings, excel.calls.made[at - 1]


def _outcome(book: Any, tables: list[Table]) -> str:
    """The code that the user sees; nothing where setting Excel back succeeded at the second attempt."""
    try:
        refresh_live(book, tables)
    except LesError as error:
        return error.problems[-1].code
    except KeyboardInterrupt:
        return "interrupted"
    return ""


def test_where_excel_is_gone_the_user_is_told_what_is_half_written(tmp_path: Path) -> None:
    excel, workbook, tables = _begun("resolved", tmp_path)
    excel.calls.fault_at = lambda number: "Range.Delete()" in excel.calls.made[: number - 1]
    excel.calls.fault = lambda: refusal("The object invoked has disconnected from its clients.")
    with pytest.raises(LesError, match=r"LES447 .*disconnected.*tblExceptions(?s:.*)LES449 .*calculation"):
        refresh_live(opened(workbook), tables)


def test_a_value_that_excel_reads_differently_puts_everything_back(tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "les.xlsx", HEADERS, ROWS))
    excel.book.sheets[0].cells[5, 3] = Cell("4", look="@")
    before = facts(excel.book)
    with pytest.raises(LesError, match=r"LES445 .*C5") as caught:
        refresh_live(opened(workbook), [plan(("a", 9, 9, 9), ("b", 8, 8, 8), ("c", 7, 7, 7), ("d", 6, 6, 6))])
    assert [problem.code for problem in caught.value.problems] == ["LES445", "LES446"]
    assert facts(excel.book) == before


def test_a_number_that_a_text_cell_does_not_take_back_is_told(tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "les.xlsx", HEADERS, ROWS))
    excel.book.sheets[0].cells[5, 3].look = "@"
    with pytest.raises(LesError, match=r"LES447 .*tblPlan could not be put back"):
        refresh_live(opened(workbook), [plan(("a", 9, 9, 9), ("b", 8, 8, 8), ("c", 7, 7, 7))])


def test_an_error_of_the_program_is_shown_as_such_after_everything_was_put_back(tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "les.xlsx", HEADERS, ROWS))
    before = facts(excel.book)
    excel.calls.fault_at = lambda number: (
        excel.calls.made[number - 1] == "Range.Formula=" and excel.calls.made.count("Range.Formula=") == 1
    )
    excel.calls.fault = lambda: ZeroDivisionError("ours")
    with pytest.raises(ZeroDivisionError):
        refresh_live(opened(workbook), [plan(("a", 9, 9, 9))])
    assert facts(excel.book) == before
