"""The Data quality sheet: every check of the figures, and beside it the returns that are missing."""

from xlsxwriter.worksheet import Worksheet

from les_xl.excel import theme
from les_xl.excel.conditional import colour_words
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.placed import Placed
from les_xl.excel.regions import draw_side_by_side, place_side_by_side
from les_xl.position import Position
from les_xl.report.tables import quality

NAME = "Data quality"
_NOTES = (
    "A figure that does not tie out is shown here and on the Cover, never published in silence.",
    "Returns that are missing: practices that count and sent nothing, up to the last month of the LES.",
    "Printed are the checks that failed, and the returns that are missing for the latest month.",
)


def _place(position: Position) -> tuple[Placed, ...]:
    return place_side_by_side(NAME, (quality.checks(position), quality.returns(position)), _NOTES)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    checks, returns = (drawing.tables[name] for name in ("tblChecks", "tblReturns"))
    draw_side_by_side(drawing, sheet, NAME, ((checks,), (returns,)), _NOTES)
    colour_words(drawing, sheet, checks, "Result", theme.CHECK)
    colour_words(drawing, sheet, returns, "Latest month", theme.RETURN)
    sheet.freeze_panes(checks.first_row, 0)


SHEET = Sheet(NAME, "Checks of the figures, failed ones first, and returns that are missing", _place, _draw)
