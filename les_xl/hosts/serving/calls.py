"""Calls of functions as they travel over HTTP: one request holds all cells of a recalculation."""

import json
from collections.abc import Sequence
from typing import Any, NoReturn

from les_xl.errors import LesError, Place
from les_xl.errors import functions as function_kinds
from les_xl.errors.serving import MALFORMED, TOO_LARGE
from les_xl.functions.arguments import Argument
from les_xl.functions.index import Index
from les_xl.functions.registry import find_function
from les_xl.functions.results import MISSING, ExcelError, NotAvailable, Result, Table
from les_xl.marks import Mark

MOST_CALLS = 10_000
"""Calls that one request may hold; the add-in sends at most 1,000."""

MOST_ARGUMENTS = 255
"""Excel's own limit of arguments."""

_ERRORS = frozenset(ExcelError)

_NO_ARGUMENT = "an argument is null, or rows of cells"

Call = tuple[str, tuple[Any, ...]]
Json = float | str | list[list[float | str]] | dict[str, str]


def read_calls(body: bytes) -> list[Call]:
    """The calls of a request: `{"calls": [["LES_PLAN", [[["Dementia"]], null]], …]}`.

    An argument is null where it was left out, or the rows of the range that was given: numbers, texts, truth
    values, null for an empty cell, `{"error": "#REF!"}` for an error value. A range of one cell is that cell.
    Raises LesError (LES650, LES651).
    """
    asked = _parsed(body)
    calls = asked.get("calls") if isinstance(asked, dict) else None
    if not isinstance(calls, list):
        raise _malformed("it has no list of calls")
    if len(calls) > MOST_CALLS:
        raise LesError(TOO_LARGE.at(Place(), most=f"{MOST_CALLS:,} calls"))
    return [_call(call) for call in calls]


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise _malformed("it is not JSON") from None


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError


def _call(call: object) -> Call:
    if isinstance(call, list) and len(call) == 2:
        name, arguments = call
        if isinstance(name, str) and isinstance(arguments, list) and len(arguments) <= MOST_ARGUMENTS:
            return name, tuple([_argument(argument) for argument in arguments])
    raise _malformed("a call is the name of a function and its arguments")


def _argument(given: object) -> object:
    if given is None:
        return MISSING
    if not isinstance(given, list) or not given:
        raise _malformed(_NO_ARGUMENT)
    if len(given) == 1 and isinstance(given[0], list) and len(given[0]) == 1:
        return _value(given[0][0])
    if not all(isinstance(row, list) and row for row in given):
        raise _malformed(_NO_ARGUMENT)
    return tuple(tuple(_value(cell) for cell in row) for row in given)


def _value(cell: object) -> Argument:
    if cell is None or isinstance(cell, (str, bool, float)):
        return cell
    if isinstance(cell, int):
        if abs(cell) >= 2**1023:
            raise _malformed("a number is too large")
        # Excel's own numbers are floats.
        return float(cell)
    if isinstance(cell, dict) and cell.keys() == {"error"}:
        error = cell["error"]
        if isinstance(error, str) and error in _ERRORS:
            return ExcelError(error)
    raise _malformed("a cell is a number, a text, a truth value, an error value or null")


def _malformed(reason: str) -> LesError:
    return LesError(MALFORMED.at(Place(), reason=reason))


def answer_calls(index: Index, calls: Sequence[Call]) -> list[Json]:
    """What each cell shows, in the order of the calls; never raises for what a user typed."""
    return [_answer(index, name, arguments) for name, arguments in calls]


def _answer(index: Index, name: str, arguments: tuple[Any, ...]) -> Json:
    function = find_function(name)
    if function is None:
        problem = function_kinds.UNKNOWN_FUNCTION.at(
            Place(), given=name[:80], advice="close Excel and open it again, so that it loads the add-in anew"
        )
        return encode(NotAvailable(f"{problem.message} — {problem.hint}", problem.code))
    return encode(function.answer(index, *arguments))


def encode(result: Result) -> Json:
    """An answer as JSON: a value, the rows that spill, or an error with its reason and code."""
    match result:
        case NotAvailable():
            return {"error": str(result), "message": result.reason, "code": result.code}
        case ExcelError():
            return {"error": result.value}
        case Mark():
            return result.value
        case Table():
            return [list(result.columns), *([_cell(cell) for cell in row] for row in result.rows)]
    return result


def _cell(cell: float | str | Mark) -> float | str:
    return cell.value if isinstance(cell, Mark) else cell
