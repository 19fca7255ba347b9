"""The Explorer: a LES, an organisation and a month from lists, answered by `=LES_…` functions only."""

from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from les_xl import periods
from les_xl.excel import theme
from les_xl.excel.cells import write_text
from les_xl.excel.charts import explored
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.looks import as_text
from les_xl.excel.page import frame, write_notes
from les_xl.excel.placed import Placed, cell_name
from les_xl.excel.sheets.logs import offer
from les_xl.functions.asked import asked_index
from les_xl.functions.expression import evaluate
from les_xl.functions.index import Index
from les_xl.functions.registry import Function, functions
from les_xl.position import Position
from les_xl.report.table import Ref
from les_xl.report.tables import choices

NAME = "Explorer"
NEEDS_ADD_IN = "Needs the LES add-in"
NOT_THERE = "Not available: see the choices"

_NOTES = (
    "Choose in the three amber cells; a code such as 01A does for an organisation too.",
    "Every answer is one function of the LES add-in, which works in any cell of yours.",
)
_CHOICES_ROW = 7
_ANSWERS_ROW = 12
_PICKED, _FUNCTION, _MONTHS = 1, 2, 4
_WIDTHS = (76.0, 55.0, 27.0, 2.0, 12.0, 14.0, 14.0, 14.0)
_ASKED = ("les", "month", "org", "metric")
_BY_MONTH = {"Planned": "LES_PLAN", "Delivered": "LES_DELIVERED", "% of plan": "LES_PCT_PLAN"}


@dataclass(frozen=True)
class Pick:
    """One of the three choices: its label, name, list, and what is chosen in a new workbook."""

    label: str
    name: str
    offered: str
    value: str


def picks(position: Position) -> tuple[Pick, Pick, Pick]:
    """LES, organisation and month as a new workbook has them."""
    icb = position.specs.workspace.icb
    return (
        Pick("LES", "ExplorerLes", choices.LES, choices.les_names(position)[0]),
        Pick("Organisation", "ExplorerOrganisation", choices.ORGANISATIONS, f"{icb.name} ({icb.code})"),
        Pick("Month", "ExplorerMonth", choices.MONTHS, periods.label(position.edition.as_at)),
    )


def answering() -> tuple[Function, ...]:
    """The functions that answer for a LES, a month and an organisation."""
    return tuple(one for one in functions() if tuple(each.name for each in one.parameters) == _ASKED)


def _place(_: Position) -> tuple[Placed, ...]:
    return ()


def _draw(drawing: Drawing, sheet: Worksheet) -> None:
    frame(drawing, sheet, NAME, width=len(_WIDTHS))
    write_notes(drawing, sheet, _NOTES)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    index = asked_index(drawing.position)
    _draw_picks(drawing, sheet)
    last = _draw_answers(drawing, sheet, index)
    _draw_months(drawing, sheet, index)
    _add_chart(drawing, sheet, last + 2)
    sheet.repeat_rows(0, 1)
    sheet.freeze_panes(_CHOICES_ROW + 3, 0)
    sheet.fit_to_pages(1, 1)


def _draw_picks(drawing: Drawing, sheet: Worksheet) -> None:
    heading(drawing, sheet, _CHOICES_ROW - 1, 0, "Choose")
    label = drawing.styles(theme.on(theme.BODY, indent=1))
    look = {"bold": True, "indent": 1, "align": "left", "num_format": "@"}
    border = {"border": 1, "border_color": theme.STRONG_LINE}
    for row, pick in enumerate(picks(drawing.position), _CHOICES_ROW):
        write_text(sheet, row, 0, pick.label, label)
        picked = theme.on(theme.OWN_CELL, **look, **border, **as_text(pick.value))
        write_text(sheet, row, _PICKED, pick.value, drawing.styles(picked))
        drawing.workbook.define_name(pick.name, cell_name(NAME, xl_rowcol_to_cell(row, _PICKED)))
        strict = pick.offered != choices.ORGANISATIONS  # a code is not on the list, and does as well
        offer(drawing, sheet, (row, _PICKED, row, _PICKED), pick.offered, strict=strict)


