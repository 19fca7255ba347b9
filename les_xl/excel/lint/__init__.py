"""The lint of a workbook: what Excel minds and Microsoft's schema validation does not see."""

from collections.abc import Iterator
from pathlib import Path

from les_xl.errors import Place, Problem
from les_xl.errors.lint import NOT_A_WORKBOOK
from les_xl.excel.lint.book import Book, read_book
from les_xl.excel.lint.cells import check_cells, check_sheets
from les_xl.excel.lint.container import NotOpenedError, open_container
from les_xl.excel.lint.formulas import check_formulas
from les_xl.excel.lint.graph import check_graph
from les_xl.excel.lint.names import check_names
from les_xl.excel.lint.pointers import check_charts, check_links
from les_xl.excel.lint.styles import check_styles
from les_xl.excel.lint.tables import check_tables

__all__ = ["lint_workbook"]


def lint_workbook(path: Path, *, uncached: bool = False) -> tuple[Problem, ...]:
    """Everything that is wrong with a closed workbook, package first, then sheets; () where nothing is.

    `uncached` allows formulas without a stored result. Never raises for what is in the file: a corrupt,
    foreign or hostile one comes back as problems, and nothing outside the file is read.
    """
    try:
        container, problems = open_container(path)
    except NotOpenedError as refused:
        return (refused.problem,)
    problems += check_graph(container)
    book = read_book(container)
    if book is None:
        reason = "it has no workbook part that Excel would open"
        return (*problems, NOT_A_WORKBOOK.at(Place(container.file), reason=reason))
    return (*problems, *_check_book(book, uncached))


def _check_book(book: Book, uncached: bool) -> Iterator[Problem]:
    yield from check_sheets(book)
    yield from check_styles(book)
    yield from check_names(book)
    yield from check_tables(book)
    for sheet in book.sheets:
        yield from check_cells(book, sheet, uncached=uncached)
        yield from check_formulas(book, sheet)
        yield from check_links(book, sheet)
        yield from check_charts(book, sheet)
