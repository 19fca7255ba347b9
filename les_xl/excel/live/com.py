"""What xlwings' object model has no word for, asked of Excel itself; `page` alone uses `.api` as well."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from les_xl.errors import Place, Problem
from les_xl.errors.live import EXCEL_BUSY, EXCEL_REFUSED

Raw = Any
"""What COM gives for a cell: a float, text, truth value, None, or the int that stands for an error value."""

Rows = tuple[tuple[Raw, ...], ...]

FROM_RANGE = 1
"""`ListObject.SourceType` of an ordinary table (xlSrcRange)."""

_PASTE_VALIDATION_AND_LOOK = ("formats", "validation")
_SHIFT_UP, _SHIFT_DOWN = "up", "down"
_REJECTED, _NOT_IN_EDIT_MODE = -2147418111, -2146777998
_NOTHING_THERE = -2146827284
_BY_VALUE, _BY_FORMULA, _BETWEEN = 1, 2, (1, 2)
_ALL_VALIDATED, _ANY_VALUE, _LIST, _CUSTOM = -4174, 0, 3, 7
_ATTEMPTS = 2_000
"""How often xlwings asks again while Excel rejects calls; for ever, if nobody says otherwise."""


def block(sheet: Any, top: int, left: int, bottom: int, right: int) -> Any:
    """An xlwings range by its corners, counted from 1."""
    return sheet.range((top, left), (bottom, right))


def values(cells: Any) -> Rows:
    """Bare values: dates and money as numbers, where `Value` would make dates and decimals of them."""
    return _rows(cells.api.Value2)


def formulas(cells: Any) -> Rows:
    """What each cell was made with, in English; a text as it is, without the sign that marks it."""
    return _rows(cells.api.Formula)


def _rows(found: Any) -> Rows:
    return tuple(tuple(row) for row in found) if isinstance(found, (tuple, list)) else ((found,),)


def enter(cells: Any, contents: Sequence[Sequence[Raw]]) -> None:
    """Fill a range in one call. Implicit intersection, which is what Excel 2016 knows."""
    cells.api.Formula = tuple(tuple(row) for row in contents)


def enter_text(cell: Any, text: str) -> None:
    """Fill one cell with a text that an array cannot carry."""
    cell.api.Value2 = text


def delete(cells: Any) -> None:
    """Take cells away; what is below moves up."""
    cells.delete(_SHIFT_UP)


def insert(cells: Any) -> None:
    """Make room; what is there and below moves down, and the look is taken from below."""
    cells.insert(_SHIFT_DOWN, "format_from_right_or_below")


def add_row(table: Any, position: int | None = None) -> None:
    """Add a row so that it is the one of that number, or the last above the totals; what is below stays.

    The empty row below the table is used, which is why nothing else on the sheet moves.
    """
    place = {} if position is None else {"Position": position}
    table.api.ListRows.Add(**place, AlwaysInsert=False)


def copy_look(source: Any, target: Any) -> None:
    """Give cells the formats and validations of others, by way of the clipboard."""
    source.copy()
    for what in _PASTE_VALIDATION_AND_LOOK:
        target.paste(paste=what)


def copy_formula(source: Any, target: Any) -> None:
    """Give cells the formula of another, as it reads in their rows, by way of the clipboard."""
    source.copy()
    target.paste(paste="formulas")


def merged(cells: Any) -> bool:
    """True where any cell is merged (Excel answers None for some of them)."""
    return cells.api.MergeCells is not False


def is_ordinary(table: Any) -> bool:
    """False for a table that a query, a list server or an XML map fills."""
    return bool(table.api.SourceType == FROM_RANGE)


def is_sorted(table: Any) -> bool:
    """True where somebody has sorted the table and Excel remembers by which columns."""
    return bool(table.api.Sort.SortFields.Count)


def is_filtered(table: Any) -> bool:
    """True where the table's own filter hides rows."""
    found = table.api.AutoFilter
    return found is not None and bool(found.FilterMode)


def show_all(table: Any) -> None:
    """Clear the criteria of the table's filter."""
    table.api.AutoFilter.ShowAllData()


def is_protected(sheet: Any) -> bool:
    """True where the sheet's cells are protected; a table there cannot change its size even for a macro."""
    return bool(sheet.api.ProtectContents)


def is_read_only(book: Any) -> bool:
    """True where the workbook cannot be saved under its name."""
    return bool(book.api.ReadOnly)


def is_shared(book: Any) -> bool:
    """True for Excel's legacy sharing."""
    return bool(book.api.MultiUserEditing)


def is_1904(book: Any) -> bool:
    """True where dates count from 1904."""
    return bool(book.api.Date1904)


def in_protected_view(book: Any) -> bool:
    """True where the book is one that Excel only shows."""
    views = book.app.api.ProtectedViewWindows
    return any(views.Item(at).Workbook.Name == book.name for at in range(1, views.Count + 1))


def is_ready(app: Any) -> bool:
    """False while a cell is edited or a window waits."""
    return bool(app.api.Ready)


