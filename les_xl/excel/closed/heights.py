"""Heights of rows: one whose wrapping text came to need more lines than it has room for grows with it."""

from collections.abc import Iterable

from les_xl.excel import measure
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.row import Row
from les_xl.excel.closed.widths import widths

_USUAL_WIDTH = 9.14
_PADDING = 0.71
"""What a stored width counts beyond the characters that fit."""


def fit(parts: Parts, name: str, rows: Iterable[tuple[int, Iterable[int]]]) -> None:
    """Raise rows of a sheet that are too low for their text in the columns given; none becomes lower.

    A row without a height of its own is left to Excel, which finds one when it opens the file; so is a row
    that was raised, once its text is edited.
    """
    sheet = parts.touch(name)
    stored = widths(sheet.head)
    for at, columns in rows:
        row = sheet.rows.get(at)
        points = height(row)
        if row is None or points is None:
            continue
        wrapping = [column for column in columns if column in row.cells and parts.wraps(row.cells[column])]
        texts = (
            (column, value) for column in wrapping if isinstance(value := parts.value(name, at, column), str)
        )
        counts = (measure.lines(text, stored.get(column, _USUAL_WIDTH) - _PADDING) for column, text in texts)
        needed = measure.row_points(max(counts, default=0))
        if needed > max(points, measure.row_points(1)):
            row.set("ht", f"{needed:g}")
            row.set("customHeight", None)


def height(row: Row | None) -> float | None:
    """The height in points that a row says it has; None for one that says none, or is hidden."""
    if row is None or row.get("hidden") in ("1", "true"):
        return None
    try:
        return float(row.get("ht") or "")
    except ValueError:
        return None
