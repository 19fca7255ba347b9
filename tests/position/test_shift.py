"""Service shift and impact: by hand, at each edge of the lag, and by a second method on the sample."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.data.known import Known
from les_xl.marks import Mark
from les_xl.measures.shift_compare import FIGURES
from les_xl.periods import add_months, month_range
from les_xl.position import Position, make_position
from les_xl.spec.model import Service
from les_xl.spec.read import read_specs
from tests.position.world import ICB, known, metric, monthly, organisation, reviews, service, specs
from tests.workbook.sample_position import sample_known

X, Z = Mark.NOT_REPORTED, Mark.NOT_APPLICABLE
ROOT = Path(__file__).resolve().parents[2]
EAST, WEST = "East Trust", "West Trust"
PRACTICES = [
    organisation("A1", place="Town", trust=EAST),
    organisation("B2", place="Fell", trust=EAST),
    organisation("C3", place="Fell", trust=WEST),
]
SHIFT = {
    "mechanism": ("active",),
    "gp_records": ("episodes_of_care",),
    "other": "episodes_of_care",
    "baseline": {"from": "2024-05", "to": "2024-08"},
    "stable_from": "2025-07",
    "lag_months": 3,
}
PAIRS = ((EAST, "Town"), (EAST, "Fell"), (WEST, "Fell"))
BASELINE = month_range("2024-05", "2024-08")


def shifted(**changes: Any) -> Service:
    """The LES `dementia` with a shift."""
    return service(shift={**SHIFT, **changes})


def others(*rows: tuple[str, str, str, str, float]) -> pd.DataFrame:
    """Rows of other providers."""
    columns = ["trust", "place", "indicator", "month", "value"]
    frame = pd.DataFrame([list(row) for row in rows], columns=columns)
    return frame.astype(dict.fromkeys(columns[:4], "str") | {"value": "float64"})


def told(*values: Mapping[str, float], indicator: str = "dementia") -> list[tuple[str, str, str, str, float]]:
    """Rows of each of PAIRS by month."""
    return [
        (trust, place, indicator, month, value)
        for (trust, place), own in zip(PAIRS, values, strict=False)
        for month, value in own.items()
    ]


def steady(before: Sequence[float], first: str, *after: float | None) -> dict[str, float]:
    """The baseline's four months, and values from a month on."""
    return dict(zip(BASELINE, before, strict=True)) | monthly(first, *after)


TOLD = told(
    steady((40, 44, 36, 40), "2025-07", 20, 22),
    steady((8, 10, 12, 10), "2025-07", 11, 9),
    steady((30, 31, 29, 30), "2025-07", 30, 31),
)
DELIVERED = reviews(
    A1=monthly("2025-04", 1, 1, 1, 12, 13, 14, 15),
    B2=monthly("2025-04", 1, 1, 1, 4, 5, 6, 7),
    C3=monthly("2025-04", 1, 1, 1, 3, None, 3, 3),
)


def position(
    one: Service, rows: Sequence[tuple[str, str, str, str, float]], as_at: str, **changes: Any
) -> Position:
    """A position of the three practices."""
    facts = {"activity": DELIVERED, **changes}
    knows: Known = replace(
        known(facts.pop("organisations", PRACTICES), **facts), other_providers=others(*rows)
    )
    return make_position(specs(one), knows, as_at)


def row(found: Position, org: str = ICB, mechanism: str = "active", **more: str) -> dict[str, Any]:
    """One comparison."""
    rows = found.shift.comparisons
    wanted = {"org": org, "mechanism": mechanism, **more}
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    (one,) = rows.to_dict("records")
    return {str(name): value for name, value in one.items()}


def cells(one: Mapping[str, Any], *names: str) -> list[object]:
    """Figures, with the mark where there is none."""
    return [Mark(one[f"{name}_mark"]) if one[f"{name}_mark"] else one[name] for name in names]


SIDES = ("gp", "other_baseline", "other_since", "change")


def test_both_sides_in_the_same_month_by_trust_and_place() -> None:
    found = position(shifted(), TOLD, "2025-10")
    # July only: its three months of lag have passed.
    assert cells(row(found), *SIDES) == [19, 80, 61, -19]
    assert cells(row(found, EAST), *SIDES) == [16, 50, 31, -19]
    assert cells(row(found, WEST), *SIDES) == [3, 30, 30, 0]
    assert cells(row(found, "Town"), *SIDES) == [12, 40, 20, -20]
    assert cells(row(found, "Fell"), *SIDES) == [7, 40, 41, 1]
    town = row(found, "Town")
    assert (town["since_from"], town["since_to"], town["months"]) == ("2025-07", "2025-07", 1)
    assert (town["baseline_from"], town["baseline_to"], town["baseline_months"]) == ("2024-05", "2024-08", 4)
    assert (town["status"], town["assessment"], town["reason"]) == ("assessed", "fewer", "")
    # 20 of 180 events by scipy.stats.binomtest, each limit's odds times 4 months to 1.
    assert cells(town, "ratio") == [0.5]
    assert (town["low"], town["high"]) == pytest.approx((0.29740103069, 0.79833274678))


