"""The store: one append-only Delta table, one commit a load, read back as it was known at any load."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from les_xl.data.records import COLUMNS, LOAD, Record, arrow_schema
from les_xl.data.snapshot import RETRACTION, AsOf, Snapshot, reason, take_snapshot
from les_xl.errors import LesError, Place
from les_xl.errors.store import (
    ALREADY_RETRACTED,
    BUSY,
    CANNOT_READ,
    CANNOT_WRITE,
    NO_SUCH_LOAD,
    RETRACTS_A_RETRACTION,
    UNFIT_PATH,
)

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from deltalake import DeltaTable

    from les_xl.data.known import Known

_APP_ID = "les-xl"
_ATTEMPTS = 20
_CONFIGURATION = {"delta.enableExpiredLogCleanup": "false"}
_COMMIT_FILE = re.compile(r"^([0-9]{20})\.(?:json|checkpoint.*\.parquet)$")
# The Delta library reads a path as a URL: these stop it, or lead it to another folder.
_UNFIT = re.compile(r"[\[\]^|]|%[0-9A-Fa-f]{2}")


@dataclass(frozen=True)
class Entry:
    """What is noted of a load beside its rows."""

    kind: str
    file: str
    sha256: str
    user: str
    specs: str
    loaded_at: datetime
    retracts: int = 0


@dataclass(frozen=True)
class Receipt:
    """The number that a load has; `fresh` is False where the same bytes had been loaded before."""

    load: int
    fresh: bool


@dataclass(frozen=True)
class Store:
    """The store in a folder. Every question opens its newest version; nothing is ever changed or deleted."""

    path: Path

    @staticmethod
    def open(path: Path) -> "Store":
        """The store at `path`; a folder that is not there yet is an empty store, made with the first load.

        Raises LesError: LES306 where a file is in the way, LES307 where the path cannot hold a store.
        """
        unfit = sorted(set(_UNFIT.findall(str(path.absolute()))))
        if unfit:
            raise LesError(UNFIT_PATH.at(Place(str(path)), characters=" ".join(unfit)))
        if path.exists() and not path.is_dir():
            raise LesError(CANNOT_READ.at(Place(str(path)), reason="this is a file, not a folder"))
        return Store(path.absolute())

    def snapshot(self) -> Snapshot:
        """The newest version of the store. Raises LesError: LES306."""
        return take_snapshot(self.path)

    def loads(self, as_of: AsOf = None) -> "pd.DataFrame":
        """All loads up to `as_of`, oldest first, retractions and what they took back included.

        Columns as `Snapshot.loads`. Raises LesError: LES301, LES302, LES306.
        """
        snapshot = self.snapshot()
        return snapshot.loads_up_to(snapshot.number(as_of))

    def append(self, records: "Mapping[Record, pd.DataFrame]", entry: Entry) -> Receipt:
        """Add one load in one commit: its rows (columns of the record, and `row`) and its `loads` row.

        All of it is in the store, or nothing is, whatever happens meanwhile. Loads that are made at the same
        time get different numbers. Bytes that count already are not added again. Raises LesError: LES305
        (the store is as it was), LES306, LES308.
        """
        for _ in range(_ATTEMPTS):
            snapshot = self._writable_snapshot()
            same = snapshot.load_of(entry.sha256)
            if same is not None:
                return Receipt(same, fresh=False)
            if self._commit(snapshot, records, entry):
                return Receipt(snapshot.highest + 1, fresh=True)
        raise LesError(BUSY.at(Place(str(self.path)), attempts=_ATTEMPTS))

    def retract(self, number: int, *, now: datetime, user: str, specs: str = "") -> int:
        """Take a load back: appends a retraction and gives its number; nothing is deleted.

        Raises LesError: LES301, LES303, LES304 and those of `append`.
        """
        entry = Entry(RETRACTION, "", "", user, specs, now, retracts=number)
        for _ in range(_ATTEMPTS):
            snapshot = self.snapshot()
            _must_be_retractable(number, snapshot.loads)
            if self._commit(snapshot, {}, entry):
                return snapshot.highest + 1
        raise LesError(BUSY.at(Place(str(self.path)), attempts=_ATTEMPTS))

    def _writable_snapshot(self) -> Snapshot:
        from deltalake import DeltaTable
        from deltalake.exceptions import CommitFailedError, DeltaError

        snapshot = self.snapshot()
        if snapshot.table is not None:
            return snapshot
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            DeltaTable.create(
                self.path,
                arrow_schema(),
                mode="ignore",
                partition_by=["record"],
                configuration=_CONFIGURATION,
            )
        except CommitFailedError as error:
            # The first loads of a store, made at the same time, each try to create it: one of them has.
            created = self.snapshot()
            if created.table is None:
                raise self._unwritable(error) from error
            return created
        except (OSError, DeltaError) as error:
            raise self._unwritable(error) from error
        return self.snapshot()

    def _commit(self, snapshot: Snapshot, records: "Mapping[Record, pd.DataFrame]", entry: Entry) -> bool:
        """Commit the rows as the next load; False where another load took its number meanwhile."""
        from deltalake import CommitProperties, Transaction, write_deltalake
        from deltalake.exceptions import CommitFailedError, DeltaError

        number = snapshot.highest + 1
        guard = CommitProperties(app_transactions=[Transaction(_APP_ID, number)])
        try:
            write_deltalake(
                snapshot.opened,
                _rows(number, records, entry),
                mode="append",
                schema_mode=None if _has_every_column(snapshot.opened) else "merge",
                commit_properties=guard,
            )
        except CommitFailedError:
            return False
        except (OSError, DeltaError) as error:
            raise self._unwritable(error) from error
        return True

    def _unwritable(self, error: Exception) -> LesError:
        return LesError(CANNOT_WRITE.at(Place(str(self.path)), reason=reason(error)))


def known(store: Store, as_of: AsOf = None, engine: str = "duckdb") -> "Known":
    """Everything known as of a load, all from one version of the store.

    `as_of` is a load number, or a date (as text or date): the loads up to the end of that day, which may be
    none. Raises LesError: LES301 for a number that is no load, LES302 for what is no date, LES306.
    """
    from les_xl.data.known import FRAMES, Known

    snapshot = store.snapshot()
    number = snapshot.number(as_of)
    frames = snapshot.latest(FRAMES, number, engine)
    return Known(as_of=number, loads=snapshot.loads_up_to(number), **frames)


def delta_version(path: Path) -> int | None:
    """The version of the store at `path`, told by the names in its log alone; None where there is none.

    It reads no file and imports nothing heavy, so that an index can ask for it at every recalculation.
    """
    log = path / "_delta_log"
    if not log.is_dir():
        return None
    found = (_COMMIT_FILE.match(entry.name) for entry in log.iterdir())
    return max((int(match[1]) for match in found if match), default=None)


def _has_every_column(table: "DeltaTable") -> bool:
    """False for a store made by a version that knew fewer columns: the next load adds what it lacks."""
    return set(COLUMNS) <= {field.name for field in table.schema().fields}


def _rows(number: int, records: "Mapping[Record, pd.DataFrame]", entry: Entry) -> "pa.Table":
    import pandas as pd
    import pyarrow as pa

    note = {
        "loaded_at": entry.loaded_at.isoformat(timespec="seconds"),
        "user": entry.user,
        "file": entry.file,
        "kind": entry.kind,
        "sha256": entry.sha256,
        "rows": sum(len(rows) for rows in records.values()),
        "specs": entry.specs,
        "retracts": entry.retracts,
    }
    frames = [*((record.name, rows) for record, rows in records.items()), (LOAD.name, pd.DataFrame([note]))]
    tables = [
        pa.Table.from_pandas(
            rows.assign(record=name, load=number).reindex(columns=list(COLUMNS)),
            schema=arrow_schema(),
            preserve_index=False,
        )
        for name, rows in frames
    ]
    return pa.concat_tables(tables)


def _must_be_retractable(number: int, loads: "pd.DataFrame") -> None:
    found = loads[loads["load"] == number]
    if found.empty:
        raise LesError(NO_SUCH_LOAD.at(Place(), load=number))
    if found["kind"].iloc[0] == RETRACTION:
        raise LesError(
            RETRACTS_A_RETRACTION.at(Place(), load=number, retracts=int(found["retracts"].iloc[0]))
        )
    takers = loads.loc[loads["retracts"] == number, "load"]
    if len(takers):
        raise LesError(ALREADY_RETRACTED.at(Place(), load=number, by=int(takers.iloc[0])))
