"""The Sign-up sheet: who has signed up to what, whose patients that covers, and who gave notice."""

from xlsxwriter.worksheet import Worksheet

from les_xl.excel.charts import bars_of
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import chart_width, place_above
from les_xl.excel.placed import Placed
from les_xl.excel.regions import draw_side_by_side, place_side_by_side
from les_xl.position import Position
from les_xl.report.tables import signup
from les_xl.report.tables.texts import NOT_COVERED, SIGNED_UP

NAME = "Sign-up"
_CHART_ROWS = 17
_NOTES = (
    "Could sign up: open in the month, allowed to provide the LES, not excluded by one of its rules.",
    "Open counts those that a rule excludes, too; a rate across all practices is the % of open.",
    "Covered: registered patients whose practice is signed up. Named providers serve everybody's patients.",
)


def _place(position: Position) -> tuple[Placed, ...]:
    if not signup.is_known(position):
        return ()
    tables = (signup.signup(position), signup.coverage(position), signup.notices(position))
    return place_side_by_side(NAME, tables, _NOTES, _CHART_ROWS)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    placed = tuple(drawing.tables[name] for name in (signup.SIGNUP, signup.COVERAGE, signup.NOTICE))
    draw_side_by_side(drawing, sheet, NAME, [(one,) for one in placed], _NOTES)
    by_les = placed[0]
    rows = (0, len(by_les.table.rows) - 2)
    charts = (
        (SIGNED_UP, signup.RATE, "Sign-up rate of those that could", "0.0%"),
        (NOT_COVERED, signup.NOT_COVERED, "Registered patients not covered", "#,##0"),
    )
    each = chart_width(by_les) // len(charts)
    for at, (name, column, title, shown) in enumerate(charts):
        chart = bars_of(drawing, name, by_les, rows, ("LES", column), title, shown)
        place_above(sheet, by_les, chart, drawing.texts[name], _CHART_ROWS, (at * each, each))
    sheet.freeze_panes(1, 0)


SHEET = Sheet(NAME, "Who has signed up to what, patients not covered by place, notice given", _place, _draw)
