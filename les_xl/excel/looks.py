"""How each cell of a table looks: its number format, colours, borders and alignment, as format properties."""

from typing import Any

from les_xl.excel import theme
from les_xl.marks import Mark
from les_xl.report.table import Column, ColumnKind, Content, Row, Table, result

_NUMBERS = ("number", "exact", "ratio", "signed", "percent", "points")
_INJECTED = ("=", "+", "-", "@", "\t", "\r")


def header_look(table: Table, column: Column) -> dict[str, Any]:
    """A header: white on blue, or dark on amber where the column is the analyst's own."""
    pair = theme.OWN_HEADER if column.name in table.own else theme.HEADER
    look = theme.on(pair, bold=True, text_wrap=True, valign="vcenter", **_across(column.kind))
    return look | _edge(table, column, column.kind) | as_text(column.name)


def cell_look(table: Table, column: Column, row: Row, content: Content, *, tall: bool) -> dict[str, Any]:
    """A body cell; `tall` where its row holds several lines."""
    kind = row.kind if row.kind and column.kind in _NUMBERS else column.kind
    named = _repeats(table) and column is table.columns[0]
    mark = isinstance(content, Mark) or (isinstance(result(content), str) and kind in _NUMBERS)
    pair = _pair(column.name in table.own, tint=row.tint, muted=mark or (named and not row.starts))
    return {
        "bottom": 1,
        "bottom_color": theme.LINE,
        "valign": "top" if tall else "vcenter",
        **({"top": 1, "top_color": theme.STRONG_LINE} if row.starts else {}),
        **({"bold": True} if row.emphasis or (named and row.starts) else {}),
        **theme.on(pair),
        **_across(kind),
        **({"align": "fill", "indent": 0} if kind == "key" else {}),
        **_edge(table, column, kind),
        **({"text_wrap": True} if kind == "long_text" else {}),
        **({"num_format": theme.NUMBER_FORMATS[kind]} if kind in theme.NUMBER_FORMATS else {}),
        **as_text(content),
    }


FIGURE = (False, False)
"""What `look_of` gives for a number."""


def look_of(content: Content) -> tuple[bool, bool]:
    """What of a content decides its look: no number for a figure; like a formula."""
    if type(content) is str:
        return True, content.startswith(_INJECTED)
    return isinstance(result(content), str), False


def _repeats(table: Table) -> bool:
    """True where the first column repeats its text through blocks of rows: it is bold once, then muted."""
    return len(table.key) > 1 and any(row.starts for row in table.rows)


def as_text(content: Content) -> dict[str, Any]:
    """What keeps a text a text that Excel would take for a formula once somebody edits the cell."""
    return {"quote_prefix": True} if _would_be_formula(content) else {}


def _would_be_formula(content: Content) -> bool:
    return isinstance(content, str) and not isinstance(content, Mark) and content.startswith(_INJECTED)


def _pair(own: bool, *, tint: bool, muted: bool) -> theme.Pair:
    if own:
        return theme.OWN_CELL
    if tint:
        return theme.MUTED_DERIVED if muted else theme.DERIVED
    return theme.MUTED if muted else theme.BODY


def _edge(table: Table, column: Column, kind: ColumnKind) -> dict[str, Any]:
    """Figures of the last column keep off the edge of the table."""
    return {"indent": 1} if kind in _NUMBERS and column is table.columns[-1] else {}


def _across(kind: ColumnKind) -> dict[str, Any]:
    """Figures to the right, text a little in from the left."""
    return {"align": "right"} if kind in _NUMBERS else {"align": "left", "indent": 1}
