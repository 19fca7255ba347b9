"""A row of a worksheet part: its cells read when first asked for, others given in their place."""

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache, cached_property, lru_cache

from les_xl.excel.addresses import number
from les_xl.excel.book import New, Value
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

_TAG = b'<c r="'

_USUAL = re.compile(
    rb"(<c r=\"([A-Z]{1,3}+)[0-9]++(\"(?: s=\"[0-9]++\")?+)"
    rb"(?:/>|(?: t=\"([A-Za-z]++)\")?+>"
    rb"(?:(<f>[^<>]*+</f>)?+<v>([^<>]*+)</v>|<is><t(?: xml:space=\"preserve\")?+>([^<>]*+)</t></is>)</c>))"
)
"""A cell as nearly every program writes it, with its parts: those of `_Usual`."""

_Usual = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]
"""A cell whole, the letters of its column, its tag from its number to its look, and kind, formula, value and
inline text, empty where it has none."""


class Row:
    """A row as it stands: the attributes of its tag and the bytes of its cells, read when first asked for.

    It never changes; what changes a row gives another one.
    """

    _cells: Mapping[int, bytes] | None = None
    _formulas: tuple[tuple[int, bytes], ...] | None = None
    _values: Mapping[int, Value] | None = None

    def __init__(self, attributes: bytes, inner: bytes = b"", raw: bytes = b"") -> None:
        """`raw`: the row as it was read, where writing it anew would give other bytes."""
        self.attributes = attributes
        self.inner = inner
        self._raw = raw

    @cached_property
    def _usual(self) -> list[_Usual] | None:
        """The cells with their parts; None where one is not as nearly all are."""
        found: list[_Usual] = _USUAL.findall(self.inner)
        return found if sum(map(len, [one[0] for one in found])) == len(self.inner) else None

    @property
    def cells(self) -> Mapping[int, bytes]:
        """The bytes of each cell by its column."""
        if self._cells is None:
            if self._usual is None:
                self._cells = dict(_split_cells(self.inner))
            else:
                self._cells = {_column(one[1]): one[0] for one in self._usual}
        return self._cells

    @cached_property
    def columns(self) -> frozenset[int]:
        """The columns in which it has cells."""
        return _columns(self._letters) if self._usual is not None else frozenset(self.cells)

    @cached_property
    def _letters(self) -> tuple[bytes, ...]:
        return tuple([one[1] for one in self._usual or ()])

    def values(self, strings: tuple[str, ...]) -> Mapping[int, Value]:
        """What each cell holds by its column; read once, for the tables that stand side by side."""
        if self._values is None:
            if self._cells is None and self._usual is not None:
                self._values = _values(self._usual, strings)
            else:
                self._values = {at: cells.value_of(cell, strings) for at, cell in self.cells.items()}
        return self._values

    def value(self, column: int, strings: tuple[str, ...]) -> Value:
        """What the cell of a column holds."""
        if self._values is not None:
            return self._values.get(column)
        cell = self.cells.get(column)
        return None if cell is None else cells.value_of(cell, strings)

    def with_cells(self, columns: Set[int], new: Mapping[int, bytes | None]) -> "Row":
        """The row with other cells, but for those that are None, in place of all in these columns."""
        held = self.cells
        found = {column: cell for column, cell in held.items() if column not in columns}
        found |= {column: cell for column, cell in new.items() if cell is not None}
        return self._with(dict(sorted(found.items())))

    def _with(self, found: Mapping[int, bytes]) -> "Row":
        """The row with these cells, in order, and no others."""
        attributes = self.attributes
        if b"spans" in attributes and found.keys() != self.columns:
            attributes = with_attribute(attributes, "spans", None)
        made = Row(attributes, b"".join(found.values()))
        made._cells = found
        return made

    def refilled(self, number_: int, other: "Row", contents: Mapping[int, New]) -> "Row | None":
        """The row, of that number, with the cells of another, some with new contents in the look they have.

        None where a cell is not as nearly all are or in order, or none is there for a content: then do it
        cell by cell.
        """
        if other._usual is None or not contents.keys() <= other.columns or not _rise(other._letters):
            return None
        made: dict[int, bytes] = {}
        end = b"%d" % number_
        for cell, letters, look, _, _, _, _ in other._usual:
            column = _column(letters)
            if column not in contents:
                made[column] = b'<c r="%b%b%b' % (letters, end, cell[cell.index(b'"', len(_TAG)) :])
            elif (value := contents[column]) is not None or look != b'"':
                made[column] = cells.filled(b'<c r="%b%b%b' % (letters, end, look), value)
        return self._with(made)

    def with_fact(self, name: str, value: str | None) -> "Row":
        """The row with an attribute set, or taken away."""
        if attribute(self.attributes, name) == value:
            return self
        return Row(with_attribute(self.attributes, name, value), self.inner)

    def get(self, name: str) -> str | None:
        """An attribute of the row."""
        return attribute(self.attributes, name)

    def with_formulas(self, tag: bytes) -> tuple[tuple[int, bytes], ...]:
        """Column and bytes of every cell that may have a formula; `tag` is how one begins."""
        if self._formulas is None:
            if tag not in self.inner:
                self._formulas = ()
            elif self._cells is None and self._usual is not None:
                self._formulas = tuple((_column(one[1]), one[0]) for one in self._usual if one[4])
            else:
                self._formulas = tuple((at, cell) for at, cell in self.cells.items() if tag in cell)
        return self._formulas

    @property
    def empty(self) -> bool:
        """True where there is nothing to keep: no cell, and no attribute but its number."""
        return not self.inner and not re.sub(rb"\s+(?:r|spans)\s*=\s*[\"'][^\"']*[\"']", b"", self.attributes)

    def to_bytes(self, prefix: bytes) -> bytes:
        """The row as it goes into the part; nothing where it holds nothing any more."""
        if self._raw:
            return self._raw
        if self.empty:
            return b""
        tag = prefix + b"row"
        return b"<" + tag + self.attributes + b">" + self.inner + b"</" + tag + b">"