def test_a_month_that_one_side_has_not_is_compared_on_neither() -> None:
    found = position(shifted(), TOLD, "2025-11")
    # In August the one practice of the west did not report; the ICB's August stands on two of three.
    assert cells(row(found, WEST), *SIDES) == [3, 30, 30, 0]
    assert row(found, WEST)["months"] == 1
    assert cells(row(found), "gp", "other_since") == [37, 61.5]
    assert (row(found)["gp_reported"], row(found)["gp_expected"]) == (5, 6)
    assert "(5 of 6 returns)" in row(found)["sentence"]
    without = [told for told in TOLD if told[1:4] != ("Fell", "dementia", "2025-08") or told[0] != EAST]
    late = position(shifted(), without, "2025-11")
    assert row(late)["months"] == row(late, EAST)["months"] == row(late, "Fell")["months"] == 1
    assert row(late, "Town")["months"] == 2


def test_a_baseline_month_that_not_everybody_reported_is_left_out() -> None:
    rows = [one for one in TOLD if one != (WEST, "Fell", "dementia", "2024-06", 31)]
    found = row(position(shifted(), rows, "2025-10"))
    assert (found["baseline_months"], found["baseline_from"], found["baseline_to"]) == (
        3,
        "2024-05",
        "2024-08",
    )
    assert found["other_baseline"] == pytest.approx((40 + 36 + 40 + 8 + 12 + 10 + 30 + 29 + 30) / 3)
    assert "in 3 months of May 2024 to August 2024" in found["sentence"]


def test_who_comes_new_after_the_baseline_counts_and_is_not_waited_for() -> None:
    new = (WEST, "Town", "dementia", "2025-07", 5.0)
    found = position(shifted(), [*TOLD, new], "2025-11")
    # 61 and 5 in July; in August nobody expects the new row.
    assert cells(row(found), "other_baseline", "other_since") == [80, (66 + 62) / 2]
    assert row(found)["baseline_months"] == 4


@pytest.mark.parametrize(("lag", "extra"), [(0, 0), (1, 0), (3, 0), (3, 2), (0, 2)])
def test_nothing_is_shown_before_the_lag_has_passed(lag: int, extra: int) -> None:
    one = shifted(lag_months=lag, extra_lag_months=extra)
    shown = add_months("2025-07", lag + extra)
    early, due, later = (position(one, TOLD, add_months(shown, step)) for step in (-1, 0, 1))
    held = row(early)
    assert (held["status"], held["shown_from"], held["months"]) == ("held back", shown, 0)
    assert cells(held, *FIGURES) == [X] * len(FIGURES)
    assert (held["assessment"], held["sentence"]) == ("", "")
    assert "Held back: July 2025" in held["reason"]
    assert (row(due)["status"], row(due)["months"], row(due)["since_to"]) == ("assessed", 1, "2025-07")
    assert (row(later)["months"], row(later)["since_to"]) == (2, "2025-08")
    shares = early.shift.months.set_index("month")
    assert "2025-07" not in shares.index or shares.loc["2025-07", "other_mark"] == X


def test_what_is_known_of_later_months_changes_nothing() -> None:
    assert "2025-08" in {one[3] for one in TOLD}
    before = [one for one in TOLD if one[3] <= "2025-07"]
    whole, part = (position(shifted(), rows, "2025-10").shift for rows in (TOLD, before))
    pd.testing.assert_frame_equal(whole.comparisons, part.comparisons)
    pd.testing.assert_frame_equal(whole.months, part.months)


def test_passive_cannot_be_assessed_while_the_month_of_decommissioning_is_not_known() -> None:
    both = position(shifted(mechanism=("active", "passive")), TOLD, "2025-10")
    assert row(both)["status"] == "assessed"
    passive = row(both, mechanism="passive")
    assert (passive["status"], passive["shown_from"]) == ("not assessable", "")
    assert cells(passive, *FIGURES) == [Z] * len(FIGURES)
    assert passive["reason"] == (
        "Cannot be assessed: when the other service was decommissioned is not known."
    )


