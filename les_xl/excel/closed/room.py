"""What may keep a table from changing its rows: anything in its way, and anything that a move would tear."""

from collections.abc import Iterator

from les_xl.errors import Kind, Place, Problem
from les_xl.errors.refresh import FOREIGN, IN_THE_WAY, TOUCHES
from les_xl.excel.addresses import LAST_ROW, Area, address
from les_xl.excel.closed import cells, pictures, pivots
from les_xl.excel.closed.markup import elements
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.shift import Shift
from les_xl.excel.closed.table import TablePart


def problems(parts: Parts, table: TablePart, shift: Shift) -> list[Problem]:
    """Every reason why the table cannot be made so; empty where it can."""
    if table.foreign:
        return [_problem(FOREIGN, table, (table.area.top, table.area.left))]
    if not shift.moves:
        return []
    found = [_problem(TOUCHES, table, (row, column), what) for what, row, column in _tears(parts, table)]
    if shift.after.bottom <= shift.before.bottom:
        return found
    zone = Area(shift.before.bottom + 1, shift.left, shift.after.bottom, shift.right)
    return found + [
        _problem(IN_THE_WAY, table, (row, column), what, zone)
        for what, row, column in obstacles(parts, table, zone)
    ]


def _problem(
    kind: Kind, table: TablePart, cell: tuple[int, int], what: str = "", zone: Area | None = None
) -> Problem:
    at = address(*cell)
    first, last = (zone.top, zone.bottom) if zone else (0, 0)
    place = Place(sheet=table.sheet, cell=at)
    return kind.at(place, table=table.name, sheet=table.sheet, cell=at, what=what, first=first, last=last)


def _tears(parts: Parts, table: TablePart) -> Iterator[tuple[str, int, int]]:
    """What lies across the table's cells and cannot be moved row by row."""
    sheet = parts.sheet(table.sheet)
    for merge in elements(sheet.tail, "mergeCell"):
        area = _area(merge.get("ref"))
        if area is not None and area.meets(table.area):
            yield "merged cells", area.top, area.left
    for row, column, cell in sheet.with_formulas():
        formula = cells.formula_of(cell)
        area = _area(formula.ref) if formula and formula.kind in ("array", "dataTable") else None
        if area is not None and area.meets(table.area) and area != Area(row, column, row, column):
            yield "an array formula", row, column
    for area in pivots.areas(parts.package, parts.ref(table.sheet)):
        if area.meets(table.area):
            yield "a pivot table", area.top, area.left


def obstacles(parts: Parts, table: TablePart, zone: Area) -> Iterator[tuple[str, int, int]]:
    """What stands in the cells into which the table grows: the first of each sort."""
    if zone.bottom > LAST_ROW:
        yield "the end of the sheet", LAST_ROW, zone.left
        return
    sheet = parts.sheet(table.sheet)
    filled = sheet.filled(zone)
    if filled is not None:
        yield "something", *filled
    for other in parts.tables():
        if other.part != table.part and other.sheet == table.sheet and other.area.meets(zone):
            yield f"the table {other.name}", other.area.top, other.area.left
    for row, column in sorted(pictures.comments(parts.package, parts.ref(table.sheet))):
        if zone.holds(row, column):
            yield "a comment", row, column
            break
    for what, areas in _ranges(parts, table):
        area = next((one for one in areas if one.meets(zone)), None)
        if area is not None:
            yield what, area.top, area.left


def _ranges(parts: Parts, table: TablePart) -> Iterator[tuple[str, list[Area]]]:
    sheet = parts.sheet(table.sheet)
    merges = (_area(one.get("ref")) for one in elements(sheet.tail, "mergeCell"))
    yield "a merged cell", [area for area in merges if area is not None]
    formulas = (cells.formula_of(cell) for _, _, cell in sheet.with_formulas())
    arrays = (_area(one.ref) for one in formulas if one is not None and one.kind in ("array", "dataTable"))
    yield "an array formula", [area for area in arrays if area is not None]
    yield "a pivot table", pivots.areas(parts.package, parts.ref(table.sheet))


def _area(text: str | None) -> Area | None:
    try:
        return Area.parse(text or "")
    except ValueError:
        return None
