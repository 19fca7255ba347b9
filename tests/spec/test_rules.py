"""The rules beyond their one example: each further way to break them, and what must not be taken for it."""

from pathlib import Path

import pytest

from tests.spec.workspaces import DEMENTIA, GOOD, LES, changed, places, problems_of

_METRIC = "  - {id: register, title: Register, kind: stock}\n"
_FLAT = (
    "  - {year: 2025-26, basis: flat, per_month: 10, annual_target: 110, from: 2025-05, source: a paper}\n"
)
_PLANNED = "{year: 2025-26, basis: flat, per_month: 5, source: x"
_EXCEPTION = "  - {id: under_plan, level: [icb, practice], when: pct_plan_to_date < 60%, severity: alert}\n"


def _codes(tmp_path: Path, *edits: tuple[str, str]) -> list[str]:
    """Codes of a changed dementia.yaml, having checked that they stand at the marks."""
    files = changed(DEMENTIA, *edits)
    problems = problems_of(tmp_path, files)
    assert [(p.place.file, p.place.line, p.place.column) for p in problems] == places(files)
    return [problem.code for problem in problems]


def _metrics(*lines: str) -> tuple[str, str]:
    return _METRIC, _METRIC + "".join(f"  - {line}\n" for line in lines)


def _plans(*lines: str) -> tuple[str, str]:
    return _FLAT, _FLAT + "".join(f"  - {line}\n" for line in lines)


def test_two_headlines(tmp_path: Path) -> None:
    assert _codes(tmp_path, _metrics("{id: x, title: X, kind: flow, headline: §true}")) == ["LES140"]


def test_ids_stand_once(tmp_path: Path) -> None:
    assert _codes(tmp_path, _metrics("{id: §reviews, title: X, kind: flow}")) == ["LES141"]
    assert _codes(tmp_path, (_EXCEPTION, _EXCEPTION + _EXCEPTION.replace("id: u", "id: §u"))) == ["LES141"]


def test_levels_labels_and_parts_stand_once(tmp_path: Path) -> None:
    assert _codes(tmp_path, ("level: [icb, practice]", "level: [icb, practice, §icb]")) == ["LES141"]
    assert _codes(tmp_path, ('["0-50%", "51-100%"', '["0-50%", §"0-50%"')) == ["LES141"]
    line = "{id: x, title: X, kind: flow, sum_of: [reviews, §reviews]}"
    assert _codes(tmp_path, _metrics(line)) == ["LES141"]


def test_a_circle_of_sums_is_told_once(tmp_path: Path) -> None:
    edit = _metrics(
        "{id: a, title: A, kind: flow, §sum_of: [b]}",
        "{id: b, title: B, kind: flow, sum_of: [c]}",
        "{id: c, title: C, kind: flow, sum_of: [a]}",
    )
    assert _codes(tmp_path, edit) == ["LES144"]
    (problem,) = problems_of(tmp_path, changed(DEMENTIA, edit))
    assert "a → b → c → a" in problem.message


def test_a_sum_that_leads_to_a_circle_is_a_sum_of_a_sum(tmp_path: Path) -> None:
    edit = _metrics(
        "{id: a, title: A, kind: flow, sum_of: [§b]}",
        "{id: b, title: B, kind: flow, §sum_of: [c]}",
        "{id: c, title: C, kind: flow, sum_of: [b]}",
    )
    assert _codes(tmp_path, edit) == ["LES146", "LES144"]


def test_a_misspelt_metric_of_a_plan(tmp_path: Path) -> None:
    assert _codes(tmp_path, _plans(f"{_PLANNED}, metric: §registr, from: 2025-05}}")) == ["LES143"]
    (problem,) = problems_of(tmp_path, changed(DEMENTIA, _plans(f"{_PLANNED}, metric: registr}}")))
    assert problem.hint == "did you mean 'register'?"


def test_plans_of_different_metrics_years_or_months_do_not_overlap(tmp_path: Path) -> None:
    assert _codes(tmp_path, _plans(f"{_PLANNED}, metric: register}}")) == []
    next_year = _PLANNED.replace("2025-26", "2026-27")
    assert _codes(tmp_path, _plans(f"{next_year}}}")) == []
    first_half = ("from: 2025-05, source", "from: 2025-05, to: 2025-09, source")
    second_half = (
        "  - year: 2025-26\n",
        f"  - {_PLANNED}, annual_target: 90, from: 2025-10}}\n  - year: 2025-26\n",
    )
    assert _codes(tmp_path, first_half, second_half) == []


