"""Checks of single cells, rows and columns: texts, styles, order, stored results, what is hidden."""

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from les_xl.errors import Problem
from les_xl.errors.lint import (
    CACHED_ERROR,
    CELLS_OUT_OF_ORDER,
    HIDDEN_CELLS,
    HIDDEN_SHEET,
    NO_CACHED_VALUE,
    NO_SUCH_STYLE,
    NO_SUCH_TEXT,
    SHEET_NAME,
)
from les_xl.excel.addresses import address, letters
from les_xl.excel.lint.book import Book, Sheet, whole
from les_xl.excel.lint.gather import listed

_NOT_IN_A_SHEET_NAME = frozenset("\\/?*[]:")


def check_sheets(book: Book) -> Iterator[Problem]:
    """Names and states of the sheets."""
    seen: set[str] = set()
    for name in book.sheet_names:
        reason = _refused(name, seen)
        if reason:
            yield book.problem(SHEET_NAME, name, name=name, reason=reason)
        seen.add(name.casefold())
    for sheet in book.sheets:
        if sheet.state != "visible":
            yield book.problem(HIDDEN_SHEET, sheet.name)


def check_cells(book: Book, sheet: Sheet, *, uncached: bool) -> Iterator[Problem]:
    """Everything about the cells of one sheet; `uncached` allows formulas without a stored result."""
    yield from _check_order(book, sheet)
    yield from _check_texts(book, sheet)
    yield from _check_styles(book, sheet)
    yield from _check_results(book, sheet, uncached)
    yield from _check_hidden(book, sheet)


def _refused(name: str, seen: set[str]) -> str:
    if not 1 <= len(name) <= 31:
        return "it must have 1 to 31 characters"
    if _NOT_IN_A_SHEET_NAME & {*name}:
        return "it holds one of \\ / ? * [ ] :"
    if name.startswith("'") or name.endswith("'"):
        return "it begins or ends with an apostrophe"
    return "another sheet has that name" if name.casefold() in seen else ""


def _check_order(book: Book, sheet: Sheet) -> Iterator[Problem]:
    wrong, last = [], (0, 0)
    for row, column, _ in sheet.placed:
        if (row, column) <= last:
            wrong.append(address(row, column))
        last = (row, column)
    if wrong:
        cell, cells = listed(wrong)
        yield book.problem(CELLS_OUT_OF_ORDER, sheet.name, cell, cells=cells)


def _check_texts(book: Book, sheet: Sheet) -> Iterator[Problem]:
    count = len(book.texts)
    wrong = [
        address(row, column)
        for row, column, cell in sheet.placed
        if cell.get("t") == "s" and not 0 <= whole(cell.findtext("{*}v")) < count
    ]
    if wrong:
        cell_, cells = listed(wrong)
        yield book.problem(NO_SUCH_TEXT, sheet.name, cell_, cells=cells, count=count)


def _check_styles(book: Book, sheet: Sheet) -> Iterator[Problem]:
    # A workbook without a styles part has the one built-in cell format.
    count = book.style_count("cellXfs") if book.styles is not None else 1
    wrong = [address(row, column) for row, column, cell in sheet.placed if _outside(cell.get("s"), count)]
    rows, columns = sheet.root.iterfind("{*}sheetData/{*}row"), sheet.root.iterfind("{*}cols/{*}col")
    wrong += [f"row {line.get('r')}" for line in rows if _outside(line.get("s"), count)]
    wrong += [
        f"column {letters(whole(line.get('min')))}" for line in columns if _outside(line.get("style"), count)
    ]
    if wrong:
        first, where = listed(wrong)
        yield book.problem(NO_SUCH_STYLE, sheet.name, first, where=where, count=count, what="cell formats")


def _outside(index: str | None, count: int) -> bool:
    return index is not None and not 0 <= whole(index) < count


def _check_results(book: Book, sheet: Sheet, uncached: bool) -> Iterator[Problem]:
    missing: list[str] = []
    errors: dict[str, list[str]] = defaultdict(list)
    for row, column, cell in sheet.placed:
        value = cell.findtext("{*}v")
        if cell.get("t") == "e":
            errors[value or "an error"].append(address(row, column))
        elif not value and cell.get("t") != "str" and cell.find("{*}f") is not None:
            missing.append(address(row, column))
    if missing and not uncached:
        cell_, cells = listed(missing)
        yield book.problem(NO_CACHED_VALUE, sheet.name, cell_, cells=cells)
    for value, places in errors.items():
        cell_, cells = listed(places)
        yield book.problem(CACHED_ERROR, sheet.name, cell_, cells=cells, shown=value)


def _check_hidden(book: Book, sheet: Sheet) -> Iterator[Problem]:
    columns = [
        _span(letters(whole(line.get("min"), 1)), letters(whole(line.get("max"), 1)))
        for line in sheet.root.iterfind("{*}cols/{*}col")
        if _hidden(line, "width")
    ]
    rows = [line.get("r", "?") for line in sheet.root.iterfind("{*}sheetData/{*}row") if _hidden(line, "ht")]
    for word, hidden in (("column", columns), ("row", rows)):
        if hidden:
            plural = len(hidden) > 1 or ":" in hidden[0]
            what = f"{word}{'s' if plural else ''} {listed(hidden)[1]} {'are' if plural else 'is'}"
            yield book.problem(HIDDEN_CELLS, sheet.name, what=what)


def _hidden(line: etree._Element, size: str) -> bool:
    return line.get("hidden") in {"1", "true"} or line.get(size) in {"0", "0.0"}


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}:{last}"
