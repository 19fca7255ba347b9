"""Formulas whose saved results a refresh made old: found, given their new result, or left without one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from les_xl.excel.addresses import Area, parse_cell
from les_xl.excel.book import TableInfo, Value
from les_xl.excel.closed import cells, workbook
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.pointing import Cells, Pointers
from les_xl.excel.merge import TableChange

Place = tuple[str, int, int]
"""Sheet, row and column of a cell."""

Read = Callable[[str], Value]
"""The value of a cell by address or defined name, as a formula in a certain cell would see it.

Raises LookupError where there is no such cell, or its own result is not known yet.
"""

Answer = Callable[[str, Read], Value]
"""The result of a formula (its text without `=`) where that is known without a spreadsheet, else None."""


@dataclass(frozen=True)
class Filled:
    """A table as it now stands, with what a refresh did to it."""

    info: TableInfo
    change: TableChange

    def changed(self) -> Cells:
        """The cells that got another content; of rows that came, went or moved, all from first to last."""
        info, change, found = self.info, self.change, Cells()
        right = info.column + len(info.headers) - 1
        if change.headers:
            found.add_area(info.sheet, Area(info.row - 1, info.column, info.row - 1, right))
        gone = len(change.removed) + len(change.resolved)
        rows = change.edit.rows
        moved = [at for at, row in enumerate(rows) if row.origin != at]
        first = min(moved, default=len(rows))
        last = len(rows) + gone - 1 if gone else max(moved, default=-1)
        if first <= last:
            found.add_area(info.sheet, Area(info.row + first, info.column, info.row + last, right))
        for at, row in enumerate(rows):
            if row.cells and not first <= at <= last:
                found.add_row(info.sheet, info.row + at, [info.column + place for place in row.cells])
        return found

    def holds(self, place: Place) -> bool:
        """True for a cell of the body, or of the row below it that may hold its totals."""
        sheet, row, column = place
        inside = 0 <= row - self.info.row < len(self.change.edit.rows) + self.info.totals
        return inside and sheet == self.info.sheet and 0 <= column - self.info.column < len(self.info.headers)

    def origin(self, place: Place) -> Place | None:
        """Where a cell that it holds was before."""
        sheet, row, column = place
        rows, at = self.change.edit.rows, row - self.info.row
        if at < len(rows):
            was = rows[at].origin
            return None if was is None else (sheet, self.info.row + was, column)
        gone = len(self.change.removed) + len(self.change.resolved)
        # A row that was moved among its class has no origin, and is not added.
        new = min(len(self.change.added), sum(one.origin is None for one in rows))
        before = len(rows) - new + gone
        return sheet, self.info.row + before, column


def owned(filled: Sequence[Filled]) -> Callable[[Place], bool]:
    """Tells the cells that the product fills, in any of the tables."""
    found: dict[str, list[tuple[range, frozenset[int]]]] = {}
    for one in filled:
        info, edit = one.info, one.change.edit
        rows = range(info.row, info.row + len(edit.rows))
        columns = frozenset(info.column + column for column in edit.product)
        found.setdefault(info.sheet, []).append((rows, columns))
    return lambda at: any(at[1] in rows and at[2] in columns for rows, columns in found.get(at[0], ()))


def stale(parts: Parts, changed: Cells, own: Callable[[Place], bool]) -> dict[Place, str]:
    """Every formula that leads to a changed cell, however far, by its cell; `own` are not looked at.

    A formula whose precedents cannot be told (INDIRECT, OFFSET, LES_ functions) counts as one that does.
    """
    pointers = _pointers(parts)
    texts = {
        (sheet.name, row, column): text
        for sheet in parts.worksheets
        for (row, column), text in parts.formulas(sheet.name).items()
        if not own((sheet.name, row, column))
    }
    waiting = {place: pointers.of(text, *place) for place, text in texts.items()}
    found: dict[Place, str] = {}
    newly = changed
    while newly:
        hit = [
            place
            for place, pointing in waiting.items()
            if pointing.anywhere or any(newly.meet(sheet, area) for sheet, area in pointing.areas)
        ]
        newly = Cells()
        for place in hit:
            del waiting[place]
            found[place] = texts[place]
            for each in _results_of(parts, place):
                newly.add(*each)
                found.setdefault(each, "")
    return found


def _pointers(parts: Parts) -> Pointers:
    tables = {table.name.casefold(): table for table in parts.tables()}
    names = {name.name.casefold(): name.text for name in workbook.names(parts.package) if name.scope is None}
    return Pointers(tables, names)


def _results_of(parts: Parts, place: Place) -> list[Place]:
    """The cells that show a formula's result: its own, and all those of an array formula."""
    sheet, row, column = place
    cell = parts.sheet(sheet).cell(row, column)
    formula = cells.formula_of(cell) if cell is not None else None
    if formula is None or formula.kind != "array" or formula.ref is None:
        return [place]
    area = Area.parse(formula.ref)
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    return [place, *((sheet, at, other) for at in rows for other in columns)]


class Settling:
    """Gives stale formulas their results in the order in which they build on each other."""

    def __init__(self, parts: Parts, found: Mapping[Place, str]) -> None:
        self._parts = parts
        self.open = dict(found)
        self._names = workbook.named_cells(parts.package)

    def answer(self, answer: Answer) -> None:
        """Write what `answer` knows; what it does not know stays open."""
        before = -1
        while before != len(self.open):
            before = len(self.open)
            for place, text in list(self.open.items()):
                try:
                    value = answer(text, self._reader(place[0])) if text else None
                except LookupError:
                    continue
                if value is not None:
                    self.write(place, value)

    def hold_places(self) -> None:
        """Give formulas that have no result yet a 0 for now: engines pass over a formula without one."""
        for place, text in self.open.items():
            if text and self._parts.value(*place) is None:
                self._put(place, 0)

    def write(self, place: Place, value: Value) -> None:
        """Write the result of a formula; nothing where the cell holds it already."""
        self.open.pop(place, None)
        self._put(place, value)

    def _put(self, place: Place, value: Value) -> None:
        sheet, row, column = place
        cell = self._parts.sheet(sheet).cell(row, column)
        if cell is not None and cells.value_of(cell, self._parts.strings) != value:
            self._parts.touch(sheet).put(row, column, cells.with_result(cell, value))

    def empty(self) -> int:
        """Take away the results of what is still open: nobody is to read an old figure. Gives how many."""
        count = 0
        for place in list(self.open):
            sheet, row, column = place
            cell = self._parts.sheet(sheet).cell(row, column)
            count += cell is not None and cells.value_of(cell, self._parts.strings) is not None
            self.write(place, None)
        return count

    def _reader(self, sheet: str) -> Read:
        def read(text: str) -> Value:
            place = self._place(text, sheet)
            if place in self.open:
                raise LookupError(text)
            return self._parts.value(*place)

        return read

    def _place(self, text: str, host: str) -> Place:
        if text.casefold() in self._names:
            sheet, row, column = self._names[text.casefold()]
            return self._parts.ref(sheet).name, row, column
        where, _, cell = text.rpartition("!")
        name = where[1:-1].replace("''", "'") if where.startswith("'") else where
        try:
            return self._parts.ref(name or host).name, *parse_cell(cell)
        except ValueError:
            raise LookupError(text) from None
