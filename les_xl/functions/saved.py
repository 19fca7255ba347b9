"""An index as one Arrow IPC file: written whole or not at all, memory-mapped, trusted only when sound."""

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from les_xl.functions.catalogue import Catalogue
from les_xl.functions.index import Grid, Index, row_count

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = "les-xl index/3"
"""Named in every file; to be raised whenever what the file holds changes."""

_MARK = "_mark"


class UnusableIndexError(Exception):
    """A file that is not the index looked for: missing, damaged, cut short, or another one. Make it anew."""


def save(index: Index, path: Path, key: str) -> None:
    """Write an index to `path`, replacing what is there in one step. Raises OSError where that cannot be.

    `key` says what the index was made from; `load` gives the file out for the same key only.
    """
    import pyarrow as pa

    batch = _batch(index, key)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not by `tempfile`: its files can be read by one user only, and the index is for all who use the store.
    temporary = path.with_name(f".{path.name}.{uuid4().hex}.tmp")
    try:
        with pa.OSFile(str(temporary), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
            writer.write_batch(batch)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _batch(index: Index, key: str) -> "pa.RecordBatch":
    import pyarrow as pa

    columns: dict[str, pa.Array] = {}
    for measure, grid in index.grids.items():
        columns[measure] = _column(pa.float64(), grid.values)
        columns[f"{measure}{_MARK}"] = _column(pa.uint8(), grid.marks)
    catalogue = index.catalogue.to_json()
    checksum = _checksum(catalogue, index.grids)
    about = {"format": FORMAT, "key": key, "catalogue": catalogue, "checksum": checksum}
    return pa.RecordBatch.from_pydict(columns, metadata=about)


def _column(kind: "pa.DataType", data: "memoryview[float] | memoryview[int]") -> "pa.Array":
    import pyarrow as pa

    return pa.Array.from_buffers(kind, len(data), [None, pa.py_buffer(data)])


def load(path: Path, key: str) -> Index:
    """The index in a file, memory-mapped. Raises UnusableIndexError where it is unsound, or not for `key`."""
    import pyarrow as pa

    try:
        return _sound(pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0), key)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise UnusableIndexError(f"{path}: {type(error).__name__}: {error}") from error


def _sound(batch: "pa.RecordBatch", key: str) -> Index:
    about = {name.decode(): text.decode() for name, text in (batch.schema.metadata or {}).items()}
    if (about["format"], about["key"]) != (FORMAT, key):
        raise ValueError("an index of another format, or made from something else")
    columns = {name: memoryview(batch.column(name).buffers()[1]) for name in batch.schema.names}
    catalogue = Catalogue.from_json(about["catalogue"])
    rows = row_count(catalogue)
    grids = {
        name: Grid(columns[name].cast("B").cast("d")[:rows], columns[f"{name}{_MARK}"].cast("B")[:rows])
        for name in columns
        if not name.endswith(_MARK)
    }
    if about["checksum"] != _checksum(about["catalogue"], grids):
        raise ValueError("contents that do not fit their checksum")
    return Index(catalogue, grids)


def _checksum(catalogue: str, grids: Mapping[str, Grid]) -> str:
    checked = zlib.crc32("\n".join([catalogue, *grids]).encode())
    for grid in grids.values():
        checked = zlib.crc32(grid.marks, zlib.crc32(grid.values, checked))
    return f"{checked:08x}"
