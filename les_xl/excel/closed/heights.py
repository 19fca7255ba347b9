"""Heights of rows: one whose wrapping text came to need more lines than it has room for grows with it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from les_xl.excel import measure
from les_xl.excel.closed.markup import attribute
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.row import Row
from les_xl.excel.closed.widths import widths

_USUAL_WIDTH = 9.14
_PADDING = 0.71
"""What a stored width counts beyond the characters that fit."""

_NUMBER = b' r="'


def fit(parts: Parts, name: str, rows: Iterable[tuple[int, float, Mapping[int, str | None]]]) -> None:
    """Raise rows of a sheet, given with their height, that are too low for their texts, given by column.

    No row becomes lower. A text that is not given stands for whatever the cell holds.

    A row without a height of its own is left to Excel, which finds one when it opens the file; so is a row
    that was raised, once its text is edited.
    """
    sheet = parts.touch(name)
    stored = widths(sheet.head)
    for at, points, texts in rows:
        row = sheet.row(at)
        held = row.cells
        wrapping = [column for column in texts if column in held and parts.wraps(held[column])]
        counts = (
            measure.lines(said, stored.get(column, _USUAL_WIDTH) - _PADDING)
            for column in wrapping
            if isinstance(
                said := parts.value(name, at, column) if texts[column] is None else texts[column], str
            )
        )
        needed = measure.row_points(max(counts, default=0))
        if needed > max(points, measure.row_points(1)):
            sheet.set_row(at, row.with_fact("ht", f"{needed:g}").with_fact("customHeight", None))


def height(row: Row | None) -> float | None:
    """The height in points that a row says it has; None for one that says none, or is hidden."""
    if row is None or b"ht" not in row.attributes:
        return None
    facts = row.attributes
    return _height(facts[facts.find(b'"', len(_NUMBER)) :] if facts.startswith(_NUMBER) else facts)


@lru_cache(maxsize=1024)
def _height(attributes: bytes) -> float | None:
    """The same from the attributes of its tag, which most rows have in common but for the number."""
    if attribute(attributes, "hidden") in ("1", "true"):
        return None
    try:
        return float(attribute(attributes, "ht") or "")
    except ValueError:
        return None
