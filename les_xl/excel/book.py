"""What a refresh needs of a workbook, open in Excel or a closed file: its tables and named cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

Value = float | int | str | bool | None
"""What a cell holds: a number (dates are the workbook's serial numbers), a text, a truth value or nothing."""


@dataclass(frozen=True)
class Written:
    """A native formula as it stands in a cell (with `=`), and its result."""

    text: str
    value: Value


New = Value | Written


@dataclass(frozen=True)
class TableInfo:
    """A table of the workbook: where its first body cell is (row and column from 1) and its shape.

    `sorted` is true where the analyst has sorted it, as far as the workbook tells.
    """

    name: str
    sheet: str
    headers: tuple[str, ...]
    rows: int
    row: int
    column: int
    totals: bool = False
    sorted: bool = False


@dataclass(frozen=True)
class Grid:
    """A table's body as it stands: values, and the formula of each cell that has one (None where not).

    `noted` are the rows (from 0) that carry a comment. `blind`: formulas cannot be read there, and a cell
    that shows what the product's formula gives counts as having it.
    """

    headers: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    formulas: tuple[tuple[str | None, ...], ...]
    noted: frozenset[int] = frozenset()
    blind: bool = False


@dataclass(frozen=True)
class NewRow:
    """A row of the body as it will be.

    `origin` is the present row (from 0) that it continues, None for an appended one; `like` the present row
    whose look an appended one takes; `cells` are the contents that change, by column from 0. Every other cell
    stays as it is: text, formula, comment and look.
    """

    origin: int | None
    cells: Mapping[int, New]
    like: int | None = None


@dataclass(frozen=True)
class TableEdit:
    """What a table becomes: all its body rows in order, its headers, and the columns of the product."""

    rows: tuple[NewRow, ...]
    headers: tuple[str, ...]
    product: frozenset[int]


class Book(Protocol):
    """A workbook that a refresh can read and write by names only. Tables' names are found in any case."""

    def tables(self) -> tuple[TableInfo, ...]:
        """Every table, in the order of the sheets."""
        ...

    def read_table(self, name: str) -> Grid:
        """The body of a table; raises LesError where the workbook cannot be read."""
        ...

    def pinned(self, name: str, rows: frozenset[int], product: frozenset[int]) -> frozenset[int]:
        """Those of the rows (from 0) to which something points by address and would lose what it points at.

        What stands in the columns `product` (from 0) or in the rows themselves does not count.
        """
        ...

    def write_table(self, name: str, edit: TableEdit) -> None:
        """Make the table so; raises LesError where it cannot grow, and then nothing has changed."""
        ...

    def read_name(self, name: str) -> New:
        """What the cell of a defined name holds; KeyError where there is no such name of one cell."""
        ...

    def write_name(self, name: str, value: Value) -> None:
        """Put a value into the cell of a defined name; KeyError where there is no such name of one cell."""
        ...

    def serial(self, day: date) -> int:
        """The number by which this workbook stores a date."""
        ...

    def status(self, text: str) -> None:
        """Tell whoever is waiting what happens now; an empty text ends it."""
        ...

    def commit(self) -> None:
        """Make what was written last: the closed file is replaced; a live book stays open and unsaved."""
        ...
