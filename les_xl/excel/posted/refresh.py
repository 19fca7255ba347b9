"""Refresh of a posted workbook: the same plan as for a closed file, sent back as actions."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from les_xl.errors import Place
from les_xl.errors.refresh import LACKS
from les_xl.excel.posted.book import PostedBook
from les_xl.excel.refresh import Fact, RefreshResult, apply_plan, plan_refresh
from les_xl.report.table import Table

if TYPE_CHECKING:
    import xlwings as xw


def refresh_posted(
    book: "xw.Book", tables: Sequence[Table], names: Mapping[str, Fact] | None = None
) -> RefreshResult:
    """Put into the book's list the actions that make it show the figures; `book.json()` sends them.

    Everything is checked before the first action is listed. Raises LesError, with none listed, for a table
    without its key or without room to grow.
    """
    posted = PostedBook(book)
    plan = plan_refresh(posted, tables, names)
    if plan.changes:
        apply_plan(posted, plan)
        posted.commit()
    lacks = tuple(LACKS.at(Place(), what=what) for what in plan.lacking)
    return RefreshResult(posted.path, plan, plan.changes, warnings=(*lacks, *posted.warnings))
