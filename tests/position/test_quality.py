"""Rates, caps and registers of quality and outcomes: by hand, and over the sample by another way."""

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from scipy.stats import binomtest

from les_xl.marks import Mark
from les_xl.measures.quality import QUALITY_FIGURES
from les_xl.position import Position, make_position
from tests.position.world import known, metric, organisation, service, specs
from tests.sample.extracts import FOLDER, Sample, rows_of
from tests.workbook.sample_position import sample_position

X, Z = Mark.NOT_REPORTED, Mark.NOT_APPLICABLE
TWO = [organisation("A1"), organisation("B2", sub_icb="A")]
CAP = {"at_most": 4, "per": "patient", "months": 12}


def les(*metrics: dict[str, Any], **changes: Any) -> Any:
    """A LES of samples, with these metrics beside them."""
    return service(metrics=[metric("samples", headline=True, published_as="Samples"), *metrics], **changes)


def rows(**by_metric: Mapping[str, Mapping[str, float]]) -> list[tuple[Any, ...]]:
    """Activity by metric, then code, then month."""
    return [
        (code, "dementia", name, month, value)
        for name, by_code in by_metric.items()
        for code, months in by_code.items()
        for month, value in months.items()
    ]


def cells(position: Position, name: str, org: str = "QE1", month: str = "2025-05") -> list[Any]:
    """Measure, metrics, returns and every figure or mark of one row; the row of a metric or of its cap."""
    found = position.quality.query("metric == @name and org == @org and month == @month").iloc[0]
    figures = [
        Mark(found[f"{one}{span}_mark"]) if found[f"{one}{span}_mark"] else float(found[f"{one}{span}"])
        for span in ("", "_to_date")
        for one in QUALITY_FIGURES
    ]
    return [found["measure"], found["of"], found["n_reported"], found["n_expected"], *figures]


FAILED = metric("failed", part="quality", rate={"per": "samples"})


def test_a_rate_is_of_those_that_reported_both() -> None:
    activity = rows(
        samples={"A1": {"2025-04": 100, "2025-05": 100}, "B2": {"2025-04": 40, "2025-05": 60}},
        failed={"A1": {"2025-04": 4, "2025-05": 10}, "B2": {"2025-04": 1}},
    )
    position = make_position(specs(les(FAILED)), known(TWO, activity=activity), "2025-05")
    assert cells(position, "failed", month="2025-04")[:7] == ["rate", "samples", 2, 2, 5, 140, 5 / 140]
    # In May B2 sent no failures: its 60 samples are in no denominator.
    may = cells(position, "failed")
    assert may[:7] == ["rate", "samples", 1, 2, 10, 100, 0.1]
    # Wilson, 95 %, of 10 in 100; of 15 in 240: (33.8415 ± 15.1932) / 487.683.
    assert [round(may[at], 4) for at in (7, 8)] == [0.0552, 0.1744]
    assert may[9:12] == [15, 240, 0.0625]
    assert [round(may[at], 4) for at in (12, 13)] == [0.0382, 0.1005]
    assert cells(position, "failed", "B2")[2:] == [0, 1, X, X, X, X, X, 1, 40, 0.025, *_wilson(1, 40)]
    assert cells(position, "failed", month="2025-06")[4:] == [X] * 10


def _wilson(count: int, of: int) -> list[object]:
    return [pytest.approx(limit) for limit in wilson(count, of)]


def wilson(count: int, of: int) -> tuple[float, float]:
    """Wilson's interval by scipy."""
    found = binomtest(count, of).proportion_ci(method="wilson")
    return float(found.low), float(found.high)


def test_a_numerator_above_its_denominator_is_shown_as_it_is_and_fails_a_check() -> None:
    activity = rows(
        samples={"A1": {"2025-05": 5}, "B2": {"2025-05": 95}},
        failed={"A1": {"2025-05": 8}, "B2": {"2025-05": 2}},
    )
    position = make_position(specs(les(FAILED)), known(TWO, activity=activity), "2025-05")
    assert cells(position, "failed", "A1")[4:9] == [8, 5, 1.6, Z, Z]
    assert cells(position, "failed")[4:7] == [10, 100, 0.1]
    checks = position.checks.query("check == 'share_within_whole'")
    assert checks[["scope", "left", "right", "difference", "ok"]].to_numpy().tolist() == [
        ["Dementia: failed, Practice A1 (A1), May-25", 8, 5, 3, False]
    ]


