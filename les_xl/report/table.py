"""What a table is: a frozen value with its heading, columns, body cells and notes; it computes nothing."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from les_xl.marks import Mark

ColumnKind = Literal[
    "text", "long_text", "number", "exact", "ratio", "signed", "percent", "points", "month", "date", "key"
]
"""How the cells of a column are shown.

`long_text` wraps; a `key` is cut off at the edge of its narrow column; `exact` is a number with its decimals;
a `ratio` has two of them; `signed` is a number with its sign (a variance, a change); `points` are
percentage points (12.3 is 12.3 points); a `month` is written `2025-10` and a `date` `2025-10-31`, and both
become real dates.
"""


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
    """A row of the body. `kind` overrides the columns' format for number cells (a `% of plan` row).

    `emphasis` marks a total, `tint` a row derived from those above it, `starts` the first row of a block.
    """

    cells: tuple[Content, ...]
    kind: ColumnKind | None = None
    emphasis: bool = False
    tint: bool = False
    starts: bool = False


@dataclass(frozen=True)
class Line:
    """A note that is another one in another edition; a workbook keeps it by `name` and looks it up there."""

    name: str
    text: str


@dataclass(frozen=True)
class Table:
    """A named Excel table as data. `key` are the columns that identify a row across refreshes.

    `own` are the columns that the analyst fills in, kept by key; `filtered` gives the headers filter buttons.
    `notes` hold in every edition, `lines` in this one. `ranked` are the columns whose texts make the classes
    of a table in which what comes first matters: a refresh keeps its rows in the order of their classes.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...]
    notes: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    filtered: bool = False
    lines: tuple[Line, ...] = ()
    ranked: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuses what Excel would: headers that repeat, ragged rows, keys and ranks that are no column."""
        names = [column.name for column in self.columns]
        folded = {name.casefold() for name in names}
        if len(folded) != len(names) or "" in folded:
            raise ValueError(f"{self.name}: headers must be unique texts: {names}")
        if any(len(row.cells) != len(names) for row in self.rows):
            raise ValueError(f"{self.name}: every row needs {len(names)} cells")
        if missing := {*self.key, *self.own, *self.ranked} - {*names}:
            raise ValueError(f"{self.name}: not a column: {sorted(missing)}")

    @cached_property
    def marks(self) -> frozenset[str]:
        """The texts of the marks that its cells show, and of whatever else its formulas give."""
        contents = (content for row in self.rows for content in row.cells)
        made = (content for content in contents if type(content) is Mark or type(content) is Formula)
        return frozenset(str(shown) for content in made if isinstance(shown := result(content), str))

    def index(self, name: str) -> int:
        """The index of a column by its header; KeyError where there is none."""
        for place, column in enumerate(self.columns):
            if column.name == name:
                return place
        raise KeyError(name)


def result(content: Content) -> float | int | str | None:
    """What a cell shows: a formula's cached result, a mark's text, or the content itself."""
    if isinstance(content, Formula):
        return content.value
    return str(content) if isinstance(content, Mark) else content
