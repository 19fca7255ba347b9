"""The Peers sheet: every practice in every LES against what its peers would have delivered."""

from xlsxwriter.worksheet import Worksheet

from les_xl.excel import theme
from les_xl.excel.conditional import colour_words
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import draw_report, place_under_notes
from les_xl.excel.papers import last_printed
from les_xl.excel.placed import Placed
from les_xl.position import Position
from les_xl.report.tables.peers import VERDICT, peers

NAME = "Peers"
_IDENTITY = 3
"""Columns that stay in view: LES, code and name."""


def _place(position: Position) -> tuple[Placed, ...]:
    table = peers(position)
    return () if table is None else (place_under_notes(NAME, table),)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    placed = drawing.tables["tblPeers"]
    draw_report(drawing, sheet, placed)
    colour_words(drawing, sheet, placed, VERDICT, theme.PEERS)
    sheet.print_area(0, 0, last_printed(placed), placed.last_column)
    sheet.freeze_panes(placed.first_row, _IDENTITY)


SHEET = Sheet(NAME, "Every practice against its peers in each LES, by list size", _place, _draw)
