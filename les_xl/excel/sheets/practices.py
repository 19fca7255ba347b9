"""The Practices sheet: every practice in every LES, to be filtered and sorted."""

from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from les_xl.excel.conditional import flag_block, flags_note
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import draw_report, place_under_notes
from les_xl.excel.placed import Placed
from les_xl.position import Position
from les_xl.report.tables.practices import practices, share_columns

NAME = "Practices"
_IDENTITY = 2
"""Columns that stay in view: code and name."""


def _place(position: Position) -> tuple[Placed, ...]:
    table = practices(position)
    notes = (*table.notes, flags_note(position.specs.workspace.status))
    return (place_under_notes(NAME, replace(table, notes=notes)),)


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    placed = drawing.tables["tblPractices"]
    draw_report(drawing, sheet, placed)
    if columns := share_columns(drawing.position):
        flag_block(drawing, sheet, placed, columns[0], columns[-1])
    sheet.freeze_panes(placed.first_row, _IDENTITY)


SHEET = Sheet(NAME, "Every practice by LES: % of plan to date, to filter and sort", _place, _draw)
