"""The committed sample month is loaded without an error, and as it was known at each load."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from les_xl.data.load import load_files
from les_xl.data.store import Store, known
from les_xl.spec.read import read_specs

ROOT = Path(__file__).parents[2]


def test_the_sample_month_is_loaded_without_an_error(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sample" / "2025-10", tmp_path / "sample")
    store, specs = Store.open(tmp_path / "store"), read_specs(ROOT)
    now = datetime(2025, 11, 20, tzinfo=UTC)
    results = load_files(store, specs, [tmp_path / "sample"], now=now, user="analyst")
    assert {result.status for result in results} == {"loaded"}
    assert [result.load for result in results] == list(range(1, len(results) + 1))
    everything = known(store)
    assert len(everything.activity) == sum(result.rows for result in results if result.kind == "activity")
    assert set(everything.activity["month"]) == {f"2025-{month:02d}" for month in range(4, 11)}
    kinds = dict(zip(everything.loads["load"], everything.loads["kind"], strict=True))
    assert len(known(store, 3).activity) == 0
    assert [kinds[number] for number in (1, 2, 3)] == ["organisations", "list_sizes", "signup"]
    again = load_files(store, specs, [tmp_path / "sample"], now=now, user="analyst")
    assert {result.status for result in again} == {"unchanged"}
    assert list(tmp_path.rglob("*.problems.xlsx")) == []
