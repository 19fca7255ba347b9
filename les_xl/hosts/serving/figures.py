"""The figures of the resident process: an index that notices a new load, and the position's own checks."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from les_xl.functions.index import Index
from les_xl.functions.session import Session
from les_xl.hosts.serving.calls import Call, Json, answer_calls
from les_xl.periods import long_label


@dataclass(frozen=True)
class CheckReport:
    """How many footings and tie-outs were made, and a sentence for each that failed."""

    made: int
    failed: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The report as JSON can hold it."""
        return {"made": self.made, "failed": list(self.failed)}


class Figures:
    """One workspace for all requests, which come in several threads."""

    def __init__(self, root: Path, as_at: str | None = None) -> None:
        self._root, self._as_at = root, as_at
        self._session = Session(root, as_at)
        self._lock = threading.Lock()
        self._checked: tuple[Index, CheckReport] | None = None

    def index(self) -> Index:
        """The index of what the workspace holds now. Raises LesError as `Session.index`."""
        with self._lock:
            return self._session.index()

    def answer(self, calls: Sequence[Call]) -> list[Json]:
        """What each cell shows, all from one edition. Raises LesError as `Session.index`."""
        return answer_calls(self.index(), calls)

    def status(self) -> dict[str, object]:
        """The edition that answers: as-at month (`2025-10`, and in words), load, specifications."""
        known = self.index().catalogue
        words = long_label(known.as_at)
        return {"as_at": known.as_at, "month": words, "as_of": known.as_of, "specs": known.data_version[:12]}

    def checks(self) -> CheckReport:
        """Footings and tie-outs of that edition; made once for each. Raises LesError as `make_position`."""
        index = self.index()
        if self._checked is None or self._checked[0] is not index:
            self._checked = index, self._check(index)
        return self._checked[1]

    def _check(self, index: Index) -> CheckReport:
        # pandas and the engine are imported here: the first answer of a function must not wait for them.
        from les_xl.data.store import Store, known
        from les_xl.position import make_position
        from les_xl.report.tables.quality import FAILED, checks
        from les_xl.spec.read import read_specs

        specs = read_specs(self._root)
        store = Store.open(self._root / specs.workspace.store)
        frames = known(store, index.catalogue.as_of, specs.workspace.engine)
        rows = [row.cells for row in checks(make_position(specs, frames, self._as_at)).rows]
        failed = (cells for result, *cells in rows if result == FAILED)
        said = (f"{check}: {where}: {one:,.10g} and {other:,.10g}" for check, where, one, other, _ in failed)
        return CheckReport(len(rows), tuple(said))
