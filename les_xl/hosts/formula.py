"""A `=LES_…` formula made from a function's name and its arguments."""

import re
from datetime import date

from les_xl.errors import LesError, Place, nearest
from les_xl.errors import functions as kinds
from les_xl.errors.macros import NOT_AN_ARGUMENT
from les_xl.functions.registry import Function, find_function, functions
from les_xl.periods import month_of

Given = str | float | int | bool | date | None
_CELL = re.compile(r"=(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?(?:\$?[A-Za-z]{1,3}\$?[0-9]{1,7}|[^\W\d][\w.]*)")


def formula_of(name: str, arguments: tuple[Given, ...]) -> tuple[Function, str]:
    """The function, and its formula with these arguments; empty ones at the end are left out.

    A text that begins with `=` is a cell or a defined name (`=B2`), every other text is one. Raises LesError
    for a function that there is not, too many arguments, or one that cannot stand in a formula.
    """
    plain = name.strip().removeprefix("=").partition("(")[0]
    function = find_function(plain)
    if function is None:
        meant = nearest(plain, (each.name for each in functions()))
        advice = f"did you mean {meant}?" if meant else f"there are {', '.join(f.name for f in functions())}"
        raise LesError(kinds.UNKNOWN_FUNCTION.at(Place(), given=plain, advice=advice))
    given = [_written(one) for one in arguments]
    while given and not given[-1]:
        given.pop()
    if len(given) > len(function.parameters):
        raise LesError(function.too_many(Place()))
    return function, f"={function.name}({','.join(given)})"


def _written(given: Given) -> str:
    if given is None or given == "":
        return ""
    if isinstance(given, bool):
        return str(given).upper()
    if isinstance(given, (int, float)):
        return f"{given:.15g}"
    if isinstance(given, date):
        return f'"{month_of(given)}"'
    if given.startswith("="):
        if _CELL.fullmatch(given) is None:
            raise LesError(NOT_AN_ARGUMENT.at(Place(), given=given))
        return given[1:]
    return '"' + given.replace('"', '""') + '"'


def explained(name: str | None = None) -> str:
    """How a function is typed, in plain English; without a name, which functions there are."""
    found = None if name is None else find_function(name)
    if found is None:
        lines = [f"{each.name}: {each.summary}" for each in functions()]
        return "Type one of these into a cell, such as " + functions()[0].example + ".\n\n" + "\n".join(lines)
    lines = [f"={found.syntax}", found.summary, ""]
    for each in found.parameters:
        lines.append(f"{each.name}{' (may be left out)' if each.optional else ''}: {each.help}")
    return "\n".join([*lines, "", f"For example {found.example}"])
