"""What a table is: a frozen value with its heading, columns, body cells and notes; it computes nothing."""

from dataclasses import dataclass
from typing import Literal

from les_xl.marks import Mark

ColumnKind = Literal["text", "number", "percent", "points", "month", "date"]


@dataclass(frozen=True)
class Ref:
    """A body cell (or a block) of the same table by row and column index from 0; writers make the address."""

    row: int
    column: int
    last_row: int | None = None
    last_column: int | None = None


@dataclass(frozen=True)
class Formula:
    """A native formula: `text` has `{0}`, `{1}` … where `refs` go; `value` is the cached result."""

    text: str
    refs: tuple[Ref, ...]
    value: float | str


Content = float | int | str | Mark | Formula | None


@dataclass(frozen=True)
class Column:
    """A column of a table. `name` is its unique header; `kind` is how its cells are formatted."""

    name: str
    kind: ColumnKind = "text"
    width: float = 12.0


@dataclass(frozen=True)
class Row:
    """A row of the body. `kind` overrides the columns' format for number cells (a `% of plan` row)."""

    cells: tuple[Content, ...]
    kind: ColumnKind | None = None
    emphasis: bool = False


@dataclass(frozen=True)
class Table:
    """A named Excel table as data. `key` are the columns that identify a row across refreshes."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...]
    notes: tuple[str, ...] = ()