def test_passive_looks_at_the_months_after_the_decommissioning() -> None:
    gone = shifted(mechanism=("active", "passive"), decommissioned="2025-07")
    october = position(gone, TOLD, "2025-10")
    assert row(october)["since_from"] == "2025-07"
    assert (row(october, mechanism="passive")["status"], row(october, mechanism="passive")["shown_from"]) == (
        "held back", "2025-11",
    )  # fmt: skip
    november = row(position(gone, TOLD, "2025-11"), mechanism="passive")
    assert (november["since_from"], november["months"], november["other_since"]) == ("2025-08", 1, 62)
    assert "in August 2025, after the service there ended in July 2025, against" in november["sentence"]
    early = shifted(mechanism=("passive",), decommissioned="2024-07")
    cut = row(position(early, TOLD, "2025-10"), mechanism="passive")
    # Stable later than the month after; the baseline ends before the service did.
    assert (cut["since_from"], cut["baseline_to"], cut["baseline_months"]) == ("2025-07", "2024-06", 2)


def test_without_data_of_other_providers_the_row_says_so() -> None:
    found = row(position(shifted(), [], "2025-10"))
    assert (found["status"], cells(found, "gp", "ratio")) == ("no data", [X, X])
    assert found["reason"] == "No data of other providers has been loaded (indicator dementia)."
    since = told(monthly("2025-07", 20), monthly("2025-07", 11))
    lacking = row(position(shifted(), since, "2025-10"))
    assert (lacking["status"], cells(lacking, "other_since")) == ("incomplete", [X])
    assert "Incomplete" in lacking["reason"]


def test_nobody_there_provides_it_and_nothing_was_counted_before() -> None:
    one = service(shift=SHIFT, eligible={"ods_codes": ["A1", "B2"]})
    found = row(position(one, TOLD, "2025-10"), WEST)
    assert cells(found, "gp", "other_since", "other_baseline") == [Z, 30, 30]
    assert found["sentence"].endswith("No practice there provides the LES.")
    zero = told(steady((0, 0, 0, 0), "2025-07", 9))
    new = row(position(shifted(), zero, "2025-10"), "Town")
    assert cells(new, "other_baseline", "other_since", "ratio", "high") == [0, 9, Z, Z]
    assert new["assessment"] == "more"
    assert "more than chance explains" in new["sentence"]


def test_a_register_is_its_last_month() -> None:
    beds = service(shift=SHIFT, metrics=[metric("reviews", kind="stock", headline=True, unit="beds")])
    found = row(position(beds, TOLD, "2025-11"), "Town")
    assert (found["gp"], found["months"]) == (13, 2)
    assert "Practices had 13 beds in August 2025." in found["sentence"]


def test_a_merged_practice_is_where_its_successor_is() -> None:
    merged = [
        PRACTICES[0],
        organisation("B2", place="Fell", trust=EAST, closed="2025-08", successor="C3"),
        PRACTICES[2],
    ]
    found = position(shifted(), TOLD, "2025-10", organisations=merged)
    assert cells(row(found, EAST), "gp") == [12]
    assert cells(row(found, WEST), "gp") == [7]
    assert cells(row(found), "gp") == [19]


def test_the_months_since_may_lie_years_back() -> None:
    values = dict.fromkeys(month_range("2025-07", "2028-02"), 20.0)
    rows = [
        (EAST, "Town", "dementia", month, value)
        for month, value in (steady((40,) * 4, "2025-07") | values).items()
    ]
    activity = reviews(A1=dict.fromkeys(values, 3.0))
    knows = replace(known(PRACTICES, activity=activity), other_providers=others(*rows))
    found = row(make_position(specs(shifted()), knows, "2028-02", "2027-28"))
    months = len(month_range("2025-07", "2027-11"))
    assert (found["months"], found["gp"], found["since_from"]) == (months, 3 * months, "2025-07")


def test_impact_compares_the_months_since_the_les_began_with_the_twelve_before() -> None:
    impact = [
        {"id": "stays", "title": "Stays", "measured_by": "Discharges", "lag_months": 3},
        {"id": "trips", "title": "Trips", "measured_by": "Journeys"},
    ]
    year = month_range("2024-04", "2025-03")
    before = dict.fromkeys(year, 50.0)
    rows = told(before | monthly("2025-04", 40, 42, 38, 30), indicator="dementia.stays")
    found = position(service(impact=impact), rows, "2025-09")
    stays = row(found, mechanism="", indicator="dementia.stays")
    assert (stays["kind"], stays["since_from"], stays["since_to"]) == ("impact", "2025-04", "2025-06")
    assert cells(stays, *SIDES) == [9, 50, 40, -10]
    assert row(found, mechanism="", indicator="dementia.trips")["status"] == "no data"
    assert set(found.shift.months["kind"]) == {"impact"}
    held = row(position(service(impact=impact), rows, "2025-06"), mechanism="", indicator="dementia.stays")
    assert (held["status"], held["shown_from"]) == ("held back", "2025-07")


def test_a_workspace_without_any_has_no_rows() -> None:
    found = position(service(), [], "2025-10").shift
    assert found.comparisons.empty
    assert found.months.empty


