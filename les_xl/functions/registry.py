"""What a `=LES_…` function is, and the list of all of them; every host is made from this list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Literal

from les_xl.errors import LesError, Place, Problem
from les_xl.errors import functions as kinds
from les_xl.functions.arguments import Argument
from les_xl.functions.index import Index
from les_xl.functions.results import MISSING, ExcelError, Missing, NotAvailable, Result

Returns = Literal["number", "text", "table"]
Run = Callable[..., Result]
_MODULES = ("library", "banded", "tables")
"""Modules that register functions, in the order in which these are listed."""

_ONE_VALUE = (str, float, int, Missing, date, type(None))


@dataclass(frozen=True)
class Parameter:
    """An argument: its name, what Excel says beside it, and whether it may be left out."""

    name: str
    help: str
    optional: bool = False


@dataclass(frozen=True)
class Function:
    """A function as every host shows it. `run` takes an Index and the arguments, and knows no host."""

    name: str
    category: str
    summary: str
    parameters: tuple[Parameter, ...]
    example: str
    returns: Returns
    run: Run
    volatile: bool = False

    @property
    def syntax(self) -> str:
        """`LES_PLAN(les, [month], [org], [metric])`."""
        names = (f"[{each.name}]" if each.optional else each.name for each in self.parameters)
        return f"{self.name}({', '.join(names)})"

    def answer(self, index: Index, *arguments: Argument) -> Result:
        """What a cell shows; never raises for what a user typed.

        An error among the arguments is the answer; what is not there is a NotAvailable with its reason.
        """
        given = tuple(map(_single, arguments))
        for argument in given:
            if isinstance(argument, ExcelError):
                return argument
        try:
            self._check(given)
            return self.run(index, *given, *[MISSING] * (len(self.parameters) - len(given)))
        except LesError as error:
            return _not_available(error)

    def _check(self, arguments: tuple[Argument, ...]) -> None:
        if len(arguments) > len(self.parameters):
            raise LesError(self.too_many(Place()))
        for parameter, argument in zip(self.parameters, arguments, strict=False):
            if not isinstance(argument, _ONE_VALUE):
                given = _what(argument)
                problem = kinds.NOT_ONE_VALUE.at(Place(), argument=parameter.name, given=given)
                raise LesError(problem)

    def too_many(self, place: Place, source: str = "") -> Problem:
        """The problem of more arguments than the function takes."""
        return kinds.TOO_MANY.at(place, source=source, name=self.name, syntax=self.syntax)


def _single(argument: Argument) -> Argument:
    """What stands in a range of one cell, as hosts pass it: `[[value]]`; anything else as it is."""
    given: object = argument
    while isinstance(given, (list, tuple)) and len(given) == 1:
        given = given[0]
    return argument if isinstance(given, (list, tuple)) else given  # type: ignore[return-value]


def _not_available(error: LesError) -> NotAvailable:
    first = error.problems[0]
    return NotAvailable(f"{first.message} — {first.hint}" if first.hint else first.message, first.code)


def _what(argument: object) -> str:
    """What was given instead of one value: `a range of 9 cells`, `a dict`."""
    if not isinstance(argument, (list, tuple)):
        return f"a {type(argument).__name__}"
    cells = sum(len(row) if isinstance(row, (list, tuple)) else 1 for row in argument)
    return f"a range of {cells} cells"


_functions: dict[str, Function] = {}


def function(
    name: str,
    *,
    category: str,
    summary: str,
    parameters: Iterable[Parameter],
    example: str,
    returns: Returns = "number",
) -> Callable[[Run], Run]:
    """Register a pure function under a name; it stays as it is, to be called and tested without a host."""

    def register(run: Run) -> Run:
        if name in _functions:
            raise ValueError(f"{name} is registered twice")
        _functions[name] = Function(name, category, summary, tuple(parameters), example, returns, run)
        return run

    return register


def _register() -> None:
    for module in _MODULES:
        import_module(f"les_xl.functions.{module}")


def functions() -> tuple[Function, ...]:
    """All functions, in the order in which people look for them."""
    _register()
    return tuple(_functions.values())


def find_function(name: str) -> Function | None:
    """The function of that name, in any case; None where there is none."""
    _register()
    return _functions.get(name.upper())
