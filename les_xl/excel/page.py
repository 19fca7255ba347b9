"""The frame of a sheet: title in A1, as-at line, notes above the table, panes, print set-up and footer."""

import math
from collections.abc import Iterable, Sequence

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from les_xl import marks
from les_xl.excel import measure, theme
from les_xl.excel.cells import ROW_HEIGHT, write_tables, write_text
from les_xl.excel.contents import NUMBERS
from les_xl.excel.drawing import Drawing
from les_xl.excel.identity import SUBTITLE, looked_up, subtitle
from les_xl.excel.looks import as_text
from les_xl.excel.placed import Placed
from les_xl.excel.titles import link_to
from les_xl.marks import Mark
from les_xl.report.table import Line, Table

CHART_ROW_PIXELS = 20
_BACK_ROW = 2
_NOTES_ROW = 3
_A4 = 9
_DEFAULT_COLUMN_PIXELS = 64
_LEAST_NOTE_PIXELS = 900


def place_under_notes(sheet: str, table: Table, chart_rows: int = 0) -> Placed:
    """A table at the left edge of its sheet, under the title, its notes and `chart_rows` rows for a chart."""
    return Placed(sheet, table, header_row(table, chart_rows))


def header_row(table: Table, chart_rows: int = 0) -> int:
    """The row of the header under title, notes and chart."""
    return below_notes(_note_lines(table)) + chart_rows


def below_notes(lines: Sequence[str | Line]) -> int:
    """The first row that is free under the lines of notes and an empty row."""
    return _NOTES_ROW + len(lines) + 1


def draw_report(
    drawing: Drawing, sheet: Worksheet, placed: Placed, *, beside: int = 0, least: float = ROW_HEIGHT
) -> None:
    """Frame, notes and table of a sheet of one table; `beside` are the pixels of a chart to its right."""
    columns = math.ceil(beside / _DEFAULT_COLUMN_PIXELS) + 1 if beside else 0
    frame(drawing, sheet, placed.table.title, width=len(placed.table.columns) + columns)
    write_notes(drawing, sheet, _note_lines(placed.table))
    write_tables(sheet, drawing.styles, (placed,), least)
    sheet.repeat_rows(placed.row)


def write_notes(drawing: Drawing, sheet: Worksheet, lines: Sequence[str | Line]) -> None:
    """The lines of notes under the as-at line; those of this edition are looked up where a refresh fills."""
    style = drawing.styles(theme.on(theme.MUTED))
    for row, line in enumerate(lines, _NOTES_ROW):
        if isinstance(line, Line):
            sheet.write_formula(row, 0, looked_up(line), style, line.text)
        else:
            write_text(sheet, row, 0, line, style)


def frame(drawing: Drawing, sheet: Worksheet, title: str, *, width: int) -> None:
    """Title in A1 over a blue line, the as-at line, and how the sheet prints."""
    sheet.hide_gridlines(2)
    line = {"bottom": 5, "bottom_color": theme.BLUE}
    heading = drawing.styles(theme.on(theme.TITLE, bold=True, font_size=16, **line))
    for column in range(1, width):
        sheet.write_blank(0, column, None, heading)
    named = theme.on(theme.TITLE, bold=True, font_size=16, **line, **as_text(title))
    write_text(sheet, 0, 0, title, drawing.styles(named))
    sheet.set_row(0, 27)
    bold = drawing.styles(theme.on(theme.BODY, bold=True))
    sheet.write_formula(1, 0, SUBTITLE, bold, subtitle(drawing.position))
    sheet.set_row(1, 20)
    link = drawing.styles(theme.on(theme.LINK, underline=1))
    home = drawing.contents[0].name
    sheet.write_url(_BACK_ROW, 0, link_to(home), link, "Back to contents", f"To the sheet {home}")
    print_setup(drawing, sheet)


def print_setup(drawing: Drawing, sheet: Worksheet) -> None:
    """A4 landscape, one page wide, with its name, edition and page number in the footer."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.45, right=0.45, top=0.5, bottom=0.65)
    sheet.center_horizontally()
    font = f'&"{theme.FONT},Regular"&{theme.SIZE}'
    left, middle = _footer_text(sheet.get_name()), _footer_text(str(drawing.position.edition))
    sheet.set_footer(f"&L{font} {left}&C{font} {middle}&R{font} Page &P of &N", {"margin": 0.3})


def chart_width(placed: Placed) -> int:
    """The width in pixels of a placed table's columns."""
    return sum(measure.column_pixels(column.width) for column in placed.table.columns)


def place_above(
    sheet: Worksheet,
    table: Placed,
    chart: Chart,
    said: str,
    rows: int,
    across: tuple[int, int],
    *,
    titled: bool = True,
) -> None:
    """One of several charts in the `rows` above a table; `across`: left edge and width, in pixels.

    A table that is `titled` has its title in the row above its header.
    """
    left, width = across
    chart.set_size({"width": width - 6, "height": rows * CHART_ROW_PIXELS - 12})
    options = {"description": said, "object_position": 3, "x_offset": left, "y_offset": 2}
    sheet.insert_chart(table.row - titled - rows, 0, chart, options)


def _footer_text(text: str) -> str:
    return text.replace("&", "&&")


def _note_lines(table: Table) -> list[str | Line]:
    room = sum(measure.column_pixels(column.width) for column in table.columns)
    return [*note_lines(table.notes, (table,), room), *table.lines]


def note_lines(notes: Iterable[str], tables: Sequence[Table], room: int = 0) -> list[str]:
    """Notes broken into lines of `room` pixels at least; the marks of the tables are explained last."""
    most = max(_LEAST_NOTE_PIXELS, room)
    return [line for note in (*notes, *_marks_in(tables)) for line in measure.wrapped(note, most)]


def _marks_in(tables: Sequence[Table]) -> Iterable[str]:
    """Explained are the marks in the tables, and those that a refresh may bring in place of figures."""
    shown = {mark for table in tables for mark in table.marks}
    if any(column.kind in NUMBERS for table in tables for column in table.columns):
        shown |= {str(Mark.NOT_REPORTED), str(Mark.NOT_APPLICABLE)}
    used = [f"{mark} {meaning}" for mark, meaning in marks.MEANING.items() if str(mark) in shown]
    return [f"{'. '.join(used)}."] if used else []
