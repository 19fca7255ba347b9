"""The committed sample and the published figures, read as text with nothing of ours."""

import csv
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "sample" / "2025-10"
PUBLISHED = ROOT / "tests" / "published"
MONTHS = ("2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10")
SPECIAL_ALLOCATION, NOTICE_GIVEN, CLOSED = "ZZ0901", "ZZ0902", "ZZ0903"

Row = dict[str, str]
# Published label, LES, metric that is planned, metrics that are loaded.
ROWS = (
    ("Post Bariatric Monitoring", "post_bariatric_monitoring", "reviews", ("reviews",)),
    ("Dementia", "dementia", "reviews", ("reviews",)),
    ("Complex Injections", "complex_injections", "denosumab", ("denosumab",)),
    ("Diabetes", "diabetes", "activity", ("insulin_initiation", "insulin_monitoring", "glp1_initiation")),
    ("Ring Pessary", "ring_pessary", "fittings", ("first_fit", "change")),
    ("Vasectomy Procedure", "vasectomy", "procedure", ("procedure",)),
    ("Vasectomy Counselling", "vasectomy", "counselling", ("counselling",)),
    ("Spiro/Feno (Respiratory Bundle)", "spiro_feno", "tests", ("feno", "spirometry")),
    ("LTC LES", "ltc", "hha", ("hha",)),
    ("Wound Care", "wound_care", "activity", ("dressing", "suture_removal", "burn_dressing", "suturing")),
    ("Phlebotomy", "phlebotomy", "samples", ("samples",)),
    ("ECGs", "ecgs", "ecgs", ("ecgs",)),
    ("PSA Testing", "psa_testing", "tests", ("tests",)),
    ("Simple Injections", "simple_injections", "injections", ("injections",)),
)
STOCKS = {("psa_testing", "register"), ("post_bariatric_monitoring", "register")}
LES = tuple(dict.fromkeys(les for _, les, _, _ in ROWS))


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV file, with or without a byte order mark."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def rows_of_workbook(path: Path) -> list[Row]:
    """The rows of the first sheet; a code or month that is not stored as text fails here."""
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        header, *body = book.worksheets[0].iter_rows(values_only=True)
    rows = []
    for cells in body:
        assert all(isinstance(cell, str) for cell in cells[:4]), cells
        assert isinstance(cells[4], int), cells
        rows.append({str(name): str(cell) for name, cell in zip(header, cells, strict=True)})
    return rows


@dataclass(frozen=True)
class Sample:
    """The files of one folder."""

    folder: Path

    @cached_property
    def organisations(self) -> dict[str, Row]:
        """Rows of the organisations file by code."""
        return {row["ods_code"]: row for row in rows_of(self.folder / "reference" / "organisations.csv")}

    @cached_property
    def signup(self) -> dict[tuple[str, str], Row]:
        """Rows of the sign-up file by code and LES."""
        rows = rows_of(self.folder / "reference" / "signup.csv")
        found = {(row["ods_code"], row["les"]): row for row in rows}
        assert len(found) == len(rows)
        return found

    @cached_property
    def activity(self) -> list[Row]:
        """Rows of all activity files, in the order of the months."""
        folder = self.folder / "activity"
        csvs = [row for path in sorted(folder.glob("*.csv")) for row in rows_of(path)]
        return csvs + [row for path in sorted(folder.glob("*.xlsx")) for row in rows_of_workbook(path)]

    @cached_property
    def targets(self) -> dict[tuple[str, str], dict[str, int]]:
        """Annual targets by LES and metric, then code."""
        found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for row in rows_of(self.folder / "plans" / "plans_2025-26.csv"):
            assert row["year"] == "2025-26"
            assert row["ods_code"] not in found[row["les"], row["metric"]]
            found[row["les"], row["metric"]][row["ods_code"]] = int(row["annual_target"])
        return found

    @cached_property
    def signed_up(self) -> dict[str, set[str]]:
        """Codes of the practices signed up, by LES."""
        found: dict[str, set[str]] = defaultdict(set)
        for (code, les), row in self.signup.items():
            if row["status"] == "signed_up":
                found[les].add(code)
        return found

    def monthly(self, les: str, metrics: tuple[str, ...]) -> dict[str, dict[str, int]]:
        """Values by month, then code, summed over the metrics; practices that count only."""
        found: dict[str, dict[str, int]] = {month: defaultdict(int) for month in MONTHS}
        counting = self.signed_up[les]
        for row in self.activity:
            if row["les"] == les and row["metric"] in metrics and row["ods_code"] in counting:
                found[row["month"]][row["ods_code"]] += int(row["value"])
        return found
