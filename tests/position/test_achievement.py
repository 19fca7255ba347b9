"""What was delivered, monthly and to date, and which mark stands where there is no number."""

import pytest

from les_xl.marks import Cell, Mark
from les_xl.position import Position, make_position
from tests.position.world import YEAR, flat, known, metric, monthly, organisation, reviews, service, specs

X, Z = Mark.NOT_REPORTED, Mark.NOT_APPLICABLE
TWO = [organisation("A1"), organisation("B2", sub_icb="A")]


def series(position: Position, measure: str, org: str = "QE1", months: str = "456789") -> list[Cell]:
    """A measure from April on, a digit a month."""
    return [position.value(measure, "dementia", org=org, month=f"2025-0{month}") for month in months]


def test_a_group_is_the_sum_of_those_who_reported() -> None:
    activity = reviews(A1=monthly("2025-04", 3, None, 5), B2=monthly("2025-04", 4, 1, None))
    position = make_position(specs(service()), known(TWO, activity=activity))
    assert series(position, "delivered", "A1", "456") == [3.0, X, 5.0]
    assert series(position, "delivered", "B2", "456") == [4.0, 1.0, X]
    assert series(position, "delivered", months="456") == [7.0, 1.0, 5.0]
    assert series(position, "n_reported", months="456") == [2.0, 1.0, 1.0]
    assert series(position, "n_expected", months="456") == [2.0, 2.0, 2.0]


def test_a_return_of_0_is_0_and_no_return_is_not() -> None:
    activity = reviews(A1=monthly("2025-04", 0))
    position = make_position(specs(service()), known(TWO, activity=activity))
    assert series(position, "delivered", "A1", "4") == [0.0]
    assert series(position, "delivered", "B2", "4") == [X]
    assert series(position, "delivered", "A", "4") == [X]


def test_nothing_is_delivered_before_the_start_or_after_the_end() -> None:
    activity = reviews(A1=monthly("2025-04", 1, 2, 3, 4), B2=monthly("2025-04", 1, 2, 3, 4))
    limited = service(starts="2025-05", ends="2025-06")
    position = make_position(specs(limited), known(TWO, activity=activity))
    assert position.edition.as_at == "2025-06"
    assert series(position, "delivered", months="4567") == [Z, 4.0, 6.0, Z]
    assert series(position, "n_expected", months="4567") == [0.0, 2.0, 2.0, 0.0]
    assert series(position, "delivered_to_date", months="456") == [Z, 4.0, 10.0]


def test_to_date_runs_from_the_first_month_to_the_data_month() -> None:
    activity = reviews(A1=monthly("2025-05", 10, 20, 30))
    position = make_position(
        specs(service(starts="2025-05", plan=[flat(100)])),
        known([organisation("A1")], activity=activity, targets=[("A1", "dementia", "reviews", YEAR, 600.0)]),
    )
    assert series(position, "planned") == [Z, 100.0, 100.0, 100.0, 100.0, 100.0]
    assert series(position, "planned_to_date") == [Z, 100.0, 200.0, 300.0, X, X]
    assert series(position, "delivered_to_date") == [Z, 10.0, 30.0, 60.0, X, X]
    assert series(position, "pct_plan") == [Z, 0.1, 0.2, 0.3, X, X]
    assert series(position, "pct_plan_to_date") == [Z, 0.1, 0.15, 0.2, X, X]
    assert series(position, "pct_annual") == [Z, 10 / 600, 0.05, 0.1, X, X]
    assert series(position, "variance") == [Z, -90.0, -80.0, -70.0, X, X]
    assert series(position, "variance_to_date") == [Z, -90.0, -170.0, -240.0, X, X]
    assert series(position, "change") == [Z, Z, 10.0, 10.0, X, X]


def test_a_missing_return_is_skipped_in_the_sum_and_unknown_in_the_change() -> None:
    activity = reviews(A1=monthly("2025-04", 5, None, 7), B2=monthly("2025-04", 1, 1, 1))
    position = make_position(specs(service()), known(TWO, activity=activity))
    assert series(position, "delivered_to_date", "A1", "456") == [5.0, 5.0, 12.0]
    assert series(position, "change", "A1", "456") == [Z, X, X]
    assert series(position, "change", "B2", "456") == [Z, 0.0, 0.0]


def test_who_never_reported_has_no_sum_to_date() -> None:
    activity = reviews(A1=monthly("2025-04", 5, 6))
    position = make_position(specs(service()), known(TWO, activity=activity))
    assert series(position, "delivered_to_date", "B2", "45") == [X, X]


def test_without_a_plan_there_is_no_percentage_and_no_variance() -> None:
    position = make_position(specs(service()), known(TWO, activity=reviews(A1={"2025-04": 5})))
    for measure in ("planned", "pct_plan", "variance", "planned_to_date", "pct_plan_to_date", "pct_annual"):
        assert series(position, measure, months="45") == [Z, Z], measure


def test_a_plan_of_0_has_no_percentage_but_a_variance() -> None:
    position = make_position(
        specs(service(plan=[flat(0)])), known([organisation("A1")], activity=reviews(A1={"2025-04": 5}))
    )
    assert series(position, "planned", months="4") == [0.0]
    assert series(position, "pct_plan", months="45") == [Z, Z]
    assert series(position, "variance", months="4") == [5.0]
    assert series(position, "pct_annual", months="4") == [Z]


