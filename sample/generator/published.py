"""The published figures that the sample reproduces, and which metric of which LES carries each of them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

YEAR = "2025-26"
MONTHS = ("2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10")
YEAR_MONTHS = (*MONTHS, "2025-11", "2025-12", "2026-01", "2026-02", "2026-03")
LOWEST_IN_SEPTEMBER = 42  # 16 in October, "a reduction of 26 from last month"
OVER_HALF_IN_SEPTEMBER = 86  # 110 of 195 in October, 12.3 percentage points more than the month before
# The row says 30 practices and its bands sum to 31: one is taken from the largest band.
CORRECTED = {("Morecambe Bay", "26-50%"): 13}

SUB_ICBS = {
    "Blackburn With Darwen": "00Q",
    "East Lancashire": "01A",
    "Chorley & South Ribble": "00X",
    "West Lancashire": "02G",
    "Greater Preston": "01E",
    "Blackpool": "00R",
    "Fylde & Wyre": "02M",
    "Morecambe Bay": "01K",
}
BANDS = ("0-10%", "11-25%", "26-50%", "51-75%", "76-100%", "100%+")
EDGES = (10, 25, 50, 75, 100)


@dataclass(frozen=True)
class Series:
    """One row of the published table: its LES, metric and label.

    `parts` are the metrics that sum to it, with their weights. `register` is the size of the register kept
    beside it, in patients per 10,000 registered; 0 where there is none.
    """

    les: str
    metric: str
    label: str
    parts: tuple[tuple[str, int], ...] = ()
    register: int = 0


LTC = Series("ltc", "hha", "LTC LES")
VASECTOMY = (
    Series("vasectomy", "procedure", "Vasectomy Procedure"),
    Series("vasectomy", "counselling", "Vasectomy Counselling"),
)
ROUTINE = (
    Series("post_bariatric_monitoring", "reviews", "Post Bariatric Monitoring", register=14),
    Series("dementia", "reviews", "Dementia"),
    Series("complex_injections", "denosumab", "Complex Injections"),
    Series(
        "diabetes",
        "activity",
        "Diabetes",
        parts=(("insulin_initiation", 12), ("insulin_monitoring", 63), ("glp1_initiation", 25)),
    ),
    Series("ring_pessary", "fittings", "Ring Pessary", parts=(("first_fit", 30), ("change", 70))),
    Series(
        "spiro_feno", "tests", "Spiro/Feno (Respiratory Bundle)", parts=(("feno", 42), ("spirometry", 58))
    ),
    Series(
        "wound_care",
        "activity",
        "Wound Care",
        parts=(("dressing", 70), ("suture_removal", 22), ("burn_dressing", 3), ("suturing", 5)),
    ),
    Series("phlebotomy", "samples", "Phlebotomy"),
    Series("ecgs", "ecgs", "ECGs"),
    Series("psa_testing", "tests", "PSA Testing", register=115),
    Series("simple_injections", "injections", "Simple Injections"),
)


@dataclass(frozen=True)
class Published:
    """Quantities by label (and month), practices by sub-ICB name and band, the target of the LTC LES."""

    planned: Mapping[str, int]
    delivered: Mapping[str, Mapping[str, int]]
    bands: Mapping[str, tuple[int, ...]]
    ltc_target: int

    def months(self, series: Series) -> tuple[str, ...]:
        """The months of service so far: those with a published delivered figure."""
        return tuple(self.delivered[series.label])


def read_published(folder: Path) -> Published:
    """The published figures from the CSV files in `folder`, with the Morecambe Bay row corrected."""
    rows = [row for row in _rows(folder / "published_plan_vs_delivered.csv") if row["delivered"]]
    delivered: dict[str, dict[str, int]] = {}
    for row in rows:
        delivered.setdefault(row["les"], {})[row["month"]] = int(row["delivered"])
    return Published(
        planned={row["les"]: int(row["planned"]) for row in rows},
        delivered=delivered,
        bands=_bands(folder / "published_banding_2025-10.csv"),
        ltc_target=sum(int(row["assessments"]) for row in _rows(folder / "ltc_expected_profile.csv")),
    )


def _bands(path: Path) -> dict[str, tuple[int, ...]]:
    return {
        row["sub_icb"]: tuple(CORRECTED.get((row["sub_icb"], band), int(row[band])) for band in BANDS)
        for row in _rows(path)
        if row["sub_icb"] in SUB_ICBS
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
