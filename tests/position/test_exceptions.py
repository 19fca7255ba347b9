"""What is flagged, since when, how severely, in which order, and in which words."""

import math
from typing import Any

import pandas as pd
import pytest

from les_xl.measures.silence import as_lines
from les_xl.position import Position, make_position
from tests.position.world import YEAR, flat, known, monthly, organisation, profile, reviews, service, specs

Rows = pd.DataFrame
UNDER = {
    "id": "under_plan",
    "level": ["icb", "sub_icb", "practice"],
    "when": "pct_plan_to_date < 60%",
    "severity": "alert",
}
SILENT = {"id": "no_return", "level": ["practice"], "when": "months_not_reported >= 2", "severity": "alert"}
OVER = {
    "id": "over_plan",
    "level": ["icb", "practice"],
    "when": "pct_plan_to_date > 150%",
    "severity": "advise",
}


def flagged(
    *rules: dict[str, Any],
    per_month: float = 100,
    targets: dict[str, float] | None = None,
    plan: Any = (),
    **delivered: Any,
) -> Rows:
    """Exceptions of practices of North that share a plan by equal targets; `starts` April."""
    return whole(*rules, plans=[flat(per_month), *plan], targets=targets, **delivered).exceptions


def whole(
    *rules: dict[str, Any],
    per_month: float = 100,
    plans: Any = (),
    targets: dict[str, float] | None = None,
    **delivered: Any,
) -> Position:
    """The position that they are of."""
    organisations = [organisation(code) for code in delivered]
    by_code = targets or dict.fromkeys(delivered, 1200.0)
    facts = known(
        organisations,
        activity=reviews(**delivered),
        targets=[(code, "dementia", "reviews", YEAR, target) for code, target in by_code.items()],
    )
    one = service(plan=plans or [flat(per_month)], exceptions=list(rules))
    return make_position(specs(one), facts)


def test_a_rule_is_applied_at_each_of_its_levels() -> None:
    rows = flagged(UNDER, A1=monthly("2025-04", 10, 20), B2=monthly("2025-04", 50, 50))
    # The ICB and North: 130 of 200; A1: 30 of 100; B2: 100 of 100.
    assert rows[["level", "org"]].to_numpy().tolist() == [["practice", "A1"]]
    row = rows.iloc[0]
    assert row["key"] == "dementia|reviews|under_plan|practice|A1"
    assert row[["les", "metric", "label", "org_name", "rule", "measure"]].tolist() == [
        "dementia", "reviews", "Dementia", "Practice A1", "under_plan", "pct_plan_to_date",
    ]  # fmt: skip
    assert row[["value", "threshold", "severity", "since", "month"]].tolist() == [
        0.3, 0.6, "alert", "2025-04", "2025-05",
    ]  # fmt: skip
    assert row["sentence"] == (
        "Dementia, Practice A1: 30 of 100 planned to May 2025 (30.0%), below 60% since April 2025"
    )


def test_the_icb_is_not_named_in_its_own_sentence() -> None:
    rows = flagged(UNDER, per_month=2000, A1=monthly("2025-04", 700, 600))
    assert rows.iloc[0]["sentence"] == (
        "Dementia: 1,300 of 4,000 planned to May 2025 (32.5%), below 60% since April 2025"
    )


def test_since_is_the_first_month_of_the_unbroken_run() -> None:
    # To date: 30 %, 65 %, 57 %, 53 %.
    rows = flagged(UNDER | {"level": ["practice"]}, A1=monthly("2025-04", 30, 100, 41, 41))
    assert rows["since"].tolist() == ["2025-06"]
    assert rows["value"].tolist() == [0.53]


def test_an_edge_is_not_below_itself() -> None:
    assert flagged(UNDER, A1=monthly("2025-04", 60, 60, 60)).empty
    assert (
        flagged(UNDER, A1=monthly("2025-04", 59.97, 60, 60))["sentence"]
        .str.contains("(59.99%), below 60%", regex=False)
        .all()
    )


