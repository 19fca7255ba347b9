"""Writes a placed table: its headers, its cells with their own formats, and the Excel table around them."""

import math
from datetime import datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from les_xl import periods
from les_xl.excel import theme
from les_xl.excel.drawing import Styles
from les_xl.excel.placed import Placed
from les_xl.marks import Mark
from les_xl.report.table import Column, ColumnKind, Content, Formula, Row, Table, result

ROW_HEIGHT = 17.0
"""Height in points of a row of figures; a row of wrapping text finds its own."""

_LINE_HEIGHT = 13.5
_INJECTED = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = ("number", "exact", "signed", "percent", "points")


def write_table(sheet: Worksheet, styles: Styles, placed: Placed) -> None:
    """Write a table where it is placed, with column widths and row heights."""
    _set_sizes(sheet, placed)
    _add_excel_table(sheet, styles, placed)
    wraps = _wraps(placed.table)
    blocks = any(row.starts for row in placed.table.rows[1:])
    for index, row in enumerate(placed.table.rows):
        for offset, column in enumerate(placed.table.columns):
            style = styles(_properties(placed.table, column, row, row.cells[offset], blocks=blocks))
            at = placed.first_row + index, placed.column + offset
            _write(sheet, placed, at, row.cells[offset], column.kind, style)
        if not wraps:
            sheet.set_row(placed.first_row + index, ROW_HEIGHT)


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write a text as a text, whatever it begins with."""
    sheet.write_string(row, column, text, style)


def _set_sizes(sheet: Worksheet, placed: Placed) -> None:
    for offset, column in enumerate(placed.table.columns):
        sheet.set_column(placed.column + offset, placed.column + offset, column.width)
    lines = max(_lines(column, filtered=placed.table.filtered) for column in placed.table.columns)
    sheet.set_row(placed.row, _LINE_HEIGHT * lines + 7)


def _lines(column: Column, *, filtered: bool) -> int:
    """How many lines a header takes, words kept whole; a filter button takes its share of the width."""
    room = max(4.0, (column.width - (2.5 if filtered else 0.5)) / 1.08)
    lines, used = 1, 0.0
    for word in column.name.split():
        needed = len(word) + (1 if used else 0)
        if used and used + needed > room:
            lines, used = lines + 1, 0.0
            needed = len(word)
        used += needed
        lines += max(0, math.ceil(used / room) - 1) if used > room else 0
    return lines


def _wraps(table: Table) -> bool:
    return any(column.kind == "long_text" for column in table.columns)


def _add_excel_table(sheet: Worksheet, styles: Styles, placed: Placed) -> None:
    columns = [
        {"header": column.name, "header_format": styles(_header(placed.table, column))}
        for column in placed.table.columns
    ]
    options = {
        "name": placed.table.name,
        "columns": columns,
        "style": None,
        "autofilter": placed.table.filtered,
    }
    added = sheet.add_table(placed.row, placed.column, placed.last_row, placed.last_column, options)
    if added != 0:
        raise ValueError(f"{placed.table.name} cannot stand at row {placed.row + 1} of {placed.sheet}")


def _header(table: Table, column: Column) -> dict[str, Any]:
    pair = theme.OWN_HEADER if column.name in table.own else theme.HEADER
    align = "right" if column.kind in (*_NUMBERS, "month", "date") else "left"
    return theme.on(pair, bold=True, text_wrap=True, align=align, valign="vcenter")


def _properties(table: Table, column: Column, row: Row, content: Content, *, blocks: bool) -> dict[str, Any]:
    """The format of one body cell."""
    kind = row.kind if row.kind and column.kind in _NUMBERS else column.kind
    properties: dict[str, Any] = {"bottom": 1, "bottom_color": theme.LINE}
    if row.starts:
        properties |= {"top": 1, "top_color": theme.STRONG_LINE}
    if row.emphasis or (blocks and row.starts and column is table.columns[0]):
        properties["bold"] = True
    muted = isinstance(content, Mark) or (isinstance(result(content), str) and kind in _NUMBERS)
    muted = muted or (blocks and not row.starts and column is table.columns[0])
    properties |= theme.on(_pair(column.name in table.own, tint=row.tint, muted=muted))
    properties |= _alignment(kind, wraps=_wraps(table))
    if kind in theme.NUMBER_FORMATS:
        properties["num_format"] = theme.NUMBER_FORMATS[kind]
    if isinstance(content, str) and content.startswith(_INJECTED):
        properties["quote_prefix"] = True
    return properties


def _pair(own: bool, *, tint: bool, muted: bool) -> theme.Pair:
    if own:
        return theme.OWN_CELL
    if tint:
        return theme.MUTED_DERIVED if muted else theme.DERIVED
    return theme.MUTED if muted else theme.BODY


def _alignment(kind: ColumnKind, *, wraps: bool) -> dict[str, Any]:
    aligned = "right" if kind in (*_NUMBERS, "month", "date") else "left"
    return {
        "align": aligned,
        "valign": "top" if wraps else "vcenter",
        **({"text_wrap": True} if kind == "long_text" else {}),
    }


def _write(
    sheet: Worksheet, placed: Placed, at: tuple[int, int], content: Content, kind: ColumnKind, style: Format
) -> None:
    if content is None:
        sheet.write_blank(*at, None, style)
    elif isinstance(content, Formula):
        sheet.write_formula(*at, placed.formula(content), style, content.value)
    elif isinstance(content, Mark):
        sheet.write_string(*at, str(content), style)
    elif isinstance(content, str):
        _write_text_or_date(sheet, at, content, kind, style)
    else:
        sheet.write_number(*at, content, style)


def _write_text_or_date(
    sheet: Worksheet, at: tuple[int, int], content: str, kind: ColumnKind, style: Format
) -> None:
    if kind == "month" and periods.is_month(content):
        sheet.write_datetime(*at, periods.first_day(content), style)
    elif kind == "date":
        sheet.write_datetime(*at, datetime.fromisoformat(content).date(), style)
    else:
        write_text(sheet, *at, content, style)
