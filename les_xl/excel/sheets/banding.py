"""The LTC banding sheet: `tblBanding` with a stacked bar beside each group's row."""

from xlsxwriter.worksheet import Worksheet

from les_xl.excel.charts import stacked_bands
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import draw_report, place_under_notes
from les_xl.excel.placed import Placed
from les_xl.position import Position
from les_xl.report.tables.bands import banding, group_rows
from les_xl.report.tables.texts import BANDING

NAME = "LTC banding"
_ROW = 23.0
_CHART = {"width": 600, "height": 400}


def _place(position: Position) -> tuple[Placed, ...]:
    table = banding(position)
    return () if table is None else (place_under_notes(NAME, table),)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    placed = drawing.tables["tblBanding"]
    draw_report(drawing, sheet, placed, beside=_CHART["width"], least=_ROW)
    banded = next(iter(drawing.position.bandings.values()))
    chart = stacked_bands(drawing, placed, banded.labels, group_rows(placed.table))
    chart.set_size(_CHART)
    alt = {"description": drawing.texts[BANDING], "object_position": 2}
    sheet.set_column(placed.last_column + 1, placed.last_column + 1, 2)
    sheet.insert_chart(placed.row, placed.last_column + 2, chart, alt)
    sheet.freeze_panes(placed.first_row, 1)


SHEET = Sheet(NAME, "Practices by share of their annual target, by sub ICB group", _place, _draw)