def _values(found: list[_Usual], strings: tuple[str, ...]) -> dict[int, Value]:
    values: dict[int, Value] = {}
    for _, letters, _, kind, _, value, inline in found:
        if not kind:
            held: Value = _number(value)
        elif kind == b"s" and value.isdigit():
            held = cells.shared(int(value), strings)
        elif kind == b"inlineStr":
            held = unmarked(text_of(inline))
        else:
            held = cells.typed(text_of(value), kind, strings)
        values[_column(letters)] = held
    return values


def _number(value: bytes) -> Value:
    try:
        return float(value) if value else None
    except ValueError:
        return cells.typed(text_of(value), None, ())


@lru_cache(maxsize=1024)
def _columns(letters: tuple[bytes, ...]) -> frozenset[int]:
    return frozenset(map(_column, letters))


@lru_cache(maxsize=1024)
def _rise(letters: tuple[bytes, ...]) -> bool:
    columns = list(map(_column, letters))
    return columns == sorted(set(columns))


@cache
def _column(letters: bytes) -> int:
    return number(letters.decode())


def _split_cells(data: bytes) -> Iterator[tuple[int, bytes]]:
    usual = list(_ANY_CONTENT.finditer(data))
    plain = b"<!" not in data and data.count(b"</c") == data.count(b"</c>")
    if plain and sum(found.end() - found.start() for found in usual) == len(data):
        return ((_column(found[1]), found[0]) for found in usual)
    return _split_any_cells(data)


def _split_any_cells(data: bytes) -> Iterator[tuple[int, bytes]]:
    start, column = 0, 0
    for found in _CELL.finditer(data):
        closing = found[0].startswith(b"</")
        if found[1] is None and not closing:
            continue
        start = start if closing else found.start()
        if not closing and not found[0].endswith(b"/>"):
            continue
        cell = data[start : found.end()]
        letters = cells.column_of(cell)
        column = number(letters.decode()) if letters else column + 1
        yield column, cell
