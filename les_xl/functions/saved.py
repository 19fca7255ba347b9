"""An index as one Arrow IPC file: written whole or not at all, memory-mapped, trusted only when sound."""

import os
import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from les_xl.functions.catalogue import Catalogue
from les_xl.functions.index import Grid, Index, row_count

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = "les-xl index/1"
"""Named in every file; to be raised whenever what the file holds changes."""

_MARK = "_mark"


class UnusableIndexError(Exception):
    """A file that is not the index looked for: missing, damaged, cut short, or another one. Make it anew."""


def save(index: Index, path: Path, key: str) -> None:
    """Write an index to `path`, replacing what is there in one step. Raises OSError where that cannot be.

    `key` says what the index was made from; `load` gives the file out for the same key only.
    """
    batch = _batch(index, key)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    os.close(handle)
    try:
        _write(batch, temporary)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def load(path: Path, key: str) -> Index:
    """The index in a file, memory-mapped. Raises UnusableIndexError where it is unsound, or not for `key`."""
    import pyarrow as pa

    try:
        return _read(path, key)
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError, IndexError) as error:
        raise UnusableIndexError(f"{path}: {type(error).__name__}: {error}") from error


def _write(batch: "pa.RecordBatch", path: str) -> None:
    import pyarrow as pa

    with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)


def _batch(index: Index, key: str) -> "pa.RecordBatch":
    import pyarrow as pa

    columns: dict[str, pa.Array] = {}
    for measure, grid in index.grids.items():
        columns[measure] = _column(pa.float64(), grid.values)
        columns[f"{measure}{_MARK}"] = _column(pa.uint8(), grid.marks)
    catalogue = index.catalogue.to_json()
    checksum = _checksum(catalogue, index.grids.values())
    about = {"format": FORMAT, "key": key, "catalogue": catalogue, "checksum": checksum}
    return pa.RecordBatch.from_pydict(columns, metadata=about)


def _column(kind: "pa.DataType", data: "memoryview[float] | memoryview[int]") -> "pa.Array":
    import pyarrow as pa

    return pa.Array.from_buffers(kind, len(data), [None, pa.py_buffer(data)])


def _read(path: Path, key: str) -> Index:
    import pyarrow as pa

    with pa.memory_map(str(path)) as source:
        batch = pa.ipc.open_file(source).get_batch(0)
    about = {name.decode(): text.decode() for name, text in (batch.schema.metadata or {}).items()}
    if (about["format"], about["key"]) != (FORMAT, key):
        raise ValueError("an index of another format, or made from something else")
    catalogue = Catalogue.from_json(about["catalogue"])
    measures = [name for name in batch.schema.names if not name.endswith(_MARK)]
    grids = {name: Grid(_values(batch[name]), _marks(batch[f"{name}{_MARK}"])) for name in measures}
    if batch.num_rows != row_count(catalogue):
        raise ValueError("rows that do not fit its catalogue")
    if about["checksum"] != _checksum(about["catalogue"], grids.values()):
        raise ValueError("contents that do not fit their checksum")
    return Index(catalogue, grids)


def _values(column: "pa.Array") -> "memoryview[float]":
    return memoryview(column.buffers()[1]).cast("B").cast("d")[: len(column)]


def _marks(column: "pa.Array") -> "memoryview[int]":
    return memoryview(column.buffers()[1]).cast("B")[: len(column)]


def _checksum(catalogue: str, grids: Iterable[Grid]) -> str:
    checked = zlib.crc32(catalogue.encode())
    for grid in grids:
        checked = zlib.crc32(grid.marks, zlib.crc32(grid.values, checked))
    return f"{checked:08x}"
