"""The part of the Arrow IPC file format that an index uses, read memory-mapped and without pyarrow.

Importing pyarrow takes longer than everything else that answers one call in a terminal. The layout is that
of https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format: a footer (a FlatBuffer) names the
columns and where the record batch is; the batch's own header names where each column's bytes are.
"""

import mmap
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"ARROW1"
_BEFORE_HEADER = 8  # continuation mark and size, before the header of a record batch


@dataclass(frozen=True)
class ArrowFile:
    """One record batch: `metadata` of its schema, and the raw bytes of each column, in order, by name."""

    metadata: Mapping[str, str]
    columns: Mapping[str, memoryview]


def read_arrow(path: Path) -> ArrowFile:
    """Map a file of one uncompressed record batch whose columns are numbers without nulls.

    Raises OSError where it cannot be read, ValueError where it is not such a file. What the columns hold is
    not checked: a checksum has to.
    """
    with path.open("rb") as file:
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    try:
        return _read(mapped)
    except (struct.error, IndexError, TypeError, OverflowError) as error:
        raise ValueError(f"not an Arrow file that an index can be in: {error}") from error


def _read(mapped: memoryview) -> ArrowFile:
    if mapped[: len(_MAGIC)] != _MAGIC or mapped[-len(_MAGIC) :] != _MAGIC:
        raise ValueError("not a whole Arrow file")
    (size,) = struct.unpack_from("<i", mapped, len(mapped) - len(_MAGIC) - 4)
    footer = _root(mapped, len(mapped) - len(_MAGIC) - 4 - size)
    schema = footer.table(1)
    names = [field.text(0) for field in schema.tables(1)]
    metadata = {pair.text(0): pair.text(1) for pair in schema.tables(2)}
    ((at, header_size, body_size),) = footer.structs(3, "<qi4xq")
    batch = _root(mapped, at + _BEFORE_HEADER).table(2)
    body = mapped[at + header_size : at + header_size + body_size]
    # Two buffers a column: which values there are (empty without nulls), then the values.
    places = list(batch.structs(2, "<qq"))[1::2]
    columns = {
        name: body[start : start + length] for name, (start, length) in zip(names, places, strict=True)
    }
    return ArrowFile(metadata, columns)


@dataclass(frozen=True)
class _Table:
    """A FlatBuffers table: its fields by number, each found by way of the table's own list of offsets."""

    memory: memoryview
    at: int

    def _field(self, number: int) -> int:
        listed = self.at - self._integer(self.at)
        (size,) = struct.unpack_from("<H", self.memory, listed)
        place = 4 + 2 * number
        (offset,) = struct.unpack_from("<H", self.memory, listed + place) if place < size else (0,)
        if offset == 0:
            raise ValueError(f"field {number} is not there")
        return self.at + int(offset)

    def _integer(self, at: int) -> int:
        (value,) = struct.unpack_from("<i", self.memory, at)
        return int(value)

    def _followed(self, at: int) -> int:
        return at + self._integer(at)

    def table(self, number: int) -> "_Table":
        """The table that a field holds."""
        return _Table(self.memory, self._followed(self._field(number)))

    def tables(self, number: int) -> "Iterator[_Table]":
        """The tables of a field that holds a list of them."""
        start = self._followed(self._field(number))
        for place in range(self._integer(start)):
            yield _Table(self.memory, self._followed(start + 4 + 4 * place))

    def structs(self, number: int, layout: str) -> Iterator[tuple[int, ...]]:
        """The fixed-size values of a field that holds a list of them."""
        start = self._followed(self._field(number))
        step = struct.calcsize(layout)
        for place in range(self._integer(start)):
            yield struct.unpack_from(layout, self.memory, start + 4 + step * place)

    def text(self, number: int) -> str:
        """The text that a field holds."""
        start = self._followed(self._field(number))
        return bytes(self.memory[start + 4 : start + 4 + self._integer(start)]).decode()


def _root(memory: memoryview, at: int) -> _Table:
    (offset,) = struct.unpack_from("<I", memory, at)
    return _Table(memory, at + int(offset))
