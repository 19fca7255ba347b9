"""Conditional formats by text and value, which keep working in the analyst's hands without this program."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from les_xl.excel import theme
from les_xl.excel.drawing import Drawing
from les_xl.excel.identity import FLAG_OVER, FLAG_UNDER
from les_xl.excel.placed import Placed
from les_xl.measures.status import STATUSES
from les_xl.report import words


def colour_words(
    drawing: Drawing, sheet: Worksheet, placed: Placed, column: str, colours: Mapping[str, theme.Pair]
) -> None:
    """Colour the words of a column; the word itself says what the colour says."""
    for word, pair in colours.items():
        look = drawing.styles.conditional(theme.on(pair, bold=True))
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        sheet.conditional_format(*placed.column_body(column), rule)


def flag_shares(drawing: Drawing, sheet: Worksheet, placed: Placed, column: str) -> None:
    """Shade and sign the shares of plan of a column that are far under or far over."""
    flag_block(drawing, sheet, placed, column, column)


def flag_block(drawing: Drawing, sheet: Worksheet, placed: Placed, first: str, last: str) -> None:
    """The same for the columns from one to another."""
    top, left, bottom, _ = placed.column_body(first)
    cell = xl_rowcol_to_cell(top, left)
    for look, test in _tests(drawing, cell):
        rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{test})", "format": look}
        sheet.conditional_format(top, left, bottom, placed.sheet_column(last), rule)


def flag_share_rows(drawing: Drawing, sheet: Worksheet, placed: Placed, measure: str, label: str) -> None:
    """The same for the rows of a table whose column `measure` holds `label`, in every column after it."""
    first_row, _, last_row, last_column = placed.body()
    named = placed.sheet_column(measure)
    cell = xl_rowcol_to_cell(first_row, named + 1)
    row_label = xl_rowcol_to_cell(first_row, named, col_abs=True)
    for look, test in _tests(drawing, cell):
        criteria = f'=AND({row_label}="{label}",ISNUMBER({cell}),{test})'
        rule = {"type": "formula", "criteria": criteria, "format": look}
        sheet.conditional_format(first_row, named + 1, last_row, last_column, rule)


def _tests(drawing: Drawing, cell: str) -> list[tuple[Any, str]]:
    """The edges stand in named cells, which a refresh brings to what the specifications say."""
    under, over = theme.STATUS[STATUSES[0]], theme.STATUS[STATUSES[4]]
    return [
        (_look(drawing, under, words.UNDER), f"{cell}<{FLAG_UNDER}"),
        (_look(drawing, over, words.OVER), f"{cell}>{FLAG_OVER}"),
    ]


def _look(drawing: Drawing, pair: theme.Pair, sign: str) -> Any:
    return drawing.styles.conditional(theme.on(pair, bold=True, num_format=f'"{sign} "0.0%'))
