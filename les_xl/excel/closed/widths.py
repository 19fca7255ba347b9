"""Widths of columns in the part of a sheet: read, and one set where the sheet says nothing of its own."""

import re
from collections.abc import Mapping
from functools import lru_cache

from les_xl.excel.closed.markup import Element, elements, first, whole, with_attribute

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MOST_COLUMNS = 1_000
"""A last `col` often goes to the end of the sheet; no table of the product is that wide."""


@lru_cache(maxsize=64)
def widths(head: bytes) -> Mapping[int, float]:
    """The stored width of each column that has one."""
    return {
        column: float(width)
        for one in elements(head, "col")
        if _NUMBER.fullmatch(width := one.get("width") or "")
        for column in range(whole(one.get("min")), min(whole(one.get("max")), _MOST_COLUMNS) + 1)
    }


def with_width(head: bytes, column: int, source: bytes, there: int) -> bytes:
    """What stands before the rows, with the width that a column has in another sheet.

    A width that is there already stays: somebody chose it.
    """
    width = widths(source).get(there)
    own = _of(head, column)
    if width is None or (own is not None and own.get("customWidth") in ("1", "true")):
        return head
    facts = f' min="{column}" max="{column}" width="{width:g}" customWidth="1"'.encode()
    held = first(head, "cols")
    if held is None:
        data = first(head, "sheetFormatPr") or first(head, "sheetViews")
        prefix = b"" if data is None else data.prefix
        return head + b"<" + prefix + b"cols><" + prefix + b"col" + facts + b"/></" + prefix + b"cols>"
    new = b"<" + held.prefix + b"col" + facts + b"/>"
    if own is not None:
        return head[: own.start] + _split(head, own, column, facts) + head[own.end :]
    after = [one for one in elements(head, "col") if whole(one.get("max")) < column]
    place = max((one.end for one in after), default=held.inner)
    return head[:place] + new + head[place:]


def _of(head: bytes, column: int) -> Element | None:
    found = (one for one in elements(head, "col") if whole(one.get("min")) <= column <= whole(one.get("max")))
    return next(found, None)


def _split(head: bytes, own: Element, column: int, facts: bytes) -> bytes:
    """The element that speaks of several columns as three: those before, the one, those after."""
    tag = b"<" + own.prefix + b"col"
    pieces = []
    low, high = whole(own.get("min")), whole(own.get("max"))
    for first_, last in ((low, column - 1), (column, column), (column + 1, high)):
        attributes = with_attribute(own.attributes, "min", str(first_))
        attributes = with_attribute(attributes, "max", str(last))
        if first_ == last == column:
            style = own.get("style")
            attributes = facts if style is None else facts + f' style="{style}"'.encode()
        if first_ <= last:
            pieces.append(tag + attributes + b"/>")
    return b"".join(pieces)
