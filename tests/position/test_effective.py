"""A change that begins in November leaves October's position as it was, and November's shows it."""

from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from les_xl.periods import month_range
from les_xl.position import MEASURES, Position, make_position
from les_xl.spec.model import Service
from tests.position.world import (
    YEAR,
    flat,
    known,
    monthly,
    organisation,
    profile,
    reviews,
    service,
    specs,
)

OCTOBER, NOVEMBER = "2025-10", "2025-11"
SHARES = dict.fromkeys(month_range("2025-04", "2025-11"), "10%") | dict.fromkeys(
    month_range("2025-12", "2026-03"), "5%"
)
BANDS = {"of": "pct_annual", "edges": ["50%", "100%"], "labels": ["low", "middle", "high"]}
UNDER = {"id": "under", "level": ["icb", "practice"], "when": "pct_plan_to_date < 60%", "severity": "alert"}
TARGETS = [("A1", "dementia", "reviews", YEAR, 400.0), ("B2", "dementia", "reviews", YEAR, 800.0)]
EIGHT = (40, 50, 45, 60, 55, 50, 48, 52)


@dataclass(frozen=True)
class Case:
    """One change: the keys of the service, and what is loaded, before it and after it."""

    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    loaded_before: dict[str, Any] = field(default_factory=dict)
    loaded_after: dict[str, Any] = field(default_factory=dict)

    def position(self, as_at: str, changed: bool) -> Position:
        """The position of a month, with the change or without."""
        keys, loaded = (self.after, self.loaded_after) if changed else (self.before, self.loaded_before)
        facts: dict[str, Any] = {
            "organisations": [organisation("A1"), organisation("B2", sub_icb="A", place="Fell")],
            "activity": reviews(A1=monthly("2025-04", *EIGHT), B2=monthly("2025-04", *EIGHT)),
            "targets": TARGETS,
            **loaded,
        }
        return make_position(specs(_service(**keys)), known(facts.pop("organisations"), **facts), as_at)


def _service(**changes: Any) -> Service:
    usual = {"plan": [flat(100)], "bands": BANDS, "exceptions": [UNDER]}
    return service(**{**usual, **changes})


def _until(**changes: Any) -> dict[str, Any]:
    return flat(100, **{"to": OCTOBER, **changes})


UNSHARED: dict[str, Any] = {"targets": []}
LEAVING = [("A1", "dementia", "signed_up", "", "", "gone"), ("B2", "dementia", "signed_up", "", "", "")]
CASES: dict[str, Case] = {
    "a plan": Case(after={"plan": [_until(), flat(140, **{"from": NOVEMBER})]}),
    "a plan without any target": Case(
        after={"plan": [_until(), flat(140, **{"from": NOVEMBER})]},
        loaded_before=UNSHARED,
        loaded_after=UNSHARED,
    ),
    "a plan and its annual target": Case(
        before={"plan": [flat(100, annual_target=1200), profile(SHARES)]},
        after={
            "plan": [
                _until(annual_target=1200),
                flat(140, **{"from": NOVEMBER}, annual_target=1400),
                profile(SHARES),
            ]
        },
        loaded_before=UNSHARED,
        loaded_after=UNSHARED,
    ),
    "a target of a practice": Case(
        loaded_after={"targets": [*TARGETS, ("A1", "dementia", "reviews", YEAR, 700.0, NOVEMBER)]}
    ),
    "an exclusion by reason": Case(
        after={"exclude": [{"rule": "gone", "footnote": "f", "from": NOVEMBER}]},
        loaded_before={"signup": LEAVING},
        loaded_after={"signup": LEAVING},
    ),
    "an exclusion by code": Case(
        after={"exclude": [{"rule": "named", "footnote": "f", "ods_codes": ["A1"], "from": NOVEMBER}]}
    ),
    "an exclusion that ends": Case(
        before={"exclude": [{"rule": "named", "footnote": "f", "ods_codes": ["A1"]}]},
        after={"exclude": [{"rule": "named", "footnote": "f", "ods_codes": ["A1"], "to": OCTOBER}]},
    ),
    "the hierarchy": Case(
        loaded_after={
            "organisations": [
                organisation("A1"),
                organisation("A1", valid_from=NOVEMBER, sub_icb="A", place="Fell", pcn="P2"),
                organisation("B2", sub_icb="A", place="Fell"),
            ]
        }
    ),
    "a merger": Case(
        loaded_after={
            "organisations": [
                organisation("A1", closed=OCTOBER, successor="B2"),
                organisation("B2", sub_icb="A", place="Fell"),
            ]
        }
    ),
    "a sign-up": Case(
        loaded_before={"signup": [(code, "dementia", "signed_up", "", "", "") for code in ("A1", "B2")]},
        loaded_after={
            "signup": [
                ("A1", "dementia", "signed_up", "", "", ""),
                ("A1", "dementia", "not_signed_up", NOVEMBER, "", ""),
                ("B2", "dementia", "signed_up", "", "", ""),
            ]
        },
    ),
    "a rule": Case(
        after={
            "exceptions": [
                {**UNDER, "to": OCTOBER},
                {**UNDER, "from": NOVEMBER, "when": "pct_plan_to_date < 150%", "severity": "advise"},
            ]
        }
    ),
    "the bands": Case(
        after={
            "bands": {"of": "pct_annual", "edges": ["20%"], "labels": ["begun", "on the way"]},
            "former_bands": [{**BANDS, "to": OCTOBER}],
        }
    ),
}


