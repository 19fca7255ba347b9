"""One table of a posted workbook made what a refresh wants, as actions that Excel carries out in order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from les_xl.errors import Kind, LesError, Place, Problem
from les_xl.errors.refresh import IN_THE_WAY, TOUCHES
from les_xl.excel.addresses import LAST_ROW, Area, address
from les_xl.excel.book import TableEdit
from les_xl.excel.live import entry
from les_xl.excel.live.fill import with_reused
from les_xl.excel.live.image import runs
from les_xl.excel.live.spot import torn_tables
from les_xl.excel.posted import sheets
from les_xl.excel.posted.sheets import Spot


class Filling:
    """What is to be done to one table, checked as far as the posted values tell before anything is sent."""

    def __init__(self, spot: Spot, edit: TableEdit, others: Sequence[Spot]) -> None:
        """Raises LesError with every reason why the table cannot be made so."""
        self.spot, self.headers = spot, edit.headers
        self.rows = with_reused(edit.rows, range(len(edit.headers)))
        stay = [at for at, row in enumerate(self.rows) if row.origin is not None]
        self.last = stay[-1]
        self.gone = sorted(set(range(spot.info().rows)) - {row.origin for row in self.rows})
        self.between = [at for at in range(self.last) if self.rows[at].origin is None]
        self.after = replace(spot.area, bottom=spot.body.top + len(self.rows) - 1 + spot.totals)
        if problems := list(self._refusals(others)):
            raise LesError(*problems)

    def _refusals(self, others: Sequence[Spot]) -> Iterator[Problem]:
        spot, area = self.spot, self.spot.area
        if self.gone or self.between or self.spot.totals:
            for what, cell in torn_tables(spot, [one for one in others if one.where == spot.where]):
                yield self._problem(TOUCHES, cell, what)
        if self.after.bottom <= area.bottom:
            return
        zone = Area(area.bottom + 1, area.left, self.after.bottom, area.right)
        if zone.bottom > LAST_ROW:
            yield self._problem(IN_THE_WAY, (LAST_ROW, zone.left), "the end of the sheet", zone)
            return
        if (found := sheets.filled(spot.sheet, zone)) is not None:
            yield self._problem(IN_THE_WAY, found, "something", zone)
        for one in others:
            if one.where == spot.where and one.area.meets(zone):
                yield self._problem(IN_THE_WAY, (one.area.top, one.area.left), f"the table {one.name}", zone)

    def _problem(self, kind: Kind, cell: tuple[int, int], what: str, zone: Area | None = None) -> Problem:
        at, sheet = address(*cell), self.spot.where
        first, last = (zone.top, zone.bottom) if zone else (0, 0)
        place = Place(sheet=sheet, cell=at)
        return kind.at(place, table=self.spot.name, sheet=sheet, cell=at, what=what, first=first, last=last)

    def run(self) -> None:
        """Put every action in the list."""
        self._move_rows()
        self._dress()
        if self.headers != self.spot.headers:
            top = replace(self.spot.area, bottom=self.spot.area.top)
            sheets.enter(self.spot.cells(top), [[entry.entered(header) for header in self.headers]])
        for first, last, left, right in self._rectangles():
            columns = range(left, right + 1)
            rows = self.rows[first : last + 1]
            contents = [[entry.entered(row.cells[column]) for column in columns] for row in rows]
            sheets.enter(self.spot.cells(self._area(first, last, left, right)), contents)

    def _move_rows(self) -> None:
        """What stands below the table stays where it is: cells taken out of it are put back under it."""
        bottom = self.spot.area.bottom
        for first, last in reversed(list(runs(self.gone))):
            count = last - first + 1
            self._delete(self._area(first, last))
            self._insert(Area(bottom - count + 1, self.after.left, bottom, self.after.right))
            bottom -= count
        with_totals = list(range(self.last + 1, len(self.rows))) if self.spot.totals else []
        for first, last in runs([*self.between, *with_totals]):
            count = last - first + 1
            self._insert(self._area(first, last))
            bottom += count
            self._delete(Area(bottom + 1, self.after.left, bottom + count, self.after.right))
        if bottom != self.after.bottom:
            self.spot.table.resize(self.spot.cells(self.after))

    def _delete(self, area: Area) -> None:
        self.spot.cells(area).delete("up")

    def _insert(self, area: Area) -> None:
        self.spot.cells(area).insert("down", "format_from_left_or_above")

    def _dress(self) -> None:
        """New rows look like the rows that they continue; Excel itself goes on with calculated columns."""
        final = {row.origin: at for at, row in enumerate(self.rows) if row.origin is not None}
        at = 0
        for (is_new, like), group in groupby(self.rows, lambda row: (row.origin is None, row.like)):
            count = len(list(group))
            if is_new:
                model = final.get(-1 if like is None else like, self.last)
                source = self.spot.cells(self._area(model, model))
                self.spot.cells(self._area(at, at + count - 1)).copy_from(source, "formats")
            at += count

    def _rectangles(self) -> Iterator[tuple[int, int, int, int]]:
        """First and last row and column (from 0) of each block of cells that all change."""
        at = 0
        for columns, group in groupby(self.rows, lambda row: tuple(sorted(row.cells))):
            count = len(list(group))
            for left, right in runs(columns):
                yield at, at + count - 1, left, right
            at += count

    def _area(self, first: int, last: int, left: int = 0, right: int | None = None) -> Area:
        body = self.spot.body
        end = body.right if right is None else body.left + right
        return Area(body.top + first, body.left + left, body.top + last, end)
