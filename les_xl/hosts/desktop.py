"""Excel on the desktop: one function a registered one, which xlwings calls for a cell (`LES_PLAN`, …).

In Excel's Python process this module is imported by name and its functions by theirs, so that each is an
attribute of the module. Nothing here imports pandas: the answers come from the index cache.
"""

import inspect
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol, cast

from les_xl.errors import LesError
from les_xl.functions.arguments import Argument
from les_xl.functions.index import Index
from les_xl.functions.registry import Function, functions
from les_xl.functions.results import MISSING, ExcelError, NotAvailable, Result, Table
from les_xl.functions.session import Session
from les_xl.hosts.places import find_workspace

CATEGORY = "LES"
"""Where Excel's Insert Function lists all of them."""
Shown = float | str | list[list[float | str]]
"""What goes back to Excel. An error is its text; the add-in's VBA makes the error value of it."""
Wrapper = Callable[..., Shown]

LOOK_AFTER = 0.2
"""Seconds; nobody loads a file and recalculates in less."""
_ERROR_BASE = -2146828288
"""An error value arrives from COM as this number and Excel's own (2042 for `#N/A`)."""
_ERRORS = {
    2000: ExcelError.NULL,
    2007: ExcelError.DIVISION,
    2015: ExcelError.VALUE,
    2023: ExcelError.REFERENCE,
    2029: ExcelError.NAME,
    2036: ExcelError.NUMBER,
    2042: ExcelError.NOT_AVAILABLE,
    2043: ExcelError.GETTING_DATA,
    2045: ExcelError.SPILL,
    2050: ExcelError.CALCULATION,
}
_ERROR_RANGE = range(_ERROR_BASE + 2000, _ERROR_BASE + 2100)


class Udfs(Protocol):
    """What is used of `xlwings.udfs`, which can be imported on Windows only."""

    xlfunc: Callable[..., Any]
    xlarg: Callable[..., Any]


class Resident:
    """The workspace that stays open in Excel's process, and notices a new load by itself.

    Excel asks once a cell, and a look at the files takes twenty times as long as an answer: cells that follow
    each other at once, as in a recalculation, share a look.
    """

    def __init__(self, session: Session, clock: Callable[[], float] = time.monotonic) -> None:
        self._session, self._clock = session, clock
        self._held: tuple[float, Index] | None = None

    def index(self) -> Index:
        """The index of what the workspace holds, or held less than `LOOK_AFTER` ago. Raises LesError."""
        now = self._clock()
        if self._held is None or now - self._held[0] >= LOOK_AFTER:
            self._held = now, self._session.index()
        return self._held[1]


@lru_cache(1)
def session() -> Resident:
    """The workspace that this process answers from. Raises LesError (LES627, LES628)."""
    return Resident(Session(find_workspace(None)))


def argument(value: object) -> Argument:
    """An argument as xlwings hands it over, as the registry takes it.

    A date is a date, an empty cell is None, an error value is an ExcelError. A range of several cells stays a
    list, which the registry refuses in words.
    """
    if isinstance(value, int) and not isinstance(value, bool) and value in _ERROR_RANGE:
        return _ERRORS.get(value - _ERROR_BASE, ExcelError.VALUE)
    if isinstance(value, str) and value in set(ExcelError):
        return ExcelError(value)
    if isinstance(value, Decimal):  # a cell that is formatted as a currency
        return float(value)
    return cast("Argument", value)


def shown(result: Result) -> Shown:
    """An answer as Excel takes it: a mark is text, a table a list of rows with its headings first."""
    if isinstance(result, Table):
        return [list(result.columns), *([_plain(value) for value in row] for row in result.rows)]
    return str(result) if isinstance(result, NotAvailable) else _plain(result)


def _plain(value: float | str) -> float | str:
    return value if isinstance(value, float | int) else str(value)


def _wrapper(function: Function) -> Wrapper:
    def answer(*given: object) -> Shown:
        try:
            return shown(function.answer(session().index(), *map(argument, given)))
        except LesError:
            # The workspace cannot be read; `les-xl addin status` and Check say why.
            return ExcelError.NOT_AVAILABLE.value
        except Exception as error:
            _note(error)
            return ExcelError.VALUE.value

    parameters = (
        inspect.Parameter(
            each.name,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            default=MISSING if each.optional else inspect.Parameter.empty,
        )
        for each in function.parameters
    )
    answer.__name__ = answer.__qualname__ = function.name
    answer.__doc__ = function.summary
    answer.__annotations__ = {}  # xlwings would convert by them, and knows no `float | str`
    vars(answer)["__signature__"] = inspect.Signature(list(parameters))
    return answer


def _note(error: Exception) -> None:
    with tempfile.NamedTemporaryFile(
        "w", prefix="les-xl-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        # Where it happened, never the exception's own words: they may quote a value of a patient.
        log.write("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + "\n")


WRAPPERS: dict[str, Wrapper] = {each.name: _wrapper(each) for each in functions()}
globals().update(WRAPPERS)


def declare(udfs: Udfs) -> None:
    """Tell xlwings of the functions: category, descriptions, and that errors arrive as their text."""
    for function in functions():
        wrapper = WRAPPERS[function.name]
        udfs.xlfunc(category=CATEGORY)(wrapper)
        for each in function.parameters:
            udfs.xlarg(each.name, doc=each.help, err_to_str=True)(wrapper)


if sys.platform == "win32":
    from xlwings import udfs as _udfs

    declare(_udfs)
