"""Checks pass on sound figures, and fail, with the difference, where something does not tie out."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from les_xl.data.known import Known
from les_xl.measures.achievement import Figures, make_figures
from les_xl.measures.axes import Axes, make_axes
from les_xl.measures.banding import Banding, make_bandings
from les_xl.measures.checks import make_checks
from les_xl.measures.forecast import make_list_sizes
from les_xl.measures.groups import Groups, make_groups
from les_xl.measures.marked import Marked
from les_xl.measures.plan import make_plans
from les_xl.measures.quality import make_quality
from les_xl.measures.returns import data_months, make_returns
from les_xl.measures.signup import make_signup
from les_xl.measures.tie_outs import make_tie_outs
from les_xl.position import make_position
from les_xl.spec.read import Specs
from tests.position.world import (
    YEAR,
    flat,
    known,
    metric,
    organisation,
    profile,
    reviews,
    service,
    specs,
)
from tests.position.worlds import BANDS, MONTHS

TWO = [organisation("A1"), organisation("B2", sub_icb="A")]
AS_AT = "2025-05"


def sound() -> tuple[Specs, Known]:
    """Two practices that deliver 4 a month in two parts, of 6 planned and 72 a year."""
    summed = service(
        metrics=[
            metric("all", headline=True, published_as="All", sum_of=["first", "second"]),
            metric("first"),
            metric("second"),
            metric("faults", part="quality", rate={"per": "first"}),
        ],
        plan=[flat(12, annual_target=144), profile(dict.fromkeys(MONTHS[:4], "25%"))],
        bands=BANDS,
    )
    activity = [
        (code, "dementia", part, month, 2.0)
        for code in ("A1", "B2")
        for part in ("first", "second")
        for month in ("2025-04", "2025-05")
    ]
    activity += [("A1", "dementia", "faults", "2025-05", 1.0), ("B2", "dementia", "faults", "2025-05", 2.0)]
    targets = [(code, "dementia", "all", YEAR, 72.0) for code in ("A1", "B2")]
    signup = [(code, "dementia", "signed_up", "", "", "") for code in ("A1", "B2")]
    lists = [("A1", "2025-04", 6000.0), ("B2", "2025-04", 4000.0)]
    return specs(summed), known(TWO, activity=activity, targets=targets, signup=signup, list_sizes=lists)


@dataclass(frozen=True)
class Made:
    """Everything that checks are made from."""

    axes: Axes
    groups: Groups
    figures: Figures
    bandings: dict[str, Banding]
    signup: pd.DataFrame
    quality: pd.DataFrame

    def checks(self) -> pd.DataFrame:
        tie_outs = make_tie_outs(self.axes, self.groups, self.figures, self.signup, self.quality, AS_AT)
        return make_checks(self.axes, self.groups, self.figures, self.bandings, tie_outs)

    def with_more_people(self, name: str, org: str, month: str, number: float = 1) -> pd.DataFrame:
        """The checks after one figure of sign-up or of quality was made larger than it is."""

        def more(frame: pd.DataFrame) -> pd.DataFrame:
            if name not in frame:
                return frame
            changed = frame.copy()
            changed.loc[(changed["org"] == org) & (changed["month"] == month), name] += number
            return changed

        return replace(self, signup=more(self.signup), quality=more(self.quality)).checks()

    def with_more(self, measure: str, line: int, org: str, month: int) -> pd.DataFrame:
        """The checks after one figure was made 1 more than it is."""
        at = int(np.flatnonzero(self.groups.organisations["org"] == org)[0])
        figure = self.figures.measures[measure]
        values = figure.values.copy()
        values[line, at, month] += 1
        measures = {**self.figures.measures, measure: Marked(values, figure.marks)}
        return replace(self, figures=replace(self.figures, measures=measures)).checks()


@pytest.fixture
def made() -> Made:
    specifications, facts = sound()
    axes = make_axes(specifications, facts, YEAR)
    returns = make_returns(specifications, facts, axes)
    months = data_months(specifications, axes, returns, AS_AT)
    groups = make_groups(specifications, facts, axes, AS_AT)
    plans, list_sizes = make_plans(facts, axes, groups, returns), make_list_sizes(facts, axes)
    figures = make_figures(axes, groups, returns, plans, months, AS_AT, list_sizes)
    return Made(
        axes, groups, figures, make_bandings(axes, groups, figures, months),
        make_signup(specifications, facts, axes, groups, returns, list_sizes).rates,
        make_quality(axes, groups, returns, months),
    )  # fmt: skip


def failed(checks: pd.DataFrame) -> set[tuple[str, str, float]]:
    rows = checks[~checks["ok"]]
    return set(zip(rows["check"], rows["scope"], rows["difference"], strict=True))


def test_sound_figures_pass_every_check(made: Made) -> None:
    checks = make_position(*sound()).checks
    pd.testing.assert_frame_equal(checks, made.checks())
    assert checks["ok"].all()
    within = checks["check"].str.contains("within")
    assert (checks.loc[~within, "difference"] == 0).all()
    assert (checks.loc[within, "difference"] <= 0).all()
    assert not checks.duplicated(["check", "scope"]).any()
    assert set(checks["check"]) == {
        "practices_make_pcn", "practices_make_place", "practices_make_sub_icb", "sub_icbs_make_icb",
        "months_make_to_date", "parts_make_sum", "shares_make_plan", "plan_year", "targets_make_plan",
        "bands_make_practices", "groups_make_bands", "band_shares_make_one", "one_code_one_organisation",
        "bands_make_group", "change_makes_bands", "profile_makes_target", "returns_within_expected",
        "signed_up_make_counted", "signed_up_within_eligible", "covered_within_registered",
        "share_within_whole",
    }  # fmt: skip


def test_the_figures_of_a_check_are_shown(made: Made) -> None:
    shown = {(row.check, row.scope): (row.left, row.right) for row in made.checks().itertuples()}
    assert shown["months_make_to_date", "All, delivered"] == (16, 16)
    assert shown["plan_year", "All"] == (144, 144)
    assert shown["profile_makes_target", "All"] == (144, 144)
    assert shown["signed_up_make_counted", "Dementia"] == (2, 2)
    assert shown["sub_icbs_make_icb", "Registered patients"] == (10000, 10000)
    # Of B2, whose faults are all that it did; of A1 1 of 2.
    assert shown["share_within_whole", "Dementia: faults"] == (2, 2)


FAULTS, PEOPLE, PATIENTS = "Dementia: faults, numerator", "Dementia, signed up", "Registered patients"


@pytest.mark.parametrize(
    ("name", "org", "number", "expected"),
    [
        (
            "numerator", "A1", 2,
            {
                ("practices_make_pcn", FAULTS, 2), ("practices_make_place", FAULTS, 2),
                ("practices_make_sub_icb", FAULTS, 2),
                ("share_within_whole", "Dementia: faults, Practice A1 (A1), May-25", 1),
            },
        ),
        (
            "signed_up", "QE1", 1,
            {
                ("sub_icbs_make_icb", PEOPLE, -1), ("signed_up_make_counted", "Dementia", 1),
                ("signed_up_within_eligible", "All services", 1),
            },
        ),
        (
            "signed_up", "Town", -1,
            {("practices_make_place", PEOPLE, 1), ("signed_up_make_counted", "Dementia", -1)},
        ),
        (
            "registered", "N", 5,
            {("practices_make_sub_icb", PATIENTS, -5), ("sub_icbs_make_icb", PATIENTS, 5)},
        ),
        ("covered", "P1", 7, {("covered_within_registered", "All services", 7)}),
    ],
)  # fmt: skip
def test_people_and_quality_that_do_not_tie_out_are_found(
    made: Made, name: str, org: str, number: float, expected: set[tuple[str, str, float]]
) -> None:
    assert failed(made.with_more_people(name, org, "2025-05", number)) == expected


def test_more_returns_than_expected_are_found(made: Made) -> None:
    more = made.figures.n_reported + 1
    found = failed(replace(made, figures=replace(made.figures, n_reported=more)).checks())
    assert found == {("returns_within_expected", "All published rows", 1.0)}


@pytest.mark.parametrize(
    ("measure", "org", "month", "expected"),
    [
        (
            "delivered", "A1", 0,
            {
                ("practices_make_pcn", "All, delivered", 1), ("practices_make_place", "All, delivered", 1),
                ("practices_make_sub_icb", "All, delivered", 1), ("months_make_to_date", "All, delivered", 1),
                ("parts_make_sum", "All", -1),
            },
        ),
        (
            "planned", "N", 1,
            {
                ("practices_make_sub_icb", "All, planned", -1), ("sub_icbs_make_icb", "All, planned", 1),
                ("months_make_to_date", "All, planned", 1),
            },
        ),
        (
            "planned", "QE1", 11,
            {
                ("sub_icbs_make_icb", "All, planned", -1), ("shares_make_plan", "All", 1),
                ("plan_year", "All", 1),
            },
        ),
        ("planned_to_date", "P1", 1, {("months_make_to_date", "All, planned", -1)}),
        ("delivered_to_date", "QE1", 1, {("months_make_to_date", "All, delivered", -1)}),
    ],
)  # fmt: skip
def test_a_figure_that_is_one_off_is_found(
    made: Made, measure: str, org: str, month: int, expected: set[tuple[str, str, float]]
) -> None:
    assert failed(made.with_more(measure, 0, org, month)) == expected


def test_a_band_that_is_one_off_is_found(made: Made) -> None:
    banding = made.bandings["dementia"]
    more = banding.total + (banding.total.index == "0-10%")
    wrong = replace(made, bandings={"dementia": replace(banding, total=more)})
    assert failed(wrong.checks()) == {
        ("bands_make_practices", "All, May-25", 1.0),
        ("groups_make_bands", "All, May-25", -1.0),
        ("change_makes_bands", "All, May-25", -1.0),
    }
    group = banding.groups.copy()
    group["0-10%"] += [1, *[0] * (len(group) - 1)]
    rows = replace(made, bandings={"dementia": replace(banding, groups=group)})
    assert ("bands_make_group", "All, May-25", 1.0) in failed(rows.checks())
    shares = replace(made, bandings={"dementia": replace(banding, share=banding.share * 2)})
    assert failed(shares.checks()) == {("band_shares_make_one", "All, May-25", 1.0)}


def test_noise_of_long_sums_is_no_difference() -> None:
    many = [organisation(f"A{at:03d}") for at in range(300)]
    activity = reviews(**{row["ods_code"]: {"2025-04": 0.1} for row in many})
    targets = [(row["ods_code"], "dementia", "reviews", YEAR, 1.0) for row in many]
    position = make_position(
        specs(service(plan=[flat(1, annual_target=300)])), known(many, activity=activity, targets=targets)
    )
    # Each of 300 practices is shown 0.003333 a month, in all 0.9999, and the ICB's plan is 1: 300 roundings.
    assert position.value("planned", "dementia") == 1
    assert failed(position.checks) == {("plan_year", "Dementia", -288.0)}


def test_a_code_that_stands_for_two_organisations_is_found() -> None:
    twice = [organisation("A1", place="QE1"), organisation("B2", pcn="A", sub_icb="A")]
    position = make_position(
        specs(service()), known(twice, activity=reviews(A1={"2025-04": 1}, B2={"2025-04": 2}))
    )
    rows = position.checks.query("check == 'one_code_one_organisation'")
    assert rows[["scope", "left", "right", "ok"]].to_numpy().tolist() == [["A, QE1", 9, 7, False]]
    # The wider level answers.
    assert position.value("delivered", "dementia", org="QE1") == 3


def test_a_practice_without_a_sub_icb_is_found_missing() -> None:
    rows = [organisation("A1"), organisation("B2", sub_icb="", pcn="")]
    position = make_position(
        specs(service()), known(rows, activity=reviews(A1={"2025-04": 1}, B2={"2025-04": 2}))
    )
    assert failed(position.checks) == {("sub_icbs_make_icb", "Dementia, delivered", -2.0)}


def test_a_plan_that_nobody_shares_is_no_failed_footing() -> None:
    position = make_position(specs(service(plan=[flat(10)])), known(TWO, activity=reviews(A1={"2025-04": 1})))
    assert failed(position.checks) == set()
    assert "Dementia, planned" not in set(
        position.checks.loc[position.checks["check"] == "sub_icbs_make_icb", "scope"]
    )
