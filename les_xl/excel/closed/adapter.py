"""A closed workbook file as a book: read whole, changed in memory, replaced at once or not at all."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from les_xl.errors import Problem
from les_xl.excel.addresses import Area
from les_xl.excel.book import Grid, New, TableEdit, TableInfo, Value, Written
from les_xl.excel.closed import cells, fill, pictures, shared, stale, upgrade, widen, workbook, write
from les_xl.excel.closed.around import Around
from les_xl.excel.closed.engine import recalculated
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.pointed import Pointed
from les_xl.excel.closed.pointing import Cells
from les_xl.excel.closed.table import TablePart
from les_xl.excel.closed.upgrade import Upgrade
from les_xl.excel.closed.widen import Widened
from les_xl.excel.frame import Frame
from les_xl.excel.merge import TableChange
from les_xl.excel.offer import Offer
from les_xl.report.table import Table

_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


class ClosedBook:
    """A workbook file; `warnings` collects what the analyst should know about what was written."""

    def __init__(self, path: Path, *, status: Callable[[str], None] | None = None) -> None:
        """Read the file; raises LesError where it is missing, open elsewhere, or nothing to refresh."""
        self.path = path
        self.warnings: list[Problem] = []
        self.backup: Path | None = None
        self._found = write.read(path)
        self._package = Package(self._found.content)
        self._parts = Parts(self._package)
        self._status = status

    def tables(self) -> tuple[TableInfo, ...]:
        """Every table that has headers and a body, in the order of the sheets."""
        found = {table.name.casefold(): table for table in self._parts.tables()}
        return tuple(table.info() for table in found.values())

    def _table(self, name: str) -> TablePart:
        return self._parts.table(name.casefold())

    def read_table(self, name: str) -> Grid:
        """The body of a table as it stands in the file, with the results that were saved with formulas."""
        table = self._table(name)
        body = table.body
        none: tuple[str | None, ...] = (None,) * len(table.headers)
        held: dict[int, list[str | None]] = {}
        for (row, column), text in self._parts.formulas(table.sheet).items():
            if body.holds(row, column):
                held.setdefault(row, [*none])[column - body.left] = f"={text}"
        rows = range(body.top, body.bottom + 1)
        formulas = tuple(tuple(held[row]) if row in held else none for row in rows)
        values = tuple(self._parts.values(table.sheet, body))
        return Grid(table.headers, values, formulas, self._noted(table))

    def _noted(self, table: TablePart) -> frozenset[int]:
        body = table.body
        found = pictures.comments(self._package, self._parts.ref(table.sheet))
        return frozenset(row - body.top for row, column in found if body.holds(row, column))

    def pinned(self, name: str, rows: frozenset[int], product: frozenset[int]) -> frozenset[int]:
        """Rows that must stay because something else in the file points at them by address."""
        table = self._table(name)
        body = table.body
        wanted = frozenset(body.top + row for row in rows)
        columns = frozenset(body.left + column for column in product)
        found = self._pointed().rows(table.sheet, body, columns, wanted)
        return frozenset(row - body.top for row in found)

    def _pointed(self) -> Pointed:
        """What points where; of the file as it was read, for as long as nothing has changed."""
        return Pointed(self._parts) if self._parts.changed else self._pointed_at_first

    @cached_property
    def _pointed_at_first(self) -> Pointed:
        return Pointed(self._parts)

    def write_table(self, name: str, edit: TableEdit) -> None:
        """Make the table so; raises LesError where it cannot grow or be moved."""
        self.status(f"Filling {name}")
        self.warnings += fill.fill(self._parts, self._table(name), edit)

    def read_name(self, name: str) -> New:
        """What the cell of a defined name holds."""
        sheet, row, column = self._named(name)
        value = self._parts.value(sheet, row, column)
        cell = self._parts.sheet(sheet).cell(row, column)
        formula = cells.formula_of(cell) if cell is not None else None
        return value if formula is None else Written(f"={formula.text}", value)

    def write_name(self, name: str, value: Value) -> None:
        """Fill the cell of a defined name."""
        sheet, row, column = self._named(name)
        area = Area(row, column, row, column)
        shared.write_out(
            self._parts.touch(sheet), lambda members: any(area.holds(at, place) for at, place, _ in members)
        )
        fill.put(self._parts, sheet, row, {column: value})
        self._parts.touch(sheet).fit_dimension(area, area)

    def _named(self, name: str) -> tuple[str, int, int]:
        sheet, row, column = workbook.named_cells(self._package)[name.casefold()]
        return self._parts.ref(sheet).name, row, column

    def serial(self, day: date) -> int:
        """The number by which this workbook stores a date."""
        return (day - (_EPOCH_1904 if self._parts.date1904 else _EPOCH)).days

    def status(self, text: str) -> None:
        """Tell whoever is waiting what happens now."""
        if self._status is not None:
            self._status(text)

    def settle(self, tables: Sequence[TableChange], names: Sequence[str], answer: stale.Answer) -> int:
        """Bring the saved results of other formulas up to date; gives how many had to be left without one.

        `tables` and `names` are what was filled. `answer` is asked first, then a spreadsheet engine where one
        is installed and agreed with the results that were saved. An old figure is never left to be read.
        """
        filled = [stale.Filled(self._table(one.table).info(), one) for one in tables]
        changed = Cells()
        for one in filled:
            changed.update(one.changed())
        for name in names:
            changed.add(*self._named(name))
        found = stale.stale(self._parts, changed, stale.owned(filled))
        settling = stale.Settling(self._parts, found)
        settling.answer(answer)
        if settling.open:
            self._ask_engine(settling, filled)
        return settling.empty()

    def _ask_engine(self, settling: stale.Settling, filled: Sequence[stale.Filled]) -> None:
        def origin(place: stale.Place) -> stale.Place | None:
            table = next((one for one in filled if one.holds(place)), None)
            return place if table is None else table.origin(place)

        before = Parts(Package(self._found.content))
        settling.hold_places()
        self._parts.save()
        after, wanted = self._package.to_bytes(), tuple(settling.open)
        results = recalculated(self._found.content, after, wanted, origin, lambda at: before.value(*at))
        for place, value in results.items():
            settling.write(place, value)

    def around(self, frame: Frame) -> Around:
        """What stands around the tables, as it is before they are filled."""
        return Around(self._parts, frame)

    def widen(self, offer: Offer, tables: Sequence[Table]) -> Widened:
        """Add the columns that tables lack, at their right edges where nothing is in the way."""
        return widen.widen(self, self._parts, offer, tables)

    def lacking(self, offer: Offer | None, *, everything: bool = False) -> Upgrade:
        """The sheets that the file is to get: those newer than it, or with `everything` all that it lacks."""
        return Upgrade() if offer is None else upgrade.prepare(self._parts, offer, everything=everything)

    def add_sheets(self, found: Upgrade, tables: Sequence[Table]) -> None:
        """Add them at the end, after everything else has been written."""
        if found.sheets:
            self.status("Adding sheets")
            upgrade.add(self, self._parts, found, tables)

    def content(self) -> bytes:
        """The file as it would be written: the very bytes that were read where nothing changed."""
        self._parts.save()
        if not self._package.changed:
            return self._found.content
        workbook.recalculate_on_load(self._package)
        return self._package.to_bytes()

    def commit(self) -> None:
        """Replace the file, keeping the previous one as `.bak`; nothing is written where nothing changed."""
        content = self.content()
        if content != self._found.content:
            self.backup = write.replace(self.path, self._found, content)
