"""A workbook file as the stand-in holds it: the same cells, tables, names and comments."""

import warnings
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

from les_xl.excel.addresses import Area
from tests.live.calls import Excel
from tests.live.stand_in import Workbook, started
from tests.live.state import BookState, Cell, Drawn, SheetState, TableState


def mirrored(path: Path) -> tuple[Excel, Workbook]:
    """Excel with the workbook open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names everything that it would drop, if it saved
        book = openpyxl.load_workbook(path)
    mac = book.epoch == CALENDAR_MAC_1904
    sheets = [_sheet(one, mac) for one in book.worksheets]
    names = {name: one.attr_text for name, one in book.defined_names.items()}
    return started(BookState(sheets, names, date1904=mac))


def _sheet(page: Any, mac: bool) -> SheetState:
    state = SheetState(page.title, protected=page.protection.sheet)
    for cell in (cell for row in page.iter_rows() for cell in row):
        if cell.value is not None or cell.number_format != "General":
            state.cells[cell.row, cell.column] = _cell(cell, mac)
        if cell.comment is not None:
            state.comments.add((cell.row, cell.column))
    state.merged = [Area.parse(str(one)) for one in page.merged_cells.ranges]
    for table in page.tables.values():
        totals = bool(table.totalsRowCount)
        state.tables.append(TableState(table.displayName, state, Area.parse(table.ref), totals))
    _draw(page, state)
    return state


_KINDS = {"whole": 1, "decimal": 2, "list": 3, "custom": 7}


def _draw(page: Any, state: SheetState) -> None:
    """Formats, validations and links; openpyxl does not know sparklines."""
    for ranges in page.conditional_formatting:
        areas = [Area.parse(str(one)) for one in ranges.sqref.ranges]
        for rule in ranges.rules:
            texts = [f"={text}" for text in rule.formula]
            kind = {"cellIs": 1, "expression": 2}.get(rule.type, 3)
            state.formats.append(Drawn(areas, texts, kind, 1 if rule.operator == "between" else 3))
    for one in page.data_validations.dataValidation:
        texts = [f"={text}" for text in (one.formula1, one.formula2) if text]
        areas = [Area.parse(str(area)) for area in one.sqref.ranges]
        operator = 1 if len(texts) > 1 else 3
        state.validations.append(Drawn(areas, texts, _KINDS[one.type], operator))
    links = [cell.hyperlink for row in page.iter_rows() for cell in row if cell.hyperlink]
    state.links = [(one.target or "", one.location or "") for one in links]


def _cell(cell: Any, mac: bool) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Cell(0.0, str(value), look=cell.number_format)
    if isinstance(value, (date, datetime)):
        value = _serial(value, mac)
    if isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    return Cell(value, look=cell.number_format)


def _serial(day: Any, mac: bool) -> Any:
    convert: Any = to_excel
    return convert(day, CALENDAR_MAC_1904) if mac else convert(day)


def contents(sheet: SheetState, area: str) -> list[list[Any]]:
    """What stands in an area: formulas where there are any, else values."""
    place = Area.parse(area)
    rows, columns = range(place.top, place.bottom + 1), range(place.left, place.right + 1)
    return [[_content(sheet.cells.get((row, column))) for column in columns] for row in rows]


def _content(cell: Cell | None) -> Any:
    if cell is None:
        return None
    return cell.value if cell.formula is None else cell.formula