def test_a_plan_without_months_is_for_all_in_service(tmp_path: Path) -> None:
    assert _codes(tmp_path, _plans(f"§{_PLANNED}}}")) == ["LES155"]
    # The headline by its name is the headline.
    assert _codes(tmp_path, _plans(f"§{_PLANNED}, metric: reviews}}")) == ["LES155"]


def test_an_overlap_names_the_first_month_and_line(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, changed(DEMENTIA, _plans(f"{_PLANNED}, from: 2025-12}}")))
    assert problem.message == "'reviews' has another flat plan for 2025-12, on line 10"


def test_months_outside_the_year_of_a_plan(tmp_path: Path) -> None:
    line = f"{_PLANNED}, metric: register, from: 2026-03, to: §2026-04}}"
    assert _codes(tmp_path, _plans(line)) == ["LES151"]


def test_a_plan_that_ends_before_it_begins(tmp_path: Path) -> None:
    line = f"{_PLANNED}, metric: register, from: 2025-09, to: §2025-08}}"
    assert _codes(tmp_path, _plans(line)) == ["LES154"]


def test_a_les_that_ends_before_it_starts(tmp_path: Path) -> None:
    codes = _codes(
        tmp_path,
        ("starts: 2025-05\n", "starts: 2025-05\nends: §2025-04\n"),
        (_FLAT, ""),
        (GOOD[DEMENTIA][GOOD[DEMENTIA].index("  - year") : GOOD[DEMENTIA].index("bands:")], ""),
        ("plan:\n", ""),
        (", published_as: Dementia", ""),
    )
    assert codes == ["LES154"]


def test_plans_after_a_les_has_ended(tmp_path: Path) -> None:
    codes = _codes(
        tmp_path,
        ("starts: 2025-05\n", "starts: 2025-05\nends: 2026-02\n"),
        ("from: 2025-05, source", "from: 2025-05, to: §2026-03, source"),
        ("2026-03: 5%", "2026-03: §5%"),
    )
    assert codes == ["LES153", "LES153"]


def test_a_year_in_which_a_les_never_runs(tmp_path: Path) -> None:
    line = "{year: §2024-25, basis: flat, per_month: 5, source: x}"
    assert _codes(tmp_path, _plans(line)) == ["LES153"]


def test_a_share_of_nothing_before_the_start_is_no_mistake(tmp_path: Path) -> None:
    shares = ("2025-04: 0%, 2025-05: 10%", "2025-04: §1%, 2025-05: 9%")
    assert _codes(tmp_path, shares) == ["LES153"]


def test_shares_that_make_100_but_for_binary_fractions(tmp_path: Path) -> None:
    # 0.1 + 0.1 + 0.1 is not 0.3 in binary; the shares of the good file are ten such.
    edits = (
        ("2026-01: 10%, 2026-02: 5%, 2026-03: 5%", "2026-01: 9.999%, 2026-02: 5.0005%, 2026-03: 5.0005%"),
    )
    assert _codes(tmp_path, *edits) == []


@pytest.mark.parametrize(
    ("share", "total"), [("4.999%", "99.999%"), ("5.000001%", "100.000001%"), ("15%", "110%")]
)
def test_shares_that_do_not_make_100(share: str, total: str, tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, changed(DEMENTIA, ("2026-03: 5%", f"2026-03: {share}")))
    assert (problem.code, problem.message) == ("LES150", f"the shares of 'expected' make {total}, not 100%")


def test_missing_months_of_a_profile_are_named(tmp_path: Path) -> None:
    edit = ("2026-02: 5%, 2026-03: 5%", "2025-04: 10%")
    problems = problems_of(tmp_path, changed(DEMENTIA, edit))
    assert "LES108" in [problem.code for problem in problems]
    (missing,) = [problem for problem in problems if problem.code == "LES152"]
    assert missing.message == "'expected' has no share for 2026-02, 2026-03"


