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
        for argument in arguments:
            if isinstance(argument, ExcelError):
                return argument
        try:
            self._check(arguments)
            return self.run(index, *arguments, *[MISSING] * (len(self.parameters) - len(arguments)))
        except LesError as error:
            return _not_available(error)

    def _check(self, arguments: tuple[Argument, ...]) -> None:
        if len(arguments) > len(self.parameters):
            raise LesError(self.too_many(Place()))
        for parameter, argument in zip(self.parameters, arguments, strict=False):
            if not isinstance(argument, _ONE_VALUE):
                given = f"a {type(argument).__name__}"
                problem = kinds.NOT_ONE_VALUE.at(Place(), argument=parameter.name, given=given)
                raise LesError(problem)

    def too_many(self, place: Place, source: str = "") -> Problem:
        """The problem of more arguments than the function takes."""
        return kinds.TOO_MANY.at(place, source=source, name=self.name, syntax=self.syntax)


def _not_available(error: LesError) -> NotAvailable:
    first = error.problems[0]
    return NotAvailable(f"{first.message} — {first.hint}" if first.hint else first.message, first.code)


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


def functions() -> tuple[Function, ...]:
    """All functions, in the order in which people look for them."""
    import_module("les_xl.functions.library")
    return tuple(_functions.values())


def find_function(name: str) -> Function | None:
    """The function of that name, in any case; None where there is none."""
    import_module("les_xl.functions.library")
    return _functions.get(name.upper())
