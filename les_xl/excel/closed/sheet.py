"""A worksheet part: its rows and cells by number, changed where asked, every other byte as it was."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from les_xl.excel.addresses import LAST_ROW, Area, number
from les_xl.excel.book import Value
from les_xl.excel.closed import cells
from les_xl.excel.closed.markup import Element, attribute, first, with_attribute, with_tag_attribute

_ATTRIBUTES = rb"((?:\s+[^\s=<>\"'/]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*"
_SKIPPED = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_ROW = re.compile(
    _SKIPPED + rb"|<(?:[\w.\-]+:)?row" + _ATTRIBUTES + rb"(?:/>|>)|</(?:[\w.\-]+:)?row\s*>", re.DOTALL
)
_CELL = re.compile(
    _SKIPPED + rb"|<(?:[\w.\-]+:)?c" + _ATTRIBUTES + rb"(?:/>|>)|</(?:[\w.\-]+:)?c\s*>", re.DOTALL
)

_USUAL_CELL = re.compile(rb"<c r=\"([A-Z]{1,3})[0-9]+\"[^<>]*?(?:/>|(?<!/)>.*?</c>)", re.DOTALL)
"""A cell as nearly every program writes it."""

_USUAL_VALUE = re.compile(
    rb"<c r=\"([A-Z]{1,3})[0-9]+\"(?: s=\"[0-9]+\")?"
    rb"(?:/>|(?: t=\"([a-z]+)\")?>(?:<f>[^<>]*</f>)?<v>([^<>&]*)</v></c>)"
)
"""The same with its parts, where it holds a value or nothing."""


class Row:
    """A row: the attributes of its tag, and its cells, read when first asked for."""

    def __init__(self, attributes: bytes, inner: bytes = b"", raw: bytes = b"") -> None:
        self.attributes = attributes
        self.inner = inner
        self._raw = raw
        self._cells: dict[int, bytes] | None = None
        self._formulas: tuple[tuple[int, bytes], ...] | None = None
        self._values: Mapping[int, Value] | None = None

    @property
    def cells(self) -> dict[int, bytes]:
        """The bytes of each cell by its column."""
        if self._cells is None:
            self._cells = dict(_split_cells(self.inner))
        return self._cells

    def values(self, strings: tuple[str, ...]) -> Mapping[int, Value]:
        """What each cell holds by its column; read once, for the tables that stand side by side."""
        if self._values is None:
            usual = _usual_values(self.inner, strings) if self._cells is None else None
            held = {} if usual is not None else self.cells
            self._values = usual or {at: cells.value_of(cell, strings) for at, cell in held.items()}
        return self._values

    def put(self, column: int, cell: bytes | None) -> None:
        """Replace a cell, or take it away; `spans` goes where it may now be wrong."""
        found = self.cells
        if b"spans" in self.attributes and (cell is None) == (column in found):
            self.attributes = with_attribute(self.attributes, "spans", None)
        self._raw, self._formulas, self._values = b"", None, None
        if cell is None:
            found.pop(column, None)
        else:
            found[column] = cell

    def set(self, name: str, value: str | None) -> None:
        """Set or take away an attribute of the row."""
        if attribute(self.attributes, name) != value:
            self._cells = self.cells
            self._raw = b""
            self.attributes = with_attribute(self.attributes, name, value)

    def get(self, name: str) -> str | None:
        """An attribute of the row."""
        return attribute(self.attributes, name)

    def with_formulas(self, tag: bytes) -> tuple[tuple[int, bytes], ...]:
        """Column and bytes of every cell that may have a formula; `tag` is how one begins."""
        if self._formulas is None:
            untouched = self._cells is None and tag not in self.inner
            found = () if untouched else self.cells.items()
            self._formulas = tuple((column, cell) for column, cell in found if tag in cell)
        return self._formulas

    @property
    def empty(self) -> bool:
        """True where there is nothing to keep: no cell, and no attribute but its number."""
        return not self.cells and not re.sub(rb"\s+(?:r|spans)\s*=\s*[\"'][^\"']*[\"']", b"", self.attributes)

    def to_bytes(self, prefix: bytes) -> bytes:
        """The row as it goes into the part."""
        if self._raw:
            return self._raw
        tag = prefix + b"row"
        found = self.cells
        inner = b"".join(found[column] for column in sorted(found))
        return b"<" + tag + self.attributes + b">" + inner + b"</" + tag + b">"


class Sheet:
    """One worksheet part, held in three pieces: what is before the rows, the rows, and what is after."""

    def __init__(self, xml: bytes) -> None:
        data = _data(xml)
        if data is None:
            raise ValueError("it has no sheetData")
        self.prefix = data.prefix
        opened = b"<" + data.prefix + b"sheetData" + data.attributes + b">"
        self.head = xml[: data.start]
        self._open, self._close = opened, b"</" + data.prefix + b"sheetData>"
        self._empty = xml[data.start : data.end]
        self.tail = xml[data.end :]
        self.shares = b"shared" in xml
        """False where no cell can share a formula with another."""
        self.rows, self._after = _split_rows(xml[data.inner : data.inner_end])

    def row(self, number_: int) -> Row:
        """The row of a number; one is made where there is none."""
        if number_ not in self.rows:
            self.rows[number_] = Row(f' r="{number_}"'.encode())
        return self.rows[number_]

    def cell(self, row: int, column: int) -> bytes | None:
        """The bytes of a cell; None where the part holds none."""
        found = self.rows.get(row)
        return found.cells.get(column) if found else None

    def put(self, row: int, column: int, cell: bytes | None) -> None:
        """Replace a cell, or take it away."""
        if self.cell(row, column) != cell:
            self.row(row).put(column, cell)

    def filled(self, area: Area) -> tuple[int, int] | None:
        """The first cell in an area that holds something; None where all are empty."""
        for number_ in range(area.top, area.bottom + 1):
            found = self.rows.get(number_)
            for column, cell in sorted(found.cells.items()) if found else ():
                if area.left <= column <= area.right and _holds_something(cell):
                    return number_, column
        return None

    def with_formulas(self) -> Iterator[tuple[int, int, bytes]]:
        """Row, column and bytes of every cell that may have a formula."""
        tag = b"<" + self.prefix + b"f"
        for number_, row in self.rows.items():
            for column, cell in row.with_formulas(tag):
                yield number_, column, cell

    def to_bytes(self) -> bytes:
        """The part; rows that hold nothing any more are left out."""
        kept = [self.rows[number_] for number_ in sorted(self.rows)]
        rows = b"".join(row.to_bytes(self.prefix) for row in kept if row._raw or not row.empty)
        if not rows and self._empty.endswith(b"/>"):
            return self.head + self._empty + self.tail
        return self.head + self._open + rows + self._after + self._close + self.tail

    def fit_dimension(self, before: Area, after: Area) -> None:
        """Let the sheet's `dimension` follow a table that took `before` and takes `after`."""
        found = first(self.head, "dimension")
        try:
            area = Area.parse(found.get("ref") or "") if found else None
        except ValueError:
            return
        if found is None or area is None:
            return
        bottom = max(area.bottom, after.bottom)
        if after.bottom < before.bottom == area.bottom:
            bottom = max((at for at, row in self.rows.items() if row.cells), default=after.bottom)
        grown = Area(
            min(area.top, after.top), min(area.left, after.left), bottom, max(area.right, after.right)
        )
        if grown != area:
            start, end, new = with_tag_attribute(self.head, found, "ref", str(grown))
            self.head = self.head[:start] + new + self.head[end:]


