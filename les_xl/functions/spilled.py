"""A table of the report as the answer of a function: what its cells show, under its own headings."""

from collections.abc import Iterable

from les_xl.functions.results import Table
from les_xl.marks import Mark
from les_xl.periods import is_month, label
from les_xl.report.table import Content, result
from les_xl.report.table import Table as Reported

_MARKS = {mark.value: mark for mark in Mark}

Shown = float | str | Mark


def spilled(table: Reported, leave_out: Iterable[str] = ()) -> Table:
    """The headings and what each cell shows: numbers, texts, marks, and months as `Oct-25`.

    Columns in which nothing stands (a sparkline's) are left out, and those in `leave_out`.
    """
    out = set(leave_out)
    kept = [
        (at, column)
        for at, column in enumerate(table.columns)
        if column.name not in out and (not table.rows or any(row.cells[at] is not None for row in table.rows))
    ]
    return Table(
        tuple(column.name for _, column in kept),
        tuple(
            tuple(_shown(row.cells[at], month=column.kind == "month") for at, column in kept)
            for row in table.rows
        ),
    )


def _shown(content: Content, *, month: bool) -> Shown:
    shown = result(content)
    if isinstance(shown, str):
        return _MARKS.get(shown) or (label(shown) if month and is_month(shown) else shown)
    return "" if shown is None else float(shown)
