"""Measure what an analyst waits for: each step of a month in one process, and each command from cold."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from les_xl.data.load import load_files
from les_xl.data.store import Store, known
from les_xl.excel.master import new_workbook
from les_xl.position import make_position
from les_xl.spec.read import read_specs

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample" / "2025-10"
NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Median wall seconds of `runs` calls, after one that does not count."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def command(*arguments: str, folder: Path) -> Callable[[], object]:
    """A command as a whole process."""
    return lambda: subprocess.run(
        [sys.executable, "-m", "les_xl", *arguments], cwd=folder, check=True, capture_output=True
    )


def main() -> None:
    """Print a line a step, and each step as a share of an empty Python process or of the whole month."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        specs = read_specs(ROOT)
        count = iter(range(1000))

        def load() -> None:
            store = Store.open(folder / f"store{next(count)}")
            load_files(store, specs, [SAMPLE], now=NOW, user="benchmark")

        loading = seconds(load, runs=3)
        store = Store.open(folder / "store0")
        frames = known(store, None)
        position = make_position(specs, frames)
        steps = {
            "read the specifications": seconds(lambda: read_specs(ROOT)),
            "load the sample month (12 files or so)": loading,
            "latest known values (the heavy step)": seconds(lambda: known(store, None)),
            "make the position": seconds(lambda: make_position(specs, frames)),
            "write the master workbook": seconds(
                lambda: new_workbook(position, folder / "les.xlsx", now=NOW, overwrite=True)
            ),
        }
        total = sum(steps.values())
        for step, taken in steps.items():
            print(f"{step:45} {taken:7.3f} s  {taken / total:6.1%} of the month")
        print(f"{'the month, start to end':45} {total:7.3f} s")
        subprocess.run([sys.executable, "-m", "les_xl", "demo"], cwd=folder, check=True, capture_output=True)
        workspace = folder / "les-xl-demo"
        empty = seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
        print(f"\n{'an empty Python process':45} {empty:7.3f} s")
        for arguments in (["--help"], ["specs", "check"], ["calc", 'LES_PCT_PLAN("Dementia","Oct-25")']):
            taken = seconds(command(*arguments, folder=workspace))
            print(f"{'les-xl ' + arguments[0]:45} {taken:7.3f} s  {taken / empty:6.1f} x an empty process")


if __name__ == "__main__":
    main()