def _data(xml: bytes) -> Element | None:
    """The element around the rows; a large part is not searched where its two tags are plain to see."""
    start, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    if 0 <= start < end and xml.count(b"sheetData") == 2 and b"<!" not in xml:
        return Element(
            b"", b"sheetData", b"", start, start + len(b"<sheetData>"), end, end + len(b"</sheetData>")
        )
    return first(xml, "sheetData")


def _holds_something(cell: bytes) -> bool:
    return b"</" in cell and any(first(cell, name) is not None for name in ("v", "f", "is"))


def _split_rows(data: bytes) -> tuple[dict[int, Row], bytes]:
    """The rows by number, and what stands after the last."""
    rows: dict[int, Row] = {}
    at, inner, attributes, last = 0, 0, b"", 0
    for found in _ROW.finditer(data):
        closing = found[0].startswith(b"</")
        if found[1] is None and not closing:
            continue
        if not closing:
            attributes, inner = found[1], found.end()
            if not found[0].endswith(b"/>"):
                continue
        stated = attribute(attributes, "r")
        last = int(stated) if stated and stated.isdigit() else last + 1
        if last in rows or last > LAST_ROW:
            raise ValueError(f"it has row {last} twice, or no such row")
        inside = data[inner : found.start()] if closing else b""
        if stated is None:
            attributes = with_attribute(attributes, "r", str(last))
        rows[last] = Row(attributes, inside, data[at : found.end()])
        at = found.end()
    return rows, data[at:]


def _split_cells(data: bytes) -> Iterator[tuple[int, bytes]]:
    usual = list(_USUAL_CELL.finditer(data))
    if sum(found.end() - found.start() for found in usual) == len(data) and b"<!" not in data:
        return ((_column(found[1]), found[0]) for found in usual)
    return _split_any_cells(data)


def _usual_values(data: bytes, strings: tuple[str, ...]) -> dict[int, Value] | None:
    """The values of a row's cells by their columns; None where some cell is not as nearly all are."""
    values: dict[int, Value] = {}
    at = 0
    for found in _USUAL_VALUE.finditer(data):
        if found.start() != at:
            return None
        at = found.end()
        letters, kind, text = found.groups()
        values[_column(letters)] = None if text is None else cells.typed(text.decode(), kind, strings)
    return values if at == len(data) else None


@cache
def _column(letters: bytes) -> int:
    return number(letters.decode())


def _split_any_cells(data: bytes) -> Iterator[tuple[int, bytes]]:
    at, column = 0, 0
    for found in _CELL.finditer(data):
        closing = found[0].startswith(b"</")
        if found[1] is None and not closing:
            continue
        if not closing and not found[0].endswith(b"/>"):
            continue
        cell = data[at : found.end()]
        letters = cells.column_of(cell)
        column = number(letters.decode()) if letters else column + 1
        yield column, cell
        at = found.end()
