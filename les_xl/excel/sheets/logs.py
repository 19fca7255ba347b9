"""The sheets that the analyst fills in: Commentary, Actions and risks, Omitted and escalated, Resolved."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import draw_report, place_under_notes
from les_xl.excel.placed import Placed
from les_xl.excel.regions import draw_side_by_side, place_side_by_side
from les_xl.position import Position
from les_xl.report.table import Table
from les_xl.report.tables import choices, logs
from les_xl.report.tables.commentary import commentary

_ROW = 24.0
_YOURS = ("These lists are yours: a refresh never changes them. New rows grow downwards.",)
_Offered = dict[tuple[str, str], str | Sequence[str]]
"""For a column of a table the values that its drop-down list offers, or the table that lists them."""


def _commentary() -> Sheet:
    name = "Commentary"

    def place(position: Position) -> tuple[Placed, ...]:
        return (place_under_notes(name, commentary(position)),)

    def draw(drawing: Drawing, sheet: Worksheet) -> None:
        placed = drawing.tables["tblCommentary"]
        draw_report(drawing, sheet, placed, least=_ROW)
        sheet.freeze_panes(placed.first_row, 0)

    return Sheet(name, "Drafted facts beside your text: what the figures tell, actions, risks", place, draw)


def _lists(name: str, purpose: str, tables: Sequence[Table], offered: _Offered) -> Sheet:
    """A sheet of empty lists with drop-down lists where a value is one of several."""

    def place(_: Position) -> tuple[Placed, ...]:
        return place_side_by_side(name, tables, _YOURS)

    def draw(drawing: Drawing, sheet: Worksheet) -> None:
        placed = [drawing.tables[table.name] for table in tables]
        draw_side_by_side(drawing, sheet, name, [(one,) for one in placed], _YOURS, _ROW)
        for (table, column), values in offered.items():
            offer(drawing, sheet, drawing.tables[table].column_body(column), values)
        sheet.freeze_panes(placed[0].first_row, 0)

    return Sheet(name, purpose, place, draw)


def offer(
    drawing: Drawing,
    sheet: Worksheet,
    cells: tuple[int, int, int, int],
    values: str | Sequence[str],
    *,
    strict: bool = False,
) -> None:
    """A drop-down list on cells; `strict` refuses what is not on it. None where its table is not there."""
    if isinstance(values, str):
        if values not in drawing.tables:
            return
        values = drawing.tables[values].list_source()
    source = values if isinstance(values, str) else [*values]
    sheet.data_validation(*cells, {"validate": "list", "source": source, "show_error": strict})


def _resolved() -> Sheet:
    name = "Resolved"

    def place(_: Position) -> tuple[Placed, ...]:
        return (place_under_notes(name, logs.resolved()),)

    def draw(drawing: Drawing, sheet: Worksheet) -> None:
        placed = drawing.tables["tblResolved"]
        draw_report(drawing, sheet, placed, least=_ROW)
        sheet.freeze_panes(placed.first_row, 0)

    return Sheet(name, "Exceptions that are no longer flagged, with what was written about them", place, draw)


COMMENTARY = _commentary()
RESOLVED = _resolved()
ACTIONS_AND_RISKS = _lists(
    "Actions and risks",
    "Who does what by when, and what may go wrong",
    (logs.actions(), logs.risks()),
    {
        ("tblActions", "Status"): logs.STATUSES,
        ("tblActions", "LES"): choices.LES,
        ("tblRisks", "Likelihood"): logs.SCALE,
        ("tblRisks", "Impact"): logs.SCALE,
        ("tblRisks", "Status"): logs.RISK_STATUSES,
        ("tblRisks", "LES"): choices.LES,
    },
)
OMITTED_AND_ESCALATED = _lists(
    "Omitted and escalated",
    "Sections left out and who attests that nothing is of concern; what is escalated to whom",
    (logs.omitted(), logs.escalations()),
    {
        ("tblOmitted", "Section"): choices.SECTIONS,
        ("tblEscalations", "Metric"): choices.LES,
        ("tblEscalations", "From"): choices.AUDIENCES,
        ("tblEscalations", "To"): choices.AUDIENCES,
    },
)
