"""Many cells with the same fault make one problem: the first cell is its place, the rest are counted."""

from collections.abc import Iterable

_SHOWN = 3


def listed(cells: Iterable[str]) -> tuple[str, str]:
    """The first cell, and a text such as `A1, A2, A3 and 9 more`."""
    every = list(cells)
    text = ", ".join(every[:_SHOWN])
    more = len(every) - _SHOWN
    return every[0], f"{text} and {more} more" if more > 0 else text