def test_binary_noise_is_not_below_an_edge() -> None:
    # 3 × 0.2 is 0.6000000000000001 and 0.1 × 6 too: of a plan of 1 exactly 60 %.
    assert flagged(UNDER, per_month=1 / 3, A1=monthly("2025-04", 0.2, 0.2, 0.2)).empty
    over = OVER | {"when": "pct_plan_to_date > 60%"}
    assert flagged(over, per_month=1 / 3, A1=monthly("2025-04", 0.2, 0.2, 0.2)).empty


class TestRampUp:
    """The months in which a LES that is new is not alerted about."""

    @pytest.mark.parametrize(
        ("months", "severity"), [(1, "advise"), (6, "advise"), (7, "alert"), (8, "alert")]
    )
    def test_an_alert_is_lowered_to_advise_and_never_hidden(self, months: int, severity: str) -> None:
        rows = flagged(UNDER | {"ramp_up_months": 6}, A1=monthly("2025-04", *[10] * months))
        assert rows["severity"].tolist() == [severity] * 3

    def test_what_is_no_alert_stays_what_it_is(self) -> None:
        rule = UNDER | {"ramp_up_months": 6, "severity": "assure"}
        assert flagged(rule, A1=monthly("2025-04", 10))["severity"].tolist() == ["assure"] * 3


class TestReturns:
    """Months without a return."""

    def test_they_are_counted_up_to_the_data_month(self) -> None:
        rows = flagged(SILENT, A1=monthly("2025-04", 1, 1, 1, 1), B2=monthly("2025-04", 1))
        row = rows.iloc[0]
        assert row[["org", "value", "threshold", "since"]].tolist() == ["B2", 3.0, 2.0, "2025-06"]
        assert row["sentence"] == (
            "Dementia, Practice B2: no return for 3 months to July 2025, flagged since June 2025"
        )

    def test_one_month_is_not_two(self) -> None:
        assert flagged(SILENT, A1=monthly("2025-04", 1, 1), B2=monthly("2025-04", 1)).empty

    def test_a_return_ends_the_run(self) -> None:
        rows = flagged(SILENT, A1=monthly("2025-04", *[1] * 5), B2=monthly("2025-06", 1, None))
        assert rows["value"].tolist() == [2.0]
        assert rows["since"].tolist() == ["2025-08"]

    def test_months_in_which_it_does_not_count_are_left_out(self) -> None:
        one = service(exceptions=[SILENT])
        signup = [
            ("A1", "dementia", "signed_up", "", "", ""),
            ("B2", "dementia", "signed_up", "", "2025-04", ""),
            ("B2", "dementia", "signed_up", "2025-06", "", ""),
        ]
        facts = known(
            [organisation("A1"), organisation("B2")],
            activity=reviews(A1=monthly("2025-04", 1, 1, 1)),
            signup=signup,
        )
        rows = make_position(specs(one), facts).exceptions
        # April and June; in May it was not signed up.
        assert rows[["org", "value", "since"]].to_numpy().tolist() == [["B2", 2.0, "2025-06"]]

    def test_who_left_is_not_flagged(self) -> None:
        facts = known(
            [organisation("A1"), organisation("B2", closed="2025-06")],
            activity=reviews(A1=monthly("2025-04", 1, 1, 1, 1)),
        )
        assert make_position(specs(service(exceptions=[SILENT])), facts).exceptions.empty

    def test_the_run_reaches_back_into_the_year_before(self) -> None:
        one = service(starts="2025-01", exceptions=[SILENT])
        facts = known(
            [organisation("A1"), organisation("B2")], activity=reviews(A1=monthly("2025-01", 1, 1, 1, 1))
        )
        rows = make_position(specs(one), facts).exceptions
        assert rows[["org", "value", "since"]].to_numpy().tolist() == [["B2", 4.0, "2025-04"]]