def test_the_sentence_says_no_more_than_the_figures() -> None:
    found = position(shifted(), TOLD, "2025-10")
    assert row(found, "Town")["sentence"] == (
        "Dementia, Town: other providers had 20 episodes of care in July 2025, against 40 a month in May "
        "2024 to August 2024: 50.0% fewer (rate ratio 0.50, 95% interval 0.30 to 0.80). Practices delivered "
        "12 reviews in July 2025. Both are of the same months, which does not show that one caused the other."
    )
    assert row(found, WEST)["sentence"] == (
        f"Dementia, {WEST}: other providers had 30 episodes of care in July 2025, against 30 a month in May "
        "2024 to August 2024: no change that can be told from chance (rate ratio 1.00, 95% interval 0.65 to "
        "1.50). Practices delivered 3 reviews in July 2025."
    )


def test_what_the_same_months_of_the_year_do_not_bear_out_may_be_season() -> None:
    # July is always low: 60 against a mean of 120, and 58 a year later.
    rows = told(steady((140, 140, 60, 140), "2025-07", 58))
    found = row(position(shifted(), rows, "2025-10"), "Town")
    assert (found["other_same_months"], found["assessment"]) == (60, "season")
    assert found["high"] < 1
    assert (
        "The same month of that year does not bear that out (60): it may be the season." in found["sentence"]
    )
    assert "caused" not in found["sentence"]
    fell = row(position(shifted(), told(steady((140, 140, 140, 140), "2025-07", 58)), "2025-10"), "Town")
    assert fell["assessment"] == "fewer"
    none = row(position(shifted(stable_from="2025-10", lag_months=0), told(
        steady((140, 140, 140, 140), "2025-10", 58)), "2025-10"), "Town")  # fmt: skip
    assert (cells(none, "other_same_months"), none["assessment"]) == ([Z], "fewer")


counts = st.lists(st.integers(0, 90), min_size=6, max_size=6)


@given(st.tuples(counts, counts, counts), st.tuples(counts, counts, counts))
def test_trusts_add_up_to_the_icb_and_so_do_places(
    elsewhere: tuple[list[int], ...], practices: tuple[list[int], ...]
) -> None:
    rows = told(*(steady(own[:4], "2025-07", *own[4:]) for own in elsewhere))
    activity = reviews(
        **{
            code: monthly("2025-07", *own[4:])
            for code, own in zip(("A1", "B2", "C3"), practices, strict=True)
        }
    )
    found = position(shifted(), rows, "2025-11", activity=activity)
    whole = row(found)
    for orgs in ((EAST, WEST), ("Town", "Fell")):
        parts = [row(found, org) for org in orgs]
        for name in ("gp", "other_baseline", "other_same_months", "other_since", "change"):
            assert sum(part[name] for part in parts) == pytest.approx(whole[name]), name
    assert whole["other_since"] == sum(sum(own[4:]) for own in elsewhere) / 2
    assert whole["gp"] == sum(sum(own[4:]) for own in practices)


def _file_rows() -> list[dict[str, str]]:
    found = []
    for path in sorted((ROOT / "sample" / "2025-10" / "other_providers").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


def _monthly_mean(rows: list[dict[str, str]], indicator: str, months: Sequence[str]) -> float:
    values = [int(one["value"]) for one in rows if one["indicator"] == indicator and one["month"] in months]
    return sum(values) / len(months)


def test_the_sample_has_a_service_that_moved_and_one_that_did_not() -> None:
    one, knows, rows = read_specs(ROOT), sample_known(), _file_rows()
    october, january = (make_position(one, knows, as_at) for as_at in ("2025-10", "2026-01"))
    baseline = month_range("2024-05", "2025-04")
    icb = one.workspace.icb.code
    moved = row(october, org=icb, les="vasectomy")
    # The published number of procedures in July 2025.
    assert (moved["gp"], moved["months"], moved["assessment"]) == (73, 1, "fewer")
    assert moved["other_baseline"] == pytest.approx(_monthly_mean(rows, "vasectomy", baseline))
    assert moved["other_since"] == _monthly_mean(rows, "vasectomy", ["2025-07"])
    for les in ("ring_pessary", "phlebotomy", "ecgs"):
        assert row(october, org=icb, les=les)["status"] == "held back"
    stayed = row(january, org=icb, les="ring_pessary")
    # Published fittings of August, September and October: 233, 315 and 299.
    assert (stayed["gp"], stayed["months"], stayed["assessment"]) == (233 + 315 + 299, 3, "no change")
    after = month_range("2025-08", "2025-10")
    assert stayed["other_since"] == pytest.approx(_monthly_mean(rows, "ring_pessary", after))
    assert row(january, org=icb, les="vasectomy")["months"] == 4
    waiting = row(october, org=icb, mechanism="passive", les="shared_care")
    assert waiting["status"] == "not assessable"
