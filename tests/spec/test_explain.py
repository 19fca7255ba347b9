"""`specs explain`: each rule of a service in words, its plan by month, a LES found by what it is called."""

from pathlib import Path

import pytest

from les_xl.cli.show import section_text
from les_xl.errors import LesError
from les_xl.spec.explain import Section, explain, find_service
from les_xl.spec.model import Service
from les_xl.spec.read import Specs, read_specs
from les_xl.spec.wording import condition_in_words, period, same_condition
from tests.spec.workspaces import DEMENTIA, GOOD, ROOT, changed, write

SPECS = read_specs(ROOT)


def _read(root: Path, *edits: tuple[str, str]) -> Specs:
    write(root, changed(DEMENTIA, *edits))
    return read_specs(root)


def _sections(specs: Specs, les: str) -> dict[str, Section]:
    return {section.heading: section for section in explain(find_service(specs, les))}


@pytest.mark.parametrize(
    ("word", "les"),
    [
        ("dementia", "dementia"),
        ("DEMENTIA", "dementia"),
        ("ring_pessary", "ring_pessary"),
        ("ring pessary", "ring_pessary"),
        ("Vasectomy Counselling", "vasectomy"),
        ("LTC LES", "ltc"),
        ("vasec", "vasectomy"),
        (" spiro ", "spiro_feno"),
    ],
)
def test_a_les_is_found_by_what_it_is_called(word: str, les: str) -> None:
    assert find_service(SPECS, word).les == les


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("demensia", "did you mean 'Dementia'?"),
        ("injections", "is it complex_injections or simple_injections?"),
    ],
)
def test_a_les_that_is_not_found_is_told_with_the_nearest(word: str, hint: str) -> None:
    with pytest.raises(LesError) as raised:
        find_service(SPECS, word)
    (problem,) = raised.value.problems
    assert (problem.code, problem.hint) == ("LES911", hint)


def test_a_word_like_nothing_lists_every_les(tmp_path: Path) -> None:
    with pytest.raises(LesError, match="there are dementia"):
        find_service(_read(tmp_path), "zzz")
    with pytest.raises(LesError, match="LES911"):
        find_service(_read(tmp_path), "")


def test_the_plan_by_month_is_that_of_the_published_table() -> None:
    plan = _sections(SPECS, "dementia")["Plan, 2025-26"]
    assert plan.sentences[0] == (
        "1,332 a month from May 2025 to March 2026 (performance report, November 2025)."
    )
    assert plan.grid is not None
    assert plan.grid.headings == ("Month", "Planned", "To date")
    # Eleven months, May to March; six of them to October are the published 7,992.
    assert len(plan.grid.rows) == 11
    assert plan.grid.rows[0] == ("May 2025", "1,332", "1,332")
    assert plan.grid.rows[5] == ("October 2025", "1,332", "7,992")
    assert plan.grid.rows[-1] == ("March 2026", "1,332", "14,652")


def test_the_profile_stands_beside_the_flat_plan() -> None:
    plan = _sections(SPECS, "ltc")["Plan, 2025-26"]
    assert plan.grid is not None
    october = next(row for row in plan.grid.rows if row[0] == "October 2025")
    # 3 + 5 + 8 + 8 + 10 + 11 = 45 %; 7 × 6,384 = 44,688, as published.
    assert october == ("October 2025", "6,384", "44,688", "11%", "45%")


def test_each_planned_metric_has_its_plan() -> None:
    sections = _sections(SPECS, "vasectomy")
    for label, first in (("Vasectomy Procedure", "91"), ("Vasectomy Counselling", "87")):
        grid = sections[f"Plan of {label}, 2025-26"].grid
        assert grid is not None
        assert grid.rows[0] == ("April 2025", first, first)