def test_worst_first() -> None:
    rows = flagged(
        OVER, UNDER | {"level": ["practice", "icb", "sub_icb"]}, SILENT, per_month=400,
        A1=monthly("2025-04", 5, 5), B2=monthly("2025-04", 20, 20), C3=monthly("2025-04", 290, 300), D4={},
    )  # fmt: skip
    # Each plans 100 a month: A1 10, B2 40 and C3 590 of 200; together 640 of 800. D4 never reported.
    # Distances: none from 2 months; (0.6 − 0.05)/0.6 and (0.6 − 0.2)/0.6; advise comes after every alert.
    assert rows[["severity", "level", "org", "rule"]].to_numpy().tolist() == [
        ["alert", "practice", "A1", "under_plan"],
        ["alert", "practice", "B2", "under_plan"],
        ["alert", "practice", "D4", "no_return"],
        ["advise", "practice", "C3", "over_plan"],
    ]
    low = flagged(UNDER, per_month=400, A1=monthly("2025-04", 5), B2=monthly("2025-04", 20))
    assert low["level"].tolist() == ["icb", "sub_icb", "practice", "practice"]


def test_a_figure_that_is_not_known_flags_nothing() -> None:
    rules = [UNDER, OVER | {"id": "other", "when": "pct_annual < 50%"}]
    organisations = [organisation("A1"), organisation("B2")]
    facts = known(organisations, activity=reviews(A1=monthly("2025-04", 1)))
    assert make_position(specs(service(exceptions=rules)), facts).exceptions.empty


def test_a_condition_of_more_than_one_comparison_has_no_threshold() -> None:
    rule = UNDER | {"level": ["icb"], "when": "pct_plan < 60% and months_in_service > 1"}
    assert flagged(rule, A1=monthly("2025-04", 10)).empty
    row = flagged(rule, A1=monthly("2025-04", 10, 20)).iloc[0]
    assert math.isnan(row["threshold"])
    assert row[["measure", "value", "since"]].tolist() == ["pct_plan", 0.2, "2025-05"]
    assert row["sentence"] == "Dementia: 20 of 100 planned in May 2025 (20.0%), flagged since May 2025"


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("pct_plan <= 30%", "60 of 200 planned in May 2025 (30.0%), at or below 30% since May 2025"),
        ("variance < -100", "60 of 200 planned in May 2025 (−140), below −100 since May 2025"),
        ("variance_to_date < 0", "160 of 400 planned to May 2025 (−240), below 0 since April 2025"),
        (
            "pct_annual >= 12.5%",
            "160 of 1,200 for the year, by May 2025 (13.3%), at or above 12.5% since May 2025",
        ),
        ("pct_expected_to_date < 90%", "160 of 600 expected to May 2025 (26.7%), below 90% since April 2025"),
        ("delivered < 61", "60 delivered in May 2025, below 61 since May 2025"),
        ("delivered_to_date > 159", "160 delivered to May 2025, above 159 since May 2025"),
        ("planned == 200", "200 planned in May 2025, at 200 since April 2025"),
        ("planned_to_date != 200", "400 planned to May 2025, not at 200 since May 2025"),
        ("change < -39", "−40 in May 2025 against the month before, below −39 since May 2025"),
        ("months_in_service >= 2", "month 2 of service in May 2025, at or above 2 since May 2025"),
    ],
)
def test_every_measure_has_its_words(when: str, sentence: str) -> None:
    rule = UNDER | {"level": ["icb"], "when": when}
    expected = profile({"2025-04": "25%", "2025-05": "25%", "2025-06": "50%"})
    rows = flagged(rule, per_month=200, plan=[expected], A1=monthly("2025-04", 100, 60))
    assert rows["sentence"].tolist() == ["Dementia: " + sentence]


def test_rules_apply_to_every_published_metric_and_to_no_other() -> None:
    two = service(
        metrics=[
            {"id": "procedure", "title": "p", "kind": "flow", "headline": True, "published_as": "Procedure"},
            {"id": "talk", "title": "t", "kind": "flow", "published_as": "Talk"},
            {"id": "other", "title": "o", "kind": "flow"},
        ],
        exceptions=[OVER | {"when": "delivered > 1"}],
    )
    activity = [("A1", "dementia", name, "2025-04", 5.0) for name in ("procedure", "talk", "other")]
    rows = make_position(specs(two), known([organisation("A1")], activity=activity)).exceptions
    assert rows[["metric", "label", "level"]].to_numpy().tolist() == [
        ["procedure", "Procedure", "icb"], ["talk", "Talk", "icb"],
        ["procedure", "Procedure", "practice"], ["talk", "Talk", "practice"],
    ]  # fmt: skip


