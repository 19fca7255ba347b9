"""The frame of a sheet: title in A1, as-at line, notes above the table, panes, print set-up and footer."""

import textwrap
from collections.abc import Iterable

from xlsxwriter.worksheet import Worksheet

from les_xl import marks, periods
from les_xl.excel import theme
from les_xl.excel.cells import write_table, write_text
from les_xl.excel.drawing import Drawing
from les_xl.excel.placed import Placed
from les_xl.report.table import Table, result

CHART_ROW_PIXELS = 20
_NOTES_ROW = 2
_A4 = 9


def place_under_notes(sheet: str, table: Table, chart_rows: int = 0) -> Placed:
    """A table at the left edge of its sheet, under the title, its notes and `chart_rows` rows for a chart."""
    return Placed(sheet, table, header_row(table, chart_rows))


def header_row(table: Table, chart_rows: int = 0) -> int:
    """The row of the header under title, notes and chart."""
    return chart_row(table) + chart_rows


def chart_row(table: Table) -> int:
    """The row at which a chart above the table begins: one free row under the notes."""
    return _NOTES_ROW + len(_note_lines(table)) + 1


def draw_report(drawing: Drawing, sheet: Worksheet, placed: Placed) -> None:
    """Frame, notes and table of a sheet that holds one table."""
    frame(drawing, sheet, placed.table.title, width=len(placed.table.columns))
    style = drawing.styles(theme.on(theme.MUTED))
    for offset, line in enumerate(_note_lines(placed.table)):
        write_text(sheet, _NOTES_ROW + offset, 0, line, style)
    write_table(sheet, drawing.styles, placed)
    sheet.repeat_rows(placed.row)


def frame(drawing: Drawing, sheet: Worksheet, title: str, *, width: int) -> None:
    """Title in A1 over a blue line, the as-at line, and how the sheet prints."""
    sheet.hide_gridlines(2)
    line = {"bottom": 5, "bottom_color": theme.BLUE}
    heading = drawing.styles(theme.on(theme.TITLE, bold=True, font_size=16, **line))
    for column in range(1, width):
        sheet.write_blank(0, column, None, heading)
    write_text(sheet, 0, 0, title, heading)
    sheet.set_row(0, 27)
    as_at = periods.long_label(drawing.position.edition.as_at)
    said = f"{drawing.position.specs.workspace.icb.name}: position at {as_at}"
    formula = '=LesIcb&": position at "&TEXT(LesAsAt,"mmmm yyyy")'
    sheet.write_formula(1, 0, formula, drawing.styles(theme.on(theme.BODY, bold=True)), said)
    sheet.set_row(1, 20)
    print_setup(drawing, sheet, title)


def print_setup(drawing: Drawing, sheet: Worksheet, title: str) -> None:
    """A4 landscape, one page wide, with title, edition and page number in the footer."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.45, right=0.45, top=0.5, bottom=0.65)
    sheet.center_horizontally()
    font = f'&"{theme.FONT},Regular"&{theme.SIZE}'
    left, middle = _footer_text(title), _footer_text(str(drawing.position.edition))
    sheet.set_footer(f"&L{font} {left}&C{font} {middle}&R{font} Page &P of &N", {"margin": 0.3})


def chart_width(placed: Placed) -> int:
    """The width in pixels of a placed table's columns."""
    return sum(int(column.width * 7 + 5) for column in placed.table.columns)


def _footer_text(text: str) -> str:
    return text.replace("&", "&&")


def _note_lines(table: Table) -> list[str]:
    """Notes of a table broken into lines that fit over it; the marks in use are explained last."""
    width = int(sum(column.width for column in table.columns) * 1.05)
    notes = [*table.notes, *_marks_in(table)]
    return [line for note in notes for line in textwrap.wrap(note, width, subsequent_indent="   ")]


def _marks_in(table: Table) -> Iterable[str]:
    shown = {result(content) for row in table.rows for content in row.cells}
    used = [f"{mark} {meaning}" for mark, meaning in marks.MEANING.items() if str(mark) in shown]
    return [f"{'. '.join(used)}."] if used else []
