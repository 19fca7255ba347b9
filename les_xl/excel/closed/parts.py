"""The parts of an open file that a refresh reads again and again, each read once: sheets, strings, looks."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from les_xl.errors import LesError, Place
from les_xl.errors.refresh import DAMAGED
from les_xl.excel.addresses import Area
from les_xl.excel.book import Value
from les_xl.excel.closed import cells, shared, workbook
from les_xl.excel.closed.markup import Element, elements, first
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.sheet import Sheet
from les_xl.excel.closed.table import TablePart, read_table
from les_xl.excel.closed.workbook import SheetRef


class Parts:
    """A package with its worksheets open; `save` puts the worksheets that changed back into it."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.sheets = workbook.sheets(package)
        self._open: dict[str, Sheet] = {}
        self._changed: set[str] = set()
        self._formulas: dict[str, Mapping[tuple[int, int], str]] = {}
        self._tables: dict[str, tuple[bytes, TablePart | None]] = {}

    @cached_property
    def worksheets(self) -> tuple[SheetRef, ...]:
        """The sheets that have cells."""
        return tuple(sheet for sheet in self.sheets if sheet.kind == "worksheet")

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """The shared strings."""
        parts = self.package.related(self.package.workbook, "sharedStrings")
        if not parts:
            return ()
        xml = self.package.xml(parts[0])
        return cells.strings_of(xml)

    @cached_property
    def date1904(self) -> bool:
        """True where dates count from 1904."""
        return workbook.is_1904(self.package)

    @cached_property
    def _looks(self) -> tuple[tuple[str, bool], ...]:
        """Of each look the number of its number format, and whether its text wraps."""
        parts = self.package.related(self.package.workbook, "styles")
        xml = self.package.xml(parts[0]) if parts else b""
        looks = first(xml, "cellXfs")
        if looks is None:
            return ()
        found = elements(xml, "xf", start=looks.inner, end=looks.inner_end)
        return tuple((one.get("numFmtId") or "0", _wraps(xml, one)) for one in found)

    def ref(self, name: str) -> SheetRef:
        """A worksheet by name in any case; KeyError where there is none."""
        return self._refs.get(name) or self._refs[name.casefold()]

    @cached_property
    def _refs(self) -> dict[str, SheetRef]:
        folded = {sheet.name.casefold(): sheet for sheet in self.worksheets}
        return folded | {sheet.name: sheet for sheet in self.worksheets}

    def sheet(self, name: str) -> Sheet:
        """The cells of a worksheet; raises LesError where they cannot be read."""
        part = self.ref(name).part
        if part not in self._open:
            try:
                self._open[part] = Sheet(self.package.xml(part))
            except ValueError as error:
                raise LesError(DAMAGED.at(Place(), part=part, reason=str(error))) from error
        return self._open[part]

    def touch(self, name: str) -> Sheet:
        """The cells of a worksheet that is going to be changed."""
        part = self.ref(name).part
        self._changed.add(part)
        self._formulas.pop(part, None)
        return self.sheet(name)

    @property
    def changed(self) -> bool:
        """True where any part was touched since the file was read."""
        return bool(self._changed) or self.package.changed

    def formulas(self, name: str) -> Mapping[tuple[int, int], str]:
        """The formula text of every cell of a worksheet that has one; kept until the sheet is changed."""
        part = self.ref(name).part
        if part in self._changed:
            return shared.texts(self.sheet(name))
        if part not in self._formulas:
            self._formulas[part] = shared.texts(self.sheet(name))
        return self._formulas[part]

    def tables(self) -> tuple[TablePart, ...]:
        """Every table that a refresh could fill, as its part says now."""
        found = []
        for sheet, part in self._table_parts:
            table = self._table(part, sheet)
            found += [table] if table is not None else []
        return tuple(found)

    def table(self, name: str) -> TablePart:
        """One of them by its folded name; KeyError where there is none."""
        sheet, part = self._fillable[name]
        found = self._table(part, sheet)
        if found is None:
            raise KeyError(name)
        return found

    @cached_property
    def _fillable(self) -> dict[str, tuple[str, str]]:
        """Sheet and part of each table that a refresh could fill: filling one changes no name."""
        return {table.name.casefold(): (table.sheet, table.part) for table in self.tables()}

    @cached_property
    def _table_parts(self) -> tuple[tuple[str, str], ...]:
        """The name of the sheet of each table, and its part."""
        return tuple(
            (sheet.name, part)
            for sheet in self.worksheets
            for part in self.package.related(sheet.part, "table")
        )

    def _table(self, part: str, sheet: str) -> TablePart | None:
        xml = self.package.xml(part)
        known = self._tables.get(part)
        if known is not None and known[0] is xml:
            return known[1]
        try:
            table = read_table(part, sheet, xml)
        except ValueError as error:
            raise LesError(DAMAGED.at(Place(), part=part, reason=str(error))) from error
        self._tables[part] = xml, table
        return table

    def value(self, sheet: str, row: int, column: int) -> Value:
        """What a cell holds."""
        found = self.sheet(sheet).rows.get(row)
        return None if found is None else found.value(column, self.strings)

    def some_values(self, sheet: str, rows: range, columns: Sequence[int]) -> Iterator[list[Value]]:
        """What the cells of some columns hold, row by row."""
        held, strings = self.sheet(sheet).rows, self.strings
        for at in rows:
            yield [held[at].value(column, strings) if at in held else None for column in columns]

    def values(self, sheet: str, area: Area) -> Iterator[tuple[Value, ...]]:
        """What all cells of an area hold, row by row."""
        rows, strings = self.sheet(sheet).rows, self.strings
        columns = range(area.left, area.right + 1)
        for at in range(area.top, area.bottom + 1):
            held = rows[at].values(strings) if at in rows else {}
            yield tuple(map(held.get, columns))

    def look(self, sheet: str, row: int, column: int) -> str | None:
        """The number of a cell's look: its own, else its row's or column's; None for the ordinary one."""
        cell = self.sheet(sheet).cell(row, column)
        return self.look_of_blank(sheet, row, column) if cell is None else cells.style_of(cell)

    def look_of_blank(self, sheet: str, row: int, column: int) -> str | None:
        """The look that a cell has as long as the part holds none for it: its row's or its column's."""
        found = self.sheet(sheet)
        if row in found.rows and found.rows[row].get("customFormat") in ("1", "true"):
            return found.rows[row].get("s")
        for span in elements(found.head, "col"):
            if int(span.get("min") or 0) <= column <= int(span.get("max") or 0):
                return span.get("style")
        return None

    def is_general(self, sheet: str, row: int, column: int) -> bool:
        """True where a cell shows its number as it is."""
        look = self.look(sheet, row, column) or "0"
        place = int(look) if look.isdigit() else 0
        return place >= len(self._looks) or self._looks[place][0] == "0"

    def wraps(self, cell: bytes) -> bool:
        """True where a cell breaks a text into lines."""
        return (cells.style_of(cell) or "0") in self._wrapping

    @cached_property
    def _wrapping(self) -> frozenset[str]:
        """The numbers of the looks whose text wraps."""
        return frozenset(str(at) for at, (_, wraps) in enumerate(self._looks) if wraps)

    def save(self) -> None:
        """Put the worksheets that were changed into the package."""
        for part in sorted(self._changed):
            new = self._open[part].to_bytes()
            if new != self.package.xml(part):
                self.package.put(part, new)
        self._changed.clear()


def _wraps(xml: bytes, look: Element) -> bool:
    inside = elements(xml, "alignment", start=look.inner, end=look.inner_end)
    return any(one.get("wrapText") in ("1", "true") for one in inside)
