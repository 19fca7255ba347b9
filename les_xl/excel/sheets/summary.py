"""The Summary sheet: `tblSummary`, with a sparkline of each row's delivered activity."""

from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from les_xl.excel import theme
from les_xl.excel.conditional import colour_words, flag_shares
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import draw_report, place_under_notes
from les_xl.excel.placed import Placed
from les_xl.position import Position
from les_xl.report.table import Ref
from les_xl.report.tables.plan_delivered import delivered_row
from les_xl.report.tables.summary import TREND, summary
from les_xl.report.tables.texts import flags_line

NAME = "Summary"
_ROW = 24.0
_NOTES = (
    "Forecast: of the year, at the rate so far. Provisional: a return up to the month is outstanding.",
    "Back on plan: at the rate of the last three months, against the plan of the month.",
)
_MONTHS = (2, 13)
"""Indexes of April and March in the tables by month."""


def _place(position: Position) -> tuple[Placed, ...]:
    table = replace(summary(position), notes=_NOTES, lines=(flags_line(position),))
    return (place_under_notes(NAME, table),)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    placed = drawing.tables["tblSummary"]
    draw_report(drawing, sheet, placed, least=_ROW)
    colour_words(drawing, sheet, placed, "Status", theme.STATUS)
    for column in ("% of plan", "% of plan to date"):
        flag_shares(drawing, sheet, placed, column)
    _add_sparklines(drawing, sheet, placed)
    sheet.freeze_panes(placed.first_row, 1)


def _add_sparklines(drawing: Drawing, sheet: Worksheet, placed: Placed) -> None:
    """Columns over the whole year: a mark is drawn as nothing, a later month comes into view."""
    column = placed.sheet_column(TREND)
    for index, row in enumerate(drawing.position.specs.published_rows()):
        contract = drawing.position.specs.service(row.les).contract
        months = drawing.tables["tblCostVolume" if contract == "cost_and_volume" else "tblCapitated"]
        source = delivered_row(months.table, row.label)
        block = months.absolute(Ref(source, _MONTHS[0]), Ref(source, _MONTHS[1]))
        options = {
            "range": block.removeprefix("="),
            "type": "column",
            "series_color": theme.BANDS[3].fill,
            "min": 0,
        }
        sheet.add_sparkline(placed.first_row + index, column, options)


SHEET = Sheet(NAME, "Every service in its latest month and to date, with its status", _place, _draw)
