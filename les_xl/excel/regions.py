"""Sheets with several tables: side by side, so that each can grow downwards, with a heading over each."""

from collections.abc import Sequence

from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from les_xl.excel import theme
from les_xl.excel.cells import ROW_HEIGHT, write_tables, write_text
from les_xl.excel.drawing import Drawing
from les_xl.excel.page import below_notes, frame, note_lines, write_notes
from les_xl.excel.papers import last_printed
from les_xl.excel.placed import Placed
from les_xl.report.table import Line, Table

_GAP = 2.0
"""Width of the empty column between two tables, which keeps them apart for Excel and for a reader."""


def place_side_by_side(
    sheet: str, tables: Sequence[Table], notes: tuple[str, ...] = (), chart_rows: int = 0
) -> tuple[Placed, ...]:
    """Tables from left to right under the notes, room for a chart, and their headings."""
    row = below_notes(_lines(notes, tables)) + chart_rows + 1
    found: list[Placed] = []
    column = 0
    for table in tables:
        found.append(Placed(sheet, table, row, column))
        column += len(table.columns) + 1
    return tuple(found)


Pages = Sequence[Sequence[Placed]]
"""The tables of a sheet from left to right, in the groups that are printed on pages of their own."""


def draw_side_by_side(
    drawing: Drawing,
    sheet: Worksheet,
    title: str,
    pages: Pages,
    notes: tuple[str, ...] = (),
    least: float = ROW_HEIGHT,
    *,
    unprinted: Sequence[Placed] = (),
) -> None:
    """Frame, notes, headings and tables, and what is printed together; `unprinted` tables come last."""
    placed = [*(one for page in pages for one in page), *unprinted]
    frame(drawing, sheet, title, width=pages[0][-1].last_column + 1)
    write_notes(drawing, sheet, _lines(notes, [one.table for one in placed]))
    heading = drawing.styles(theme.on(theme.TITLE, bold=True, font_size=12))
    for one in placed:
        write_text(sheet, one.row - 1, one.column, one.table.title, heading)
    sheet.set_row(placed[0].row - 1, 21)
    write_tables(sheet, drawing.styles, placed, least)
    for one in placed[1:]:
        sheet.set_column(one.column - 1, one.column - 1, _GAP)
    sheet.repeat_rows(placed[0].row)
    _print(drawing, sheet, pages)


def _lines(notes: tuple[str, ...], tables: Sequence[Table]) -> list[str | Line]:
    """Notes, the marks explained, and what the tables say of this edition."""
    return [*note_lines(notes, tables), *(line for table in tables for line in table.lines)]


def _print(drawing: Drawing, sheet: Worksheet, pages: Pages) -> None:
    """What stands above the tables is printed with the first of them; a key at the right edge is not."""
    areas = []
    for at, group in enumerate(pages):
        top = 0 if at == 0 else group[0].row - 1
        bottom = max(last_printed(one) for one in group)
        right = group[-1].last_column - (group[-1].table.columns[-1].kind == "key")
        area = xl_range_abs(top, group[0].column, bottom, right)
        areas.append(f"{quote_sheetname(sheet.get_name())}!{area}")
    # Several areas are several pages, for which XlsxWriter has no method but the name that Excel reads.
    drawing.workbook.define_name(f"{sheet.get_name()}!_xlnm.Print_Area", f"={','.join(areas)}")
