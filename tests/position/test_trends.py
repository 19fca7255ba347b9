"""Trends with limits over all months that are known, and exceptions by special cause, worked out by hand."""

import math
from typing import Any

import pandas as pd
import pytest

from les_xl.periods import add_months
from les_xl.position import Position, make_position
from tests.position.world import YEAR, flat, known, metric, monthly, organisation, reviews, service, specs

CALM = [100.0, 120.0] * 12
"""Mean 110, every moving range 20: limits 110 ± 53.2, near limits 110 ± 35.47."""

RULE: dict[str, Any] = {
    "id": "special_cause",
    "level": ["icb", "sub_icb"],
    "rule": "xmr",
    "profile": "nhsr",
    "severity": "advise",
}
STEADY = 40.0
"""What B2 of South delivers in every month; A1 of North delivers the rest."""


def position(
    *values: float | None,
    first: str = "2024-04",
    starts: str = "2024-04",
    as_at: str | None = None,
    chart: Any = None,
    per_month: Any = None,
    **changes: Any,
) -> Position:
    """The ICB delivers these values from `first` on, in a year that holds the last of them (2025-26)."""
    shares = [None if value is None else value - STEADY for value in values]
    steady = [None if value is None else STEADY for value in values]
    facts = known(
        [organisation("A1"), organisation("B2", sub_icb="A", sub_icb_name="South")],
        activity=reviews(A1=monthly(first, *shares), B2=monthly(first, *steady)),
        targets=[(code, "dementia", "reviews", YEAR, 900.0) for code in ("A1", "B2") if per_month],
    )
    counted = metric("reviews", headline=True, published_as="Dementia", chart=chart or {})
    plan = [] if per_month is None else [flat(per_month)]
    one = service(starts=starts, exceptions=[RULE | changes], metrics=[counted], plan=plan)
    return make_position(specs(one), facts, as_at or add_months(first, len(values) - 1))


def points(found: Position, org: str = "QE1") -> pd.DataFrame:
    """The trend of one organisation."""
    return found.trends[found.trends["org"] == org]


class TestTrends:
    """`Position.trends`."""

    def test_limits_by_hand_over_two_years(self) -> None:
        """23 calm months and 200: mean 2,720 / 24; the jump of 80 from 120 is more than 3.267 × 22.6.

        Moving ranges: 22 of 20 and one of 100 (from 100 to 200), mean 540 / 23; screened they are 20.
        """
        found = position(*CALM[:23], 200.0)
        rows = points(found)
        assert rows["month"].tolist() == [add_months("2024-04", at) for at in range(24)]
        assert rows["value"].tolist() == [*CALM[:23], 200.0]
        mean = 2720 / 24
        for row in rows.to_dict("records"):
            assert (row["mean"], row["lower"], row["upper"]) == pytest.approx(
                (mean, mean - 53.2, mean + 53.2)
            )
            assert (row["near_lower"], row["near_upper"]) == pytest.approx(
                (mean - 53.2 * 2 / 3, mean + 53.2 * 2 / 3)
            )
        assert rows["cause"].tolist() == [""] * 23 + ["above the upper limit"]
        assert not rows["trial"].any()
        assert set(rows["profile"]) == {"nhsr"}
        unscreened = points(position(*CALM[:23], 200.0, profile="mdc"))
        assert unscreened["upper"].iloc[-1] == pytest.approx(mean + 2.66 * 540 / 23)
        assert set(unscreened["profile"]) == {"mdc"}

    def test_groups_have_trends_of_their_own(self) -> None:
        found = position(*CALM)
        north, south = points(found, "N"), points(found, "A")
        assert north["mean"].iloc[0] == pytest.approx(110 - STEADY)
        assert south[["mean", "lower", "upper"]].iloc[0].tolist() == [STEADY] * 3
        assert set(south["cause"]) == {""}
        assert set(found.trends["level"]) == {"icb", "sub_icb"}

    @pytest.mark.parametrize(
        ("months", "limits", "trial"), [(7, False, False), (11, False, False), (12, True, True)]
    )
    def test_none_under_twelve_months(self, months: int, limits: bool, trial: bool) -> None:
        found = position(*CALM[:months], first="2025-04", starts="2025-04")
        rows = points(found)
        assert len(rows) == months
        assert rows["mean"].notna().all() == rows["upper"].notna().all() == limits
        assert rows["trial"].all() == trial
        assert found.exceptions.empty

    @pytest.mark.parametrize(("months", "trial"), [(19, True), (20, False)])
    def test_trial_limits_up_to_nineteen(self, months: int, trial: bool) -> None:
        rows = points(position(*CALM[:months]))
        assert set(rows["trial"]) == {trial}

    def test_months_before_the_les_began_are_none_of_it(self) -> None:
        rows = points(position(*CALM, starts="2024-09"))
        assert rows["month"].tolist()[0] == "2024-09"
        assert len(rows) == 19

    def test_a_month_without_a_return_is_no_point(self) -> None:
        rows = points(position(*CALM[:5], None, *CALM[5:23]))
        assert len(rows) == 23
        assert "2024-09" not in rows["month"].tolist()

    def test_history_goes_back_two_years_before_the_year(self) -> None:
        rows = points(position(*CALM, *CALM, first="2022-04", starts="2022-04"))
        assert (rows["month"].iloc[0], len(rows)) == ("2023-04", 36)

    def test_nothing_after_the_data_month(self) -> None:
        rows = points(position(*CALM, as_at="2025-10"))
        assert rows["month"].iloc[-1] == "2025-10"

    def test_without_a_rule_they_are_read_as_nhsr(self) -> None:
        facts = known([organisation("A1")], activity=reviews(A1=monthly("2025-04", *CALM[:12])))
        found = make_position(specs(service()), facts)
        assert set(found.trends["profile"]) == {"nhsr"}
        assert found.exceptions.empty

    def test_what_is_neither_published_nor_headline_has_none(self) -> None:
        more = service(
            metrics=[
                *service().model_dump(by_alias=True)["metrics"],
                {"id": "x", "title": "x", "kind": "flow"},
            ]
        )
        activity = [("A1", "dementia", "x", "2025-04", 1.0), *reviews(A1={"2025-04": 1.0})]
        found = make_position(specs(more), known([organisation("A1")], activity=activity))
        assert set(found.trends["metric"]) == {"reviews"}


