"""Writes a placed table: its headers, its cells with their own formats, and the Excel table around them."""

from collections.abc import Sequence
from datetime import datetime

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from les_xl import periods
from les_xl.excel import measure
from les_xl.excel.drawing import Styles
from les_xl.excel.looks import FIGURE, cell_look, header_look, look_of
from les_xl.excel.placed import Placed
from les_xl.marks import Mark
from les_xl.report.table import ColumnKind, Content, Formula, Row, Table

ROW_HEIGHT = 17.0
"""Height in points of a row of figures; a row of wrapping text is as high as its text."""

_FILTER_BUTTON = 18.0
_ONE_LINE = measure.row_points(1)


def write_tables(
    sheet: Worksheet, styles: Styles, tables: Sequence[Placed], least: float = ROW_HEIGHT
) -> None:
    """Write tables that stand side by side, with column widths and rows of at least `least` points."""
    headers: dict[int, float] = {}
    heights: dict[int, float] = {}
    for placed in tables:
        wrapping = _wrapping(placed.table)
        headers[placed.row] = max(headers.get(placed.row, 0.0), _header_height(placed.table))
        for at_row, row in enumerate(placed.table.rows, placed.first_row):
            heights[at_row] = max(heights.get(at_row, 0.0), _row_height(wrapping, row))
    for placed in tables:
        _set_widths(sheet, placed.column, placed.table)
        _add_excel_table(sheet, styles, placed)
        formats = _Formats(styles, placed.table)
        for at_row, row in enumerate(placed.table.rows, placed.first_row):
            _write_row(sheet, formats, placed, at_row, row, tall=heights[at_row] > _ONE_LINE)
        if not placed.table.rows:
            # The empty row that stands for none is part of the sheet, as Excel writes it.
            _write_row(sheet, formats, placed, placed.first_row, _empty(placed.table), tall=False)
    for at_row, height in heights.items():
        sheet.set_row(at_row, max(height, least))
    for at_row, height in headers.items():
        sheet.set_row(at_row, height)


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write a text as a text, whatever it begins with."""
    sheet.write_string(row, column, text, style)


def _set_widths(sheet: Worksheet, first: int, table: Table) -> None:
    for at, column in enumerate(table.columns, first):
        sheet.set_column(at, at, column.width)


def _header_height(table: Table) -> float:
    taken = _FILTER_BUTTON if table.filtered else 0.0
    most = max(measure.lines(column.name, column.width, bold=True, taken=taken) for column in table.columns)
    return measure.row_points(most, padding=9)


class _Formats:
    """The formats of one table's cells, found once for each sort of cell: there are thousands of cells."""

    def __init__(self, styles: Styles, table: Table) -> None:
        self._styles, self._table = styles, table
        self._found: dict[tuple[object, ...], list[dict[object, Format]]] = {}

    def of(self, row: Row, *, tall: bool) -> list[Format]:
        """The format of each cell of a row."""
        sort = (row.kind, row.emphasis, row.tint, row.starts, tall)
        known = self._found.get(sort)
        if known is None:
            known = self._found[sort] = [{} for _ in self._table.columns]
        formats = []
        for column, content, by_look in zip(self._table.columns, row.cells, known, strict=True):
            key = FIGURE if type(content) is float else look_of(content)
            found = by_look.get(key)
            if found is None:
                found = by_look[key] = self._styles(cell_look(self._table, column, row, content, tall=tall))
            formats.append(found)
        return formats


def _empty(table: Table) -> Row:
    return Row((None,) * len(table.columns))


def _write_row(
    sheet: Worksheet, formats: _Formats, placed: Placed, at_row: int, row: Row, *, tall: bool
) -> None:
    cells = zip(placed.table.columns, row.cells, formats.of(row, tall=tall), strict=True)
    for at, (column, content, style) in enumerate(cells, placed.column):
        _write(sheet, placed, (at_row, at), content, column.kind, style)


def _wrapping(table: Table) -> list[tuple[int, float]]:
    """The columns whose texts wrap, each with its width."""
    return [(at, column.width) for at, column in enumerate(table.columns) if column.kind == "long_text"]


def _row_height(wrapping: Sequence[tuple[int, float]], row: Row) -> float:
    """The height in points that a body row needs for its longest wrapping text."""
    texts = [
        measure.lines(str(content), width)
        for at, width in wrapping
        if isinstance(content := row.cells[at], str)
    ]
    return measure.row_points(max(texts, default=1))


def _add_excel_table(sheet: Worksheet, styles: Styles, placed: Placed) -> None:
    columns = [
        {"header": column.name, "header_format": styles(header_look(placed.table, column))}
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


def _write(
    sheet: Worksheet, placed: Placed, at: tuple[int, int], content: Content, kind: ColumnKind, style: Format
) -> None:
    if type(content) is float:
        sheet.write_number(*at, content, style)
    elif isinstance(content, Mark):
        sheet.write_string(*at, str(content), style)
    elif isinstance(content, str):
        if kind in ("month", "date"):
            _write_text_or_date(sheet, at, content, kind, style)
        else:
            sheet.write_string(*at, content, style)
    elif content is None:
        sheet.write_blank(*at, None, style)
    elif isinstance(content, Formula):
        sheet.write_formula(*at, placed.formula(content), style, content.value)
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
