"""What a formula points at: areas of sheets, through tables and names as well as by addresses."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from les_xl.excel.addresses import LAST_COLUMN, LAST_ROW, Area
from les_xl.excel.closed.references import closing, spans
from les_xl.excel.closed.table import TablePart

_STRING = re.compile(r'"(?:[^"]|"")*"')
_NAME = re.compile(r"(?<![\w.!'\]\[])[^\W\d][\w.\\?]*(?![\w.(!\[])")
_STRUCTURED = re.compile(r"(?<![\w.'\[\]@])([^\W\d][\w.]*)?(?=\[)")
_COLUMN = re.compile(r"\[(?:[^\[\]'#@]|'.)+\]")
_ESCAPED = re.compile(r"'(.)")
_UNTRACEABLE = re.compile(r"(?<![\w.])(?:INDIRECT|OFFSET|(?:_xldudf_|_xll\.)?LES_\w+)\(", re.IGNORECASE)
_DEEPEST = 20


@dataclass(frozen=True)
class Pointing:
    """The areas that a formula names; `anywhere` where that cannot be told from its text."""

    areas: tuple[tuple[str, Area], ...]
    anywhere: bool = False


class Pointers:
    """Reads formulas of a workbook with these tables and defined names, both by folded name."""

    def __init__(self, tables: Mapping[str, TablePart], names: Mapping[str, str]) -> None:
        self._tables, self._names = tables, names

    def of(self, text: str, sheet: str, row: int, column: int) -> Pointing:
        """What the formula of a cell points at."""
        if _UNTRACEABLE.search(text):
            return Pointing((), anywhere=True)
        areas = tuple(self._areas(text, (sheet, row, column), 0))
        return Pointing(areas, any(":" in found for found, _ in areas))

    def _areas(self, text: str, at: tuple[str, int, int], depth: int) -> list[tuple[str, Area]]:
        found = [(sheet.casefold(), area) for sheet, area in spans(text, at[0])]
        bare = _STRING.sub('""', text)
        found += self._structured(bare, at)
        for name in _NAME.findall(bare):
            meant = self._names.get(name.casefold())
            if meant is not None and depth < _DEEPEST:
                found += self._areas(meant, at, depth + 1)
            elif name.casefold() in self._tables:
                found.append(_whole(self._tables[name.casefold()]))
        return found

    def _structured(self, text: str, at: tuple[str, int, int]) -> list[tuple[str, Area]]:
        found = []
        for start in _STRUCTURED.finditer(text):
            table = self._tables.get(start[1].casefold()) if start[1] else self._around(at)
            if table is not None:
                inside = text[start.end() : closing(text, start.end())]
                found.append(_columns(table, inside, at[1]))
        return found

    def _around(self, at: tuple[str, int, int]) -> TablePart | None:
        """The table that a cell stands in: within it a reference needs no name."""
        sheet, row, column = at
        tables = self._tables.values()
        return next((one for one in tables if one.sheet == sheet and one.area.holds(row, column)), None)


def _whole(table: TablePart) -> tuple[str, Area]:
    return table.sheet.casefold(), table.area


def _columns(table: TablePart, inside: str, row: int) -> tuple[str, Area]:
    """The area of a structured reference: one column, this row, or the whole table where it says more."""
    sheet, area = _whole(table)
    if "@" in inside or "#this row" in inside.casefold():
        return sheet, Area(row, area.left, row, area.right)
    if _COLUMN.fullmatch(inside):
        wanted = _ESCAPED.sub(r"\1", inside[1:-1]).casefold()
        for place, header in enumerate(table.headers, area.left):
            if header.casefold() == wanted:
                return sheet, Area(area.top, place, area.bottom, place)
    return sheet, area


class Cells:
    """A growing set of cells by sheet, which areas are held against."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[int, set[int]]] = {}

    def add(self, sheet: str, row: int, column: int) -> None:
        """Put a cell in."""
        self.add_row(sheet, row, (column,))

    def add_row(self, sheet: str, row: int, columns: Iterable[int]) -> None:
        """Put cells of a row in."""
        self._rows.setdefault(sheet.casefold(), {}).setdefault(row, set()).update(columns)

    def add_area(self, sheet: str, area: Area) -> None:
        """Put all cells of an area in; of a whole column or row only its place in the sheet matters."""
        columns = range(area.left, min(area.right, LAST_COLUMN) + 1)
        rows = self._rows.setdefault(sheet.casefold(), {})
        for row in range(area.top, min(area.bottom, LAST_ROW) + 1):
            rows.setdefault(row, set()).update(columns)

    def update(self, other: "Cells") -> None:
        """Put in all cells of another set."""
        for sheet, rows in other._rows.items():
            mine = self._rows.setdefault(sheet, {})
            for row, columns in rows.items():
                mine.setdefault(row, set()).update(columns)

    def meet(self, sheet: str, area: Area) -> bool:
        """True where a cell of the area is in the set."""
        rows = self._rows.get(sheet, {})
        if area.bottom - area.top < len(rows):
            found = (rows[at] for at in range(area.top, area.bottom + 1) if at in rows)
        else:
            found = (columns for at, columns in rows.items() if area.top <= at <= area.bottom)
        if area.left == area.right:
            return any(area.left in columns for columns in found)
        return any(area.left <= column <= area.right for columns in found for column in columns)

    def __bool__(self) -> bool:
        """True where there is any."""
        return bool(self._rows)