def test_a_plan_that_changes_is_told_in_its_parts(tmp_path: Path) -> None:
    specs = _read(
        tmp_path,
        (
            "from: 2025-05, source: a paper}\n",
            (
                "from: 2025-05, to: 2025-10, source: a paper}\n  - {year: 2025-26, basis: flat, "
                "per_month: 12.5, annual_target: 122, from: 2025-11, source: a letter}\n"
            ),
        ),
    )
    plan = _sections(specs, "dementia")["Plan, 2025-26"]
    assert plan.sentences[:2] == (
        "10 a month from May 2025 to October 2025, towards an annual target of 110 (a paper).",
        "12.5 a month from November 2025 to March 2026, towards an annual target of 122 (a letter).",
    )
    assert plan.grid is not None
    assert [row[1:3] for row in plan.grid.rows][5:7] == [("10", "60"), ("12.5", "72.5")]


PLANNED = "the target is the plan, as long as it is one quantity in every month of the year so far"


@pytest.mark.parametrize(
    ("chart", "told"),
    [
        ("", f"more is better; {PLANNED}"),
        ("improves: down", f"less is better; {PLANNED}"),
        ("improves: neither, target: 12", "neither more nor less is better; so nothing is said of a target"),
        ("target: 1332.5", "more is better; the target of the ICB is 1,332.5 a month"),
    ],
)
def test_how_charts_are_read_is_told(chart: str, told: str, tmp_path: Path) -> None:
    specs = _read(tmp_path, ("published_as: Dementia}", f"published_as: Dementia, chart: {{{chart}}}}}"))
    assert _sections(specs, "dementia")["How charts are read"].sentences == (f"Reviews: {told}.",)


def test_a_chart_without_its_own_word_has_that_of_the_rule_and_its_reasons_are_told(tmp_path: Path) -> None:
    rebase = "chart: {rebase: [{from: 2026-05, reason: a second provider opened}]}"
    rule = "  - {id: unusual, level: [icb], rule: xmr, improves: down, severity: advise}"
    edits = (
        ("published_as: Dementia}", f"published_as: Dementia, {rebase}}}"),
        ("severity: alert}", f"severity: alert}}\n{rule}"),
    )
    told = _sections(_read(tmp_path, *edits), "dementia")["How charts are read"].sentences
    assert told[0].startswith("Reviews: less is better; ")
    assert told[1:] == ("Limits of Reviews are calculated anew from May 2026: a second provider opened.",)


def test_rules_are_told_in_words(tmp_path: Path) -> None:
    chart = "  - {id: unusual, level: [icb], rule: xmr, profile: mdc, improves: down, severity: advise}"
    every = "  - {id: late, level: [pcn], when: months_not_reported >= 2, severity: alert}"
    severity = ("severity: alert}", f"severity: alert, ramp_up_months: 6, least: 20}}\n{chart}\n{every}")
    sections = _sections(_read(tmp_path, severity), "dementia")
    assert sections["What is flagged"].sentences == (
        (
            "Alert (only to advise in the first 6 months), for the ICB and practices: flagged when % of "
            "plan to date is below 60%; numbers under 20 are too small to judge (under_plan)."
        ),
        (
            "Advise, for the ICB: flagged when delivered in the latest month is special cause by an XmR "
            "chart (profile mdc); less is better; numbers under 15 are too small to judge (unusual)."
        ),
        "Alert, for PCNs: flagged when the number of months in a row without a return is at least 2 (late).",
    )
    assert sections["Who is left out"].sentences == (
        (
            "Whoever signed up with the reason 'notice_given', from September 2025. "
            "The footnote says: 'but one'."
        ),
    )
    assert sections["Bands"].sentences == (
        "Practices are put into 3 bands by % of the annual target.",
        "The upper edges are 50% and 100%; an edge belongs to its band.",
        "The bands are called 0-50%, 51-100% and 100% +.",
        "A practice that never reported is in the lowest band; one without a target is counted apart.",
    )
    register = sections["What is counted"].sentences[1]
    assert register == (
        "Register (register): a register, of which the last month counts and months are never added up."
    )


def test_what_a_service_does_not_say_has_no_heading(tmp_path: Path) -> None:
    bands = GOOD[DEMENTIA][GOOD[DEMENTIA].index("bands:") : GOOD[DEMENTIA].index("exclude:")]
    sections = _sections(_read(tmp_path, (bands, "")), "dementia")
    assert "Bands" not in sections
    assert "Shift of service" not in sections
    assert all(section.sentences or section.grid for section in sections.values())


