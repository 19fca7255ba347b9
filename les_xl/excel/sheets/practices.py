"""The Practices sheet: every practice in every LES, to be filtered and sorted."""

from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from les_xl.excel.conditional import flag_block
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import draw_report, place_under_notes
from les_xl.excel.placed import Placed
from les_xl.position import Position
from les_xl.report.tables.practices import practices, share_columns
from les_xl.report.tables.texts import flags_line

NAME = "Practices"
_IDENTITY = 2
"""Columns that stay in view: code and name."""


def _place(position: Position) -> tuple[Placed, ...]:
    return (place_under_notes(NAME, replace(practices(position), lines=(flags_line(position),))),)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    placed = drawing.tables["tblPractices"]
    draw_report(drawing, sheet, placed)
    if columns := share_columns(drawing.position):
        flag_block(drawing, sheet, placed, columns[0], columns[-1])
    sheet.fit_to_pages(2, 0)  # on one, 30 columns cannot be read
    sheet.repeat_columns(0, _IDENTITY - 1)
    sheet.freeze_panes(placed.first_row, _IDENTITY)


SHEET = Sheet(NAME, "Every practice by LES: % of plan to date, to filter and sort", _place, _draw)
