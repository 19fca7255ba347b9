"""Practices per band on figures small enough to count by hand."""

import math
from typing import Any

import pandas as pd
import pytest

from les_xl.measures.banding import Banding, band_of
from les_xl.position import Position, make_position
from les_xl.spec.model import Bands
from tests.position.world import YEAR, known, monthly, organisation, reviews, service, specs
from tests.position.worlds import BANDS

LABELS = ["0-10%", "11-25%", "26-50%", "51-75%", "76-100%", "100% +"]
TARGET = 1000.0


def position_of(
    delivered: dict[str, dict[str, float]], targets: dict[str, float] | None = None, **known_more: Any
) -> Position:
    """Practices of North with a target of 1,000 unless said otherwise."""
    organisations = known_more.pop("organisations", [organisation(code) for code in delivered])
    rows = [
        (row["ods_code"], "dementia", "reviews", YEAR, (targets or {}).get(row["ods_code"], TARGET))
        for row in organisations
        if targets is None or row["ods_code"] in targets
    ]
    facts = known(organisations, activity=reviews(**delivered), targets=rows, **known_more)
    return make_position(specs(service(bands=BANDS)), facts)


def banding_of(*args: Any, **more: Any) -> Banding:
    return position_of(*args, **more).bandings["dementia"]


@pytest.mark.parametrize(
    ("delivered", "band"),
    [
        (0, "0-10%"), (100, "0-10%"), (101, "11-25%"), (250, "11-25%"), (251, "26-50%"), (500, "26-50%"),
        (501, "51-75%"), (750, "51-75%"), (751, "76-100%"), (1000, "76-100%"), (1001, "100% +"),
    ],
)  # fmt: skip
def test_an_upper_edge_belongs_to_its_band(delivered: float, band: str) -> None:
    banding = banding_of({"A1": {"2025-04": delivered}})
    assert banding.total.to_dict() == {"total": 1} | {label: int(label == band) for label in LABELS}


@pytest.mark.parametrize("noisy", [0.1 + 2e-17, 0.1 * 3 / 3, 1 - 0.9])
def test_binary_noise_is_not_above_an_edge(noisy: float) -> None:
    banding = banding_of({"A1": {"2025-04": noisy * 3.3}}, {"A1": 3.3})
    assert banding.total["0-10%"] == 1


def test_bands_of_a_specification_are_its_own() -> None:
    bands = Bands.model_validate({"of": "pct_annual", "edges": ["50%"], "labels": ["half", "more"]})
    assert band_of(bands, pd.Series([0.0, 0.5, 0.51, math.nan])).tolist() == ["half", "half", "more", "half"]


def test_groups_totals_and_shares() -> None:
    organisations = [
        organisation("A1"),
        organisation("B2"),
        organisation("C3", sub_icb="A"),
        organisation("D4", sub_icb="A"),
    ]
    delivered = {"A1": 50, "B2": 600, "C3": 800, "D4": 2000}
    banding = banding_of(
        {code: {"2025-04": value} for code, value in delivered.items()}, organisations=organisations
    )
    assert (banding.les, banding.metric, banding.month) == ("dementia", "reviews", "2025-04")
    assert banding.groups.columns.tolist() == ["total", *LABELS]
    assert banding.groups.index.tolist() == ["N", "A"]
    assert banding.groups.to_numpy().tolist() == [[2, 1, 0, 0, 1, 0, 0], [2, 0, 0, 0, 0, 1, 1]]
    assert banding.total.tolist() == [4, 1, 0, 0, 1, 1, 1]
    assert banding.share.tolist() == [0.25, 0, 0, 0.25, 0.25, 0.25]
    assert (banding.over_half, banding.over_three_quarters) == (0.75, 0.5)
    assert banding.last_month is None
    assert banding.change is None
    assert banding.over_half_last_month is None
    assert banding.over_three_quarters_last_month is None


def test_exactly_half_is_not_over_half() -> None:
    banding = banding_of({"A1": {"2025-04": 500}, "B2": {"2025-04": 750}})
    assert (banding.over_half, banding.over_three_quarters) == (0.5, 0.0)


def test_who_never_reported_is_in_the_lowest_band_and_marked() -> None:
    organisations = [organisation("A1"), organisation("B2")]
    banding = banding_of({"A1": {"2025-04": 900}}, organisations=organisations)
    assert banding.total[["total", "0-10%", "76-100%"]].tolist() == [2, 1, 1]
    _, silent = banding.practices.to_dict("records")
    assert silent["ods_code"] == "B2"
    assert silent["band"] == "0-10%"
    assert not silent["reported"]
    assert math.isnan(silent["pct_annual"])
    assert banding.over_half == 0.5


