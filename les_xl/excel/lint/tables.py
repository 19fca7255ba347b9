"""Checks of tables: names, headers, ranges, filters, totals rows, and what lies over them."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from lxml import etree

from les_xl.errors import Problem
from les_xl.errors.lint_content import (
    HEADER_DIFFERS,
    HEADER_ILLEGAL,
    MERGED_IN_TABLE,
    TABLE_FILTER,
    TABLE_ID,
    TABLE_NAME,
    TABLE_NAME_TWICE,
    TABLE_RANGE,
    TABLE_TOTALS,
    TABLES_OVERLAP,
)
from les_xl.excel.addresses import address
from les_xl.excel.lint.areas import Area, parse_area
from les_xl.excel.lint.book import Book, Sheet, Table, unescape

_NAME = re.compile(r"[^\W\d]|_|\\")
_REST = re.compile(r"[\w.\\?]*")
_R1C1 = re.compile(r"R\d*(?:C\d*)?|C\d*", re.IGNORECASE)


def why_no_name(name: str) -> str:
    """Why Excel would refuse a name for a table, cell or range; empty where it would not."""
    if not 1 <= len(name) <= 255:
        return "it must have 1 to 255 characters"
    if not _NAME.match(name):
        return f"it begins with '{name[0]}'"
    if not _REST.fullmatch(name):
        return "it holds a character other than letters, digits, _ and full stops"
    if parse_area(name) or _R1C1.fullmatch(name):
        return "it reads like a cell"
    return "it is a constant" if name.upper() in {"TRUE", "FALSE"} else ""


def check_tables(book: Book) -> Iterator[Problem]:
    """Everything about the tables of a workbook."""
    yield from _check_names(book)
    yield from _check_ids(book)
    for sheet in book.sheets:
        for one, other in combinations(sheet.tables, 2):
            if one.area and other.area and one.area.overlaps(other.area):
                words = {"table": one.name, "ref": one.ref, "other": other.name, "other_ref": other.ref}
                yield book.problem(TABLES_OVERLAP, sheet.name, other.header_address, **words)
        for table in sheet.tables:
            yield from _check_table(book, sheet, table)


def _check_names(book: Book) -> Iterator[Problem]:
    taken = {name.name.casefold(): "a cell or range" for name in book.names if name.scope is None}
    for sheet in book.sheets:
        for table in sheet.tables:
            if reason := why_no_name(table.name):
                yield book.problem(
                    TABLE_NAME, sheet.name, table.header_address, name=table.name, reason=reason
                )
            folded = table.name.casefold()
            if folded in taken:
                words = {"name": table.name, "other": taken[folded]}
                yield book.problem(TABLE_NAME_TWICE, sheet.name, table.header_address, **words)
            taken.setdefault(folded, f"a table on '{sheet.name}'")


def _check_ids(book: Book) -> Iterator[Problem]:
    seen: dict[str, Table] = {}
    for sheet in book.sheets:
        for table in sheet.tables:
            number = table.element.get("id", "")
            other = seen.setdefault(number, table)
            if other is not table:
                words = {"name": table.name, "id": number, "other": other.name}
                yield book.problem(TABLE_ID, sheet.name, table.header_address, **words)


def _check_table(book: Book, sheet: Sheet, table: Table) -> Iterator[Problem]:
    if reason := _misfit(table):
        words = {"table": table.name, "ref": table.ref, "reason": reason}
        yield book.problem(TABLE_RANGE, sheet.name, table.header_address, **words)
    yield from _check_headers(book, sheet, table)
    if table.area is not None:
        yield from _check_cells_of_header(book, sheet, table, table.area)
        yield from _check_filter(book, sheet, table, table.area)
        yield from _check_totals(book, sheet, table, table.area)
        yield from _check_merged(book, sheet, table, table.area)


def _misfit(table: Table) -> str:
    area = table.area
    if area is None:
        return "the range cannot be read"
    if area.width != len(table.columns):
        return f"the range is {area.width} columns wide, and the table has {len(table.columns)}"
    if area.height < int(table.header) + table.totals + 1:
        return "the range has no row for data"
    return ""


def _check_headers(book: Book, sheet: Sheet, table: Table) -> Iterator[Problem]:
    counts: Counter[str] = Counter()
    for place, column in enumerate(table.columns, start=1):
        counts[column.casefold()] += 1
        reason = "is empty" if not column else ""
        if len(column) > 255:
            reason = f"has {len(column)} characters"
        elif counts[column.casefold()] > 1:
            reason = f"'{column}' is there already"
        if reason:
            words = {"table": table.name, "position": place, "reason": reason}
            yield book.problem(HEADER_ILLEGAL, sheet.name, table.header_address, **words)


def _check_cells_of_header(book: Book, sheet: Sheet, table: Table, area: Area) -> Iterator[Problem]:
    if not table.header:
        return
    for place, column in enumerate(table.columns[: area.width]):
        position = (area.top, area.left + place)
        text = _shown(book, sheet, position)
        if text != column:
            cell = "nothing" if text is None else f"'{text}'"
            words = {"table": table.name, "column": column, "cell": cell}
            yield book.problem(HEADER_DIFFERS, sheet.name, address(*position), **words)


def _shown(book: Book, sheet: Sheet, position: tuple[int, int]) -> str | None:
    """The text of a cell; a number is no text, and Excel wants texts in headers."""
    cell = sheet.cells.get(position)
    return None if cell is None else book.text_of(cell)


def _check_filter(book: Book, sheet: Sheet, table: Table, area: Area) -> Iterator[Problem]:
    buttons = table.element.find("{*}autoFilter")
    if buttons is None:
        return
    expected = Area(area.top, area.left, max(area.top, area.bottom - table.totals), area.right)
    if parse_area(buttons.get("ref", "")) != expected:
        words = {"table": table.name, "found": buttons.get("ref", "nothing"), "expected": expected}
        yield book.problem(TABLE_FILTER, sheet.name, table.header_address, **words)


def _check_totals(book: Book, sheet: Sheet, table: Table, area: Area) -> Iterator[Problem]:
    if table.totals < 1:
        return
    columns = table.element.iterfind("{*}tableColumns/{*}tableColumn")
    for place, (name, column) in enumerate(zip(table.columns, columns, strict=False)):
        position = (area.bottom, area.left + place)
        if reason := _totals_reason(book, sheet, column, position):
            words = {"table": table.name, "column": name, "reason": reason}
            yield book.problem(TABLE_TOTALS, sheet.name, address(*position), **words)


def _totals_reason(book: Book, sheet: Sheet, column: etree._Element, position: tuple[int, int]) -> str:
    label, function = column.get("totalsRowLabel"), column.get("totalsRowFunction", "none")
    if label is not None and _shown(book, sheet, position) != unescape(label):
        return f"the label is '{label}', and its cell says otherwise"
    cell = sheet.cells.get(position)
    if function != "none" and (cell is None or cell.find("{*}f") is None):
        return f"the total is a {function}, and its cell has no formula"
    return ""


def _check_merged(book: Book, sheet: Sheet, table: Table, area: Area) -> Iterator[Problem]:
    for merged in sheet.root.iterfind("{*}mergeCells/{*}mergeCell"):
        found = parse_area(merged.get("ref", ""))
        if found and found.overlaps(area):
            words = {"merged": found, "table": table.name, "ref": table.ref}
            yield book.problem(MERGED_IN_TABLE, sheet.name, address(found.top, found.left), **words)
