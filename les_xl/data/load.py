"""The way in: files are read, checked whole, and each is stored whole or refused whole with a report."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from les_xl.data import identifiers
from les_xl.data.arrivals import arrivals
from les_xl.data.cells import months
from les_xl.data.extract import Extract
from les_xl.data.findings import count
from les_xl.data.known import Known, learn
from les_xl.data.mapping.arrival import open_arrival
from les_xl.data.privacy import patient_problems
from les_xl.data.problem_report import write_report
from les_xl.data.sheets import read_bytes
from les_xl.data.store import Entry, Receipt, Store, known
from les_xl.data.validate import Checked, Context, validate
from les_xl.errors import LesError, Problem
from les_xl.periods import month_of
from les_xl.spec.read import Specs

Status = Literal["loaded", "unchanged", "refused", "checked"]

_ORDER = ("organisations", "list_sizes", "signup", "plans", "other_providers", "activity")


@dataclass(frozen=True)
class LoadResult:
    """What became of one file.

    status: loaded; unchanged (the same bytes are load `load` already); refused (it stays where it is, with
    `<file>.problems.xlsx` beside it); checked (a dry run found no error). `months` are those of its activity,
    monthly plans or list sizes; `problems` hold errors and warnings, and never a patient identifier.
    """

    file: str
    status: Status
    load: int | None = None
    kind: str | None = None
    rows: int = 0
    months: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def sentence(self) -> str:
        """One line for a terminal."""
        warnings = count(self.problems, "warning")
        noted = f", {_counted(warnings, 'warning')}" if warnings else ""
        if self.status == "refused":
            return f"{self.file}: refused, {_counted(count(self.problems, 'error'), 'error')}{noted}"
        if self.status == "unchanged":
            return f"{self.file}: nothing to do, the same bytes are load {self.load} already"
        what = f"{self.kind}, {_counted(self.rows, 'row')}{noted}"
        done = f"load {self.load}" if self.status == "loaded" else "could be loaded"
        return f"{self.file}: {done}: {what}"

    def as_json(self) -> dict[str, Any]:
        """The result as what `json.dumps` takes."""
        return asdict(self)


def load_files(
    store: Store,
    specs: Specs,
    paths: Iterable[Path],
    *,
    now: datetime,
    user: str,
    dry_run: bool = False,
) -> tuple[LoadResult, ...]:
    """Load files, and the CSV and XLSX files in folders; gives a result for each, in the order of loading.

    Organisations come first, then list sizes, sign-up, plans, other providers, and activity by month, so that
    one batch can bring a practice and its activity. A refused file does not stop the others. With `dry_run`
    nothing is stored and no report is written. Raises LesError: LES305, LES306 or LES308 where the store
    fails; what was loaded before stays.
    """
    batch = _Batch(store, specs, now, user, dry_run)
    arrived = [batch.read(path) for path in arrivals(paths)]
    return tuple(batch.take(file) for file in sorted(arrived, key=_turn))


@dataclass(frozen=True)
class _File:
    """A file as it was read: an extract, or the problems why it is none."""

    path: Path
    sha256: str = ""
    extract: Extract | None = None
    problems: tuple[Problem, ...] = ()


class _Batch:
    """One run of `load_files`; what is known grows with each accepted file, also in a dry run."""

    def __init__(self, store: Store, specs: Specs, now: datetime, user: str, dry_run: bool) -> None:
        self.store, self.specs, self.now, self.user, self.dry_run = store, specs, now, user, dry_run
        self.known: Known = known(store)

    def read(self, arrived: "Path | Problem") -> _File:
        if isinstance(arrived, Problem):
            return _File(Path(arrived.place.file or ""), problems=(arrived,))
        sha256 = ""
        try:
            content = read_bytes(arrived)
            sha256 = hashlib.sha256(content).hexdigest()
            opened = open_arrival(arrived, content, self.specs.mappings)
            private = patient_problems(arrived, opened.sheets, opened.headings, opened.of_organisations)
            if private:
                return _File(arrived, sha256, problems=private)
            return _File(arrived, sha256, opened.extract(self.specs))
        except LesError as error:
            return _File(arrived, sha256, problems=error.problems)

    def take(self, file: _File) -> LoadResult:
        if file.extract is None:
            return self._refuse(file, file.problems)
        same = self.store.snapshot().load_of(file.sha256)
        if same is not None:
            return self._result(file, "unchanged", load=same)
        checked = validate(file.extract, Context(self.specs, self.known, month_of(self.now)))
        if not checked.accepted:
            return self._refuse(file, checked.problems)
        self.known = learn(self.known, checked.records)
        if self.dry_run:
            return self._result(file, "checked", checked)
        receipt = self._store(file, file.extract, checked)
        if file.extract.kind == "organisations":
            # A fact of one row may be that of later rows too, which what is known no longer tells apart.
            self.known = known(self.store)
        return self._result(file, "loaded" if receipt.fresh else "unchanged", checked, load=receipt.load)

    def _store(self, file: _File, extract: Extract, checked: Checked) -> Receipt:
        entry = Entry(
            kind=extract.kind,
            file=file.path.name,
            sha256=file.sha256,
            user=self.user,
            specs=self.specs.data_version,
            loaded_at=self.now,
        )
        return self.store.append(checked.records, entry)

    def _refuse(self, file: _File, problems: Sequence[Problem]) -> LoadResult:
        safe = tuple(identifiers.without_identifiers(problem) for problem in problems)
        if not self.dry_run and file.path.is_file() and not identifiers.has_identifier(file.path.name):
            safe += write_report(file.path, safe)
        return replace(self._result(file, "refused"), problems=safe)

    def _result(
        self, file: _File, status: Status, checked: Checked | None = None, load: int | None = None
    ) -> LoadResult:
        return LoadResult(
            file=identifiers.withhold(str(file.path)),
            status=status,
            load=load,
            kind=file.extract.kind if file.extract else None,
            rows=len(file.extract.frame) if file.extract else 0,
            months=_months(checked) if checked else (),
            problems=checked.problems if checked else (),
        )


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _turn(file: _File) -> tuple[int, str, str]:
    if file.extract is None:
        return len(_ORDER), "", str(file.path)
    first = ""
    if file.extract.kind == "activity":
        first = min(months(file.extract.frame["month"]), default="")
    elif file.extract.kind == "organisations":
        # A file of memberships alone comes after the one that says who there is.
        first = "" if "name" in file.extract.frame else "memberships"
    return _ORDER.index(file.extract.kind), first, str(file.path)


def _months(checked: Checked) -> tuple[str, ...]:
    found = [rows["month"] for rows in checked.records.values() if "month" in rows]
    return tuple(sorted(set(pd.concat(found)))) if found else ()
