"""The sheets that are one long list: Exceptions, No longer flagged, Alert, advise, assure, and Notes."""

from collections.abc import Callable, Mapping

from xlsxwriter.worksheet import Worksheet

from les_xl.excel import theme
from les_xl.excel.conditional import colour_words
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import draw_report, place_under_notes
from les_xl.excel.papers import last_printed
from les_xl.excel.placed import Placed
from les_xl.position import Position
from les_xl.report.table import Table
from les_xl.report.tables.flagged import NO_LONGER, exceptions, no_longer
from les_xl.report.tables.notes import notes
from les_xl.report.tables.three_as import three_as


def _sheet(
    name: str,
    purpose: str,
    build: Callable[[Position], Table],
    coloured: Mapping[str, Mapping[str, theme.Pair]],
    *,
    keyed: bool = False,
) -> Sheet:
    """A sheet of one table; `coloured` are the words to colour, by column. A `keyed` one prints no key."""

    def place(position: Position) -> tuple[Placed, ...]:
        return (place_under_notes(name, build(position)),)

    def draw(drawing: Drawing, sheet: Worksheet) -> None:
        placed = next(found for found in drawing.tables.values() if found.sheet == name)
        draw_report(drawing, sheet, placed)
        for column, colours in coloured.items():
            colour_words(drawing, sheet, placed, column, colours)
        if keyed:
            sheet.print_area(0, 0, last_printed(placed), placed.sheet_column("Key") - 1)
        sheet.freeze_panes(placed.first_row, 1)

    return Sheet(name, purpose, place, draw)


EXCEPTIONS = _sheet(
    "Exceptions",
    "What the rules flag, worst first, with room for owner, response and review date",
    exceptions,
    {"Severity": theme.SEVERITY},
    keyed=True,
)


GONE = _sheet(
    NO_LONGER,
    "What was flagged in the month before and is not any more, with the figure now",
    no_longer,
    {"Severity": theme.SEVERITY},
    keyed=True,
)


THREE_AS = _sheet(
    "Alert, advise, assure",
    "What needs a decision, what to know, and what is in order, each with its figure",
    three_as,
    {"Heading": theme.SEVERITY},
)
NOTES = _sheet("Notes", "Marks, methods, metrics, sources and exclusions in words", notes, {})
