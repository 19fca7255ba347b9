"""Measure a new master workbook and its refresh beside XlsxWriter writing the same cells alone.

What XlsxWriter is asked for while the master is made is noted call by call and written out as a plain script,
as somebody would write it who knew every cell beforehand. Its processor time is the measure for all else.
"""

import gc
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from les_xl.cli import OBJECTS_BEFORE_A_SEARCH
from les_xl.data.known import Known
from les_xl.data.load import load_files
from les_xl.data.store import Store, known
from les_xl.excel import master
from les_xl.excel.edition import contents
from les_xl.excel.refresh import refresh_file
from les_xl.excel.writer import MasterWorkbook
from les_xl.position import Position, make_position
from les_xl.spec.read import read_specs

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample" / "2025-10"
NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
MONTH_BEFORE = "2025-09"
RUNS = 7
_CELLS = ("add_worksheet(", "add_format(", "write_")


class Script:
    """The calls of one workbook as lines of Python; what is no plain literal is a constant beside them."""

    def __init__(self, lines: list[str] | None = None, constants: dict[str, Any] | None = None) -> None:
        self.lines = lines or []
        self.constants = constants or {}
        self._names: dict[int, str] = {}
        self._made: list[object] = []

    def named(self, made: object) -> str:
        """A name for an object; it is kept alive, so that no other can take its identity."""
        self._made.append(made)
        return self._names.setdefault(id(made), f"made_{len(self._names)}")

    def said(self, value: Any) -> str:
        """An argument as Python text."""
        value = value.real if isinstance(value, Noted) else value
        if id(value) in self._names:
            return self._names[id(value)]
        if isinstance(value, Mapping):
            return "{" + "".join(f"{key!r}: {self.said(one)}, " for key, one in value.items()) + "}"
        if isinstance(value, (list, tuple)):
            return "[" + "".join(f"{self.said(one)}, " for one in value) + "]"
        if value is None or type(value) in (int, float, str, bool):
            return repr(value)
        name = f"constant_{len(self.constants)}"
        self.constants[name] = value
        return name

    def cells_alone(self) -> "Script":
        """Sheets, formats and cells, without tables, charts, conditional formats, widths and heights."""
        calls = [line.partition(" = ")[2] or line for line in self.lines]
        kept = [
            line
            for line, call in zip(self.lines, calls, strict=True)
            if call.partition(".")[2].startswith(_CELLS)
        ]
        return Script(kept, self.constants)

    def compiled(self, workbook: str) -> Callable[[Workbook], None]:
        """The lines as a function of the workbook, which they call by that name."""
        text = "\n ".join([f"def write({workbook}):", *self.lines])
        found = dict(self.constants)
        exec(compile(text, "calls", "exec"), found)  # noqa: S102  # the text is what was noted above
        write: Callable[[Workbook], None] = found["write"]
        return write


class Noted:
    """A workbook, worksheet or chart of XlsxWriter whose calls are noted in a script."""

    def __init__(self, real: Any, script: Script) -> None:
        self.real, self._script = real, script
        script.named(real)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.real, name)
        if not callable(method) or name in ("close", "get_name"):
            return method

        def call(*given: Any, **named: Any) -> Any:
            # Noted before the call: XlsxWriter writes into the options that it is given.
            said = [self._script.said(one) for one in given]
            said += [f"{key}={self._script.said(one)}" for key, one in named.items()]
            line = f"{self._script.named(self.real)}.{name}({', '.join(said)})"
            made = method(*map(_bare, given), **{key: _bare(one) for key, one in named.items()})
            if name.startswith("add_") and made is not None and not isinstance(made, int):
                line = f"{self._script.named(made)} = {line}"
            self._script.lines.append(line)
            return Noted(made, self._script) if isinstance(made, (Worksheet, Chart)) else made

        return call


def _bare(value: Any) -> Any:
    return value.real if isinstance(value, Noted) else value


def noted(position: Position) -> tuple[Script, str]:
    """Every call that makes the master of a position, and the name that the workbook has in them."""
    script, books = Script(), []

    def begun(file: io.BytesIO, options: dict[str, Any]) -> Any:
        books.append(Noted(Workbook(file, options), script))
        return books[0]

    with patch.object(master, "MasterWorkbook", begun):
        master.workbook_bytes(position, NOW)
    return script, script.named(books[0].real)


def replayed(write: Callable[[Workbook], None], kind: type[Workbook] = Workbook) -> bytes:
    """The workbook that a script makes."""
    with io.BytesIO() as file:
        workbook = kind(file, master._options())
        write(workbook)
        workbook.close()
        return file.getvalue()


