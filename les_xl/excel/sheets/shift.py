"""Service shift: other providers before and after, by trust and place, under charts; and their months."""

from xlsxwriter.worksheet import Worksheet

from les_xl.excel import theme
from les_xl.excel.charts import before_and_since
from les_xl.excel.conditional import colour_words
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import chart_width, draw_report, place_above, place_under_notes
from les_xl.excel.placed import Placed
from les_xl.excel.regions import draw_side_by_side, place_side_by_side
from les_xl.position import Position
from les_xl.report.tables import shift
from les_xl.report.tables.texts import shift_chart

NAME, MONTHS_NAME = "Service shift", "Service shift by month"
_CHART_ROWS = 12
_WIDEST = 460
_NOTES = (
    "Other providers' counts a month since general practice is stable, beside what practices delivered then.",
    "It shows what went together, not what caused what; nothing is shown before its lag has passed.",
    "To the right of the table: system impact. The months of the charts have a sheet of their own.",
)


def _place(position: Position) -> tuple[Placed, ...]:
    tables = [
        *([shift.shifts(position)] if shift.assessed(position) else []),
        *([shift.impacts(position)] if any(one.impact for one in position.specs.services) else []),
    ]
    return place_side_by_side(NAME, tables, _NOTES, _CHART_ROWS if shift.charted(position) else 0)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    placed = tuple(found for found in drawing.tables.values() if found.sheet == NAME)
    draw_side_by_side(drawing, sheet, NAME, tuple((one,) for one in placed), _NOTES)
    if "tblShift" in drawing.tables:
        table = drawing.tables["tblShift"]
        colour_words(drawing, sheet, table, "Finding", theme.SHIFT)
        _add_charts(drawing, sheet, table, drawing.tables["tblShiftMonths"])
    sheet.freeze_panes(placed[0].first_row, 0)


def _add_charts(drawing: Drawing, sheet: Worksheet, table: Placed, months: Placed) -> None:
    """A chart for each LES with months to show, next to each other over the table."""
    services = shift.charted(drawing.position)
    each = min(_WIDEST, chart_width(table) // max(1, len(services)))
    for at, service in enumerate(services):
        name = shift_chart(service)
        chart = before_and_since(drawing, name, months, shift.month_columns(service), service.title)
        place_above(sheet, table, chart, drawing.texts[name], _CHART_ROWS, (at * each, each))


def _place_months(position: Position) -> tuple[Placed, ...]:
    return (place_under_notes(MONTHS_NAME, shift.months(position)),) if shift.assessed(position) else ()


def _draw_months(drawing: Drawing, sheet: Worksheet) -> None:
    placed = drawing.tables["tblShiftMonths"]
    draw_report(drawing, sheet, placed)
    sheet.freeze_panes(placed.first_row, 1)


MONTHS = Sheet(
    MONTHS_NAME,
    "Other providers' counts by month, for the charts of service shift",
    _place_months,
    _draw_months,
)
SHEET = Sheet(
    NAME, "Other providers' activity before and after, by trust and place; system impact", _place, _draw
)
