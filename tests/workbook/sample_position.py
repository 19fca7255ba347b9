"""The position of the committed sample, from its files by the shortest way, and its master workbook."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pandas as pd

from les_xl.data.known import Known
from les_xl.excel.master import workbook_bytes
from les_xl.position import Position, make_position
from les_xl.spec.read import read_specs

ROOT = Path(__file__).resolve().parents[2]
_SAMPLE = ROOT / "sample" / "2025-10"
_LOADS = ["load", "loaded_at", "user", "file", "kind", "sha256", "rows", "specs", "retracts"]
AS_OF = 15
NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
"""When workbooks of the tests are made."""


def sample_known() -> Known:
    """What is known once every file of the sample is loaded."""
    files = [path for folder in ("activity", "quality") for path in sorted((_SAMPLE / folder).iterdir())]
    activity = [_read(path) for path in files]
    return Known(
        as_of=AS_OF,
        activity=_numbered(pd.concat(activity, ignore_index=True), "value"),
        targets=_numbered(
            _read(_SAMPLE / "plans" / "plans_2025-26.csv").assign(**{"from": ""}), "annual_target"
        ),
        planned=_numbered(_read(_SAMPLE / "plans" / "ltc_monthly_2025-26.csv"), "planned").drop(
            columns="year"
        ),
        organisations=_by_month(_read(_SAMPLE / "reference" / "organisations.csv")),
        signup=_read(_SAMPLE / "reference" / "signup.csv"),
        list_sizes=_numbered(_read(_SAMPLE / "reference" / "list_sizes.csv"), "list_size"),
        loads=pd.DataFrame(columns=_LOADS),
        other_providers=_numbered(
            pd.concat([_read(path) for path in sorted((_SAMPLE / "other_providers").iterdir())]), "value"
        ),
    )


def sample_position(as_at: str | None = None) -> Position:
    """The position of the sample at its own as-at month, or another."""
    return make_position(read_specs(ROOT), sample_known(), as_at)


def write_sample(path: Path) -> Path:
    """Write the master workbook of the sample as a new one; it is drawn once."""
    path.write_bytes(_master())
    return path


@cache
def _master() -> bytes:
    return workbook_bytes(sample_position(), NOW)


def _read(path: Path) -> pd.DataFrame:
    if path.suffix == ".xlsx":
        frame = pd.read_excel(path, dtype=str, keep_default_na=False, engine="calamine")
    else:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return frame


def _numbered(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame.assign(**{column: pd.to_numeric(frame[column]).astype(float)})


def _by_month(organisations: pd.DataFrame) -> pd.DataFrame:
    months = {name: organisations[name].str.slice(0, 7) for name in ("opened", "closed")}
    return organisations.assign(**months)
