"""What each of four ways gives for every table cell of a master workbook, and where they disagree."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from les_xl import periods
from les_xl.excel.placed import Placed
from les_xl.excel.sheets import sheets
from les_xl.position import Position
from les_xl.report.table import Column, Ref, result
from tests.second_engine import Value
from tests.workbook.reading import open_book

Cell = tuple[str, str]
"""Sheet name and address."""
Opinion = Mapping[Cell, Value]


@dataclass(frozen=True)
class Figure:
    """A body cell of a table: `row` its place among the rows, `key` the texts of its row's key columns."""

    table: str
    row: int
    key: tuple[str, ...]
    column: str
    cell: Cell


def figures(position: Position) -> dict[Figure, Value]:
    """The engine's own content of every body cell of every table, as Excel would hold it."""
    return {figure: content for placed in placements(position) for figure, content in _of_table(placed)}


def of_rounded_plans(figures: Iterable[Figure]) -> set[Cell]:
    """Cells whose formulas start from practices' shares of a plan, which cells hold to six decimals."""
    return {figure.cell for figure in figures if figure.table.startswith("tblGroups_")}


def placements(position: Position) -> list[Placed]:
    """Every table of the workbook at its place."""
    return [placed for sheet in sheets(position) for placed in sheet.place(position)]


def tables_of(position: Position) -> dict[str, str]:
    """The range that each table should have, such as `Summary!A6:Q20`."""
    return {placed.table.name: f"{placed.sheet}!{_range(placed)}" for placed in placements(position)}


def stored(workbook: Path) -> dict[Cell, Value]:
    """The results that a workbook holds, of formulas and of other cells."""
    book = open_book(workbook)
    found = {
        (sheet.title, cell.coordinate): _plain(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    book.close()
    return found


def disagreements(
    expected: Mapping[Cell, Value], opinions: Mapping[str, Opinion], rounded: Collection[Cell] = ()
) -> list[str]:
    """A line for each cell of which somebody thinks otherwise; one without an opinion is passed over.

    `rounded` are cells worked out of plans that cells hold to six decimals: they agree to five.
    """
    return [
        f"{cell[0]}!{cell[1]}: the engine says {value!r}, {name} says {opinion[cell]!r}"
        for name, opinion in opinions.items()
        for cell, value in expected.items()
        if cell in opinion and not same(value, opinion[cell], 1e-5 if cell in rounded else 1e-9)
    ]


def same(one: Value, other: Value, near: float = 1e-9) -> bool:
    """Whether two values are one: numbers to the last digits that a float holds, everything else exactly."""
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=min(near, 1e-6), abs_tol=near)
    return ("" if one is None else one) == ("" if other is None else other)


def _of_table(placed: Placed) -> Iterator[tuple[Figure, Value]]:
    table = placed.table
    keys = [table.index(name) for name in table.key]
    for row, line in enumerate(table.rows):
        key = tuple(str(result(line.cells[place])) for place in keys)
        for place, (column, content) in enumerate(zip(table.columns, line.cells, strict=True)):
            cell = (placed.sheet, placed.address(Ref(row, place)))
            yield Figure(table.name, row, key, column.name, cell), _as_held(column, result(content))


def _range(placed: Placed) -> str:
    last = Ref(placed.last_row - placed.first_row, len(placed.table.columns) - 1)
    return f"{placed.address(Ref(-1, 0))}:{placed.address(last)}"


def _as_held(column: Column, content: float | str | None) -> Value:
    """Months and dates are numbers of days in a workbook."""
    if isinstance(content, str) and column.kind == "month" and periods.is_month(content):
        return _days(periods.first_day(content))
    if isinstance(content, str) and column.kind == "date":
        return _days(date.fromisoformat(content))
    return content


def _plain(value: object) -> Value:
    if isinstance(value, date):
        return _days(value)
    return value if isinstance(value, str | float | int | bool) else str(value)


def _days(moment: date) -> float:
    """Excel's number of a date: days since the end of 1899, with the time of day as a fraction."""
    if isinstance(moment, datetime):
        return (moment - datetime(1899, 12, 30, tzinfo=moment.tzinfo)) / timedelta(days=1)
    return float((moment - date(1899, 12, 30)).days)
