"""Areas of a sheet: from their text to numbers, and what overlaps what. Rows and columns count from 1."""

import re
from dataclasses import dataclass

from les_xl.excel.addresses import LAST_COLUMN, LAST_ROW, address, number, parse_cell

_ENDS = re.compile(
    r"\$?([A-Z]{1,3})?\$?([1-9]\d{0,6})?(?::\$?([A-Z]{1,3})?\$?([1-9]\d{0,6})?)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Area:
    """A block of cells, its edges included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left + 1

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top + 1

    def overlaps(self, other: "Area") -> bool:
        """Whether the two have a cell in common."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def holds(self, other: "Area") -> bool:
        """Whether the other lies wholly in this one."""
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )

    def __str__(self) -> str:
        """`A3:D9`, or `A1` for a single cell."""
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


def parse_area(text: str) -> Area | None:
    """An area from `A1`, `$A$1:B2`, `A:C` or `3:5`; None where it is no area that a sheet has."""
    found = _ENDS.fullmatch(text)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    if ":" not in text:
        right, bottom = left, top
        if not (left and top):
            return None
    if (left is None) != (right is None) or (top is None) != (bottom is None) or (left or top) is None:
        return None
    edges = (_row(top, 1), _column(left, 1), _row(bottom, LAST_ROW), _column(right, LAST_COLUMN))
    return _upright(*edges)


def cell_position(text: str) -> tuple[int, int] | None:
    """Row and column of one cell's address, or None."""
    try:
        return parse_cell(text)
    except ValueError:
        return None


def _row(text: str | None, whole: int) -> int:
    return int(text) if text else whole


def _column(letters: str | None, whole: int) -> int:
    return number(letters) if letters else whole


def _upright(top: int, left: int, bottom: int, right: int) -> Area | None:
    rows, columns = sorted((top, bottom)), sorted((left, right))
    if rows[1] > LAST_ROW or columns[1] > LAST_COLUMN:
        return None
    return Area(rows[0], columns[0], rows[1], columns[1])
