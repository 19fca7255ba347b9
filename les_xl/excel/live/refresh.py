"""Refresh of a workbook that is open in Excel: the same plan as for a closed file, carried out by Excel."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from les_xl.errors import Place
from les_xl.errors.refresh import LACKS
from les_xl.excel.live import com
from les_xl.excel.live.book import LiveBook, explained
from les_xl.excel.live.quiet import quiet
from les_xl.excel.refresh import Fact, RefreshResult, apply_plan, plan_refresh
from les_xl.report.table import Table

if TYPE_CHECKING:
    import xlwings as xw


def refresh_live(
    book: "xw.Book",
    tables: Sequence[Table],
    names: Mapping[str, Fact] | None = None,
    *,
    progress: Callable[[str], None] | None = None,
    dry_run: bool = False,
) -> RefreshResult:
    """Refresh a workbook open in Excel on Windows; it stays open, and saving it is the analyst's.

    `progress` is told what the status bar shows. Everything is read and checked before anything is written;
    where Excel refuses half-way, what was written is put back. Excel's calculation, screen, events and alerts
    are as before afterwards. Raises LesError, with the book as it was, for one that is read-only, protected
    or in Protected View, a cell being edited, a table without its key or without room to grow.
    """
    with ExitStack() as stack:
        stack.enter_context(explained())
        stack.enter_context(com.bounded_patience(book))
        live = LiveBook(book, status=progress)
        stack.enter_context(quiet(book.app))
        live.status("Comparing the tables")
        plan = plan_refresh(live, tables, names)
        if plan.changes:
            apply_plan(live, plan)
            if not dry_run:
                live.commit()
        lacks = tuple(LACKS.at(Place(), what=what) for what in plan.lacking)
        written = plan.changes and not dry_run
        return RefreshResult(Path(book.name), plan, written, warnings=(*lacks, *live.warnings))
