"""What a function takes besides text and numbers, and what it can answer."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from les_xl.marks import Mark


class Missing(Enum):
    """An argument that was left out: not an empty cell (None), not empty text, not an error."""

    MISSING = "left out"


MISSING = Missing.MISSING


class ExcelError(StrEnum):
    """An error value of a cell. One that is passed to a function is its answer, as in Excel's own."""

    NULL = "#NULL!"
    DIVISION = "#DIV/0!"
    VALUE = "#VALUE!"
    REFERENCE = "#REF!"
    NAME = "#NAME?"
    NUMBER = "#NUM!"
    NOT_AVAILABLE = "#N/A"
    GETTING_DATA = "#GETTING_DATA"
    SPILL = "#SPILL!"
    CALCULATION = "#CALC!"


@dataclass(frozen=True)
class NotAvailable:
    """What is not there: `#N/A`, the reason (where the host can show one), and its code in the catalogue."""

    reason: str
    code: str

    def __str__(self) -> str:
        return ExcelError.NOT_AVAILABLE.value


@dataclass(frozen=True)
class Table:
    """An answer that spills: a heading for each column, then the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[float | str | Mark, ...], ...]


Result = float | str | Mark | Table | NotAvailable | ExcelError
"""A number, text, a mark (a fact about a figure that exists), a table, or the reason why there is nothing."""
