"""A table's filter after its values changed: worked out where it is a plain list of values, else cleared."""

from collections.abc import Callable

from les_xl.excel.addresses import Area
from les_xl.excel.book import Value
from les_xl.excel.closed.markup import Element, elements, splice
from les_xl.excel.closed.sheet import Sheet

Shown = Callable[[int, int], "str | None"]
"""What Excel shows in a cell (row, column), in any case; None where that depends on a number format."""


def reapply(xml: bytes, sheet: Sheet, body: Area, shown: Shown) -> tuple[bytes, bool]:
    """Hide the rows that the filter hides; gives the table part, and False where the filter was cleared."""
    columns = list(elements(xml, "filterColumn"))
    tests = [(column, values) for column in columns if (values := _values(xml, column)) is not None]
    active = [column for column in columns if column.inner < column.inner_end]
    if not active:
        return xml, True
    hidden = _hidden(tests, body, shown) if len(tests) == len(active) else None
    for row in range(body.top, body.bottom + 1):
        if row in sheet.rows or (hidden and row in hidden):
            fact = "1" if hidden and row in hidden else None
            sheet.set_row(row, sheet.row(row).with_fact("hidden", fact))
    if hidden is None:
        return splice(xml, [(column.start, column.end, b"") for column in columns]), False
    return xml, True


def _values(xml: bytes, column: Element) -> frozenset[str] | None:
    """The texts that a column lets through (`""` is blank); None where it is no plain list."""
    inside = list(elements(xml, "filters", start=column.inner, end=column.inner_end))
    if len(inside) != 1 or not (column.get("colId") or "").isdigit():
        return None
    (listed,) = inside
    if any(elements(xml, "dateGroupItem", start=listed.inner, end=listed.inner_end)):
        return None
    values = elements(xml, "filter", start=listed.inner, end=listed.inner_end)
    blank = {""} if listed.get("blank") in ("1", "true") else set()
    return frozenset({(one.get("val") or "").casefold() for one in values} | blank)


def _hidden(tests: list[tuple[Element, frozenset[str]]], body: Area, shown: Shown) -> set[int] | None:
    hidden: set[int] = set()
    for column, values in tests:
        place = body.left + int(column.get("colId") or 0)
        for row in range(body.top, body.bottom + 1):
            text = shown(row, place)
            if text is None:
                return None
            if text.casefold() not in values:
                hidden.add(row)
    return hidden


def text_shown(value: Value, general: bool) -> str | None:
    """A value as a cell of the General format shows it; None where another format decides."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return value.strip()
    if not general:
        return None
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e11 else None
