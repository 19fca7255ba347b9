"""A workbook as a task pane posted it: values without formulas, answered by a list of actions."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from les_xl.errors import Problem
from les_xl.excel.addresses import Area
from les_xl.excel.book import Grid, New, TableEdit, TableInfo, Value
from les_xl.excel.live import entry
from les_xl.excel.posted import sheets
from les_xl.excel.posted.fill import Filling
from les_xl.excel.posted.sheets import Spot

if TYPE_CHECKING:
    import xlwings as xw


class PostedBook:
    """A book whose formulas, charts, rules and comments cannot be seen; dates count from 1900.

    `write_table` and `write_name` check; `commit` puts the actions in the book's list, which travels back.
    """

    def __init__(self, book: "xw.Book") -> None:
        """Take a book that was made from what a task pane sent."""
        self.path, self.warnings = Path(book.name), list[Problem]()
        self._book: Any = book
        self._fillings: list[Filling] = []
        self._namings: list[tuple[Any, Value]] = []

    def tables(self) -> tuple[TableInfo, ...]:
        """Every table that has a header row, in the order of the sheets."""
        return tuple(one.info() for one in self._spots.values())

    @cached_property
    def _spots(self) -> Mapping[str, Spot]:
        return {one.name.casefold(): one for one in sheets.find(self._book)}

    @cached_property
    def _names(self) -> Mapping[str, tuple[Any, Area]]:
        return sheets.named_cells(self._book)

    def read_table(self, name: str) -> Grid:
        """The body of a table as Excel showed it."""
        found = self._spots[name.casefold()]
        values = sheets.values(found.cells(found.body))
        none = (None,) * len(found.headers)
        return Grid(found.headers, values, (none,) * len(values), blind=True)

    def pinned(self, name: str, rows: frozenset[int], product: frozenset[int]) -> frozenset[int]:
        """Rows at which a defined name points; nothing else that may point at one was sent."""
        spot = self._spots[name.casefold()]
        body, found = spot.body, set[int]()
        for _, sheet, area in sheets.named_areas(self._book):
            if sheet.name != spot.where or not area.meets(body):
                continue
            inside = {
                at - body.top for at in range(max(area.top, body.top), min(area.bottom, body.bottom) + 1)
            }
            if inside <= rows:
                found |= inside
        return frozenset(found)

    def write_table(self, name: str, edit: TableEdit) -> None:
        """Prepare the change; raises LesError with every reason why the table cannot be made so."""
        others = [one for one in self._spots.values() if one.name.casefold() != name.casefold()]
        self._fillings.append(Filling(self._spots[name.casefold()], edit, others))

    def read_name(self, name: str) -> New:
        """What the cell of a defined name shows."""
        ((value,),) = sheets.values(self._named(name))
        return value

    def write_name(self, name: str, value: Value) -> None:
        """Prepare the filling of the cell of a defined name."""
        self._namings.append((self._named(name), value))

    def _named(self, name: str) -> Any:
        return sheets.block(*self._names[name.casefold()])

    def serial(self, day: date) -> int:
        """The number of a date; a workbook that counts from 1904 says so in nothing that was sent."""
        return (day - sheets.EPOCH.date()).days

    def status(self, text: str) -> None:
        """Nobody sees a progress: the answer arrives at once."""

    def commit(self) -> None:
        """Put all that was prepared in the list of actions."""
        for filling in self._fillings:
            filling.run()
        for cell, value in self._namings:
            sheets.enter(cell, [[entry.entered(value)]])
        self._fillings, self._namings = [], []
