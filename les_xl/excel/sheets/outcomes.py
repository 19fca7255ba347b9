"""The Quality and outcomes sheet: `tblQuality` under a chart of each rate by sub ICB group."""

from xlsxwriter.worksheet import Worksheet

from les_xl.excel.charts import bars_of
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import chart_width, draw_report, place_above, place_under_notes
from les_xl.excel.placed import Placed
from les_xl.position import Position
from les_xl.report.tables.outcomes import ORGANISATION, RATE_TO_DATE, quality, rated
from les_xl.report.tables.texts import rate_chart

NAME = "Quality and outcomes"
_CHART_ROWS = 14
_MOST_CHARTS = 4
_IDENTITY = 4
"""Columns that say what a row is about."""


def _place(position: Position) -> tuple[Placed, ...]:
    table = quality(position)
    if not table.rows:
        return ()
    return (place_under_notes(NAME, table, _CHART_ROWS if rated(position) else 0),)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    placed = drawing.tables["tblQuality"]
    draw_report(drawing, sheet, placed)
    shown = list(rated(drawing.position).items())[:_MOST_CHARTS]
    for at, ((les, metric), rows) in enumerate(shown):
        name = rate_chart(les, metric)
        title = drawing.position.specs.metric(les, metric).title
        chart = bars_of(
            drawing, name, placed, rows, (ORGANISATION, RATE_TO_DATE), f"{title}, to date", "0.0%"
        )
        each = chart_width(placed) // len(shown)
        across = (at * each, each)
        place_above(sheet, placed, chart, drawing.texts[name], _CHART_ROWS, across, titled=False)
    sheet.freeze_panes(1, 0)


SHEET = Sheet(
    NAME, "Rates with their intervals, caps, outcomes and registers, by sub ICB group", _place, _draw
)
