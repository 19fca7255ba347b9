"""One table of an open workbook made what a refresh wants; every step is noted so that it can be undone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.live import FILTER_LOST, READ_DIFFERENTLY
from les_xl.excel.addresses import Area, address
from les_xl.excel.book import NewRow, TableEdit
from les_xl.excel.live import com, entry, spot
from les_xl.excel.live.filters import Filter
from les_xl.excel.live.image import Image, enter, runs
from les_xl.excel.live.journal import Journal
from les_xl.excel.live.spot import Spot


class Filling:
    """What is to be done to one table, read and checked before anything is changed."""

    def __init__(self, found: Spot, edit: TableEdit, others: Sequence[Spot]) -> None:
        """Read what the table holds; raises LesError with every reason why it cannot be made so."""
        self.spot, self.image = found, Image.of(found)
        self.rows = with_reused(edit.rows, self._constant())
        self.headers, self.product = edit.headers, sorted(edit.product)
        self.kept = [row.origin for row in self.rows if row.origin is not None]
        stay = [at for at, row in enumerate(self.rows) if row.origin is not None]
        self.last = stay[-1]
        self.between = [at for at in range(self.last) if self.rows[at].origin is None]
        self.gone = sorted(set(range(found.info().rows)) - set(self.kept))
        self.new = len(self.rows) - len(self.kept)
        grows = max(0, self.new - len(self.gone))
        moves = bool(self.gone or self.between) or bool(self.new and found.totals)
        if problems := list(spot.refusals(found, others, grows, moves)):
            raise LesError(*problems)
        self.filter = Filter.of(found)
        last = found.body.top + len(self.rows) - 1
        self.after = replace(found.area, bottom=last + found.totals)

    def _constant(self) -> list[int]:
        """The columns in whose first row no formula stands."""
        return [at for at in range(len(self.image.values[0])) if not self.image.has_formula(0, at)]

    def run(self, journal: Journal) -> list[Problem]:
        """Do it; gives warnings. Whatever fails on the way is undone by the journal's owner."""
        name = self.spot.name
        journal.expect(name, self._is_restored)
        journal.add(name, self.filter.set_again)
        # Noted first, and so undone last: formulas are entered again when every row is back in its place.
        journal.add(name, self._enter_image)
        self.filter.clear()
        self._take_away(journal)
        self._grow(journal)
        self._dress()
        self._name_columns()
        for first, last, left, right in self._rectangles():
            self._enter(first, last, left, right)
        self._check()
        lost = not self.filter.set_again()
        return [FILTER_LOST.at(Place(sheet=self.spot.where), table=name)] if lost else []

    def _take_away(self, journal: Journal) -> None:
        for first, last in reversed(list(runs(self.gone))):
            self._drop(first, last, journal)

    def _drop(self, first: int, last: int, journal: Journal) -> None:
        """Take rows of the body away; what stands below the table stays where it is."""
        before, count = self.spot.now(), last - first + 1
        com.delete(self._body(first, last))
        journal.add(self.spot.name, lambda: self._bring_back(first, last, before))
        freed = before.bottom - count + 1, before.bottom
        com.insert(self._across(*freed))
        journal.add(self.spot.name, lambda: com.delete(self._across(*freed)))

    def _bring_back(self, first: int, last: int, before: Area) -> None:
        com.insert(self._body(first, last))
        self._resize(before)

    def _grow(self, journal: Journal) -> None:
        for at in self.between:
            self._add(at, at + 1, journal)
        last = range(self.last + 1, len(self.rows))
        if self.spot.totals:
            for at in last:
                self._add(at, None, journal)
        elif last:
            before = self.spot.now()
            self._resize(replace(before, bottom=before.bottom + len(last)))
            journal.add(self.spot.name, lambda: self._shrink(before))
        if self.spot.now() != self.after:
            raise LesError(self._unlike(self.after.bottom, self.after.left))

    def _add(self, at: int, position: int | None, journal: Journal) -> None:
        com.add_row(self.spot.table, position)
        journal.add(self.spot.name, partial(self._drop, at, at, Journal()))

    def _shrink(self, before: Area) -> None:
        zone = self._across(before.bottom + 1, self.after.bottom)
        self._resize(before)
        zone.clear()

    def _resize(self, area: Area) -> None:
        if self.spot.now() != area:
            self.spot.table.resize(self.spot.cells(area))

    def _dress(self) -> None:
        """New rows go on with the analyst's formulas and look like the rows that they continue."""
        final = {row.origin: at for at, row in enumerate(self.rows) if row.origin is not None}
        goes_on = [
            column
            for column in range(len(self.headers))
            if column not in self.product and self.image.has_formula(self.kept[-1], column)
        ]
        at = 0
        for (is_new, like), group in groupby(self.rows, lambda row: (row.origin is None, row.like)):
            count = len(list(group))
            if is_new:
                model = final.get(-1 if like is None else like, self.last)
                com.copy_look(self._body(model, model), self._body(at, at + count - 1))
                for column in goes_on:
                    source = self._body(self.last, self.last, column, column)
                    com.copy_formula(source, self._body(at, at + count - 1, column, column))
            at += count

    def _name_columns(self) -> None:
        if self.headers == self.spot.headers:
            return
        top = self.spot.area.top
        com.enter(self._across(top, top), [[entry.entered(header) for header in self.headers]])
        (found,) = com.values(self._across(top, top))
        if tuple(found) != self.headers:
            raise LesError(self._unlike(top, self.spot.area.left))

    def _rectangles(self) -> Iterator[tuple[int, int, int, int]]:
        """First and last row and column (from 0) of each block to fill.

        The product's columns are filled as a whole; of the analyst's only the cells that change.
        """
        changed = {column for row in self.rows for column in row.cells}
        for left, right in runs(self.product):
            if changed.intersection(range(left, right + 1)):
                yield 0, len(self.rows) - 1, left, right
        analysts = [tuple(sorted(set(row.cells).difference(self.product))) for row in self.rows]
        at = 0
        for columns, group in groupby(analysts):
            count = len(list(group))
            for left, right in runs(columns):
                yield at, at + count - 1, left, right
            at += count

    def _enter(self, first: int, last: int, left: int, right: int) -> None:
        columns = range(left, right + 1)
        contents = [[self._content(row, column) for column in columns] for row in self.rows[first : last + 1]]
        enter(self.spot, self._area(first, last, left, right), contents)

    def _content(self, row: NewRow, column: int) -> com.Raw:
        if column in row.cells:
            return entry.entered(row.cells[column])
        return "" if row.origin is None else self.image.again(row.origin, column)

    def _check(self) -> None:
        """Every cell that was filled holds what was put there; Excel may have read it in its own way."""
        found = Image.of(self.spot, self._area(0, len(self.rows) - 1))
        for at, row in enumerate(self.rows):
            for column, wanted in row.cells.items():
                if not entry.kept(wanted, found.values[at][column], found.formulas[at][column]):
                    body = self.spot.body
                    raise LesError(self._unlike(body.top + at, body.left + column))

    def _unlike(self, row: int, column: int) -> Problem:
        cell = address(row, column)
        place = Place(sheet=self.spot.where, cell=cell)
        return READ_DIFFERENTLY.at(place, cell=cell, sheet=self.spot.where)

    def _enter_image(self) -> None:
        """Put back what was there, once every row is in its place."""
        if self.headers != self.spot.headers:
            top = self.spot.area.top
            com.enter(self._across(top, top), [[entry.entered(header) for header in self.spot.headers]])
        rows = len(self.image.values)
        for left, right in runs(self.product):
            self._enter_old(0, rows - 1, left, right)
        others = [column for column in range(len(self.headers)) if column not in self.product]
        touched = {
            row.origin
            for row in self.rows
            if row.origin is not None and not row.cells.keys() <= set(self.product)
        }
        for row in sorted(touched.union(self.gone)):
            for left, right in runs(others):
                self._enter_old(row, row, left, right)

    def _enter_old(self, first: int, last: int, left: int, right: int) -> None:
        columns = range(left, right + 1)
        contents = [[self.image.again(row, column) for column in columns] for row in range(first, last + 1)]
        enter(self.spot, self._area(first, last, left, right), contents)

    def _is_restored(self) -> bool:
        top = self.spot.area.top
        (headers,) = com.values(self._across(top, top))
        same_place = self.spot.now() == self.spot.area and tuple(headers) == self.spot.headers
        return same_place and Image.of(self.spot).is_as(self.image)

    def _area(self, first: int, last: int, left: int = 0, right: int | None = None) -> Area:
        body = self.spot.body
        end = body.right if right is None else body.left + right
        return Area(body.top + first, body.left + left, body.top + last, end)

    def _body(self, first: int, last: int, left: int = 0, right: int | None = None) -> Any:
        return self.spot.cells(self._area(first, last, left, right))

    def _across(self, top: int, bottom: int) -> Any:
        return self.spot.cells(replace(self.spot.area, top=top, bottom=bottom))


def with_reused(rows: tuple[NewRow, ...], blank: Iterable[int]) -> tuple[NewRow, ...]:
    """The rows; where no present one stays, the first is used, since a table needs a row.

    Its columns `blank` (from 0) are emptied. Raises ValueError where present rows change their order.
    """
    origins = [row.origin for row in rows if row.origin is not None]
    if origins != sorted(origins):
        raise ValueError("rows that stay keep their order")
    if origins:
        return rows
    return (NewRow(0, {**dict.fromkeys(blank), **rows[0].cells}), *rows[1:])
