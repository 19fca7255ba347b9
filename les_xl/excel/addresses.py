"""Cell addresses: columns as letters, one cell, and a rectangle of cells."""

import re
from dataclasses import dataclass
from functools import cache

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@cache
def letters(column: int) -> str:
    """The letters of a column counted from 1: 28 is `AB`."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@cache
def number(text: str) -> int:
    """The number of a column from its letters: `AB` is 28."""
    total = 0
    for letter in text.upper():
        total = total * 26 + ord(letter) - 64
    return total


def address(row: int, column: int) -> str:
    """`B5` from row 5 and column 2."""
    return f"{letters(column)}{row}"


def parse_cell(text: str) -> tuple[int, int]:
    """Row and column of `B5` or `$B$5`; ValueError where it is none."""
    found = _CELL.fullmatch(text)
    if found is None:
        raise ValueError(f"'{text}' is not a cell address")
    row, column = int(found[2]), number(found[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(f"'{text}' is outside a sheet")
    return row, column


@dataclass(frozen=True, order=True)
class Area:
    """A rectangle of cells; rows and columns count from 1 and both ends are in it."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> "Area":
        """The area of `B2:D9` or `B2`; ValueError where it is none."""
        first, _, last = text.partition(":")
        top, left = parse_cell(first)
        bottom, right = parse_cell(last or first)
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def __str__(self) -> str:
        """`B2:D9`, or `B2` where it is one cell."""
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def meets(self, other: "Area") -> bool:
        """True where the two have a cell in common."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def holds(self, row: int, column: int) -> bool:
        """True where the cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right
