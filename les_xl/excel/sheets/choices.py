"""The Lists sheet: what the drop-down lists of other sheets offer, in plain sight."""

from xlsxwriter.worksheet import Worksheet

from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.placed import Placed
from les_xl.excel.regions import draw_side_by_side, place_side_by_side
from les_xl.functions.build import make_orgs
from les_xl.functions.names import distinct
from les_xl.position import Position
from les_xl.report.tables.choices import ORGANISATIONS, choices
from les_xl.report.tables.texts import NAME as TEXTS
from les_xl.report.tables.texts import texts

NAME = "Lists"
_LONG = (ORGANISATIONS, TEXTS)
_NOTES = (
    "What the drop-down lists of other sheets offer. A refresh renews these lists.",
    "The last table holds texts that stand outside of tables, and what each chart shows in words.",
    "The short lists are printed; organisations and texts are not.",
)


def _place(position: Position) -> tuple[Placed, ...]:
    organisations = tuple(distinct(org) for org in make_orgs(position))
    return place_side_by_side(NAME, (*choices(position, organisations), texts(position)), _NOTES)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    placed = tuple(found for found in drawing.tables.values() if found.sheet == NAME)
    short = tuple(one for one in placed if one.table.name not in _LONG)
    long = tuple(one for one in placed if one.table.name in _LONG)
    draw_side_by_side(drawing, sheet, NAME, (short,), _NOTES, unprinted=long)
    sheet.freeze_panes(placed[0].first_row, 0)


SHEET = Sheet(NAME, "What the drop-down lists offer", _place, _draw)