def test_a_service_without_a_plan_says_so(tmp_path: Path) -> None:
    plan = GOOD[DEMENTIA][GOOD[DEMENTIA].index("plan:") : GOOD[DEMENTIA].index("bands:")]
    sections = _sections(_read(tmp_path, (plan, "")), "dementia")
    assert any("no plan" in sentence for sentence in sections["Dementia"].sentences)


def test_caps_rates_lags_and_shifts_are_told(tmp_path: Path) -> None:
    specs = _read(
        tmp_path,
        (
            "kind: flow, headline: true,",
            (
                "kind: flow, lag_days: 56, extra_lag_months: 2, final_in: Q4, tariff: 12.5, "
                "cap: {at_most: 4, per: patient, months: 12}, headline: true,"
            ),
        ),
        ("kind: stock}", "kind: flow, part: quality, rate: {per: reviews}, to: 2025-12}"),
        (
            "bands:\n",
            (
                "shift: {mechanism: [active], gp_records: [episodes_of_care], other: opa, "
                "stable_from: 2025-07, baseline: {from: 2024-05, to: 2025-04}, lag_months: 3, "
                "extra_lag_months: 2}\nbands:\n"
            ),
        ),
    )
    sections = _sections(specs, "dementia")
    reviews, register = sections["What is counted"].sentences
    assert "Its data can be expected 56 days after the month has ended." in reviews
    assert "It is published 2 further months later." in reviews
    assert "Achievement is final in Q4." in reviews
    assert "At most 4 for each patient within 12 months; more is listed." in reviews
    assert "£12.50 is paid for each." in reviews
    assert "shown as a share of reviews; counted to December 2025. It belongs to quality." in register
    assert sections["Shift of service"].sentences == (
        "Assessed directly, by the reduction that general practice activity shows at other providers.",
        "General practice records episodes of care; other providers' data are outpatient attendances.",
        "Compared with May 2024 to April 2025; activity is stable enough from July 2025.",
        "An impact can be assessed 3 months after the activity, and 2 months more until it is published.",
    )


@pytest.mark.parametrize("service", SPECS.services, ids=lambda service: service.les)
@pytest.mark.parametrize("width", [60, 100])
def test_nothing_is_wider_than_the_terminal(service: Service, width: int) -> None:
    for section in explain(service):
        text = section_text(section, width)
        body = text.split("\n\n")[0].split("\n")[2:]
        assert all(len(line) <= width for line in body)
        assert "None" not in text


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("pct_plan_to_date < 60%", "% of plan to date is below 60%"),
        ("60% > pct_plan", "60% is above % of plan in the month"),
        ("months_not_reported >= 2", "the number of months in a row without a return is at least 2"),
        (
            "pct_plan <= 2.5% and change != 0 and planned == 1000",
            (
                "% of plan in the month is at most 2.5% and the change on the month before is not 0 and "
                "planned activity in the month is exactly 1,000"
            ),
        ),
        (
            "planned > 1 and (change < 0 or not variance > 2)",
            (
                "planned activity in the month is above 1 and (the change on the month before is below 0 or "
                "it is not so that the difference from plan in the month is above 2)"
            ),
        ),
        (
            "(delivered - planned) / 2 < delivered * 3 + 1",
            (
                "(delivered activity in the month minus planned activity in the month) divided by 2 is below "
                "(delivered activity in the month times 3) plus 1"
            ),
        ),
        ("not a condition", "'not a condition'"),
    ],
)
def test_conditions_in_words(when: str, words: str) -> None:
    assert condition_in_words(when) == words


def test_conditions_that_mean_the_same() -> None:
    assert same_condition("pct_plan<60%", " pct_plan < (60%) ")
    assert not same_condition("pct_plan < 60%", "pct_plan < 61%")
    assert same_condition("nonsense", "nonsense")
    assert not same_condition("nonsense", "planned > 1")


def test_periods() -> None:
    found = [
        period("2025-05", "2025-05"),
        period("2025-05", None),
        period(None, "2025-06"),
        period(None, None),
    ]
    assert found == ["in May 2025", "from May 2025", "to June 2025", ""]
