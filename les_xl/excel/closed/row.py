"""A row of a worksheet part: its cells read when first asked for, changed where asked."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property

from les_xl.excel.addresses import number
from les_xl.excel.book import Value
from les_xl.excel.closed import cells
from les_xl.excel.closed.markup import attribute, text_of, unmarked, with_attribute

ATTRIBUTES = rb"((?:\s+[^\s=<>\"'/]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*"
SKIPPED = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
"""Attributes of a tag; and what looks like a tag and is none."""

_CELL = re.compile(
    SKIPPED + rb"|<(?:[\w.\-]+:)?c" + ATTRIBUTES + rb"(?:/>|>)|</(?:[\w.\-]+:)?c\s*>", re.DOTALL
)

_ANY_CONTENT = re.compile(rb"<c r=\"([A-Z]{1,3})[0-9]+\"[^<>]*?(?:/>|(?<!/)>.*?</c>)", re.DOTALL)
"""A cell as nearly every program begins it."""

_USUAL = re.compile(
    rb"(<c r=\"([A-Z]{1,3})[0-9]+\"(?: s=\"[0-9]+\")?"
    rb"(?:/>|(?: t=\"([A-Za-z]+)\")?>"
    rb"(?:(<f>[^<>]*</f>)?<v>([^<>]*)</v>|<is><t(?: xml:space=\"preserve\")?>([^<>]*)</t></is>)</c>))"
)
"""A cell as nearly every program writes it, with its parts: those of `_Usual`."""

_Usual = tuple[bytes, bytes, bytes, bytes, bytes, bytes]
"""A cell whole, the letters of its column, kind, formula, value and inline text, empty where it has none."""


class Row:
    """A row: the attributes of its tag, and its cells, read when first asked for."""

    def __init__(self, attributes: bytes, inner: bytes = b"", raw: bytes = b"") -> None:
        self.attributes = attributes
        self.inner = inner
        self._raw = raw
        self._cells: dict[int, bytes] | None = None
        self._formulas: tuple[tuple[int, bytes], ...] | None = None
        self._values: Mapping[int, Value] | None = None

    @cached_property
    def _usual(self) -> list[_Usual] | None:
        """The cells as they were read, with their parts; None where one is not as nearly all are."""
        found: list[_Usual] = _USUAL.findall(self.inner)
        return found if sum(len(one[0]) for one in found) == len(self.inner) else None

    @property
    def cells(self) -> dict[int, bytes]:
        """The bytes of each cell by its column."""
        if self._cells is None:
            if self._usual is None:
                self._cells = dict(_split_cells(self.inner))
            else:
                self._cells = {_column(one[1]): one[0] for one in self._usual}
        return self._cells

    def values(self, strings: tuple[str, ...]) -> Mapping[int, Value]:
        """What each cell holds by its column; read once, for the tables that stand side by side."""
        if self._values is None:
            if self._cells is None and self._usual is not None:
                self._values = _values(self._usual, strings)
            else:
                self._values = {at: cells.value_of(cell, strings) for at, cell in self.cells.items()}
        return self._values

    def put(self, new: Mapping[int, bytes | None], tag: bytes) -> bool:
        """Replace cells, or take away those that are None; `spans` goes where it may now be wrong.

        Tells whether the row had, or now has, a cell that may have a formula; `tag` is how one begins.
        """
        spoke = bool(self.with_formulas(tag)) or tag in b"".join(filter(None, new.values()))
        found = self.cells
        before = frozenset(found)
        found |= {column: cell for column, cell in new.items() if cell is not None}
        for column in new.keys() & before if None in new.values() else ():
            if new[column] is None:
                del found[column]
        if b"spans" in self.attributes and found.keys() != before:
            self.attributes = with_attribute(self.attributes, "spans", None)
        self._raw, self._formulas, self._values = b"", None if spoke else (), None
        return spoke

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
            if self._cells is None and tag not in self.inner:
                self._formulas = ()
            elif self._cells is None and self._usual is not None:
                self._formulas = tuple((_column(one[1]), one[0]) for one in self._usual if one[3])
            else:
                self._formulas = tuple((at, cell) for at, cell in self.cells.items() if tag in cell)
        return self._formulas

    @property
    def empty(self) -> bool:
        """True where there is nothing to keep: no cell, and no attribute but its number."""
        return not self.cells and not re.sub(rb"\s+(?:r|spans)\s*=\s*[\"'][^\"']*[\"']", b"", self.attributes)

    def to_bytes(self, prefix: bytes) -> bytes:
        """The row as it goes into the part; nothing where it holds nothing any more."""
        if self._raw:
            return self._raw
        if self.empty:
            return b""
        tag = prefix + b"row"
        found = self.cells
        inner = b"".join(found[column] for column in sorted(found))
        return b"<" + tag + self.attributes + b">" + inner + b"</" + tag + b">"


def _values(found: list[_Usual], strings: tuple[str, ...]) -> dict[int, Value]:
    values: dict[int, Value] = {}
    for _, letters, kind, _, value, inline in found:
        if kind == b"s" and value.isdigit():
            held: Value = cells.shared(int(value), strings)
        elif kind == b"inlineStr":
            held = unmarked(text_of(inline))
        else:
            held = cells.typed(text_of(value), kind or None, strings) if kind or value else None
        values[_column(letters)] = held
    return values


@cache
def _column(letters: bytes) -> int:
    return number(letters.decode())


def _split_cells(data: bytes) -> Iterator[tuple[int, bytes]]:
    usual = list(_ANY_CONTENT.finditer(data))
    if sum(found.end() - found.start() for found in usual) == len(data) and b"<!" not in data:
        return ((_column(found[1]), found[0]) for found in usual)
    return _split_any_cells(data)


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