@pytest.mark.parametrize(
    ("second", "codes"),
    [
        ("{plan}, annual_target: 110, from: 2025-10}}", []),
        ("{plan}, annual_target: 120, from: 2025-10}}", []),
        ("§{plan}, from: 2025-10}}", ["LES159"]),
        ("§{plan}, from: 2025-10, to: 2025-12}}\n  - §{plan}, from: 2026-01}}", ["LES159", "LES159"]),
    ],
)
def test_a_plan_that_changes_says_its_annual_target(second: str, codes: list[str], tmp_path: Path) -> None:
    first_half = ("from: 2025-05, source", "from: 2025-05, to: 2025-09, source")
    lines = "  - " + second.format(plan=_PLANNED) + "\n  - year: 2025-26\n"
    assert _codes(tmp_path, first_half, ("  - year: 2025-26\n", lines)) == codes


def test_a_plan_cut_in_two_that_stays_as_it_is_need_not_say_its_target(tmp_path: Path) -> None:
    half = f"{_PLANNED}, metric: register"
    halves = f"{half}, from: 2025-05, to: 2025-09}}\n  - {half}, from: 2025-10}}"
    assert _codes(tmp_path, _plans(halves)) == []


def test_a_profile_of_a_metric_that_has_no_target(tmp_path: Path) -> None:
    assert _codes(tmp_path, ("    name: expected\n", "    name: §expected\n    metric: register\n")) == [
        "LES157"
    ]


def test_a_published_metric_needs_a_plan_only_while_the_les_runs(tmp_path: Path) -> None:
    published = ("kind: stock}", "kind: stock, published_as: §Register}")
    assert _codes(tmp_path, published) == ["LES156"]
    files = {**changed(DEMENTIA, published), LES: GOOD[LES].replace("year: 2025-26", "year: 2024-25")}
    assert problems_of(tmp_path, files) == ()


def test_a_flat_plan_of_another_year_is_none_for_this_one(tmp_path: Path) -> None:
    files = {**GOOD, LES: GOOD[LES].replace("year: 2025-26", "year: 2026-27")}
    (problem,) = problems_of(tmp_path, files)
    assert (problem.code, problem.severity) == ("LES156", "warning")


def test_edges_that_are_equal_do_not_ascend(tmp_path: Path) -> None:
    assert _codes(tmp_path, ("edges: [50%, 100%]", "edges: [50%, §50%]")) == ["LES160"]


def test_a_rule_by_name_needs_no_profile_and_no_direction(tmp_path: Path) -> None:
    assert _codes(tmp_path, ("when: pct_plan_to_date < 60%", "rule: xmr")) == []
    named = "rule: xmr, when: null, profile: mdc, improves: neither, least: 0"
    assert _codes(tmp_path, ("when: pct_plan_to_date < 60%", named)) == []


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("when: pct_plan < 60%, rule: xmr", "both 'when' and 'rule'"),
        ("when: null, rule: null", "neither 'when' nor 'rule'"),
        ("profile: nhsr", "neither 'when' nor 'rule'"),
    ],
)
def test_an_exception_rule_is_of_one_sort(written: str, what: str, tmp_path: Path) -> None:
    edits = (("id: under_plan", "id: §under_plan"), ("when: pct_plan_to_date < 60%", written))
    (problem,) = problems_of(tmp_path, changed(DEMENTIA, *edits))
    assert (problem.code, problem.message) == ("LES164", f"the rule 'under_plan' has {what}")


@pytest.mark.parametrize(
    ("ends", "rebase", "codes"),
    [
        # Counted from 2025-05: twelve months on is 2026-05.
        ("", "{from: 2026-05, reason: x}", []),
        ("", "{from: §2026-04, reason: x}", ["LES168"]),
        ("", "{from: §2025-05, reason: x}", ["LES166"]),
        ("", "{from: §2025-04, reason: x}", ["LES166"]),
        ("", "{from: 2026-05, reason: x}, {from: 2027-05, reason: y}", []),
        ("", "{from: 2026-05, reason: x}, {from: §2027-04, reason: y}", ["LES168"]),
        ("", "{from: 2027-05, reason: x}, {from: §2026-05, reason: y}", ["LES167"]),
        # What is wrong is reported once, and what follows is held against what is right.
        ("", "{from: §2025-05, reason: x}, {from: 2026-05, reason: y}", ["LES166"]),
        (
            "",
            "{from: 2026-05, reason: x}, {from: §2026-05, reason: y}, {from: 2027-05, reason: z}",
            ["LES167"],
        ),
        # The last of its months: from 2026-05 to 2027-04 are twelve.
        ("ends: 2027-04\n", "{from: 2026-05, reason: x}", []),
        ("ends: 2027-03\n", "{from: §2026-05, reason: x}", ["LES168"]),
        ("ends: 2027-04\n", "{from: §2027-05, reason: x}", ["LES166"]),
        ("ends: 2027-04\n", "{from: 2026-05, reason: x}, {from: §2027-05, reason: y}", ["LES166"]),
    ],
)
def test_limits_begin_anew_in_order_and_far_enough_apart(
    ends: str, rebase: str, codes: list[str], tmp_path: Path
) -> None:
    charted = f"published_as: Dementia, chart: {{rebase: [{rebase}]}}}}"
    edits = ("starts: 2025-05\n", f"starts: 2025-05\n{ends}"), ("published_as: Dementia}", charted)
    assert _codes(tmp_path, *edits) == codes