def _draw_answers(drawing: Drawing, sheet: Worksheet, index: Index) -> int:
    """A row a function; gives the last row."""
    for column, text in enumerate(("Answer", "Value", "Function")):
        header(drawing, sheet, _ANSWERS_ROW, column, text)
    label = drawing.styles(theme.on(theme.BODY, indent=1, bottom=1, bottom_color=theme.LINE))
    cells = [_picked_cell(at) for at in range(3)]
    les, org, month = cells
    asked = [(one.summary, one.name, f"{les},{month},{org}") for one in answering()]
    asked.append(("Last month of the data of the LES.", "LES_AS_AT", les))
    values = dict(zip(cells, picks(drawing.position), strict=True))
    for row, (summary, name, arguments) in enumerate(asked, _ANSWERS_ROW + 1):
        given = ",".join(_quoted(values[cell].value) for cell in arguments.split(","))
        write_text(sheet, row, 0, summary.rstrip("."), label)
        _ask(drawing, sheet, (row, _PICKED), f"{name}({arguments})", answer(index, f"{name}({given})"))
        write_text(sheet, row, _FUNCTION, name, label)
    return _ANSWERS_ROW + len(asked)


def _draw_months(drawing: Drawing, sheet: Worksheet, index: Index) -> None:
    """Planned, delivered and % of plan of every month of the year, for the chart below."""
    heading(drawing, sheet, _ANSWERS_ROW - 1, _MONTHS, "By month")
    for column, text in enumerate(("Month", *_BY_MONTH), _MONTHS):
        header(drawing, sheet, _ANSWERS_ROW, column, text)
    les, org, _ = picks(drawing.position)
    listed = drawing.tables[choices.MONTHS]
    cells = [_picked_cell(at) for at in range(2)]
    label = drawing.styles(theme.on(theme.BODY, indent=1, bottom=1, bottom_color=theme.LINE))
    for at, line in enumerate(listed.table.rows):
        row, month = _ANSWERS_ROW + 1 + at, str(line.cells[0])
        sheet.write_formula(row, _MONTHS, listed.absolute(Ref(at, 0), Ref(at, 0)), label, month)
        here = xl_rowcol_to_cell(row, _MONTHS, col_abs=True)
        for column, name in enumerate(_BY_MONTH.values(), _MONTHS + 1):
            given = f'{_quoted(les.value)},"{month}",{_quoted(org.value)}'
            value = answer(index, f"{name}({given})")
            _ask(drawing, sheet, (row, column), f"{name}({cells[0]},{here},{cells[1]})", value)


def _picked_cell(at: int) -> str:
    return str(xl_rowcol_to_cell(_CHOICES_ROW + at, _PICKED, row_abs=True, col_abs=True))


def _ask(drawing: Drawing, sheet: Worksheet, at: tuple[int, int], call: str, value: float | str) -> None:
    """One answer: the function alone, or in words why there is none."""
    why = f'IF(ISERROR(LES_AS_AT()),"{NEEDS_ADD_IN}","{NOT_THERE}")'
    shown = theme.NUMBER_FORMATS[_kind(call)]
    look = theme.on(theme.BODY, align="right", indent=1, bottom=1, bottom_color=theme.LINE, num_format=shown)
    sheet.write_formula(*at, f"=IFERROR({call},{why})", drawing.styles(look), value)


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""'))


def _kind(call: str) -> str:
    if "_PCT_" in call:
        return "percent"
    if call.startswith("LES_RATE"):
        return "exact"
    return "signed" if call.startswith("LES_VARIANCE") else "number"


def answer(index: Index, call: str) -> float | str:
    """What the cell of a call shows with the add-in."""
    found = evaluate(call, index)
    if found.kind == "error" or not isinstance(found.value, float | str):
        return NOT_THERE
    return found.value


def _add_chart(drawing: Drawing, sheet: Worksheet, row: int) -> None:
    first, last = _ANSWERS_ROW + 1, _ANSWERS_ROW + len(drawing.tables[choices.MONTHS].table.rows)
    chart = explored(drawing, NAME, (first, last), (_MONTHS, _MONTHS + 2, _MONTHS + 1), _ANSWERS_ROW)
    chart.set_size({"width": 930, "height": 300})
    said = "Columns: delivered by month, with a line for the plan, of the LES and organisation chosen above."
    sheet.insert_chart(row, 0, chart, {"description": said, "object_position": 3})


def heading(drawing: Drawing, sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A heading over a block of cells."""
    write_text(sheet, row, column, text, drawing.styles(theme.on(theme.TITLE, bold=True, font_size=12)))


def header(drawing: Drawing, sheet: Worksheet, row: int, column: int, text: str) -> None:
    """The header of a column of answers."""
    right = {"align": "right"} if text in {"Value", *_BY_MONTH} else {}
    write_text(sheet, row, column, text, drawing.styles(theme.on(theme.HEADER, bold=True, indent=1, **right)))


SHEET = Sheet(
    NAME,
    "Choose a LES, an organisation and a month: the add-in's functions answer",
    _place,
    _draw,
    without_tables=True,
)
