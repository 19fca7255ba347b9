"""Pace, pounds, completeness, recovery and contributions, on figures worked out by hand."""

import math
from typing import Any

import pytest
from hypothesis import given, settings

from les_xl.marks import Cell, Mark
from les_xl.measures.status import completeness, recovery
from les_xl.measures.workdays import working_days
from les_xl.position import Position, make_position
from tests.position.oracle import WORKING_DAYS
from tests.position.test_oracle import plain
from tests.position.world import flat, known, metric, monthly, organisation, reviews, service, specs
from tests.position.worlds import World, worlds

X, Z = Mark.NOT_REPORTED, Mark.NOT_APPLICABLE
TWO = [organisation("A1"), organisation("B2", sub_icb="A")]


def made(les: Any, activity: list[tuple[Any, ...]], as_at: str | None = None) -> Position:
    return make_position(specs(les), known(TWO, activity=activity), as_at)


def series(position: Position, measure: str, org: str = "QE1", months: str = "456") -> list[Cell]:
    """A measure in each month, a digit a month."""
    return [position.value(measure, "dementia", org=org, month=f"2025-0{month}") for month in months]


@pytest.mark.parametrize(
    ("month", "days"),
    [
        ("2025-04", 20),  # Good Friday and Easter Monday
        ("2025-08", 20),  # the short one: 21 without the late summer bank holiday
        ("2025-12", 21),
        ("2022-06", 20),  # the Platinum Jubilee
        ("2022-09", 21),  # the state funeral
        ("2023-05", 20),  # the coronation
        ("2027-12", 21),  # Christmas at the weekend: its substitute days on 27 and 28
    ],
)
def test_working_days_of_england(month: str, days: int) -> None:
    assert working_days([month]).tolist() == [days]


def test_a_short_month_at_the_same_pace_is_the_same_per_working_day() -> None:
    activity = reviews(A1={"2025-07": 230.0, "2025-08": 200.0}, B2={"2025-07": 23.0, "2025-08": 40.0})
    position = made(service(), activity)
    assert series(position, "per_working_day", "A1", "789") == [10.0, 10.0, X]
    assert series(position, "per_working_day", months="78") == [11.0, 12.0]


def test_against_the_same_month_of_the_year_before() -> None:
    activity = reviews(
        A1={"2024-05": 7.0, "2025-04": 5.0, "2025-05": 10.0}, B2={"2024-06": 1.0, "2025-05": 4.0}
    )
    position = made(service(starts="2024-05"), activity)
    assert series(position, "change_on_year", "A1", "45") == [Z, 3.0]
    # B2 returned nothing in May 2024: of all 7 are known, and 14 a year later.
    assert series(position, "change_on_year", "B2", "5") == [X]
    assert series(position, "change_on_year", months="5") == [7.0]


def test_pounds_where_there_is_a_tariff() -> None:
    metrics = [metric("reviews", headline=True, published_as="Dementia", tariff=12.5)]
    position = made(
        service(metrics=metrics), reviews(A1=monthly("2025-04", 4, None, 2), B2=monthly("2025-04", 1, 1))
    )
    assert series(position, "pounds") == [62.5, 12.5, 25.0]
    assert series(position, "pounds_to_date") == [62.5, 75.0, 100.0]
    assert series(made(service(), reviews(A1={"2025-04": 4.0})), "pounds", months="4") == [Z]


def test_a_sum_is_paid_by_its_parts() -> None:
    def position(*tariffs: float | None) -> Position:
        parts = [
            metric(name, tariff=tariff) for name, tariff in zip(("first", "second"), tariffs[:2], strict=True)
        ]
        whole = metric(
            "all", headline=True, published_as="Dementia", sum_of=["first", "second"], tariff=tariffs[2]
        )
        activity = [
            ("A1", "dementia", "first", "2025-04", 10.0),
            ("A1", "dementia", "second", "2025-04", 3.0),
        ]
        return made(service(metrics=[whole, *parts]), activity)

    assert series(position(2.0, 5.0, None), "pounds", months="4") == [35.0]
    assert series(position(2.0, 5.0, 1.0), "pounds", months="4") == [13.0]
    assert series(position(2.0, None, None), "pounds", months="4") == [Z]


def test_a_register_has_no_pace_and_no_pounds() -> None:
    metrics = [metric("reviews", kind="stock", headline=True, published_as="Dementia", tariff=12.5)]
    position = made(
        service(metrics=metrics, plan=[flat(90)]), reviews(A1={"2025-04": 40.0}, B2={"2025-04": 1.0})
    )
    for measure in ("per_working_day", "pounds", "pounds_to_date", "run_rate", "months_to_recover"):
        assert series(position, measure, months="4") == [Z]


def test_figures_are_final_once_every_return_is_in() -> None:
    activity = reviews(A1=monthly("2025-04", 4, 4, 4), B2=monthly("2025-04", 1, None, 1))
    position = made(service(), activity)
    found = series(position, "outstanding_to_date", months="4567")
    assert found == [0, 1, 1, X]
    assert [completeness(cell) for cell in found] == ["Final", "Provisional", "Provisional", "[x]"]
    assert series(position, "outstanding_to_date", "B2", "45") == [0, 1]
    late = [*activity, *reviews(B2={"2025-05": 9.0})]
    assert series(made(service(), late), "outstanding_to_date") == [0, 0, 0]


