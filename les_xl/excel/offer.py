"""What a new workbook of a position would have, offered to one that lacks some of its sheets."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Offered:
    """A sheet by its name and purpose, with the names of its tables."""

    name: str
    purpose: str
    tables: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """By what a workbook remembers that it was given the sheet: its tables, or itself if it has none."""
        return self.tables or (self.name,)


@dataclass(frozen=True)
class Offer:
    """The sheets of a new workbook in their order.

    `draw` gives the bytes of that workbook; it is told whether its dates are to count from 1904.
    """

    sheets: tuple[Offered, ...]
    draw: Callable[[bool], bytes]
