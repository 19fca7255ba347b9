"""The sheets Cost and volume and Capitated: the published layout by month, under a chart of % of plan."""

from collections.abc import Callable
from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from les_xl.excel.charts import shares_of_plan
from les_xl.excel.conditional import flag_share_rows
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import chart_width, draw_report, place_above, place_under_notes
from les_xl.excel.placed import Placed
from les_xl.position import Position
from les_xl.report import words
from les_xl.report.table import Table
from les_xl.report.tables import plan_delivered
from les_xl.report.tables.texts import PLANS, flags_line
from les_xl.spec.model import Contract

_CHART_ROWS = 13
_ROW = 15.0
_ONE_PAGE_ROWS = 30


def _sheet(contract: Contract, purpose: str, build: Callable[[Position], Table]) -> Sheet:
    name = words.CONTRACTS[contract]

    def place(position: Position) -> tuple[Placed, ...]:
        if not position.specs.published_rows(contract):
            return ()
        table = replace(build(position), lines=(flags_line(position),))
        return (place_under_notes(name, table, _CHART_ROWS),)

    def draw(drawing: Drawing, sheet: Worksheet) -> None:
        placed = next(found for found in drawing.tables.values() if found.sheet == name)
        draw_report(drawing, sheet, placed, least=_ROW)
        flag_share_rows(drawing, sheet, placed, "Measure", plan_delivered.MEASURES[2])
        _add_chart(drawing, sheet, placed, contract)
        if len(placed.table.rows) <= _ONE_PAGE_ROWS:
            sheet.fit_to_pages(1, 1)
        sheet.freeze_panes(1, 1)

    return Sheet(name, purpose, place, draw)


def _add_chart(drawing: Drawing, sheet: Worksheet, placed: Placed, contract: Contract) -> None:
    rows = [
        index
        for index, row in enumerate(drawing.position.specs.published_rows())
        if drawing.position.specs.service(row.les).contract == contract
    ]
    title = "Delivered as % of plan: bars rise above 100% where more than planned, hang below where less"
    chart = shares_of_plan(drawing, PLANS[contract], drawing.tables["tblSummary"], (rows[0], rows[-1]), title)
    said, across = drawing.texts[PLANS[contract]], (0, chart_width(placed))
    place_above(sheet, placed, chart, said, _CHART_ROWS, across, titled=False)


COST_AND_VOLUME = _sheet(
    "cost_and_volume",
    "Planned, delivered and % of plan by month, cost and volume contracts",
    plan_delivered.cost_and_volume,
)
CAPITATED = _sheet(
    "capitated",
    "Planned, delivered and % of plan by month, capitated contracts",
    plan_delivered.capitated,
)
