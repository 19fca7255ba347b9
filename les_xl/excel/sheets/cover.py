"""The Cover: what this is, how far the data goes, points of note, contents, refresh stamp, check status."""

from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from les_xl.excel import theme
from les_xl.excel.cells import write_tables, write_text
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.identity import ICB, identity
from les_xl.excel.looks import as_text
from les_xl.excel.page import print_setup
from les_xl.excel.placed import Placed, cell_name
from les_xl.excel.titles import link_to
from les_xl.position import Position
from les_xl.report.tables.cover import data_dates, points

NAME = "Cover"
TITLE = "Local Enhanced Services: performance report"

_IDENTITY_ROW = 4
_POINTS_ROW = 15
_CONTENTS = 3
_RIGHT = 5
"""Column at which the data dates of each LES begin."""
_WIDTHS = {2: 1.5, 3: 24.0, 4: 1.5}


def _place(position: Position) -> tuple[Placed, ...]:
    return (
        Placed(NAME, points(position), _POINTS_ROW),
        Placed(NAME, data_dates(position), _IDENTITY_ROW, _RIGHT),
    )


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    write_tables(sheet, drawing.styles, [drawing.tables[name] for name in ("tblPoints", "tblDataDates")])
    for column, width in _WIDTHS.items():
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    print_setup(drawing, sheet)
    _draw_title(drawing, sheet)
    _draw_identity(drawing, sheet)
    _draw_contents(drawing, sheet)
    heading = _heading(drawing)
    write_text(sheet, _POINTS_ROW - 1, 0, "Points of note", heading)
    write_text(sheet, _IDENTITY_ROW - 1, _RIGHT, "Sheets of each LES, and its data dates", heading)


def _draw_title(drawing: Drawing, sheet: Worksheet) -> None:
    banner = drawing.styles(theme.on(theme.HEADER, bold=True, font_size=20, indent=1))
    second = drawing.styles(theme.on(theme.HEADER, font_size=12, align="left", indent=1))
    for column in range(1, _RIGHT + 3):
        sheet.write_blank(0, column, None, banner)
        sheet.write_blank(1, column, None, second)
    write_text(sheet, 0, 0, TITLE, banner)
    write_text(sheet, 1, 0, drawing.position.specs.workspace.icb.name, second)
    sheet.set_row(0, 34)
    sheet.set_row(1, 22)
    sheet.set_row(2, 9)
    drawing.workbook.define_name("LesTitle", cell_name(NAME, "A1"))
    drawing.workbook.define_name(ICB, cell_name(NAME, "A2"))


def _draw_identity(drawing: Drawing, sheet: Worksheet) -> None:
    """Labels and named cells that say which edition this is; a refresh fills the same names."""
    label = drawing.styles(theme.on(theme.MUTED, indent=1))
    for row, fact in enumerate(identity(drawing.position, drawing.now), _IDENTITY_ROW):
        write_text(sheet, row, 0, fact.label, label)
        look = theme.on(theme.BODY, bold=True, align="left", indent=1, num_format=fact.shown)
        _write_fact(sheet, row, fact.value, drawing.styles(look))
        drawing.workbook.define_name(fact.name, cell_name(NAME, f"B{row + 1}"))


def _write_fact(sheet: Worksheet, row: int, value: str | float | date, style: Format) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, 1, value, style)
    elif isinstance(value, str):
        write_text(sheet, row, 1, value, style)
    else:
        sheet.write_number(row, 1, value, style)


def _draw_contents(drawing: Drawing, sheet: Worksheet) -> None:
    write_text(sheet, _IDENTITY_ROW - 1, _CONTENTS, "Contents", _heading(drawing))
    write_text(sheet, _IDENTITY_ROW - 1, 0, "This edition", _heading(drawing))
    link = theme.on(theme.LINK, underline=1, indent=1, valign="top")
    others = [listed for listed in drawing.contents[1:] if not listed.les]
    for row, listed in enumerate(others, _IDENTITY_ROW):
        sheet.write_url(
            row, _CONTENTS, link_to(listed.name), drawing.styles(link), listed.name, listed.purpose
        )
    own = {listed.les: listed for listed in drawing.contents if listed.les}
    dates = drawing.tables["tblDataDates"]
    for row, service in enumerate(drawing.position.specs.services, dates.first_row):
        listed, title = own[service.les], service.title
        look = drawing.styles(link | {"bottom": 1, "bottom_color": theme.LINE} | as_text(title))
        sheet.write_url(row, dates.column, link_to(listed.name), look, title, listed.purpose)


def _heading(drawing: Drawing) -> Format:
    return drawing.styles(theme.on(theme.TITLE, bold=True, font_size=13, indent=1))


SHEET = Sheet(NAME, "Title, as-at month and points of note", _place, _draw)
