"""Calls of every function with a grid of arguments, as formulas and as what they mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, product
from pathlib import Path

import openpyxl
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from les_xl.functions.arguments import Argument
from les_xl.functions.expression import parse
from les_xl.functions.registry import Function, functions
from les_xl.functions.results import MISSING

WRONG = -987654321
"""Cached in every cell: a cell that still shows it was never worked out."""

SPILL = (7, 5)
"""Rows and columns that a table is given in the grid."""


SOME = 5
"""A table is asked for with each fifth combination of its arguments."""


@dataclass(frozen=True)
class Given:
    """An argument as it stands in a formula, and what a function gets."""

    text: str
    value: Argument


@dataclass(frozen=True)
class Asked:
    """One cell: a function with its arguments."""

    function: Function
    given: tuple[Given, ...]

    @property
    def formula(self) -> str:
        """`=LES_PLAN("Dementia",Cells!$B$1)`."""
        return f"={self.function.name}({','.join(each.text for each in self.given)})"

    @property
    def values(self) -> tuple[Argument, ...]:
        """The arguments as the registry takes them."""
        return tuple(each.value for each in self.given)


OCTOBER = datetime(2025, 10, 31, tzinfo=None)  # noqa: DTZ001 - a cell has no time zone
CELLS: tuple[object, ...] = ("LTC LES", OCTOBER, " 00x ", None, "vasectomy procedure", "#N/A")
"""What stands in the first row of the sheet Cells; the fourth is empty."""


def _quoted(value: str) -> Given:
    return Given('"{}"'.format(value.replace('"', '""')), value)


def _cell(at: int, value: Argument) -> Given:
    return Given(f"Cells!{xl_rowcol_to_cell(0, at, row_abs=True, col_abs=True)}", value)


_OUT, _EMPTY = Given("", MISSING), _cell(3, None)
ARGUMENTS: dict[str, tuple[Given, ...]] = {
    "les": (
        *map(_quoted, ("Dementia", "vasectomy", "Dementai")),
        _cell(0, "LTC LES"),
        _cell(4, "vasectomy procedure"),
        _EMPTY,
    ),
    "month": (
        *map(_quoted, ("Oct-25", "2025-04", "December 2025", "Mar-24")),
        _cell(1, date(2025, 10, 31)),
        Given("45901", 45901.0),
        _OUT,
        _EMPTY,
    ),
    "org": (*map(_quoted, ("East", "nobody")), _cell(2, "00X"), _OUT, _EMPTY),
    "metric": (_OUT, _quoted("reviews")),
    "practice": (*map(_quoted, ("ZZ0001", "nobody", "East")), _EMPTY),
    "band": (*map(_quoted, ("51-75%", "10-20%")), _EMPTY),
}


def asked() -> Iterator[Asked]:
    """The example of every function, and every combination of its arguments; of what spills, some of them.

    An argument that has no values here is always as in the example.
    """
    for example in examples():
        yield example
        usual = [*example.given, *[_OUT] * len(example.function.parameters)]
        offered = [
            ARGUMENTS.get(parameter.name, (given,))
            for parameter, given in zip(example.function.parameters, usual, strict=False)
        ]
        every = SOME if example.function.returns == "table" else 1
        for given in islice(product(*offered), 0, None, every):
            yield Asked(example.function, given)


def examples() -> list[Asked]:
    """Only the example of every function."""
    return [Asked(each, tuple(map(_typed, parse(each.example).arguments))) for each in functions()]


def _typed(value: Argument) -> Given:
    return _quoted(value) if isinstance(value, str) else Given("" if value is MISSING else f"{value}", value)


def write_grid(path: Path, cells: list[Asked]) -> None:
    """The cells one under the other on the sheet Asked, as our own workbooks write formulas."""
    with xlsxwriter.Workbook(path) as book:
        sheet, arguments = book.add_worksheet("Asked"), book.add_worksheet("Cells")
        month = book.add_format({"num_format": "mmm-yy"})
        for at, value in enumerate(CELLS):
            if isinstance(value, datetime):
                arguments.write_datetime(0, at, value, month)
            elif value is not None:
                arguments.write(0, at, value)
        for row, cell in zip(rows_of(cells), cells, strict=True):
            if cell.function.returns == "table":
                last = row + SPILL[0] - 1, SPILL[1] - 1
                sheet.write_array_formula(row, 0, *last, f"{{{cell.formula}}}", None, WRONG)
            else:
                sheet.write_formula(row, 0, cell.formula, None, WRONG)


def rows_of(cells: list[Asked]) -> list[int]:
    """The row of each, counted from 0."""
    rows, row = [], 0
    for cell in cells:
        rows.append(row)
        row += SPILL[0] if cell.function.returns == "table" else 1
    return rows


def write_by_openpyxl(path: Path, cells: list[Asked]) -> None:
    """The same by another program, and without any cached result."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Asked"
    for row, cell in enumerate(cells, 1):
        sheet.cell(row, 1, cell.formula)
    book.save(path)


def write_unusual(path: Path) -> None:
    """A workbook that counts its dates from 1904, with a protected and a hidden sheet."""
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        dates, protected, hidden = (book.add_worksheet(name) for name in ("Dates", "Protected", "Hidden"))
        dates.write_datetime("B1", OCTOBER, book.add_format({"num_format": "mmm-yy"}))
        dates.write_formula("A1", '=LES_DELIVERED("Dementia",B1)', None, WRONG)
        dates.write("A2", '"=LES_PLAN(" in a text')
        dates.write_formula("A3", '="LES_PLAN(""x"")"', None, WRONG)
        dates.write_formula("A4", "=1/0", None, WRONG)
        dates.write_formula("A5", '=IFERROR(LES_DELIVERED(A4),"passed on")', None, WRONG)
        dates.write_formula("A6", "=LES_DELIVERED(A2:A3)", None, WRONG)
        dates.write_array_formula("A7:A8", '{=LES_DELIVERED("Dementia","Oct-25")*{1;2}}', None, WRONG)
        dates.write_formula("A9", "=LES_DELIVERED(A4)", None, WRONG)
        # As Excel writes a function that comes from our server.
        dates.write_formula("A10", '=1+_xldudf_LES_DELIVERED("Dementia","Oct-25")', None, WRONG)
        for sheet in (protected, hidden):
            sheet.write_formula("A1", '=LES_DELIVERED("Dementia","Oct-25")', None, WRONG)
        protected.protect()
        hidden.hide()
