"""The year's end at the rate so far, and activity per 1,000 patients, on figures worked out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from les_xl.marks import Cell, Mark
from les_xl.position import Position, make_position
from tests.position.test_oracle import plain
from tests.position.world import known, metric, monthly, organisation, reviews, service, specs
from tests.position.worlds import World, worlds

X, Z = Mark.NOT_REPORTED, Mark.NOT_APPLICABLE
TWO = [organisation("A1"), organisation("B2", sub_icb="A")]


def forecasts(position: Position, org: str = "QE1", months: str = "456") -> list[Cell]:
    """The forecast as it stood in each month, a digit a month."""
    return [position.value("forecast", "dementia", org=org, month=f"2025-0{month}") for month in months]


def rates(position: Position, org: str = "QE1", months: str = "456") -> list[Cell]:
    return [position.value("rate_per_1000", "dementia", org=org, month=f"2025-0{month}") for month in months]


def test_a_forecast_is_the_mean_month_times_the_months_of_the_year() -> None:
    position = make_position(
        specs(service()), known(TWO[:1], activity=reviews(A1=monthly("2025-04", 10, 20, 60)))
    )
    assert forecasts(position, months="4567") == [120.0, 180.0, 360.0, X]


def test_a_les_that_begins_or_ends_in_the_year_has_its_own_months_only() -> None:
    facts = known(TWO[:1], activity=reviews(A1=monthly("2025-05", 10, 20)))
    late = make_position(specs(service(starts="2025-05")), facts)
    assert forecasts(late) == [Z, 110.0, 165.0]
    short = make_position(specs(service(starts="2025-05", ends="2025-09")), facts)
    assert forecasts(short) == [Z, 50.0, 75.0]


def test_a_month_without_a_return_is_taken_to_be_like_the_others() -> None:
    activity = reviews(A1=monthly("2025-04", 10, None, 30), B2=monthly("2025-04", 5, 5, 5))
    position = make_position(specs(service()), known(TWO, activity=activity))
    # 40 in two months: 20 a month, 240 in the year; to it the 60 of the other.
    assert forecasts(position, "A1") == [120.0, 120.0, 240.0]
    assert forecasts(position) == [180.0, 180.0, 300.0]


def test_who_never_reported_adds_nothing_and_has_no_forecast() -> None:
    position = make_position(
        specs(service()), known(TWO, activity=reviews(A1=monthly("2025-04", 10, 10, 10)))
    )
    assert forecasts(position, "B2") == [X, X, X]
    assert forecasts(position, "A") == [X, X, X]
    assert forecasts(position) == [120.0, 120.0, 120.0]


def test_who_has_left_is_forecast_to_have_delivered_what_it_did() -> None:
    organisations = [organisation("A1", closed="2025-05"), organisation("B2")]
    activity = reviews(A1=monthly("2025-04", 10, 10), B2=monthly("2025-04", 5, 5, 5))
    position = make_position(specs(service()), known(organisations, activity=activity))
    # In May it still counts, and a later month's change is not looked ahead to.
    assert forecasts(position, "A1") == [120.0, 120.0, 20.0]
    assert forecasts(position) == [180.0, 180.0, 80.0]


def test_who_took_another_over_goes_on_at_the_rate_of_both() -> None:
    organisations = [organisation("A1", closed="2025-04", successor="B2"), organisation("B2")]
    activity = reviews(A1={"2025-04": 10.0}, B2=monthly("2025-04", 10, 20, 20))
    position = make_position(specs(service()), known(organisations, activity=activity))
    assert forecasts(position, "B2") == [240.0, 240.0, 240.0]


def test_a_stock_has_no_forecast() -> None:
    register = service(metrics=[metric("reviews", kind="stock", headline=True, published_as="Dementia")])
    position = make_position(specs(register), known(TWO, activity=reviews(A1=monthly("2025-04", 10, 20))))
    assert forecasts(position) == [Z, Z, Z]


def test_no_figure_but_planned_and_expected_goes_beyond_the_data() -> None:
    position = make_position(specs(service()), known(TWO, activity=reviews(A1=monthly("2025-04", 10))))
    assert forecasts(position) == [120.0, X, X]
    assert rates(position, months="5") == [X]


@settings(plain, max_examples=10)
@given(
    amount=st.integers(0, 10_000),
    reported=st.lists(st.booleans(), min_size=1, max_size=12),
    starts=st.sampled_from(["2025-04", "2025-05", "2025-09"]),
)
def test_the_forecast_of_a_constant_series_is_constant(
    amount: int, reported: list[bool], starts: str
) -> None:
    values = [float(amount) if there else None for there in reported]
    values[0] = float(amount)
    position = make_position(
        specs(service(starts=starts)), known(TWO[:1], activity=reviews(A1=monthly(starts, *values))), starts
    )
    year = position.monthly.query("org == 'QE1' and month == @starts")["forecast"].item()
    months = {"2025-04": 12, "2025-05": 11, "2025-09": 7}[starts]
    assert year == amount * months


@settings(plain, max_examples=10)
@given(worlds())
def test_practices_make_groups(world: World) -> None:
    """What practices are forecast makes the forecast of the ICB and of each place."""
    position = make_position(world.specs, world.known, "2025-07")
    orgs = position.organisations[["org", "level", "place"]]
    rows = position.monthly.merge(orgs, on=["org", "level"])
    keys = ["les", "metric", "month"]
    practices = rows[rows["level"] == "practice"]
    icb = rows[rows["level"] == "icb"].set_index(keys)["forecast"].fillna(0.0)
    made = practices.groupby(keys)["forecast"].sum().reindex(icb.index, fill_value=0.0)
    assert (icb - made).abs().max() < 1e-4
    places = rows[rows["level"] == "place"].set_index([*keys, "org"])["forecast"].fillna(0.0)
    by_place = practices.groupby([*keys, "place"])["forecast"].sum()
    by_place = by_place.rename_axis([*keys, "org"]).reindex(places.index, fill_value=0.0)
    assert places.empty or (places - by_place).abs().max() < 1e-4


LISTS = [("A1", "2025-04", 4000.0), ("A1", "2025-06", 8000.0), ("B2", "2025-05", 2000.0)]


def test_a_rate_is_by_the_latest_list_up_to_the_month() -> None:
    facts = known(TWO, activity=reviews(A1=monthly("2025-04", 8, 8, 8)), list_sizes=LISTS)
    assert rates(make_position(specs(service()), facts), "A1") == [2.0, 2.0, 1.0]


def test_a_rate_of_a_group_is_by_the_patients_of_those_who_reported() -> None:
    activity = reviews(A1=monthly("2025-04", 8, 8, None), B2=monthly("2025-04", 6, 10, 10))
    position = make_position(specs(service()), known(TWO, activity=activity, list_sizes=LISTS))
    # April: B2 has no list yet. May: 18 of 6,000. June: A1 did not report, 10 of 2,000.
    assert rates(position) == [2.0, 3.0, 5.0]
    assert rates(position, "B2") == [X, 5.0, 5.0]
    assert rates(position, "A1") == [2.0, 2.0, X]


def test_a_list_of_the_year_before_counts_until_there_is_a_newer_one() -> None:
    lists = [("A1", "2024-10", 4000.0), ("A1", "2025-06", 8000.0), ("ZZ", "2025-04", 1.0)]
    facts = known(TWO[:1], activity=reviews(A1=monthly("2025-04", 8, 8, 8)), list_sizes=lists)
    assert rates(make_position(specs(service()), facts)) == [2.0, 2.0, 1.0]


@pytest.mark.parametrize(("lists", "expected"), [([], X), ([("A1", "2025-04", 0.0)], Z)])
def test_without_patients_there_is_no_rate(lists: list[tuple[str, str, float]], expected: Mark) -> None:
    facts = known(TWO[:1], activity=reviews(A1=monthly("2025-04", 8)), list_sizes=lists)
    assert rates(make_position(specs(service()), facts), months="4") == [expected]
    assert rates(make_position(specs(service(starts="2025-06")), facts, "2025-06"), months="4") == [Z]
