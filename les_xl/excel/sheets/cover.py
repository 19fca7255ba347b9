"""The Cover: what this is, how far the data goes, points of note, contents, refresh stamp, check status."""

from datetime import date, datetime

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from les_xl import periods
from les_xl.excel import theme
from les_xl.excel.cells import write_tables, write_text
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import print_setup
from les_xl.excel.placed import Placed, cell_name
from les_xl.excel.titles import link_to
from les_xl.position import Position
from les_xl.report import narrative
from les_xl.report.figures import all_returns
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
    drawing.workbook.define_name("LesIcb", cell_name(NAME, "A2"))


def _draw_identity(drawing: Drawing, sheet: Worksheet) -> None:
    """Labels and named cells that say which edition this is; a refresh fills the same names."""
    edition = drawing.position.edition
    reported, expected = all_returns(drawing.position)
    facts: tuple[tuple[str, str, str | int | date, str], ...] = (
        ("Position at", "LesAsAt", periods.first_day(edition.as_at), "mmm-yy"),
        ("Financial year", "LesYear", periods.year_of(edition.as_at), "@"),
        ("Returns", "LesReported", f"{reported:,} of {expected:,} expected have arrived", "@"),
        ("Checks", "LesChecks", narrative.check_status(drawing.position), "@"),
        ("Refreshed", "LesRefreshed", _plain(drawing.now), "dd mmm yyyy hh:mm"),
        ("Last load", "LesAsOf", edition.as_of, "0"),
        ("Specifications", "LesDataVersion", edition.data_version[:8], "@"),
    )
    label = drawing.styles(theme.on(theme.MUTED, indent=1))
    for row, (said, name, value, shown) in enumerate(facts, _IDENTITY_ROW):
        write_text(sheet, row, 0, said, label)
        style = drawing.styles(theme.on(theme.BODY, bold=True, align="left", indent=1, num_format=shown))
        _write_fact(sheet, row, value, style)
        drawing.workbook.define_name(name, cell_name(NAME, f"B{row + 1}"))


def _write_fact(sheet: Worksheet, row: int, value: str | int | date, style: Format) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, 1, value, style)
    elif isinstance(value, str):
        write_text(sheet, row, 1, value, style)
    else:
        sheet.write_number(row, 1, value, style)


def _draw_contents(drawing: Drawing, sheet: Worksheet) -> None:
    write_text(sheet, _IDENTITY_ROW - 1, _CONTENTS, "Contents", _heading(drawing))
    write_text(sheet, _IDENTITY_ROW - 1, 0, "This edition", _heading(drawing))
    link = drawing.styles(theme.on(theme.LINK, underline=1, indent=1))
    others = [listed for listed in drawing.contents[1:] if not listed.les]
    for row, listed in enumerate(others, _IDENTITY_ROW):
        sheet.write_url(row, _CONTENTS, link_to(listed.name), link, listed.name, listed.purpose)
    own = {listed.les: listed for listed in drawing.contents if listed.les}
    linked = drawing.styles(theme.on(theme.LINK, underline=1, indent=1, bottom=1, bottom_color=theme.LINE))
    dates = drawing.tables["tblDataDates"]
    for row, service in enumerate(drawing.position.specs.services, dates.first_row):
        listed = own[service.les]
        sheet.write_url(row, dates.column, link_to(listed.name), linked, service.title, listed.purpose)


def _heading(drawing: Drawing) -> Format:
    return drawing.styles(theme.on(theme.TITLE, bold=True, font_size=13, indent=1))


def _plain(now: datetime) -> datetime:
    """Excel knows no time zones: the clock time as given, to the minute."""
    return now.replace(tzinfo=None, second=0, microsecond=0)


SHEET = Sheet(NAME, "Title, as-at month and points of note", _place, _draw)
