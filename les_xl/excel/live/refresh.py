"""Refresh of a workbook that is open in Excel: the same plan as for a closed file, carried out by Excel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.live import SETTINGS_LOST
from les_xl.errors.refresh import LACKS
from les_xl.excel.live import com
from les_xl.excel.live.around import in_words
from les_xl.excel.live.book import LiveBook, explained
from les_xl.excel.live.quiet import quiet
from les_xl.excel.refresh import Fact, RefreshResult, apply_plan, plan_refresh
from les_xl.report.table import Table

if TYPE_CHECKING:
    import xlwings as xw

    from les_xl.excel.frame import Frame


def refresh_live(
    book: "xw.Book",
    tables: Sequence[Table],
    names: Mapping[str, Fact] | None = None,
    *,
    frame: "Frame | None" = None,
    progress: Callable[[str], None] | None = None,
    dry_run: bool = False,
) -> RefreshResult:
    """Refresh a workbook open in Excel on Windows; it stays open, and saving it is the analyst's.

    Of the `frame` follows what is still the product's, but the months at which charts begin. `progress` is
    told what the status bar shows. Everything is read and checked before anything is written; where Excel
    refuses half-way, what was written is put back. Excel's calculation, screen, events and alerts are as
    before afterwards. Raises LesError, with the book as it was, for one that is read-only, protected
    or in Protected View, a cell being edited, a table without its key or without room to grow.
    """
    lost: list[str] = []
    try:
        with explained(), com.bounded_patience(book):
            live = LiveBook(book, status=progress)
            with quiet(book.app, lost):
                result = _refreshed(live, tables, names or {}, frame, dry_run)
    except LesError as error:
        if lost:
            raise LesError(*error.problems, _not_set_back(lost)) from error
        raise
    return replace(result, warnings=(*result.warnings, _not_set_back(lost))) if lost else result


def _refreshed(
    live: LiveBook,
    tables: Sequence[Table],
    names: Mapping[str, Fact],
    frame: "Frame | None",
    dry_run: bool,
) -> RefreshResult:
    live.status("Comparing the tables")
    plan = plan_refresh(live, tables, names)
    steps = () if frame is None else live.around(frame, plan.tables)
    plan = replace(plan, around=in_words(steps))
    if plan.changes:
        apply_plan(live, plan)
        live.follow(steps)
        if not dry_run:
            live.commit()
    lacks = tuple(LACKS.at(Place(), what=what) for what in plan.lacking)
    written = plan.changes and not dry_run
    return RefreshResult(live.path, plan, written, warnings=(*lacks, *live.warnings))


def _not_set_back(lost: Sequence[str]) -> Problem:
    return SETTINGS_LOST.at(Place(), what=", ".join(lost))
