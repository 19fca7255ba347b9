"""The sample month in a store of its own, and what is made from it."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from les_xl.data.records import ACTIVITY, LIST_SIZE, ORGANISATION, PLANNED, SIGNUP, TARGET, Record
from les_xl.data.store import Entry, Store, known
from les_xl.functions.build import build_index
from les_xl.functions.index import Index
from les_xl.functions.session import open_index
from les_xl.position import Position, make_position
from les_xl.spec.read import read_specs

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample" / "2025-10"
MOMENT = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)


def entry(sha256: str) -> Entry:
    """What is noted of a load that a test makes."""
    return Entry("activity", f"{sha256}.csv", sha256, "test", "", MOMENT)


def activity(rows: list[tuple[str, str, str, str, float]]) -> dict[Record, pd.DataFrame]:
    """Rows of activity as a load's records: ods_code, les, metric, month, value."""
    frame = pd.DataFrame(rows, columns=["ods_code", "les", "metric", "month", "value"])
    return {ACTIVITY: frame.assign(row=range(2, len(rows) + 2))}


def _read(path: Path) -> pd.DataFrame:
    if path.suffix == ".xlsx":
        frame = pd.read_excel(path, dtype=str, keep_default_na=False, engine="calamine")
    else:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    frame = frame.assign(row=range(2, len(frame) + 2))
    numbers = frame.columns.intersection(["value", "annual_target", "planned", "list_size"])
    return frame.astype(dict.fromkeys(numbers, "float64"))


def sample_records() -> dict[Record, pd.DataFrame]:
    """Every file of the sample as records of a load."""
    organisations = _read(SAMPLE / "reference" / "organisations.csv")
    months = {name: organisations[name].str.slice(0, 7) for name in ("opened", "closed")}
    reported = [_read(path) for path in sorted((SAMPLE / "activity").iterdir())]
    return {
        ORGANISATION: organisations.assign(**months),
        LIST_SIZE: _read(SAMPLE / "reference" / "list_sizes.csv"),
        SIGNUP: _read(SAMPLE / "reference" / "signup.csv"),
        TARGET: _read(SAMPLE / "plans" / "plans_2025-26.csv"),
        PLANNED: _read(SAMPLE / "plans" / "ltc_monthly_2025-26.csv"),
        ACTIVITY: pd.concat(reported, ignore_index=True),
    }


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with specifications, the sample month in its store, and its index; not to be changed."""
    root = tmp_path_factory.mktemp("workspace")
    shutil.copytree(ROOT / "specs", root / "specs")
    Store.open(root / "data" / "store").append(sample_records(), entry("sample"))
    open_index(root)
    return root


@pytest.fixture
def workspace(sample_workspace: Path, tmp_path: Path) -> Path:
    """A copy of that workspace, to be changed."""
    return Path(shutil.copytree(sample_workspace, tmp_path / "LES work"))


@pytest.fixture(scope="session")
def position(sample_workspace: Path) -> Position:
    """The position of the sample month."""
    return make_position(read_specs(sample_workspace), known(Store.open(sample_workspace / "data" / "store")))


@pytest.fixture(scope="session")
def index(position: Position, sample_workspace: Path) -> Index:
    """The index of that position, which can be asked for another month too."""
    store = Store.open(sample_workspace / "data" / "store")

    def other(month: str) -> Index:
        return build_index(make_position(position.specs, known(store), month))

    return replace(build_index(position), reopen=other)
