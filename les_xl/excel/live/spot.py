"""Where the tables of an open workbook stand, and what refuses to let one of them change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from les_xl.errors import Kind, Place, Problem
from les_xl.errors.live import SHEET_PROTECTED
from les_xl.errors.refresh import FOREIGN, IN_THE_WAY, TOUCHES
from les_xl.excel.addresses import LAST_ROW, Area, address
from les_xl.excel.book import TableInfo
from les_xl.excel.live import com


@dataclass(frozen=True)
class Spot:
    """A table of an open workbook: xlwings' objects, and the area with its header and totals."""

    table: Any
    sheet: Any
    name: str
    where: str
    area: Area
    headers: tuple[str, ...]
    totals: bool

    @property
    def body(self) -> Area:
        """The body rows alone; a table without data has one blank row."""
        area = self.area
        return Area(area.top + 1, area.left, area.bottom - self.totals, area.right)

    def info(self) -> TableInfo:
        """What the protocol tells of it."""
        body = self.body
        rows = body.bottom - body.top + 1
        place = body.top, body.left
        return TableInfo(self.name, self.where, self.headers, rows, *place, self.totals, self.is_sorted())

    def is_sorted(self) -> bool:
        """True where the analyst has sorted it."""
        return com.is_sorted(self.table)

    def cells(self, area: Area) -> Any:
        """An area of its sheet as a range."""
        return com.block(self.sheet, area.top, area.left, area.bottom, area.right)

    def now(self) -> Area:
        """Its area as Excel has it at this moment."""
        return _area(self.table)


def find(book: Any) -> Iterator[Spot]:
    """Every table with a header row, in the order of the sheets."""
    for sheet in book.sheets:
        where = sheet.name
        for table in sheet.tables:
            if table.show_headers:
                yield _spot(sheet, where, table)


def _spot(sheet: Any, where: str, table: Any) -> Spot:
    area = _area(table)
    (headers,) = com.values(com.block(sheet, area.top, area.left, area.top, area.right))
    names = tuple(str(header) for header in headers)
    return Spot(table, sheet, table.display_name, where, area, names, bool(table.show_totals))


def _area(table: Any) -> Area:
    cells = table.range
    rows, columns = cells.shape
    top, left = cells.row, cells.column
    return Area(top, left, max(top + rows - 1, top + 1), left + columns - 1)


def refusals(spot: Spot, others: Sequence[Spot], grows: int, moves: bool) -> list[Problem]:
    """Every reason why a table cannot change so; `moves` is true where cells below it have to give way."""
    found: list[Problem] = []
    if com.is_protected(spot.sheet):
        found.append(SHEET_PROTECTED.at(Place(sheet=spot.where), sheet=spot.where, what=spot.name))
    if not com.is_ordinary(spot.table):
        found.append(_problem(FOREIGN, spot, (spot.area.top, spot.area.left)))
    neighbours = [one for one in others if one.where == spot.where and one.name != spot.name]
    if moves:
        found += [_problem(TOUCHES, spot, cell, what) for what, cell in _torn(spot, neighbours)]
    if grows:
        area = spot.area
        zone = Area(area.bottom + 1, area.left, area.bottom + grows, area.right)
        obstacles = _obstacles(spot, neighbours, zone)
        found += [_problem(IN_THE_WAY, spot, cell, what, zone) for what, cell in obstacles]
    return found


def _problem(
    kind: Kind, spot: Spot, cell: tuple[int, int], what: str = "", zone: Area | None = None
) -> Problem:
    at = address(*cell)
    first, last = (zone.top, zone.bottom) if zone else (0, 0)
    place = Place(sheet=spot.where, cell=at)
    return kind.at(place, table=spot.name, sheet=spot.where, cell=at, what=what, first=first, last=last)


def torn_tables(spot: Spot, neighbours: Sequence[Spot]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Tables of the same sheet below that would be torn if only the columns of this table moved."""
    area = spot.area
    for one in neighbours:
        below = one.area.top > area.bottom and one.area.left <= area.right and one.area.right >= area.left
        if below and not area.left <= one.area.left <= one.area.right <= area.right:
            yield f"the table {one.name} below it", (one.area.top, one.area.left)


def _torn(spot: Spot, neighbours: Sequence[Spot]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The same, and merged cells below."""
    area = spot.area
    yield from torn_tables(spot, neighbours)
    used = spot.sheet.used_range
    last = used.row + used.shape[0] - 1
    if last > area.bottom:
        below_it = Area(area.bottom + 1, area.left, last, area.right)
        if com.merged(spot.cells(below_it)):
            yield "merged cells below it", (below_it.top, below_it.left)


def _obstacles(spot: Spot, neighbours: Sequence[Spot], zone: Area) -> Iterator[tuple[str, tuple[int, int]]]:
    """What stands in the rows into which the table grows: the first of each sort."""
    if zone.bottom > LAST_ROW:
        yield "the end of the sheet", (LAST_ROW, zone.left)
        return
    cells = spot.cells(zone)
    filled = (
        (at, row) for at, row in enumerate(com.formulas(cells)) if any(one not in ("", None) for one in row)
    )
    for at, row in filled:
        column = next(place for place, one in enumerate(row) if one not in ("", None))
        yield "something", (zone.top + at, zone.left + column)
        break
    for one in neighbours:
        if one.area.meets(zone):
            yield f"the table {one.name}", (one.area.top, one.area.left)
    for noted in sorted(comments(spot.sheet)):
        if zone.holds(*noted):
            yield "a comment", noted
            break
    if com.merged(cells):
        yield "a merged cell", (zone.top, zone.left)


def comments(sheet: Any) -> set[tuple[int, int]]:
    """Row and column of every cell of a sheet with a note or a threaded comment."""
    places = [one.location for one in (*sheet.notes, *sheet.comments)]
    return {(place.row, place.column) for place in places}
