"""How much room text takes: Arial's widths, lines that a text wraps to, and heights of rows that hold them.

Excel finds the height of a wrapping row when it opens a file, LibreOffice and previewers do not.
"""

import math
from functools import lru_cache

LINE_POINTS = 12.75
_PIXELS_AN_EM = 13.33  # 10 points at 96 dots an inch
_CELL_PADDING = 8
_INDENT = 9
_BOLD = 1.07
_USUAL = 556
_WIDTHS = {
    **dict.fromkeys("iljI'|!.,:;/ ft()[]-", 280),
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys("r()[]-", 333),
    **dict.fromkeys("ckJsvxyz", 500),
    **dict.fromkeys("+=<>~÷−", 584),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("%▲▼", 889),
    **dict.fromkeys("W@", 980),
}
"""Thousandths of an em, for what differs from the usual width (digits and most small letters)."""


def column_pixels(width: float) -> int:
    """The pixels of a column of that width in characters."""
    return int(width * 7 + 5)


@lru_cache(maxsize=16_384)
def text_pixels(text: str, *, bold: bool = False) -> float:
    """The pixels of a text at 10 points."""
    thousandths = sum(_WIDTHS.get(letter, _USUAL) for letter in text)
    return thousandths * _PIXELS_AN_EM / 1000 * (_BOLD if bold else 1)


@lru_cache(maxsize=16_384)
def lines(text: str, width: float, *, bold: bool = False, taken: float = _INDENT) -> int:
    """How many lines a text wraps to in a column; `taken` are pixels used by an indent or a button."""
    return len(wrapped(text, column_pixels(width) - _CELL_PADDING - taken, bold=bold))


def wrapped(text: str, pixels: float, *, bold: bool = False) -> list[str]:
    """A text broken into lines of that many pixels, words kept whole where they fit at all."""
    found: list[str] = []
    used, space = 0.0, text_pixels(" ", bold=bold)
    for word in text.split():
        needed = text_pixels(word, bold=bold)
        if found and used + space + needed <= pixels:
            found[-1] += f" {word}"
            used += space + needed
        else:
            found += _broken(word, pixels, bold=bold)
            used = text_pixels(found[-1], bold=bold)
    return found or [""]


def _broken(word: str, pixels: float, *, bold: bool) -> list[str]:
    """A word in as many pieces as its width needs."""
    pieces = max(1, math.ceil(text_pixels(word, bold=bold) / max(1.0, pixels)))
    size = math.ceil(len(word) / pieces)
    return [word[start : start + size] for start in range(0, len(word), size)]


def row_points(count: int, padding: float = 4.5) -> float:
    """The height of a row that holds that many lines."""
    return count * LINE_POINTS + padding