def test_who_has_no_target_is_counted_apart() -> None:
    delivered = {code: {"2025-04": 300.0} for code in ("A1", "B2", "C3")}
    banding = banding_of(delivered, {"A1": 1000, "C3": 0})
    assert banding.total["total"] == 1
    assert banding.practices["ods_code"].tolist() == ["A1"]
    assert banding.no_target == 2


def test_nobody_to_band_has_no_shares() -> None:
    banding = banding_of({"A1": {"2025-04": 300.0}}, {})
    assert banding.total["total"] == 0
    assert banding.no_target == 1
    assert banding.share.isna().all()
    assert math.isnan(banding.over_half)


def test_change_is_on_the_month_before_with_those_who_counted_then() -> None:
    delivered = {
        "A1": monthly("2025-04", 90, 20, 400),  # 11 % in May, 51 % in June
        "B2": monthly("2025-04", 60, 10, 10),  # 7 %, 8 %
        "C3": monthly("2025-04", 10, 10),  # 2 %, then it has left
    }
    organisations = [organisation("A1"), organisation("B2"), organisation("C3", closed="2025-05")]
    banding = banding_of(delivered, organisations=organisations)
    assert banding.month == "2025-06"
    assert banding.total.tolist() == [2, 1, 0, 0, 1, 0, 0]
    assert banding.last_month is not None
    assert banding.last_month.tolist() == [3, 2, 1, 0, 0, 0, 0]
    assert banding.change is not None
    assert banding.change.tolist() == [-1, -1, -1, 0, 1, 0, 0]
    assert (banding.over_half, banding.over_half_last_month) == (0.5, 0.0)


@pytest.mark.parametrize(("starts", "before"), [("2025-05", False), ("2025-04", True)])
def test_a_les_has_no_month_before_its_first(starts: str, before: bool) -> None:
    """April is no month of a LES that starts in May: it has no bands, rather than bands that are empty."""
    facts = known(
        [organisation("A1")],
        activity=reviews(A1={"2025-05": 600.0}),
        targets=[("A1", "dementia", "reviews", YEAR, TARGET)],
    )
    banding = make_position(specs(service(starts=starts, bands=BANDS)), facts).bandings["dementia"]
    assert banding.month == "2025-05"
    assert banding.history["month"].tolist() == [*(["2025-04"] if before else []), "2025-05"]
    lasts = (banding.last_month, banding.change, banding.over_half_last_month)
    assert [one is not None for one in (*lasts, banding.over_three_quarters_last_month)] == [before] * 4


def test_a_merged_practice_is_banded_once_against_both_targets() -> None:
    organisations = [organisation("A1", closed="2025-04", successor="B2"), organisation("B2")]
    delivered = {"A1": {"2025-04": 300.0}, "B2": monthly("2025-04", 200, 100)}
    banding = banding_of(delivered, organisations=organisations)
    # 600 of 2,000; in April 500 of the targets of both, which are the successor's now.
    assert banding.practices[["ods_code", "pct_annual"]].to_numpy().tolist() == [["B2", 0.3]]
    assert banding.last_month is not None
    assert banding.last_month[["total", "11-25%"]].tolist() == [1, 1]


def test_there_is_no_banding_without_bands() -> None:
    facts = known([organisation("A1")], activity=reviews(A1={"2025-04": 1}))
    assert make_position(specs(service()), facts).bandings == {}


def test_bands_are_checked_against_the_practices_counted() -> None:
    position = position_of({"A1": {"2025-04": 900}, "B2": {"2025-04": 10}}, {"A1": 1000})
    checks = position.checks.set_index("check")
    for check in ("bands_make_practices", "groups_make_bands", "band_shares_make_one"):
        assert checks.loc[check, "ok"], check
    assert checks.loc["bands_make_practices", "left"] == 1
    assert checks.loc["bands_make_practices", "scope"] == "Dementia, Apr-25"


def test_a_practice_outside_every_group_fails_the_footing() -> None:
    organisations = [organisation("A1"), organisation("B2", sub_icb="")]
    delivered = {"A1": {"2025-04": 900.0}, "B2": {"2025-04": 10.0}}
    failed = position_of(delivered, organisations=organisations).checks.query("not ok")
    assert set(failed["check"]) == {"groups_make_bands", "sub_icbs_make_icb"}
