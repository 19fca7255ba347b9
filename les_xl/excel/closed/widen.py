"""Columns of the product that a table lacks, added at its right edge where nothing stands in the way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from les_xl.excel.addresses import LAST_COLUMN, Area, address
from les_xl.excel.book import Book
from les_xl.excel.closed import cells, pictures, room, table, workbook
from les_xl.excel.closed.elsewhere import Spot
from les_xl.excel.closed.markup import elements, text_of
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.styles import Styles
from les_xl.excel.closed.table import TablePart
from les_xl.excel.closed.upgrade import spots
from les_xl.excel.closed.widths import with_width
from les_xl.excel.columns import in_order, match
from les_xl.excel.offer import Offer
from les_xl.report.table import Table, result


@dataclass(frozen=True)
class Widened:
    """The columns that tables got, by table; `refused` says why others stay away, by `lacking` of a plan."""

    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)

    def sentences(self) -> tuple[str, ...]:
        """What came, in words: the columns of each table."""
        return tuple(f"{', '.join(names)} in {name}" for name, names in self.added.items())

    def said(self, what: str) -> str:
        """What a workbook lacks, with the reason where there is one."""
        reason = self.refused.get(what)
        return f"{what} ({reason})" if reason else what


def widen(book: Book, parts: Parts, offer: Offer, tables: Sequence[Table]) -> Widened:
    """Add the columns that tables of the file lack, empty: the refresh fills them with all the others.

    They get the looks and widths that they have in a new workbook. Nothing that is there is moved.
    """
    found = list(_wanted(parts, tables))
    refused = {f"column '{name}' in {one.part.name}": why for one in found for name, why in one.never.items()}
    wanted = [one for one in found if one.names]
    if not wanted:
        return Widened(refused=refused)
    find, source = spots(book, tables), Package(offer.draw(parts.date1904))
    widening = _Widening(parts, source)
    added: dict[str, tuple[str, ...]] = {}
    for one in wanted:
        spot = find(one.table.name)
        if reason := one.reason(parts):
            refused |= {f"column '{name}' in {one.part.name}": reason for name in one.names}
        elif spot is not None:
            widening.add(one, spot)
            added[one.part.name] = one.names
    widening.styles.save()
    return Widened(added, refused)


@dataclass(frozen=True)
class _Wanted:
    """A table of the file, and the columns of the product that it lacks; `never`: those that cannot come."""

    part: TablePart
    table: Table
    names: tuple[str, ...]
    never: Mapping[str, str]

    @property
    def area(self) -> Area:
        """The cells of the new columns, from the header to the last row."""
        of_table = self.part.area
        return replace(of_table, left=of_table.right + 1, right=of_table.right + len(self.names))

    def reason(self, parts: Parts) -> str:
        """Why the columns cannot be added; empty where they can."""
        # An empty column keeps the table apart from whatever comes next; below, it may grow.
        sheet = parts.sheet(self.part.sheet)
        bottom = max((self.area.bottom, *sheet.rows))
        zone = replace(self.area, bottom=bottom, right=self.area.right + 1)
        if zone.right > LAST_COLUMN:
            return "the sheet ends there"
        found = list(self._in_the_way(parts, zone))
        found.sort(key=lambda one: not one[0].startswith("the table"))  # which says more than "something"
        return f"{found[0][0]} at {address(*found[0][1:])} is in the way" if found else ""

    def _in_the_way(self, parts: Parts, zone: Area) -> Iterator[tuple[str, int, int]]:
        yield from room.obstacles(parts, self.part, zone)
        for area in pictures.boxes(parts.package, parts.ref(self.part.sheet)):
            if area.meets(zone):
                yield "a chart or picture", area.top, area.left
        tail = parts.sheet(self.part.sheet).tail
        for one in elements(tail, "sqref"):
            place = text_of(tail[one.inner : one.inner_end])
            if any(Area.parse(text).meets(zone) for text in place.split()):
                yield "a sparkline or rule", *_first(place)


def _first(place: str) -> tuple[int, int]:
    area = Area.parse(place.split(maxsplit=1)[0])
    return area.top, area.left


def _wanted(parts: Parts, tables: Sequence[Table]) -> Iterator[_Wanted]:
    present = {one.name.casefold(): one for one in parts.tables()}
    for one in tables:
        part = present.get(one.name.casefold())
        if part is None or part.foreign:
            continue
        lacking = match(one, part.headers).lacking
        if lacking and not {*lacking} & {*one.key}:
            never = {name: why for name in lacking if (why := _never(one, name))}
            yield _Wanted(part, one, tuple(name for name in lacking if name not in never), never)


def _never(table: Table, name: str) -> str:
    """Why a column cannot be added wherever there is room; empty where it can."""
    headers, place = [column.name for column in table.columns], table.index(name)
    if place in in_order(headers):
        return "its place is among the months"
    empty = bool(table.rows) and all(result(row.cells[place]) is None for row in table.rows)
    return "it is drawn, not filled" if empty and name not in table.own else ""


class _Widening:
    """Adds columns to the tables of a file as `source`, a new workbook, has them."""

    def __init__(self, parts: Parts, source: Package) -> None:
        self._parts, self._source = parts, Parts(source)
        self._tables = {one.name.casefold(): one for one in self._source.tables()}
        self.styles = Styles(parts.package, source)

    def add(self, wanted: _Wanted, spot: Spot) -> None:
        """Widen the table, its filter and what is printed, and give the new cells their looks."""
        part, new = wanted.part, self._tables[wanted.table.name.casefold()]
        sheet = self._parts.touch(part.sheet)
        rows = {row: at for at, row in spot.rows.items()}
        for column, name in enumerate(wanted.names, wanted.area.left):
            there = new.area.left + wanted.table.index(name)
            for row in range(part.area.top, part.body.bottom + 1):
                # A row that only the analyst's workbook has looks like the last of the product's.
                at = new.body.top + rows.get(row, max(0, len(wanted.table.rows) - 1))
                look = self.styles.look(self._source.look(new.sheet, at, there))
                text = name if row == part.area.top else None
                sheet.put(row, column, cells.write(address(row, column), text, look, sheet.prefix))
            sheet.head = with_width(sheet.head, column, self._source.sheet(new.sheet).head, there)
        wider = replace(part.area, right=wanted.area.right)
        sheet.fit_dimension(part.area, wider)
        package = self._parts.package
        package.put(part.part, table.widened(package.xml(part.part), wanted.names))
        move = _printed(part.area, wider)
        workbook.change_names(package, workbook.of_print_area(part.sheet, move))


def _printed(area: Area, wider: Area) -> Callable[[Area], Area]:
    """What is printed takes in new columns where it ended with the table's last."""

    def move(printed: Area) -> Area:
        ends_with_it = printed.right == area.right and printed.left <= area.left and printed.meets(area)
        return replace(printed, right=wider.right) if ends_with_it else printed

    return move
