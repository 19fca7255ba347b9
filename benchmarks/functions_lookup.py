"""Measure what a sheet full of `=LES_…` waits for: opening the index from cold, and 10,000 look-ups."""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice, product
from pathlib import Path

from les_xl.data.load import load_files
from les_xl.data.store import Store, known
from les_xl.functions.build import build_index
from les_xl.functions.index import Index
from les_xl.functions.registry import find_function
from les_xl.functions.saved import load, save
from les_xl.functions.session import Session, open_index
from les_xl.position import make_position
from les_xl.spec.read import read_specs

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
LOOK_UPS = 10_000
RUNS = 7
COLD = """
import sys
from pathlib import Path
from les_xl.functions.session import open_index
open_index(Path(sys.argv[1]))
"""


def seconds(work: Callable[[], object]) -> float:
    """Median wall seconds, after one run that does not count."""
    work()
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def workspace(folder: Path) -> Path:
    """A workspace with the sample month loaded and its index cached."""
    shutil.copytree(ROOT / "specs", folder / "specs")
    store = Store.open(folder / "data" / "store")
    load_files(store, read_specs(folder), [ROOT / "sample" / "2025-10"], now=NOW, user="benchmark")
    open_index(folder)
    return folder


def look_ups(index: Index, spellings: Callable[[str], str]) -> Callable[[], object]:
    """10,000 cells: LES by month by organisation, with names spelled in one way or another."""
    function = find_function("LES_PCT_PLAN")
    assert function is not None
    labels = [metric.label for entry in index.catalogue.services for metric in entry.published]
    orgs = [org.code for org in index.catalogue.orgs]
    cells = list(islice(product(map(spellings, labels), index.catalogue.months, orgs), LOOK_UPS))
    assert len(cells) == LOOK_UPS
    return lambda: [function.answer(index, *cell) for cell in cells]


def python(*arguments: str) -> Callable[[], object]:
    """A Python process."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def main() -> None:
    """Print a line a step: seconds, and how many empty Python processes that is."""
    with tempfile.TemporaryDirectory() as name:
        root = workspace(Path(name))
        specs = read_specs(root)
        position = make_position(specs, known(Store.open(root / "data" / "store")))
        index = build_index(position)
        file = root / "one.arrow"
        save(index, file, "benchmark")
        session = Session(root)
        empty = seconds(python("-c", ""))
        steps = {
            "an empty Python process": empty,
            "a process that imports pyarrow": seconds(python("-c", "import pyarrow")),
            "a process that opens the cached index": seconds(python("-c", COLD, str(root))),
            "a process that answers `les-xl calc`": seconds(
                python("-m", "les_xl", "--workspace", str(root), "calc", 'LES_PCT_PLAN("Dementia","Oct-25")')
            ),
            "position to index": seconds(lambda: build_index(position)),
            "index to file": seconds(lambda: save(index, file, "benchmark")),
            "file to index, checksum included": seconds(lambda: load(file, "benchmark")),
            "has anything changed?": seconds(session.index),
            f"{LOOK_UPS:,} look-ups": seconds(look_ups(index, str)),
            f"{LOOK_UPS:,} look-ups of misspelt names": seconds(
                look_ups(index, lambda label: f"{label[:-1]}?!x")
            ),
        }
        size = file.stat().st_size
    for step, taken in steps.items():
        print(f"{step:45} {taken:8.4f} s  {taken / empty:7.2f} x an empty process")
    print(f"the index file has {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