def test_what_a_practice_did_before_it_left_stays_in_the_sum() -> None:
    leaver = ("B2", "dementia", "signed_up", "", "2025-05", "")
    activity = reviews(A1=monthly("2025-04", 1, 1, 1), B2=monthly("2025-04", 4, 5, 9))
    stays = ("A1", "dementia", "signed_up", "", "", "")
    position = make_position(specs(service()), known(TWO, activity=activity, signup=[stays, leaver]))
    # The 9 of June come from somebody who is no longer signed up.
    assert series(position, "delivered", "B2", "456") == [4.0, 5.0, Z]
    assert series(position, "delivered_to_date", "B2", "456") == [4.0, 9.0, 9.0]
    assert series(position, "delivered_to_date", months="456") == [5.0, 11.0, 12.0]


class TestSumsAndStocks:
    """Headlines that are sums of metrics, and metrics that are never summed."""

    SUM = service(
        metrics=[
            metric("activity", headline=True, published_as="All", sum_of=["first", "second"]),
            metric("first"),
            metric("second"),
        ]
    )
    STOCK = service(metrics=[metric("register", kind="stock", headline=True, published_as="Register")])

    def test_a_sum_is_reported_where_any_part_is(self) -> None:
        activity = [
            ("A1", "dementia", "first", "2025-04", 3.0),
            ("A1", "dementia", "second", "2025-04", 4.0),
            ("B2", "dementia", "second", "2025-04", 5.0),
        ]
        position = make_position(specs(self.SUM), known(TWO, activity=activity))
        assert series(position, "delivered", "A1", "4") == [7.0]
        assert series(position, "delivered", "B2", "4") == [5.0]
        assert position.value("delivered", "dementia", "first", "B2") is X
        assert position.value("delivered", "dementia", "first") == 3
        assert series(position, "delivered", months="4") == [12.0]

    def test_what_is_loaded_for_the_sum_itself_is_not_used(self) -> None:
        activity = [
            ("A1", "dementia", "activity", "2025-04", 99.0),
            ("A1", "dementia", "first", "2025-04", 3.0),
        ]
        position = make_position(specs(self.SUM), known([organisation("A1")], activity=activity))
        assert series(position, "delivered", months="4") == [3.0]

    def test_a_stock_to_date_is_its_months_value(self) -> None:
        activity = [("A1", "dementia", "register", f"2025-0{at}", 100.0 + at) for at in (4, 5, 6)]
        position = make_position(
            specs(self.STOCK),
            known(
                [organisation("A1")], activity=activity, targets=[("A1", "dementia", "register", YEAR, 212.0)]
            ),
        )
        assert series(position, "delivered_to_date", months="4567") == [104.0, 105.0, 106.0, X]
        assert series(position, "pct_annual", months="6") == [0.5]
        assert series(position, "change", months="56") == [1.0, 1.0]

    def test_a_planned_stock_is_not_summed_either(self) -> None:
        planned = self.STOCK.model_copy(update={"plan": service(plan=[flat(50, metric="register")]).plan})
        activity = [("A1", "dementia", "register", "2025-05", 25.0)]
        position = make_position(specs(planned), known([organisation("A1")], activity=activity))
        assert series(position, "planned_to_date", months="456") == [50.0, 50.0, X]
        assert series(position, "delivered_to_date", months="456") == [X, 25.0, X]
        assert series(position, "pct_plan_to_date", months="5") == [0.5]
        assert position.value("annual_target", "dementia") == 50


class TestYearBefore:
    """What of an earlier year is looked back on, and what is not."""

    def test_april_changes_against_march_and_sums_begin_anew(self) -> None:
        position = make_position(
            specs(service(starts="2024-10")),
            known([organisation("A1")], activity=reviews(A1=monthly("2025-02", 1, 8, 11))),
        )
        assert series(position, "change", months="4") == [3.0]
        assert series(position, "delivered_to_date", months="4") == [11.0]
        assert set(position.monthly["month"]) == {f"2025-{at:02d}" for at in range(4, 13)} | {
            "2026-01", "2026-02", "2026-03",
        }  # fmt: skip

    def test_april_has_no_change_where_march_was_not_reported(self) -> None:
        position = make_position(
            specs(service(starts="2024-10")),
            known([organisation("A1")], activity=reviews(A1={"2025-04": 11})),
        )
        assert series(position, "change", months="4") == [X]

    def test_another_year_can_be_asked_for(self) -> None:
        position = make_position(
            specs(service(starts="2024-10")),
            known([organisation("A1")], activity=reviews(A1=monthly("2025-02", 1, 8, 11))),
            year="2024-25",
        )
        assert position.edition.as_at == "2025-03"
        assert position.value("delivered_to_date", "dementia") == 9


@pytest.mark.parametrize("measure", ["delivered", "pct_plan", "delivered_to_date", "variance_to_date"])
def test_no_mark_ever_is_a_number(measure: str) -> None:
    position = make_position(specs(service(plan=[flat(10)])), known(TWO, activity=reviews(A1={"2025-04": 5})))
    rows = position.monthly
    assert (rows[measure].isna() == (rows[f"{measure}_mark"] != "")).all()
    assert set(rows[f"{measure}_mark"]) <= {"", "[x]", "[z]"}