def test_no_exceptions_have_the_columns_of_some() -> None:
    none, some = flagged(UNDER, A1=monthly("2025-04", 100)), flagged(UNDER, A1=monthly("2025-04", 1))
    assert none.empty
    assert none.dtypes.to_dict() == some.dtypes.to_dict()
    assert some["key"].is_unique


class TestAgainstTheMonthBefore:
    """What is new, what continues, what is resolved."""

    def test_new_is_what_was_not_flagged_in_the_month_before(self) -> None:
        # To date A1 10 %, 10 %; B2 70 %, 55 %.
        rows = flagged(
            UNDER | {"level": ["practice"]}, per_month=200, A1=monthly("2025-04", 10, 10),
            B2=monthly("2025-04", 70, 40),
        )  # fmt: skip
        assert rows[["org", "status"]].to_numpy().tolist() == [["A1", "continuing"], ["B2", "new"]]

    def test_in_april_everything_is_new_and_nothing_resolved(self) -> None:
        found = whole(UNDER, A1=monthly("2025-04", 10))
        assert set(found.exceptions["status"]) == {"new"}
        assert found.resolved.empty

    def test_a_silence_of_the_year_before_is_new_in_april_too(self) -> None:
        one = service(starts="2025-01", exceptions=[SILENT])
        facts = known(
            [organisation("A1"), organisation("B2")], activity=reviews(A1=monthly("2025-01", 1, 1, 1, 1))
        )
        assert make_position(specs(one), facts).exceptions["status"].tolist() == ["new"]

    def test_a_rule_that_follows_another_of_its_id_continues_it(self) -> None:
        rules = [UNDER | {"to": "2025-05"}, UNDER | {"from": "2025-06", "when": "pct_plan_to_date < 50%"}]
        rows = flagged(*rules, A1=monthly("2025-04", 10, 10, 10))
        assert set(rows["status"]) == {"continuing"}
        assert set(rows["since"]) == {"2025-06"}

    def test_what_is_better_is_assured(self) -> None:
        found = whole(UNDER | {"level": ["icb"]}, A1=monthly("2025-04", 50, 90))
        assert found.exceptions.empty
        (row,) = found.resolved.to_dict("records")
        assert row["sentence"] == "Dementia: 140 of 200 planned to May 2025 (70.0%), no longer below 60%"
        assert (row["severity"], row["status"], row["since"]) == ("assure", "resolved", "2025-04")
        assert (row["value"], row["threshold"], row["month"]) == (0.7, 0.6, "2025-05")
        assert list(found.resolved.columns) == list(found.exceptions.columns)

    def test_a_return_ends_a_silence(self) -> None:
        found = whole(SILENT, A1=monthly("2025-04", 1, 1, 1), B2=monthly("2025-06", 1))
        assert found.resolved["sentence"].tolist() == [
            "Dementia, Practice B2: returned for June 2025, no longer silent"
        ]

    def test_a_condition_of_several_figures_has_no_edge(self) -> None:
        rule = UNDER | {"level": ["icb"], "when": "pct_plan < 60% and months_in_service > 0"}
        found = whole(rule, A1=monthly("2025-04", 10, 90))
        assert found.resolved["sentence"].tolist() == [
            "Dementia: 90 of 100 planned in May 2025 (90.0%), no longer flagged"
        ]

    @pytest.mark.parametrize(
        ("rules", "values", "why"),
        [
            (
                [UNDER | {"level": ["practice"], "when": "pct_plan < 60%"}],
                [10, None],
                "nothing is known for May 2025",
            ),
            ([UNDER | {"level": ["practice"], "to": "2025-04"}], [10, 10], "the rule has changed"),
            (
                [UNDER | {"level": ["practice"], "when": "pct_plan < 60%", "least": 60, "to": None}],
                [30, 10],
                "the numbers are too small",
            ),
        ],
    )
    def test_what_cannot_be_judged_any_more_is_no_good_news(
        self, rules: list[dict[str, Any]], values: list[float | None], why: str
    ) -> None:
        # The plan of April is 100, that of May 50, shared by two; B2 delivers as planned.
        plans = [
            flat(200, to="2025-04", annual_target=2400),
            flat(100, annual_target=2400, **{"from": "2025-05"}),
        ]
        found = whole(*rules, plans=plans, A1=monthly("2025-04", *values), B2=monthly("2025-04", 100, 50))
        (row,) = found.resolved.to_dict("records")
        assert row["severity"] == "advise"
        assert row["month"] == "2025-04"
        assert row["sentence"].endswith(f"below 60%; no longer judged in May 2025: {why}")

    def test_who_left_is_not_judged_any_more(self) -> None:
        facts = known(
            [organisation("A1"), organisation("B2", closed="2025-04")],
            activity=reviews(A1=monthly("2025-04", 90, 90), B2=monthly("2025-04", 10)),
            targets=[(code, "dementia", "reviews", YEAR, 1200.0) for code in ("A1", "B2")],
        )
        rule = UNDER | {"level": ["practice"]}
        found = make_position(specs(service(plan=[flat(200)], exceptions=[rule])), facts)
        (row,) = found.resolved.to_dict("records")
        assert row["sentence"].endswith("no longer judged in May 2025: it does not count any more")