def test_nothing_out_of_nothing_is_no_rate() -> None:
    activity = rows(samples={"A1": {"2025-05": 0}}, failed={"A1": {"2025-05": 0}})
    position = make_position(specs(les(FAILED)), known(TWO, activity=activity), "2025-05")
    assert cells(position, "failed", "A1")[4:9] == [0, 0, Z, Z, Z]
    assert cells(position, "failed", "A1", "2025-04")[4:9] == [X] * 5
    # Before the LES nothing applies.
    later = make_position(specs(les(FAILED, starts="2025-05")), known(TWO, activity=activity), "2025-05")
    assert cells(later, "failed", "A1", "2025-04")[4:9] == [Z] * 5


def test_a_register_is_never_added_up_and_has_no_rate() -> None:
    activity = rows(
        samples={"A1": {"2025-04": 1, "2025-05": 1}},
        beds={"A1": {"2025-04": 30, "2025-05": 28}},
        cost={"A1": {"2025-04": 5, "2025-05": 6}},
    )
    made = les(metric("beds", kind="stock"), metric("cost", part="outcomes"), metric("visits"))
    position = make_position(specs(made), known(TWO, activity=activity), "2025-05")
    assert cells(position, "beds") == ["stock", "", 1, 2, 28, Z, Z, Z, Z, 28, Z, Z, Z, Z]
    assert cells(position, "cost") == ["count", "", 1, 2, 6, Z, Z, Z, Z, 11, Z, Z, Z, Z]
    # Activity that is no register and has no rate is not here.
    assert set(position.quality["metric"]) == {"beds", "cost"}


def test_a_share_of_a_register_to_date_is_the_month_s() -> None:
    made = les(metric("register", kind="stock"), metric("seen", kind="stock", rate={"per": "register"}))
    activity = rows(
        samples={"A1": {"2025-04": 1, "2025-05": 1}},
        register={"A1": {"2025-04": 30, "2025-05": 40}},
        seen={"A1": {"2025-04": 3, "2025-05": 8}},
    )
    position = make_position(specs(made), known(TWO, activity=activity), "2025-05")
    assert cells(position, "seen")[4:7] == cells(position, "seen")[9:12] == [8, 40, 0.2]


OVER = metric("over", part="quality")
VISITS = {"A1": {"2025-04": 9, "2025-05": 6}, "B2": {"2025-04": 2, "2025-05": 3}}


def capped(**cap: Any) -> Any:
    """A LES whose visits are capped."""
    return les(metric("visits", cap={**CAP, **cap}), metric("patients"), OVER)


def test_who_is_over_the_cap_is_what_practices_counted() -> None:
    activity = rows(samples=VISITS, visits=VISITS, over={"A1": {"2025-04": 1, "2025-05": 2}})
    position = make_position(
        specs(capped(breaches="over", patients="patients")), known(TWO, activity=activity), "2025-05"
    )
    assert cells(position, "over") == ["over_cap", "", 1, 2, 2, Z, Z, Z, Z, 3, Z, Z, Z, Z]
    assert set(position.quality["metric"]) == {"over"}


def test_without_a_count_there_is_a_proxy_where_patients_are_counted() -> None:
    activity = rows(
        samples=VISITS,
        visits=VISITS,
        patients={"A1": {"2025-04": 2, "2025-05": 1}, "B2": {"2025-04": 4, "2025-05": 0}},
    )
    position = make_position(
        specs(capped(breaches="over", patients="patients")), known(TWO, activity=activity), "2025-05"
    )
    # A1: 9 visits of 2 patients in April, 1 above 8; 15 of 3 by May, 3 above 12. B2 never above 16.
    april = cells(position, "visits", month="2025-04")
    assert april[:9] == ["over_cap_proxy", "patients", 2, 2, 1, 11, 1 / 11, Z, Z]
    may = cells(position, "visits")
    assert may[4:7] == may[9:12] == [3, 20, 0.15]
    assert cells(position, "visits", "B2")[4:7] == [0, 5, 0]


