"""The LTC profile sheet: `tblProfile` with delivered as columns and the two plans as lines beside it."""

from xlsxwriter.worksheet import Worksheet

from les_xl.excel.charts import delivered_and_plans
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import draw_report, place_under_notes
from les_xl.excel.placed import Placed
from les_xl.position import Position
from les_xl.report.tables.profile import profile
from les_xl.report.tables.texts import PROFILE

NAME = "LTC profile"
_ROW = 23.0
_CHART = {"width": 640, "height": 410}


def _place(position: Position) -> tuple[Placed, ...]:
    table = profile(position)
    return () if table is None else (place_under_notes(NAME, table),)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    placed = drawing.tables["tblProfile"]
    draw_report(drawing, sheet, placed, beside=_CHART["width"], least=_ROW)
    chart = delivered_and_plans(drawing, placed)
    chart.set_size(_CHART)
    alt = {"description": drawing.texts[PROFILE], "object_position": 2}
    sheet.set_column(placed.last_column + 1, placed.last_column + 1, 2)
    sheet.insert_chart(placed.row, placed.last_column + 2, chart, alt)
    sheet.freeze_panes(placed.first_row, 1)


SHEET = Sheet(NAME, "Delivered against the flat plan and the expected profile", _place, _draw)
