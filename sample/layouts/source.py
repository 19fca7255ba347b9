"""The synthetic sample that the layouts are made from, read as text."""

import csv
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import openpyxl

SAMPLE = Path(__file__).resolve().parents[1] / "2025-10"
MONTHS = ("2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10")

Row = dict[str, str]
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Source:
    """Organisations by code, and activity by code, LES, metric and month."""

    organisations: dict[str, Row]
    activity: dict[Key, int]

    def reported(self, les: str, metric: str, month: str) -> dict[str, int]:
        """What each organisation reported."""
        return {key[0]: value for key, value in self.activity.items() if key[1:] == (les, metric, month)}


def read_source(folder: Path = SAMPLE) -> Source:
    """Read the sample's organisations and activity."""
    with (folder / "reference" / "organisations.csv").open(encoding="utf-8", newline="") as file:
        organisations = {row["ods_code"]: row for row in csv.DictReader(file)}
    activity: dict[Key, int] = {}
    for path in sorted((folder / "activity").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            activity |= _activity(tuple(row.values()) for row in csv.DictReader(file))
    for path in sorted((folder / "activity").glob("*.xlsx")):
        with closing(openpyxl.load_workbook(path, read_only=True)) as book:
            rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
        activity |= _activity(tuple(map(str, row)) for row in rows)
    return Source(organisations, activity)


def _activity(rows: Iterable[tuple[str, ...]]) -> dict[Key, int]:
    return {(code, les, metric, month): int(value) for code, les, metric, month, value in rows}