def test_the_proxy_looks_back_over_its_own_months() -> None:
    months = [f"2024-{month:02d}" for month in range(4, 13)] + [f"2025-{month:02d}" for month in range(1, 6)]
    each = {"A1": dict.fromkeys(months, 5)}
    activity = rows(samples=each, visits=each, patients={"A1": dict.fromkeys(months, 1)})
    made = les(
        metric("visits", cap={**CAP, "months": 3, "patients": "patients"}),
        metric("patients"),
        starts="2024-04",
    )
    position = make_position(specs(made), known(TWO, activity=activity), "2025-05")
    # 15 visits of 3 patients in any three months.
    assert cells(position, "visits", month="2025-04")[4:7] == [3, 15, 0.2]


def test_without_patients_whose_visits_they_were_is_not_known() -> None:
    position = make_position(
        specs(capped(breaches="over")), known(TWO, activity=rows(samples=VISITS, visits=VISITS)), "2025-05"
    )
    assert cells(position, "visits")[:9] == ["over_cap", "", 0, 2, Z, Z, Z, Z, Z]


@pytest.fixture(scope="module")
def position() -> Position:
    return sample_position()


RATES = {
    ("ltc", "consent_to_share"): "hha",
    ("ltc", "ethnicity"): "hha",
    ("ltc", "falls"): "hha",
    ("phlebotomy", "failed"): "samples",
}


def test_the_sample_s_rates_and_intervals_by_another_way(position: Position) -> None:
    """From the rows of the extracts, with the intervals of scipy."""
    sample = Sample(FOLDER)
    there: dict[tuple[str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    for row in [*sample.activity, *rows_of(FOLDER / "quality" / "quality_2025-10.csv")]:
        if row["ods_code"] in sample.signed_up[row["les"]]:
            there[row["les"], row["metric"]][row["ods_code"], row["month"]] = int(row["value"])
    groups = {code: row["sub_icb"] for code, row in sample.organisations.items()}
    rates = position.quality.query("measure == 'rate' and month == '2025-10'")
    shown = {(row["les"], row["metric"], row["org"]): row for row in rates.to_dict("records")}
    for (les_slug, name), of in RATES.items():
        counted, whole = there[les_slug, name], there[les_slug, of]
        for org in ("QE1", *set(groups.values())):
            both = [key for key in counted.keys() & whole.keys() if org in ("QE1", groups[key[0]])]
            numerator, denominator = sum(counted[key] for key in both), sum(whole[key] for key in both)
            found = shown[les_slug, name, org]
            assert (found["numerator_to_date"], found["denominator_to_date"]) == (numerator, denominator)
            assert found["rate_to_date"] == pytest.approx(numerator / denominator)
            limits = wilson(numerator, denominator)
            assert (found["lower_to_date"], found["upper_to_date"]) == pytest.approx(limits)


def test_a_mark_stands_exactly_where_there_is_no_number(position: Position) -> None:
    frame: pd.DataFrame = position.quality
    for name in [f"{one}{span}" for one in QUALITY_FIGURES for span in ("", "_to_date")]:
        assert ((frame[f"{name}_mark"] == "") == frame[name].notna()).all(), name
    assert len(frame) == 13 * len(position.organisations) * 12
    assert not frame.duplicated(["les", "metric", "level", "org", "month"]).any()
    known_rates = frame[frame["lower"].notna()]
    assert (known_rates["lower"] <= known_rates["rate"] + 1e-12).all()
    assert (known_rates["rate"] <= known_rates["upper"] + 1e-12).all()
    assert math.isclose(known_rates["rate"].max(), 1.0)