def _frames(position: Position) -> dict[str, pd.DataFrame]:
    """Every frame of a position; of the months, those that had come by then."""
    come = position.monthly["month"] <= position.edition.as_at
    banding = position.bandings["dementia"]
    series = {
        "total": banding.total,
        "share": banding.share,
        "last_month": banding.last_month,
        "change": banding.change,
    }
    return {
        "organisations": position.organisations,
        "monthly": position.monthly[come],
        "annual": position.annual,
        "exceptions": position.exceptions,
        "checks": position.checks,
        "groups": banding.groups,
        "practices": banding.practices,
    } | {name: one.to_frame() for name, one in series.items() if one is not None}


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    try:
        assert_frame_equal(one, other, check_exact=True)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("change", CASES)
def test_october_is_as_it_was(change: str) -> None:
    before, after = (CASES[change].position(OCTOBER, changed) for changed in (False, True))
    assert before.data_months == after.data_months == {"dementia": OCTOBER}
    for name, frame in _frames(before).items():
        assert_frame_equal(_frames(after)[name], frame, check_exact=True, obj=name)


@pytest.mark.parametrize("change", CASES)
def test_what_changed_after_october_is_what_is_planned_and_who_is_expected(change: str) -> None:
    before, after = (CASES[change].position(OCTOBER, changed).monthly for changed in (False, True))
    differs = [name for name in before if not before[name].equals(after[name])]
    assert set(differs) <= {"planned", "expected", "n_expected", *(f"{name}_mark" for name in MEASURES)}


@pytest.mark.parametrize("change", CASES)
def test_november_shows_the_change(change: str) -> None:
    before, after = (CASES[change].position(NOVEMBER, changed) for changed in (False, True))
    old, new = (_frames(one) for one in (before, after))
    assert any(name not in new or not _same(old[name], new[name]) for name in old)


def test_a_plan_of_november_is_there_in_november() -> None:
    position = CASES["a plan without any target"].position(NOVEMBER, changed=True)
    planned = [position.value("planned", "dementia", month=month) for month in (OCTOBER, NOVEMBER)]
    assert planned == [100.0, 140.0]
    # Seven months of 100 and five of 140; in October twelve of 100 were still to be expected.
    assert position.value("annual_target", "dementia") == 1400.0
    october = CASES["a plan without any target"].position(OCTOBER, changed=True)
    assert october.value("annual_target", "dementia") == 1200.0
    # 700 were delivered by October, of 1,200: 58 %, whatever is planned from November.
    assert october.value("pct_annual", "dementia") == pytest.approx(sum(EIGHT[:7]) * 2 / 1200)


def test_a_target_of_november_is_shared_from_november() -> None:
    position = CASES["a target of a practice"].position(NOVEMBER, changed=True)
    # 400 of 1,200, then 700 of 1,500.
    planned = [position.value("planned", "dementia", org="A1", month=month) for month in (OCTOBER, NOVEMBER)]
    assert planned == [33.333333, 46.666667]
    targets = [position.value("annual_target", "dementia", org=org) for org in ("A1", "B2", "QE1")]
    assert targets == [700.0, 800.0, 1500.0]
    october = CASES["a target of a practice"].position(OCTOBER, changed=True)
    assert october.value("annual_target", "dementia") == 1200.0


def test_a_later_load_restates_the_target_of_its_own_month() -> None:
    case = CASES["a target of a practice"]
    rows = [*TARGETS, ("A1", "dementia", "reviews", YEAR, 700.0, NOVEMBER)]
    rows.append(("A1", "dementia", "reviews", YEAR, 100.0, "2025-12"))
    position = replace(case, loaded_after={"targets": rows}).position(NOVEMBER, changed=True)
    assert position.value("annual_target", "dementia", org="A1") == 700.0
    assert position.value("planned", "dementia", org="A1", month="2025-12") == pytest.approx(
        100 / 9, abs=1e-6
    )


def test_a_rule_of_november_flags_in_november_only() -> None:
    case = CASES["a rule"]
    october, november = (case.position(month, changed=True).exceptions for month in (OCTOBER, NOVEMBER))
    # By October 696 of 700 are delivered, and B2 has 348 of 466.7: nothing is under 60 %.
    assert list(october["org"]) == []
    assert set(november["severity"]) == {"advise"}
    assert set(november["since"]) == {NOVEMBER}


def test_bands_of_november_compare_like_with_like() -> None:
    case = CASES["the bands"]
    october, november = (case.position(m, changed=True).bandings["dementia"] for m in (OCTOBER, NOVEMBER))
    assert october.labels == ("low", "middle", "high")
    assert november.labels == ("begun", "on the way")
    assert november.last_month is not None
    assert list(november.last_month.index) == ["total", "begun", "on the way"]