class TestTooSmall:
    """Numbers too small to judge are left out and counted, by the larger of the two figures."""

    def test_much_planned_and_nothing_delivered_is_flagged(self) -> None:
        rows = flagged(UNDER | {"level": ["practice"]}, per_month=548, A1=monthly("2025-04", 0))
        assert rows["sentence"].tolist() == [
            "Dementia, Practice A1: 0 of 548 planned to April 2025 (0.0%), below 60% since April 2025"
        ]

    def test_three_of_two_is_no_over_delivery(self) -> None:
        found = whole(OVER, UNDER, per_month=2, A1=monthly("2025-04", 4))
        assert found.exceptions.empty
        assert found.left_out.to_numpy().tolist() == [
            ["dementia", "reviews", "over_plan", "practice", 1],
            ["dementia", "reviews", "over_plan", "icb", 1],
        ]

    @pytest.mark.parametrize(("least", "flagged_"), [(15, 1), (16, 0), (0, 1)])
    def test_the_least_is_large_enough(self, least: int, flagged_: int) -> None:
        rows = flagged(UNDER | {"level": ["icb"], "least": least}, per_month=15, A1=monthly("2025-04", 1))
        assert len(rows) == flagged_

    def test_a_return_that_is_missing_is_never_too_small(self) -> None:
        rule = SILENT | {"when": "months_not_reported >= 2 or pct_plan < 1%"}
        rows = flagged(rule, per_month=2, A1=monthly("2025-04", 1, 1), B2={})
        assert rows["org"].tolist() == ["B2"]

    def test_since_is_of_the_figure_and_status_of_the_list(self) -> None:
        # 6 a month: 12 to May is too small, 18 to June is not; it was below all along.
        row = flagged(UNDER | {"level": ["icb"]}, per_month=6, A1=monthly("2025-04", 1, 1, 1)).iloc[0]
        assert (row["since"], row["status"]) == ("2025-04", "new")


def test_the_icb_first_then_severity_level_and_distance() -> None:
    rules = [
        UNDER | {"level": ["practice"]},
        UNDER | {"id": "groups", "level": ["icb", "sub_icb"], "severity": "advise"},
        {"id": "well", "level": ["icb"], "when": "delivered > 1", "severity": "assure"},
        SILENT,
    ]
    delivered = {"A1": monthly("2025-04", 20, 20), "B2": monthly("2025-04", 0, 0), "C3": {}}
    rows = flagged(*rules, per_month=300, **delivered)
    # C3 is silent for two months, no more than the threshold; B2 delivers nothing, A1 a fifth.
    assert rows[["severity", "level", "org", "rule"]].to_numpy().tolist() == [
        ["advise", "icb", "QE1", "groups"],
        ["alert", "practice", "B2", "under_plan"],
        ["alert", "practice", "A1", "under_plan"],
        ["alert", "practice", "C3", "no_return"],
        ["advise", "sub_icb", "N", "groups"],
        ["assure", "icb", "QE1", "well"],
    ]