PASSING = "consistently passing the target"
FAILING = "consistently failing the target"
HIT_AND_MISS = "inconsistently passing and failing the target (hit and miss)"
COMMON = "common cause, no significant change"


def last(found: Position, org: str = "QE1") -> dict[str, Any]:
    """The last point of the trend of one organisation."""
    return {str(name): value for name, value in points(found, org).iloc[-1].items()}


class TestAssurance:
    """Variation and assurance of `Position.trends`, in the words of Making Data Count."""

    @pytest.mark.parametrize(
        ("target", "up", "down"),
        [
            (163.21, FAILING, PASSING),
            (163.2, HIT_AND_MISS, HIT_AND_MISS),  # on the upper limit, 110 + 53.2
            (110, HIT_AND_MISS, HIT_AND_MISS),
            (56.8, HIT_AND_MISS, HIT_AND_MISS),  # on the lower limit, 110 - 53.2
            (56.79, PASSING, FAILING),
        ],
    )
    def test_against_the_target_of_the_chart(self, target: float, up: str, down: str) -> None:
        for improves, said in (("up", up), ("down", down), ("neither", "")):
            found = position(*CALM, chart={"target": target, "improves": improves})
            assert last(found)["assurance"] == said
            assert set(points(found)["target"]) == {target}
            assert set(points(found)["assurance"][:-1]) == {""}

    def test_a_target_is_the_icbs(self) -> None:
        found = position(*CALM, chart={"target": 500})
        assert last(found)["assurance"] == FAILING
        assert math.isnan(last(found, "N")["target"])
        assert last(found, "N")["assurance"] == ""

    def test_without_one_it_is_the_plan_and_each_group_has_its_share(self) -> None:
        """164 a month are 82 each of North, which is at 70 ± 53.2, and of South, which has 40 each month."""
        found = position(*CALM, per_month=164)
        assert (last(found)["target"], last(found)["assurance"]) == (164, FAILING)
        assert (last(found, "N")["target"], last(found, "N")["assurance"]) == (82, HIT_AND_MISS)
        assert (last(found, "A")["target"], last(found, "A")["assurance"]) == (82, FAILING)
        assert last(position(*CALM, per_month=163))["assurance"] == HIT_AND_MISS

    @pytest.mark.parametrize("plan", [None, 0])
    def test_no_plan_and_a_plan_of_nothing_are_no_target(self, plan: float | None) -> None:
        row = last(position(*CALM, per_month=plan))
        assert math.isnan(row["target"])
        assert row["assurance"] == ""
        assert row["variation"] == COMMON

    @pytest.mark.parametrize(
        ("changes", "as_at", "target"),
        [("2025-10", "2025-09", 164), ("2025-10", "2025-10", None), ("2025-04", "2025-10", 170)],
    )
    def test_a_plan_that_has_changed_within_the_year_is_none(
        self, changes: str, as_at: str, target: float | None
    ) -> None:
        plan = [flat(164, to=add_months(changes, -1))] if changes > "2025-04" else []
        planned = service(starts="2024-04", plan=[*plan, flat(170, **{"from": changes})])
        facts = known([organisation("A1")], activity=reviews(A1=monthly("2024-04", *CALM)))
        row = last(make_position(specs(planned), facts, as_at))
        assert row["target"] == target if target else math.isnan(row["target"])
        assert row["assurance"] == (FAILING if target else "")

    def test_under_twelve_points_nothing_is_said(self) -> None:
        eleven, twelve = (
            position(*CALM[:n], first="2025-04", starts="2025-04", per_month=900) for n in (11, 12)
        )
        assert last(eleven)["target"] == 900
        assert (last(eleven)["variation"], last(eleven)["assurance"]) == ("", "")
        assert (last(twelve)["variation"], last(twelve)["assurance"]) == (COMMON, FAILING)

    @pytest.mark.parametrize(
        ("chart", "rule", "said"),
        [
            ({}, {}, "special cause improvement"),
            ({}, {"improves": "down"}, "special cause concern"),
            ({"improves": "down"}, {}, "special cause concern"),
            ({"improves": "up"}, {"improves": "down"}, "special cause improvement"),
            ({"improves": "neither"}, {}, "special cause, neither improvement nor concern"),
        ],
    )
    def test_the_direction_is_the_charts_then_the_rules_then_up(
        self, chart: dict[str, Any], rule: dict[str, Any], said: str
    ) -> None:
        found = position(*CALM[:23], 200.0, chart=chart, severity="alert", **rule)
        assert points(found)["variation"].tolist() == [COMMON] * 23 + [said]
        # The exception of the same month says the same.
        improves = said.endswith("cause improvement")
        assert found.exceptions.iloc[0]["severity"] == ("assure" if improves else "alert")