def recalculate(app: Any) -> None:
    """Work out every formula of every open workbook, also those that Excel thinks unchanged: `=LES_…`."""
    app.api.CalculateFull()


def fills_lists(app: Any) -> bool:
    """True where Excel fills a whole table column when a formula is put into one of its cells."""
    return bool(app.api.AutoCorrect.AutoFillFormulasInLists)


def set_fills_lists(app: Any, fill: bool) -> None:
    """Say whether it does."""
    app.api.AutoCorrect.AutoFillFormulasInLists = fill


def chart_formulas(sheet: Any) -> Iterator[str]:
    """The `=SERIES(…)` of every chart on a sheet."""
    charts = sheet.api.ChartObjects()
    for at in range(1, charts.Count + 1):
        series = charts.Item(at).Chart.SeriesCollection()
        yield from (series.Item(one).Formula for one in range(1, series.Count + 1))


def rules(sheet: Any) -> Iterator[tuple[str, str]]:
    """Address and formula of every conditional format by value or formula, and of every validation."""
    found = sheet.api.Cells.FormatConditions
    for at in range(1, found.Count + 1):
        one = found.Item(at)
        if one.Type in (_BY_VALUE, _BY_FORMULA):
            address = one.AppliesTo.Address
            yield address, one.Formula1
            if one.Type == _BY_VALUE and one.Operator in _BETWEEN:
                yield address, one.Formula2
    validated = unless_refused(lambda: sheet.api.Cells.SpecialCells(_ALL_VALIDATED).Areas)
    for at in range(1, validated.Count + 1 if validated is not None else 1):
        one = validated.Item(at)
        top, left = one.Row, one.Column
        yield from _validations(sheet, (top, left, top + one.Rows.Count - 1, left + one.Columns.Count - 1))


def _validations(sheet: Any, corners: tuple[int, int, int, int]) -> Iterator[tuple[str, str]]:
    """Those of one area; Excel tells nothing of one whose cells differ, which is then looked at in halves."""
    top, left, bottom, right = corners
    cells = block(sheet, *corners).api
    kind = unless_refused(lambda: cells.Validation.Type)
    if kind is not None:
        texts = [unless_refused(lambda: cells.Validation.Formula1)]
        if kind not in (_ANY_VALUE, _LIST, _CUSTOM) and cells.Validation.Operator in _BETWEEN:
            texts.append(cells.Validation.Formula2)
        yield from ((cells.Address, text) for text in texts if text)
    elif bottom > top:
        half = (top + bottom) // 2
        yield from _validations(sheet, (top, left, half, right))
        yield from _validations(sheet, (half + 1, left, bottom, right))
    elif right > left:
        half = (left + right) // 2
        yield from _validations(sheet, (top, left, bottom, half))
        yield from _validations(sheet, (top, half + 1, bottom, right))


def sparklines(sheet: Any) -> Iterator[tuple[str, str]]:
    """The address of every sparkline and the range that it draws."""
    groups = sheet.api.Cells.SparklineGroups
    for at in range(1, groups.Count + 1):
        group = groups.Item(at)
        for number in range(1, group.Count + 1):
            one = group.Item(number)
            yield one.Location.Address, one.SourceData


def links(sheet: Any) -> Iterator[str]:
    """The place in this workbook to which each link leads."""
    found = sheet.api.Hyperlinks
    for at in range(1, found.Count + 1):
        link = found.Item(at)
        if not link.Address:
            yield link.SubAddress


def unless_refused(ask: Callable[[], Any]) -> Any:
    """What Excel answers; None where it says that there is none. Other errors are raised."""
    try:
        return ask()
    except Exception as error:
        details = getattr(error, "excepinfo", None)
        if details is None or details[5] != _NOTHING_THERE:
            raise
        return None


@contextmanager
def bounded_patience(book: Any) -> Iterator[None]:
    """Let xlwings give up after a while when Excel rejects its calls, instead of asking for ever."""
    engine: Any = sys.modules.get(type(book.impl).__module__)
    before = getattr(engine, "N_COM_ATTEMPTS", None)
    if before is None:
        yield
        return
    engine.N_COM_ATTEMPTS = _ATTEMPTS
    try:
        yield
    finally:
        engine.N_COM_ATTEMPTS = before


def is_from_excel(error: BaseException) -> bool:
    """True for an error that Excel raised, as pywin32 brings it; its class exists on Windows only."""
    return hasattr(error, "hresult") or type(error).__name__ == "ExcelBusyError"


def said(error: BaseException) -> str:
    """Excel's own words."""
    details = getattr(error, "excepinfo", None)
    words = (details[2] if details else None) or getattr(error, "strerror", None) or str(error)
    return str(words).strip().rstrip(".")


def problem(error: BaseException) -> Problem:
    """An error of Excel as a message."""
    details = getattr(error, "excepinfo", None)
    scode = details[5] if details else None
    if not hasattr(error, "hresult") or error.hresult == _REJECTED or scode == _NOT_IN_EDIT_MODE:
        return EXCEL_BUSY.at(Place())
    return EXCEL_REFUSED.at(Place(), reason=said(error))