def test_of_two_alike_the_new_and_then_the_larger_is_first() -> None:
    rule = UNDER | {"level": ["practice"], "when": "pct_plan < 60%"}
    targets = {"A1": 1200.0, "B2": 2400.0, "C3": 1200.0}
    rows = flagged(
        rule, per_month=400, targets=targets, A1=monthly("2025-04", 0, 0), B2=monthly("2025-04", 0, 0),
        C3=monthly("2025-04", 100, 0),
    )  # fmt: skip
    assert rows[["org", "status"]].to_numpy().tolist() == [
        ["C3", "new"], ["B2", "continuing"], ["A1", "continuing"],
    ]  # fmt: skip


class TestSilence:
    """A practice that sends nothing is one line, whatever its services."""

    def two(self, *, silent: tuple[str, ...]) -> Position:
        services = [service(les, exceptions=[SILENT]) for les in ("dementia", "ecgs")]
        activity = [
            row
            for les in ("dementia", "ecgs")
            for row in reviews(
                les,
                A1=monthly("2025-04", 50, 50, 50),
                B2={} if les in silent else monthly("2025-04", 50, 50, 50),
            )
        ]
        facts = known([organisation("A1"), organisation("B2")], activity=activity)
        return make_position(specs(*services), facts)

    def test_it_has_one_key_and_says_for_what(self) -> None:
        found = self.two(silent=("dementia", "ecgs")).exceptions
        assert found["les"].tolist() == ["dementia", "ecgs"]
        (line,) = as_lines(found.to_dict("records"))
        assert line["key"] == "*|*|no_return|practice|B2"
        assert (line["label"], line["value"], line["since"]) == ("2 services", 3.0, "2025-05")
        assert (line["status"], line["severity"]) == ("continuing", "alert")
        assert line["sentence"] == (
            "Practice B2: no return of 2 services for 3 months to June 2025, flagged since May 2025 "
            "(Dementia and Ecgs)"
        )

    def test_its_key_is_the_same_for_one_service(self) -> None:
        (line,) = as_lines(self.two(silent=("ecgs",)).exceptions.to_dict("records"))
        assert line["key"] == "*|*|no_return|practice|B2"
        assert line["label"] == "Ecgs"
        assert line["sentence"].startswith("Ecgs, Practice B2: no return for 3 months")

    def test_it_is_new_where_all_of_it_is(self) -> None:
        rows = self.two(silent=("dementia", "ecgs")).exceptions.to_dict("records")
        statuses = [("new", "new", "new"), ("new", "continuing", "continuing")]
        for first, second, together in statuses:
            pair = [rows[0] | {"status": first}, rows[1] | {"status": second}]
            assert as_lines(pair)[0]["status"] == together

    def test_other_lines_stay_as_and_where_they_are(self) -> None:
        rows = flagged(UNDER, SILENT, per_month=400, A1=monthly("2025-04", 5, 5), B2={}).to_dict("records")
        lines = as_lines(rows)
        assert [line["rule"] for line in lines] == [row["rule"] for row in rows]
        assert [line["sentence"] for line in lines] == [row["sentence"] for row in rows]
        assert [line["key"] for line in lines if line["rule"] == "under_plan"] == [
            row["key"] for row in rows if row["rule"] == "under_plan"
        ]

    def test_many_services_are_named_in_part(self) -> None:
        row = self.two(silent=("ecgs",)).exceptions.to_dict("records")[0]
        rows = [row | {"les": f"l{at}", "label": f"L{at}", "severity": "advise"} for at in range(6)]
        (line,) = as_lines([*rows[:5], rows[5] | {"severity": "alert"}])
        assert line["severity"] == "alert"
        assert line["sentence"].endswith("(L0, L1, L2 and 3 more)")

    def test_its_end_is_one_line_too(self) -> None:
        row = whole(SILENT, A1=monthly("2025-04", 1, 1, 1), B2=monthly("2025-06", 1)).resolved.to_dict(
            "records"
        )
        again = [row[0], row[0] | {"les": "ecgs", "label": "Ecgs"}]
        (line,) = as_lines(again)
        assert line["sentence"] == (
            "Practice B2: returned 2 services for June 2025, no longer silent (Dementia and Ecgs)"
        )
        unjudged = [row[0] | {"severity": "advise"}, row[0] | {"severity": "advise", "key": "other"}]
        assert as_lines(unjudged) == unjudged