def test_the_recent_rate_is_of_the_last_three_months_with_a_return() -> None:
    activity = reviews(A1=monthly("2025-04", 100, 10, None, 20, 30), B2=monthly("2025-04", 4, 6, 8, 8, 8))
    position = made(service(), activity)
    assert series(position, "run_rate", "A1", "45678") == [100.0, 55.0, 55.0, pytest.approx(130 / 3), 20.0]
    assert series(position, "run_rate", months="8") == [28.0]


def test_what_is_short_is_made_up_by_what_is_above_the_plan_of_the_month() -> None:
    # 20 planned a month. April to June: 60, delivered 0 + 15 + 30 = 45, 15 a month: short, and no faster.
    slow = made(service(plan=[flat(20)]), reviews(A1=monthly("2025-04", 0, 15, 30)))
    assert series(slow, "months_to_recover") == [math.inf, math.inf, math.inf]
    # July: 80 planned, 71 delivered, (15 + 30 + 26) ÷ 3 = 23.67 a month: 9 short, 3.67 gained a month.
    later = made(service(plan=[flat(20)]), reviews(A1=monthly("2025-04", 0, 15, 30, 26)))
    assert series(later, "months_to_recover", months="7") == [pytest.approx(9 / (71 / 3 - 20))]
    assert recovery(series(later, "months_to_recover", months="7")[0]) == "In 3 months"


def test_on_plan_there_is_nothing_to_make_up() -> None:
    position = made(service(plan=[flat(20)]), reviews(A1=monthly("2025-04", 20, 5, 60)))
    assert series(position, "months_to_recover") == [0.0, math.inf, 0.0]
    assert series(made(service(), reviews(A1={"2025-04": 1.0})), "months_to_recover", months="4") == [Z]


def test_months_to_the_annual_target() -> None:
    les = service(plan=[flat(20, annual_target=240)])
    position = made(les, reviews(A1=monthly("2025-04", 0, 40, 50)))
    assert series(position, "months_to_target") == [math.inf, 10.0, 5.0]
    assert series(made(les, reviews(A1={"2025-04": 300.0})), "months_to_target", months="4") == [0.0]


def test_how_recovery_is_said() -> None:
    cells: list[Cell] = [0.0, 0.2, 1.0, 1.01, math.inf, Z]
    said = ["On plan", "In 1 month", "In 1 month", "In 2 months", "Not at this rate", "[z]"]
    assert [recovery(cell) for cell in cells] == said


def parts(position: Position, month: str) -> dict[str, tuple[float, float, float]]:
    """Added, share and points of each sub-ICB in a month."""
    found = position.contributions[position.contributions["month"] == month]
    return {row["org"]: (row["added"], row["share"], row["points"]) for row in found.to_dict("records")}


def test_each_sub_icb_has_its_part_of_a_change() -> None:
    activity = reviews(A1=monthly("2025-04", 30, 20, 20), B2=monthly("2025-04", 10, 25, None))
    position = make_position(specs(service()), known(TWO, activity=activity), "2025-06")
    # May: 40 and then 45: North −10, South +15.
    assert parts(position, "2025-05") == {"N": (-10.0, -2.0, -0.25), "A": (15.0, 3.0, 0.375)}
    # June: South returned nothing, and makes all of the fall.
    assert parts(position, "2025-06") == {"N": (0.0, 0.0, 0.0), "A": (-25.0, 1.0, pytest.approx(-25 / 45))}
    marks = position.contributions.groupby("month")["added_mark"].unique()
    assert (list(marks["2025-04"]), list(marks["2025-07"])) == (["[z]"], ["[x]"])


def test_of_no_change_there_is_no_share() -> None:
    activity = reviews(A1=monthly("2025-04", 30, 20), B2=monthly("2025-04", 10, 20))
    found = made(service(), activity).contributions.query("month == '2025-05'")
    assert found["added"].tolist() == [-10.0, 10.0]
    assert found["share_mark"].tolist() == ["[z]", "[z]"]
    assert found["points"].tolist() == [-0.25, 0.25]


@settings(plain, max_examples=10)
@given(worlds())
def test_contributions_make_the_change(world: World) -> None:
    """Of all sub-ICBs, where each organisation is in one (in these worlds each is)."""
    position = make_position(world.specs, world.known, "2025-10")
    keys = ["les", "metric", "month"]
    icb = position.monthly[position.monthly["level"] == "icb"].set_index(keys)
    made_of = position.contributions.groupby(keys)[["added", "share", "points"]].sum()
    change = icb["change"][(icb.index.get_level_values("month") > "2025-04") & icb["change"].notna()]
    made_of = made_of.reindex(change.index)
    assert (made_of["added"] - change).abs().max() < 1e-6 if len(change) else True
    moved = change[change != 0].index
    assert (made_of.loc[moved, "share"] - 1).abs().max() < 1e-9 if len(moved) else True


@settings(plain, max_examples=8)
@given(worlds())
def test_working_days_make_the_month_and_levels_add_up(world: World) -> None:
    position = make_position(world.specs, world.known, "2025-10")
    rows = position.monthly[position.monthly["per_working_day"].notna()]
    days = rows["month"].map(WORKING_DAYS)
    assert (rows["per_working_day"] * days - rows["delivered"]).abs().max() < 1e-6 if len(rows) else True
    keys = ["les", "metric", "month"]
    for measure in ("per_working_day", "pounds", "outstanding_to_date", "run_rate"):
        of_level = position.monthly.groupby(["level", *keys])[measure].sum()
        if "practice" in of_level.index.get_level_values("level"):
            practices, icb = of_level["practice"], of_level["icb"]
            assert (practices - icb).abs().max() < 1e-4
