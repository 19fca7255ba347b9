"""Checks of defined names: legal, once in a scope, pointing somewhere."""

from collections.abc import Iterator

from les_xl.errors import Problem
from les_xl.errors.lint_content import NAME_BROKEN, NAME_ILLEGAL, NAME_TWICE
from les_xl.excel.lint.book import Book, Name, whole
from les_xl.excel.lint.references import why_broken
from les_xl.excel.lint.tables import why_no_name

_BUILT_IN = "_xlnm."


def check_names(book: Book) -> Iterator[Problem]:
    """Everything about the defined names of a workbook."""
    seen: set[tuple[str, str | None]] = set()
    for name in book.names:
        reason = "" if name.name.startswith(_BUILT_IN) else why_no_name(name.name)
        if reason:
            yield book.problem(NAME_ILLEGAL, name=name.name, reason=reason)
        key = (name.name.casefold(), name.scope)
        if key in seen:
            yield book.problem(NAME_TWICE, _sheet_of(book, name), name=name.name, scope=_scope(book, name))
        seen.add(key)
        if why := _why_broken(book, name):
            words = {"name": name.name, "text": f"={name.text}", "reason": why}
            yield book.problem(NAME_BROKEN, _sheet_of(book, name), **words)


def _why_broken(book: Book, name: Name) -> str:
    if name.scope is not None and not 0 <= whole(name.scope) < len(book.sheet_names):
        return f"it belongs to sheet number {name.scope}, which is not there"
    return why_broken(book, name.text) if name.text.strip() else "it points at nothing"


def _sheet_of(book: Book, name: Name) -> str | None:
    index = whole(name.scope)
    return book.sheet_names[index] if 0 <= index < len(book.sheet_names) else None


def _scope(book: Book, name: Name) -> str:
    sheet = _sheet_of(book, name)
    return f"on sheet '{sheet}'" if sheet else "in the workbook"
