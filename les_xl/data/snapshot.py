"""One version of the store: its loads, which of them count, and the latest known rows as of a load."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from les_xl.data.records import LOAD, Record, dtypes
from les_xl.errors import LesError, Place
from les_xl.errors.store import CANNOT_READ, NO_SUCH_LOAD, NOT_AN_AS_OF

if TYPE_CHECKING:
    import pandas as pd
    from deltalake import DeltaTable

AsOf = int | str | date | None
"""A load number, a date (ISO text or date: loads up to the end of that day), or None for all loads."""

RETRACTION = "retraction"
"""`kind` of a load that takes another one back."""


@dataclass(frozen=True)
class Snapshot:
    """One version of the store, which stays the same while others write.

    `table` is None while nothing was ever loaded; `files` are the Parquet files of each record. `loads`, one
    row a load, oldest first: load, loaded_at (ISO text), user, file, kind, sha256, rows, specs, retracts (the
    load that it takes back, or 0).
    """

    path: Path
    table: "DeltaTable | None"
    files: Mapping[str, Sequence[str]]
    loads: "pd.DataFrame"

    @property
    def opened(self) -> "DeltaTable":
        """The table; only to be asked for where something was loaded or the table was made."""
        if self.table is None:
            raise ValueError("the store has no table yet")
        return self.table

    @property
    def highest(self) -> int:
        """The number of the last load; 0 before any."""
        return int(self.loads["load"].max()) if len(self.loads) else 0

    def number(self, as_of: AsOf) -> int:
        """The number of the last load that `as_of` takes into account; 0 for a date before the first load.

        Raises LesError: LES301 for a number that is no load, LES302 for what is neither number nor date.
        """
        if as_of is None:
            return self.highest
        if isinstance(as_of, str) and as_of.strip().isdecimal():
            as_of = int(as_of)
        if isinstance(as_of, int):
            if as_of not in set(self.loads["load"]):
                raise LesError(NO_SUCH_LOAD.at(Place(str(self.path)), load=as_of))
            return as_of
        upto = self.loads[self.loads["loaded_at"].str[:10] <= _day(as_of)]
        return int(upto["load"].max()) if len(upto) else 0

    def loads_up_to(self, number: int) -> "pd.DataFrame":
        """The loads up to that number, retractions and what they took back included."""
        return self.loads[self.loads["load"] <= number].reset_index(drop=True)

    def counted(self, number: int) -> list[int]:
        """Numbers of the loads up to `number` that count: not retractions, and not taken back by then."""
        loads = self.loads_up_to(number)
        counted = loads[(loads["kind"] != RETRACTION) & ~loads["load"].isin(loads["retracts"])]
        return sorted(int(load) for load in counted["load"])

    def load_of(self, sha256: str) -> int | None:
        """The load that counts and was made from these bytes, or None."""
        same = self.loads.loc[self.loads["sha256"] == sha256, "load"]
        return next((load for load in self.counted(self.highest) if load in set(same)), None)

    def latest(
        self, records: Mapping[str, Record], number: int, engine: str = "duckdb"
    ) -> dict[str, "pd.DataFrame"]:
        """The latest row of each key of the records as known at load `number`. Raises LesError: LES306."""
        from les_xl.data.engine import ENGINES, latest

        loads = self.counted(number)
        with reading(self.path), ENGINES[engine]() as scan:
            return {
                name: latest(scan, self.files.get(record.name, ()), record, loads)
                for name, record in records.items()
            }


def take_snapshot(path: Path) -> Snapshot:
    """The newest version of the store in a folder. Raises LesError: LES306."""
    from deltalake import DeltaTable

    with reading(path):
        table = DeltaTable(path) if DeltaTable.is_deltatable(str(path)) else None
        files = _files(path, table)
        return Snapshot(path, table, files, _read_loads(files.get(LOAD.name, ())))


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Whatever the libraries raise over an unreadable store becomes LES306."""
    try:
        yield
    except _failures() as error:
        raise LesError(CANNOT_READ.at(Place(str(path)), reason=reason(error))) from error


def reason(error: BaseException) -> str:
    """The first line of what a library says."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _failures() -> tuple[type[BaseException], ...]:
    # Asked for only when something failed, so that a good read does not pay for the imports.
    import duckdb
    import pyarrow as pa
    from deltalake.exceptions import DeltaError

    return OSError, DeltaError, pa.ArrowException, duckdb.Error


def _read_loads(files: Sequence[str]) -> "pd.DataFrame":
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = list(LOAD.columns)
    parts = [pq.read_table(file, columns=columns, partitioning=None) for file in files]
    frame = pa.concat_tables(parts).to_pandas() if parts else pd.DataFrame(columns=columns)
    return frame.astype(dict(dtypes(LOAD.columns))).sort_values("load", ignore_index=True)


def _files(path: Path, table: "DeltaTable | None") -> dict[str, list[str]]:
    """Parquet files by record, by the log's relative paths; the library's URIs are percent-encoded."""
    import pyarrow as pa

    files: dict[str, list[str]] = {}
    if table is not None:
        added = pa.table(table.get_add_actions(flatten=True)).select(["path", "partition.record"])
        for file in added.sort_by("path").to_pylist():
            files.setdefault(file["partition.record"], []).append(str(path / file["path"]))
    return files


def _day(as_of: str | date) -> str:
    if isinstance(as_of, date):
        return as_of.isoformat()[:10]
    try:
        return date.fromisoformat(as_of.strip()).isoformat()
    except ValueError:
        raise LesError(NOT_AN_AS_OF.at(Place(), text=as_of)) from None