def seconds(
    prepare: Callable[[], Any], work: Callable[[Any], object], clock: Callable[[], float] = time.process_time
) -> float:
    """Median processor seconds of the work, each time on fresh input, after one run that does not count."""
    taken = []
    for _ in range(RUNS + 1):
        ready = prepare()
        start = clock()
        work(ready)
        taken.append(clock() - start)
    return statistics.median(taken[1:])


def with_children() -> float:
    """Processor seconds of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def with_late_returns(frames: Known) -> Known:
    """The values known once five practices have sent another return for the last month."""
    activity = frames.activity.copy()
    practices = sorted(set(activity["ods_code"]))[10:15]
    of_them = (activity["month"] == activity["month"].max()) & activity["ods_code"].isin(practices)
    activity.loc[of_them, "value"] = activity.loc[of_them, "value"] * 2 + 3
    return replace(frames, activity=activity)


def in_process(
    position: Callable[..., Position], late: Callable[[], Position], folder: Path
) -> dict[str, float]:
    """Processor seconds of each way to the workbook, the position made beforehand."""
    script, name = noted(position())
    everything, cells = script.compiled(name), script.cells_alone().compiled(name)
    if replayed(everything, MasterWorkbook) != master.workbook_bytes(position(), NOW):
        raise SystemExit("The noted calls do not make the master workbook: the figures would mean nothing.")
    count = sum(".write_" in line for line in script.lines)
    print(f"{count:,} cells, {len(script.lines):,} calls; median of {RUNS}, processor time")
    path, old, early = folder / "les.xlsx", folder / "before.xlsx", folder / "early.xlsx"
    old.write_bytes(master.workbook_bytes(position(MONTH_BEFORE), NOW))
    early.write_bytes(master.workbook_bytes(position(), NOW))

    def analysts(file: Path, made: Callable[[], Position]) -> Position:
        shutil.copy(file, path)
        return made()

    def refresh(ready: Position) -> None:
        found = contents(ready, NOW)
        result = refresh_file(
            path, found.tables, found.names, answer=found.answer, frame=found.frame, offer=found.offer
        )
        if not result.written:
            raise SystemExit("The refresh wrote nothing: the figures would mean nothing.")

    def new(ready: Position) -> None:
        master.new_workbook(ready, path, now=NOW, overwrite=True)

    return {
        "XlsxWriter: every call of the master": seconds(lambda: everything, replayed),
        "XlsxWriter: its cells, without tables and charts": seconds(lambda: cells, replayed),
        "new": seconds(position, new),
        "refresh, after late returns of five practices": seconds(lambda: analysts(early, late), refresh),
        "refresh, from the month before": seconds(lambda: analysts(old, position), refresh),
    }


def commands(folder: Path) -> dict[str, float]:
    """Processor seconds of the commands as whole processes, from the store to the file."""
    workspace, path = folder / "les-xl-demo", folder / "command.xlsx"
    _run(folder, "demo")
    old = folder / "command before.xlsx"
    _run(workspace, "new", str(old), "--as-at", MONTH_BEFORE)
    written, refreshed = ("new", str(path), "--force"), ("refresh", str(path))
    return {
        "les-xl new": seconds(lambda: None, lambda _: _run(workspace, *written), with_children),
        "les-xl refresh": seconds(
            lambda: shutil.copy(old, path), lambda _: _run(workspace, *refreshed), with_children
        ),
    }


def _run(folder: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "les_xl", *arguments], cwd=folder, check=True, capture_output=True)


def main() -> None:
    """Print each way in seconds and as a multiple of what XlsxWriter needs for the same calls."""
    gc.set_threshold(OBJECTS_BEFORE_A_SEARCH)  # as the commands have it; XlsxWriter's script has it too
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        specs = read_specs(ROOT)
        store = Store.open(folder / "store")
        load_files(store, specs, [SAMPLE], now=NOW, user="benchmark")
        frames = known(store, None)
        late = with_late_returns(frames)
        steps = in_process(
            lambda as_at=None: make_position(specs, frames, as_at),
            lambda: make_position(specs, late),
            folder,
        )
        bare = next(iter(steps.values()))
        for step, taken in steps.items():
            print(f"{step:50} {taken:7.3f} s  {taken / bare:5.2f} x XlsxWriter")
        for step, taken in commands(folder).items():
            print(f"{step:50} {taken:7.3f} s")


if __name__ == "__main__":
    main()
