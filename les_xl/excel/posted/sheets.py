"""Tables, cells and names of a posted workbook, read from the values that were sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from les_xl.excel.addresses import Area
from les_xl.excel.book import Value
from les_xl.excel.live import spot

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel knows no time zones
_SECONDS = 86_400


@dataclass(frozen=True)
class Spot(spot.Spot):
    """A table of a posted workbook."""

    def is_sorted(self) -> bool:
        """False: what is posted does not tell it."""
        return False

    def cells(self, area: Area) -> Any:
        """An area of its sheet as a range, without the whole sheet being measured for it."""
        return block(self.sheet, area)


def find(book: Any) -> Iterator[Spot]:
    """Every table with a header row, in the order of the sheets."""
    for sheet in book.sheets:
        for table in sheet.tables:
            if table.show_headers:
                cells = table.range
                rows, columns = cells.shape
                top, left = cells.row, cells.column
                area = Area(top, left, top + rows - 1, left + columns - 1)
                (headers,) = values(block(sheet, Area(top, left, top, area.right)))
                texts = tuple("" if one is None else str(one) for one in headers)
                yield Spot(table, sheet, table.name, sheet.name, area, texts, bool(table.show_totals))


def block(sheet: Any, area: Area) -> Any:
    """An area as an xlwings range."""
    return sheet.range(str(area))


def values(cells: Any) -> tuple[tuple[Value, ...], ...]:
    """What an area shows: dates as their serial numbers, error values as their texts."""
    found = cells.options(ndim=2, err_to_str=True).value
    return tuple(tuple(_held(one) for one in row) for row in found)


def enter(cells: Any, contents: list[list[Any]]) -> None:
    """Fill an area of exactly that size, as if typed; xlwings is kept from measuring it against the sheet."""
    cells.options("raw").formula = contents


def _held(value: Any) -> Value:
    if isinstance(value, datetime):
        return (value - EPOCH).total_seconds() / _SECONDS
    if isinstance(value, date):
        return float((value - EPOCH.date()).days)
    if isinstance(value, (bool, str)) or value is None:
        return value or None if isinstance(value, str) else value
    return float(value)


def named_cells(book: Any) -> dict[str, tuple[Any, Area]]:
    """Sheet and cell of every name of the workbook that stands for one cell, by its folded name."""
    return {
        name: (sheet, area)
        for name, sheet, area in named_areas(book)
        if "!" not in name and (area.top, area.left) == (area.bottom, area.right)
    }


def named_areas(book: Any) -> Iterator[tuple[str, Any, Area]]:
    """Folded name, sheet and area of every name that stands for cells."""
    for name in book.names:
        try:
            cells = name.refers_to_range
        except (ValueError, KeyError):
            continue  # a constant, a formula, or several areas
        rows, columns = cells.shape
        area = Area(cells.row, cells.column, cells.row + rows - 1, cells.column + columns - 1)
        yield name.name.casefold(), cells.sheet, area


def filled(sheet: Any, area: Area) -> tuple[int, int] | None:
    """The first cell of an area that shows anything."""
    for down, row in enumerate(values(block(sheet, area))):
        for across, value in enumerate(row):
            if value is not None:
                return area.top + down, area.left + across
    return None