def rebased(*months: str) -> dict[str, Any]:
    """A chart whose limits begin anew in these months, each for a reason of its own."""
    return {"rebase": [{"from": month, "reason": f"what happened in {month}"} for month in months]}


class TestRebase:
    """Limits that are calculated anew."""

    def test_each_stretch_has_limits_of_its_own(self) -> None:
        """12 months at 110, 12 at 310, each with ranges of 20: no range of 200 between them in either."""
        found = points(position(*CALM[:12], *(value + 200 for value in CALM[:12]), chart=rebased("2025-04")))
        assert found["mean"].tolist() == [110] * 12 + [310] * 12
        assert found["upper"].tolist() == pytest.approx([163.2] * 12 + [363.2] * 12)
        assert set(found["cause"]) == {""}
        assert found["trial"].all()
        assert found["rebased"].tolist() == [""] * 12 + ["what happened in 2025-04"] + [""] * 11

    @pytest.mark.parametrize(("month", "after"), [("2025-04", True), ("2025-05", False)])
    def test_a_stretch_of_eleven_has_none(self, month: str, after: bool) -> None:
        found = points(position(*CALM, chart=rebased(month)))
        assert found["mean"].notna().tolist() == [True] * (12 if after else 13) + [after] * (
            12 if after else 11
        )
        assert found["variation"].iloc[-1] == (COMMON if after else "")

    def test_it_changes_no_position_of_an_earlier_month(self) -> None:
        plain, anew = (position(*CALM, as_at="2025-09", chart=chart) for chart in ({}, rebased("2025-10")))
        pd.testing.assert_frame_equal(plain.trends, anew.trends)

    def test_where_the_month_has_no_return_the_next_one_begins(self) -> None:
        found = points(position(*CALM[:11], None, *CALM[12:], chart=rebased("2025-03")))
        assert found.loc[found["rebased"] != "", "month"].tolist() == ["2025-04"]
        assert found["mean"].isna().tolist() == [True] * 11 + [False] * 12

    def test_nothing_begins_anew_before_the_first_or_after_the_last_return(self) -> None:
        plain = points(position(*CALM)).drop(columns="rebased")
        for month in ("2024-04", "2023-01", "2027-04"):
            found = points(position(*CALM, chart=rebased(month)))
            assert set(found["rebased"]) == {""}
            pd.testing.assert_frame_equal(found.drop(columns="rebased"), plain)

    def test_assurance_is_that_of_the_last_stretch(self) -> None:
        values = (*CALM[:12], *(value + 200 for value in CALM[:12]))
        assert last(position(*values, chart=rebased("2025-04") | {"target": 200}))["assurance"] == PASSING
        assert last(position(*values, chart={"target": 200}))["assurance"] == HIT_AND_MISS

    def test_an_exception_whose_limits_begin_anew_is_no_longer_judged(self) -> None:
        values = (*CALM[:22], 200.0, 110.0)
        flagged = position(*values[:-1], chart=rebased("2026-03")).exceptions
        assert flagged["month"].tolist() == ["2026-02"] * 2
        found = position(*values, chart=rebased("2026-03"))
        assert found.exceptions.empty
        row = found.resolved[found.resolved["level"] == "icb"].iloc[0]
        assert (row["severity"], row["value"]) == ("advise", 200)
        assert row["sentence"].endswith("no longer judged in March 2026: its limits begin anew")


