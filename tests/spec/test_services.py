"""Metrics, providers, shifts, impact: further ways to break their rules, and what is no mistake."""

from pathlib import Path

import pytest

from tests.spec.workspaces import DEMENTIA, GOOD, changed, places, problems_of

_METRIC = "  - {id: register, title: Register, kind: stock}\n"
_FLAT = "from: 2025-05, source: a paper}\n"
_SHIFT = (
    "shift: {mechanism: [active], gp_records: [care_activity], other: nel,"
    " baseline: {from: 2024-05, to: 2025-04}, stable_from: 2025-07}\n"
)


def _codes(tmp_path: Path, *edits: tuple[str, str], more: str = "") -> list[str]:
    """Codes of a changed dementia.yaml with more at its end, having checked that they stand at the marks."""
    files = {**changed(DEMENTIA, *edits)}
    files[DEMENTIA] = str(files[DEMENTIA]) + more
    problems = problems_of(tmp_path, files)
    assert [(p.place.file, p.place.line, p.place.column) for p in problems] == places(files)
    return [problem.code for problem in problems]


def _metrics(*lines: str) -> tuple[str, str]:
    return _METRIC, _METRIC + "".join(f"  - {line}\n" for line in lines)


def test_a_service_may_say_all_this(tmp_path: Path) -> None:
    more = """\
eligible: {types: [practice], ods_codes: [P81001, P81002]}
owner: {chair: A. N. Other, sro: null}
conditions_by_place: {North: [Diabetes, Asthma], South: [Asthma, Heart failure]}
impact:
  - {id: journeys, title: Journeys, measured_by: Fewer journeys to hospital, lag_months: 0}
  - {id: admissions, title: Admissions, measured_by: Fewer admissions, status: a proof of concept}
"""
    metric = (
        "{id: failed, title: Failed, kind: flow, part: quality, rate: {per: reviews}, tariff: 1.5,"
        " lag_days: 56, extra_lag_months: 2, final_in: Q4, frequency: monthly, from: 2025-06, to: 2025-06,"
        " data_item: x,"
        " cap: {at_most: 4, per: patient, months: 12, breaches: reviews, patients: reviews}}"
    )
    assert _codes(tmp_path, _metrics(metric), more=more + _SHIFT) == []


@pytest.mark.parametrize(
    "line",
    [
        "rate: {per: §reviws}",
        "cap: {at_most: 4, per: patient, months: 12, breaches: §reviws}",
        "cap: {at_most: 4, per: patient, months: 12, patients: §reviws}",
    ],
)
def test_what_a_metric_is_held_against_is_a_metric(line: str, tmp_path: Path) -> None:
    assert _codes(tmp_path, _metrics(f"{{id: x, title: X, kind: flow, {line}}}")) == ["LES143"]


@pytest.mark.parametrize("key", ["breaches", "patients"])
def test_a_cap_is_not_counted_by_the_metric_it_is_on(key: str, tmp_path: Path) -> None:
    cap = f"cap: {{at_most: 4, per: patient, months: 12, {key}: §x}}"
    assert _codes(tmp_path, _metrics(f"{{id: x, title: X, kind: flow, {cap}}}")) == ["LES148"]


def test_a_stock_may_be_a_share_of_a_stock(tmp_path: Path) -> None:
    assert _codes(tmp_path, _metrics("{id: x, title: X, kind: stock, rate: {per: register}}")) == []


@pytest.mark.parametrize(
    "line",
    [
        "tariff: §-1",
        "lag_days: §-1",
        "extra_lag_months: §-1",
        "cap: {at_most: §0, per: patient, months: 12}",
        "cap: {at_most: 1, per: patient, months: §0}",
    ],
)
def test_quantities_that_cannot_be(line: str, tmp_path: Path) -> None:
    assert _codes(tmp_path, _metrics(f"{{id: x, title: X, kind: flow, {line}}}")) == ["LES107"]


def test_a_metric_is_counted_forwards_and_while_the_les_runs(tmp_path: Path) -> None:
    head = "{id: x, title: X, kind: flow, "
    assert _codes(tmp_path, _metrics(head + "from: 2025-09, to: §2025-08}")) == ["LES154"]
    ends = ("starts: 2025-05\n", "starts: 2025-05\nends: 2026-03\n")
    assert _codes(tmp_path, _metrics(head + "from: §2026-04}"), ends) == ["LES149"]
    assert _codes(tmp_path, _metrics(head + "from: 2025-05, to: 2026-03}"), ends) == []


