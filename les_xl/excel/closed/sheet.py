"""A worksheet part: its rows by number, changed where asked, every other byte as it was."""

import re
from collections.abc import Mapping, Sequence

from les_xl.excel.addresses import LAST_ROW, Area
from les_xl.excel.closed import cells
from les_xl.excel.closed.markup import Element, attribute, first, has, with_attribute, with_tag_attribute
from les_xl.excel.closed.references import named
from les_xl.excel.closed.row import ATTRIBUTES, SKIPPED, Row

_ROW = re.compile(
    SKIPPED + rb"|<(?:[\w.\-]+:)?row" + ATTRIBUTES + rb"(?:/>|>)|</(?:[\w.\-]+:)?row\s*>", re.DOTALL
)
_USUAL_ROW = re.compile(rb"<row( r=\"([0-9]+)\"(?: [\w:.]+=\"[^\"<>]*\")*)(/)?>")
"""The tag of a row as nearly every program writes it."""

_ROW_ENDS = b"</row>"


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
        inside = xml[data.inner : data.inner_end]
        usual = None if data.prefix else _usual_rows(inside)
        self.rows, self._after = usual or _split_rows(inside)
        self._tag = b"<" + data.prefix + b"f"
        self._formulas: tuple[tuple[int, int, bytes], ...] | None = None
        self._naming: Mapping[str, Sequence[tuple[int, int, bytes]]] | None = None

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
            self.set_row(row, self.row(row).with_cells({column}, {column: cell}))

    def set_row(self, number_: int, row: Row) -> None:
        """Put a row in the place of the one of that number."""
        before = self.row(number_)
        self.rows[number_] = row
        if before.with_formulas(self._tag) != row.with_formulas(self._tag):
            self._formulas = self._naming = None

    def filled(self, area: Area) -> tuple[int, int] | None:
        """The first cell in an area that holds something; None where all are empty."""
        for number_ in range(area.top, area.bottom + 1):
            found = self.rows.get(number_)
            for column, cell in sorted(found.cells.items()) if found else ():
                if area.left <= column <= area.right and _holds_something(cell):
                    return number_, column
        return None

    def with_formulas(self) -> tuple[tuple[int, int, bytes], ...]:
        """Row, column and bytes of every cell that may have a formula."""
        if self._formulas is None:
            rows = ((number_, row.with_formulas(self._tag)) for number_, row in self.rows.items())
            self._formulas = tuple((number_, *found) for number_, held in rows for found in held)
        return self._formulas

    def naming(self, sheet: str, host: str) -> Sequence[tuple[int, int, bytes]]:
        """Those of them that name a sheet (folded), read on this one, the `host`: most speak of it alone."""
        if self._naming is None:
            found: dict[str, list[tuple[int, int, bytes]]] = {}
            for one in self.with_formulas():
                formula = cells.formula_of(one[2]) if b"!" in one[2] or b"&#" in one[2] else None
                for name in named(formula.text, host) if formula is not None else ():
                    found.setdefault(name, []).append(one)
            self._naming = found
        return self._naming.get(sheet, ())

    def to_bytes(self) -> bytes:
        """The part; rows that hold nothing any more are left out."""
        rows = b"".join(self.rows[number_].to_bytes(self.prefix) for number_ in sorted(self.rows))
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
    if 0 <= start < end and xml.count(b"sheetData") == 2 and not has(xml, b"<!"):
        return Element(
            b"", b"sheetData", b"", start, start + len(b"<sheetData>"), end, end + len(b"</sheetData>")
        )
    return first(xml, "sheetData")


def _holds_something(cell: bytes) -> bool:
    return b"</" in cell and any(first(cell, name) is not None for name in ("v", "f", "is"))


def _usual_rows(data: bytes) -> tuple[dict[int, Row], bytes] | None:
    """What `_split_rows` gives, found quicker; None where a row is not as nearly all are."""
    if has(data, b"<!") or has(data, b"<?"):
        return None
    pieces = data.split(_ROW_ENDS)
    if data.count(_ROW_ENDS[:-1]) != len(pieces) - 1:
        return None
    rows: dict[int, Row] = {}
    for place, piece in enumerate(pieces, 1):
        at, opened = 0, False
        while at < len(piece) and not opened:
            found = _USUAL_ROW.match(piece, at)
            number_ = int(found[2]) if found else 0
            if found is None or number_ in rows or number_ > LAST_ROW:
                return None
            at, opened = found.end(), not found[3]
            inner = piece[at:] if opened else b""
            raw = b"" if inner else found[0] + (_ROW_ENDS if opened else b"")
            rows[number_] = Row(found[1], inner, raw)
        if opened == (place == len(pieces)):
            return None
    return rows, b""


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