class TestSpecialCause:
    """Exceptions of `rule: xmr`."""

    def test_a_point_above_the_upper_limit(self) -> None:
        found = position(*CALM[:23], 200.0).exceptions
        # North has the same jump; South is steady.
        assert found[["level", "org"]].to_numpy().tolist() == [["icb", "QE1"], ["sub_icb", "N"]]
        row = found.iloc[0]
        assert row[["measure", "value", "status", "severity"]].tolist() == [
            "delivered",
            200.0,
            "new",
            "assure",
        ]
        assert row["threshold"] == pytest.approx(2720 / 24 + 53.2)
        assert row[["since", "month"]].tolist() == ["2026-03", "2026-03"]
        assert row["key"] == "dementia|reviews|special_cause|icb|QE1"
        assert row["sentence"] == (
            "Dementia: 200 delivered in March 2026, above the upper limit of 167: special cause of "
            "improvement (NHSRplotthedots)"
        )

    @pytest.mark.parametrize(
        ("improves", "severity", "said"),
        [("up", "assure", " of improvement"), ("down", "alert", " of concern"), ("neither", "alert", "")],
    )
    def test_the_direction_decides_what_it_is(self, improves: str, severity: str, said: str) -> None:
        row = position(*CALM[:23], 200.0, improves=improves, severity="alert").exceptions.iloc[0]
        assert row["severity"] == severity
        assert row["sentence"].endswith(f"special cause{said} (NHSRplotthedots)")

    @pytest.mark.parametrize(
        ("last", "words"),
        [
            ([10.0], "10 delivered in {month}, below the lower limit of 52"),
            ([150.0, 152.0], "two or more of the last three months above the near limit of"),
            ([100.0, 70.0, 68.0], "two or more of the last three months below the near limit of"),
            (
                [126.0, 127, 126, 127, 126, 127, 126],
                "above the mean of 114 in every month since September 2025",
            ),
            ([95.0, 94, 95, 94, 95, 94, 95], "below the mean of 105 in every month since August 2025"),
            ([101.0, 104, 107, 110, 113, 116, 119], "the latest of a rising trend since August 2025"),
            ([119.0, 116, 113, 110, 107, 104, 101], "the latest of a falling trend since September 2025"),
        ],
    )
    def test_each_rule_has_its_words(self, last: list[float], words: str) -> None:
        calm = CALM[: 24 - len(last)]
        row = position(*calm, *last).exceptions.iloc[0]
        assert words.format(month="March 2026") in row["sentence"], row["sentence"]

    def test_since_is_where_the_run_began_and_status_when_it_was_seen(self) -> None:
        run = [126.0, 127, 126, 127, 126, 127, 126, 127]
        began = {"first": "2024-03", "starts": "2024-03"}
        seven, eight = position(*CALM[:17], *run[:7], **began), position(*CALM[:17], *run, **began)
        first, second = seven.exceptions.iloc[0], eight.exceptions.iloc[0]
        assert (first["since"], first["status"]) == ("2025-08", "new")
        assert (second["since"], second["status"]) == ("2025-08", "continuing")
        assert first["threshold"] == pytest.approx((9 * 100 + 8 * 120 + 4 * 126 + 3 * 127) / 24)

    def test_a_trend_is_about_no_limit(self) -> None:
        row = position(*CALM[:17], 101, 104, 107, 110, 113, 116, 119).exceptions.iloc[0]
        assert math.isnan(row["threshold"])

    def test_only_the_last_month_counts(self) -> None:
        found = position(*CALM[:22], 200.0, 110.0)
        assert found.trends["cause"].eq("above the upper limit").any()
        assert found.exceptions.empty

    def test_what_is_common_cause_again_is_resolved(self) -> None:
        found = position(*CALM[:22], 200.0, 110.0).resolved
        row = found[found["level"] == "icb"].iloc[0]
        # Mean 2,730 / 24. Ranges 21 of 20, 80 and 90: mean 590 / 23; 90 is more than 3.267 × that, 80 not.
        # Without it they are 500 / 22, and the limits 113.75 ± 60.45.
        assert row[["severity", "status", "since", "month"]].tolist() == [
            "assure", "resolved", "2026-02", "2026-03",
        ]  # fmt: skip
        assert row["sentence"] == (
            "Dementia: 110 delivered in March 2026, within 53 to 174, no longer special cause "
            "(NHSRplotthedots)"
        )

    def test_a_month_without_a_return_is_not_judged(self) -> None:
        # B2 alone returned for March, which is half of those expected: the month is the LES's, not North's.
        facts = known(
            [organisation("A1"), organisation("B2", sub_icb="A", sub_icb_name="South")],
            activity=reviews(A1=monthly("2024-04", *CALM[:22], 300.0), B2=monthly("2024-04", *[STEADY] * 24)),
        )
        found = make_position(
            specs(service(starts="2024-04", exceptions=[RULE | {"level": ["sub_icb"]}])), facts
        )
        assert found.data_months["dementia"] == "2026-03"
        assert found.exceptions.empty
        row = found.resolved.iloc[0]
        assert (row["org"], row["severity"], row["month"]) == ("N", "advise", "2026-02")
        assert row["sentence"].endswith("no longer judged in March 2026: nothing is known for March 2026")

    @pytest.mark.parametrize(("least", "flagged"), [(15, 0), (11, 0), (10, 1), (0, 1)])
    def test_small_numbers_are_left_out_and_counted(self, least: int, flagged: int) -> None:
        """23 months of 10 and 12 and then 0: mean 252 / 24 = 10.5, lower limit 10.5 − 5.32."""
        low = [*(value / 10 for value in CALM[:23]), 0.0]
        rule = RULE | {"level": ["icb"], "least": least}
        facts = known([organisation("A1")], activity=reviews(A1=monthly("2024-04", *low)))
        found = make_position(specs(service(starts="2024-04", exceptions=[rule])), facts)
        assert len(found.exceptions) == flagged
        assert found.left_out.to_numpy().tolist() == (
            [] if flagged else [["dementia", "reviews", "special_cause", "icb", 1]]
        )

    def test_a_rule_holds_in_its_months(self) -> None:
        assert position(*CALM[:23], 200.0, to="2026-02").exceptions.empty
        assert not position(*CALM[:23], 200.0, **{"from": "2026-03"}).exceptions.empty

    def test_an_alert_is_lowered_while_the_les_ramps_up(self) -> None:
        rule = {"severity": "alert", "improves": "down"}
        early = position(*CALM[:23], 200.0, ramp_up_months=24, **rule).exceptions
        late = position(*CALM[:23], 200.0, ramp_up_months=23, **rule).exceptions
        assert set(early["severity"]) == {"advise"}
        assert set(late["severity"]) == {"alert"}

    def test_trial_limits_are_said(self) -> None:
        row = position(*CALM[:18], 200.0).exceptions.iloc[0]
        assert row["sentence"].endswith("(NHSRplotthedots, trial limits)")