def test_nothing_is_planned_while_the_metric_is_not_counted(tmp_path: Path) -> None:
    metric = _metrics("{id: x, title: X, kind: flow, from: 2025-10, to: 2026-02}")
    plan = "  - {year: 2025-26, basis: flat, metric: x, per_month: 5, source: y"
    early = (_FLAT, f"{_FLAT}{plan}, from: §2025-09}}\n")
    assert _codes(tmp_path, metric, early) == ["LES153"]
    (problem,) = problems_of(tmp_path, changed(DEMENTIA, metric, early))
    assert problem.message == "2025-09 is planned, but 'x' starts in 2025-10"
    late = (_FLAT, f"{_FLAT}{plan}, from: 2025-10, to: §2026-03}}\n")
    assert _codes(tmp_path, metric, late) == ["LES153"]
    never = (_FLAT, f"{_FLAT}{plan.replace('2025-26', '§2026-27')}}}\n")
    assert _codes(tmp_path, metric, never) == ["LES153"]


def test_a_plan_without_months_is_for_those_of_its_metric(tmp_path: Path) -> None:
    metric = _metrics("{id: x, title: X, kind: flow, from: 2025-10, to: 2026-01}")
    plan = "{year: 2025-26, basis: flat, metric: x, per_month: 5, source: y"
    before = (_FLAT, f"{_FLAT}  - {plan}}}\n  - {plan}, from: §2026-01}}\n")
    assert _codes(tmp_path, metric, before) == ["LES155"]
    alone = (_FLAT, f"{_FLAT}  - {plan}}}\n")
    assert _codes(tmp_path, metric, alone) == []


@pytest.mark.parametrize(
    "more",
    [
        "eligible: {types: [practice, §practice]}\n",
        "eligible: {ods_codes: [P81001, P81002, §P81001]}\n",
        "impact:\n  - {id: a, title: A, measured_by: x}\n  - {id: §a, title: B, measured_by: y}\n",
        "conditions_by_place: {North: [Asthma, §Asthma]}\n",
        _SHIFT.replace("[active]", "[active, §active]"),
        _SHIFT.replace("[care_activity]", "[care_activity, §care_activity]"),
    ],
)
def test_what_stands_once(more: str, tmp_path: Path) -> None:
    assert _codes(tmp_path, more=more) == ["LES141"]


def test_a_code_is_excluded_once_by_a_rule(tmp_path: Path) -> None:
    codes = ("from: 2025-09}", "from: 2025-09, ods_codes: [P81001, §P81001]}")
    assert _codes(tmp_path, codes) == ["LES141"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("conditions_by_place: {North: §[Asthma]}\n", "needs at least 2 entries"),
        ("conditions_by_place: {North: §[A, B, C]}\n", "has room for 2 entries only"),
        ("eligible: {types: §[]}\n", "needs at least 1 entry"),
        (_SHIFT.replace("[active]", "§[]"), "needs at least 1 entry"),
    ],
)
def test_lists_of_the_wrong_length(more: str, reason: str, tmp_path: Path) -> None:
    assert _codes(tmp_path, more=more) == ["LES107"]
    (problem,) = problems_of(tmp_path, {**GOOD, DEMENTIA: GOOD[DEMENTIA] + more})
    assert problem.message.endswith(reason)


def test_a_baseline_runs_forwards_and_ends_before_activity_is_stable(tmp_path: Path) -> None:
    backwards = _SHIFT.replace("to: 2025-04", "to: §2024-04")
    assert _codes(tmp_path, more=backwards) == ["LES154"]
    assert _codes(tmp_path, more=_SHIFT.replace("to: 2025-04", "to: 2025-06")) == []
    assert _codes(tmp_path, more=_SHIFT.replace("to: 2025-04", "to: §2025-08")) == ["LES162"]


def test_a_passive_shift_says_since_when(tmp_path: Path) -> None:
    left_out = _SHIFT.replace("mechanism: [active]", "§mechanism: [active, passive]")
    assert _codes(tmp_path, more=left_out) == ["LES163"]
    said = left_out.replace("§", "").replace(
        "stable_from: 2025-07", "stable_from: 2025-07, decommissioned: 2025-06"
    )
    assert _codes(tmp_path, more=said) == []