def test_a_metric_has_months_of_its_own_for_its_limits(tmp_path: Path) -> None:
    counted = "  - {id: new, title: x, kind: flow, published_as: New, from: 2025-10, chart: {rebase: "
    for month, codes in (("§2025-10", ["LES156", "LES166"]), ("§2026-09", ["LES156", "LES168"])):
        line = f"{counted}[{{from: {month}, reason: x}}]}}}}\nplan:\n".replace("as: New", "as: §New")
        assert _codes(tmp_path, ("plan:\n", line)) == codes


def test_a_reason_is_asked_for(tmp_path: Path) -> None:
    """NHS practice: limits are calculated anew for a documented reason or not at all."""
    bare = "published_as: Dementia, chart: {rebase: [§{from: 2026-05}]}}"
    assert _codes(tmp_path, ("published_as: Dementia}", bare)) == ["LES102"]
    blank = "published_as: Dementia, chart: {rebase: [{from: 2026-05, reason: §' '}]}}"
    assert _codes(tmp_path, ("published_as: Dementia}", blank)) == ["LES107"]


def test_keys_of_charts_are_not_for_conditions(tmp_path: Path) -> None:
    edit = ("when: pct_plan_to_date < 60%", "when: pct_plan < 60%, improves: §down")
    assert _codes(tmp_path, edit) == ["LES165"]


@pytest.mark.parametrize(
    "when",
    [
        "pct_plan < 60% and §chang < 0",
        "'pct_plan < 60% and §chang < 0'",
        '"pct_plan < 60% and §chang < 0"',
    ],
)
def test_a_condition_is_pointed_into_whether_quoted_or_not(when: str, tmp_path: Path) -> None:
    assert _codes(tmp_path, ("when: pct_plan_to_date < 60%", f"when: {when}")) == ["LES171"]


def test_a_condition_over_two_lines_is_pointed_at(tmp_path: Path) -> None:
    two_lines = "when: §pct_plan < 60%\n      and chang < 0"
    assert _codes(tmp_path, ("when: pct_plan_to_date < 60%", two_lines)) == ["LES171"]


def test_a_condition_that_is_empty(tmp_path: Path) -> None:
    assert _codes(tmp_path, ("when: pct_plan_to_date < 60%", 'when: §""')) == ["LES170"]


def test_the_second_file_of_a_les_is_told_the_first(tmp_path: Path) -> None:
    files = {**GOOD, "specs/services/zz.yaml": GOOD[DEMENTIA]}
    (problem,) = problems_of(tmp_path, files)
    assert problem.place.file == "specs/services/zz.yaml"
    assert problem.message == f"'dementia' is the LES of {DEMENTIA} too"


def test_a_label_of_another_file_is_told_with_its_line(tmp_path: Path) -> None:
    files = {
        LES: GOOD[LES].replace("order: [dementia]", "order: [dementia, diabetes]"),
        DEMENTIA: GOOD[DEMENTIA],
        "specs/services/diabetes.yaml": GOOD[DEMENTIA].replace("les: dementia", "les: diabetes"),
    }
    (problem,) = problems_of(tmp_path, files)
    assert (problem.code, problem.place.file) == ("LES142", "specs/services/diabetes.yaml")
    assert problem.message == "'Dementia' is published by specs/services/dementia.yaml:7 too"
