"""What a cell of a generated table is in a workbook, and whether a cell holds it already."""

import math
from collections.abc import Callable
from datetime import date

from les_xl import periods
from les_xl.excel.book import New, Value, Written
from les_xl.marks import Mark
from les_xl.report.table import ColumnKind, Content, Formula, result

LONGEST_TEXT = 32_767
"""The characters that a cell can hold."""

Serial = Callable[[date], int]
DAYS: tuple[ColumnKind, ...] = ("month", "date")
"""Kinds of columns whose texts are days in a workbook, and so numbers."""

NUMBERS: tuple[ColumnKind, ...] = ("number", "ratio", "signed", "percent", "points")


def stored(content: Content, kind: ColumnKind, serial: Serial) -> Value:
    """A cell's value as a workbook holds it: months and dates become the serial numbers of days."""
    if type(content) is float or (type(content) is str and kind not in DAYS):
        return content
    value = result(content)
    if not isinstance(value, str) or isinstance(content, (Mark, Formula)):
        return value
    if kind == "month" and periods.is_month(value):
        return serial(periods.first_day(value))
    if kind == "date" and value:
        return serial(date.fromisoformat(value))
    return value


def holds(value: Value, formula: str | None, new: New) -> bool:
    """True where a cell with this value and formula needs no change to hold what is new."""
    if isinstance(new, Written):
        return formula is not None and _squeezed(formula) == _squeezed(new.text) and same(value, new.value)
    return formula is None and same(value, new)


def same(one: Value, other: Value) -> bool:
    """True where two values are one; programs that save with 15 digits change no figure."""
    if type(one) is float and type(other) is float:
        return one == other or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    if one in (None, "") or other in (None, ""):
        return one in (None, "") and other in (None, "")
    if isinstance(one, bool) or isinstance(other, bool) or isinstance(one, str) or isinstance(other, str):
        return type(one) is type(other) and _text(one) == _text(other)
    if one is None or other is None:
        return False
    return one == other or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def _text(value: Value) -> Value:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _squeezed(formula: str) -> str:
    return formula.replace(" ", "").casefold()


def key_part(value: Value) -> Value:
    """A value as part of a key: texts in any case and without outer spaces, whole numbers as such."""
    if isinstance(value, str):
        return value.strip().casefold() or None
    return int(value) if isinstance(value, float) and value.is_integer() else value
