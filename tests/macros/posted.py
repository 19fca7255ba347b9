"""What a task pane posts of a workbook file, and what it does with the actions that come back."""

import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from les_xl.excel.addresses import Area
from tests.live.mirror import mirrored
from tests.live.state import BookState, SheetState


def payload(path: Path) -> dict[str, Any]:
    """A file as xlwings' client for Office.js sends it: values only, dates as ISO texts, empty as ""."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names everything that it would drop, if it saved
        book = openpyxl.load_workbook(path, data_only=True)
    order = {name: at for at, name in enumerate(book.sheetnames)}
    names = [_name(name, one.attr_text, order) for name, one in book.defined_names.items()]
    return {
        "client": "Office.js",
        "version": "0.37.8",
        "book": {"name": path.name, "active_sheet_index": 0, "selection": "B2"},
        "names": [one for one in names if one is not None],
        "sheets": [_sheet(page) for page in book.worksheets],
    }


def _sheet(page: Any) -> dict[str, Any]:
    values = [[_sent(cell.value) for cell in row] for row in page.iter_rows(min_row=1, min_col=1)]
    tables = [_table(one) for one in page.tables.values()]
    return {"name": page.title, "values": values, "pictures": [], "tables": tables}


def _sent(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='milliseconds')}Z"
    return "" if value is None else value


def _table(table: Any) -> dict[str, Any]:
    area = Area.parse(table.ref)
    top, left, bottom, right = area.top, area.left, area.bottom, area.right
    totals = bool(table.totalsRowCount)
    body = Area(top + 1, left, bottom - totals, right)
    return {
        "name": table.displayName,
        "range_address": table.ref,
        "header_row_range_address": str(Area(top, left, top, right)),
        "data_body_range_address": str(body),
        "total_row_range_address": str(Area(bottom, left, bottom, right)) if totals else None,
        "show_headers": True,
        "show_totals": totals,
        "show_autofilter": table.autoFilter is not None,
        "table_style": "",
        "row_count": bottom - top + 1,
        "column_count": right - left + 1,
    }


def _name(name: str, text: str, order: dict[str, int]) -> dict[str, Any] | None:
    sheet, _, address = text.rpartition("!")
    known = order.get(sheet.strip("'"))
    return {
        "name": name,
        "sheet_index": known,
        "address": None if known is None else address.replace("$", ""),
        "scope_sheet_name": None,
        "scope_sheet_index": None,
        "book_scope": True,
    }


def replayed(path: Path, actions: list[dict[str, Any]]) -> BookState:
    """The file as Excel would have it after the actions, each of which must be known here."""
    excel, _ = mirrored(path)
    excel.book.settings |= {"AutoFillFormulasInLists": False, "EnableEvents": False}
    for action in actions:
        DOES[action["func"]](excel.book, action)
    return excel.book


def _place(book: BookState, action: dict[str, Any]) -> tuple[SheetState, Area]:
    top, left = action["start_row"] + 1, action["start_column"] + 1
    area = Area(top, left, top + action["row_count"] - 1, left + action["column_count"] - 1)
    return book.sheets[action["sheet_position"]], area


def _fill(book: BookState, action: dict[str, Any]) -> None:
    sheet, area = _place(book, action)
    assert len(action["values"]) == area.bottom - area.top + 1
    for down, row in enumerate(action["values"]):
        assert len(row) == area.right - area.left + 1
        for across, content in enumerate(row):
            sheet.cell(area.top + down, area.left + across).enter(content)


def _delete(book: BookState, action: dict[str, Any]) -> None:
    assert action["args"] == ["up"]
    book.shift(*_place(book, action), -1)


def _insert(book: BookState, action: dict[str, Any]) -> None:
    assert action["args"] == ["down", "format_from_left_or_above"]
    book.shift(*_place(book, action), 1)


def _resize(book: BookState, action: dict[str, Any]) -> None:
    table, address = action["args"]
    book.sheets[action["sheet_position"]].tables[table].resize(Area.parse(address.replace("$", "")))


def _copy_look(book: BookState, action: dict[str, Any]) -> None:
    sheet, area = _place(book, action)
    source = Area.parse(str(action["args"][1]).rpartition("!")[2].replace("$", ""))
    assert source.top == source.bottom
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            sheet.cell(row, column).look = sheet.cell(source.top, column).look


def _nothing(_book: BookState, _action: dict[str, Any]) -> None:
    """Messages and calculation change no content."""


DOES = {
    "setFormula": _fill,
    "rangeDelete": _delete,
    "rangeInsert": _insert,
    "resizeTable": _resize,
    "copyFromRange": _copy_look,
    "alert": _nothing,
    "calculate": _nothing,
}
