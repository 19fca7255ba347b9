"""Which month a position stands at, up to which month each LES has data, and what is refused."""

import pytest

from les_xl.errors import LesError, registered
from les_xl.marks import Mark
from les_xl.position import make_position
from tests.position.world import flat, known, metric, monthly, organisation, reviews, service, specs

FOUR = [organisation(code) for code in ("A1", "B2", "C3", "D4")]
ONE_EACH = {code: monthly("2025-04", 1, 1) for code in ("A1", "B2", "C3", "D4")}


def test_half_of_the_expected_is_enough() -> None:
    # June: two of four; July: one of four.
    activity = reviews(**ONE_EACH) + reviews(A1=monthly("2025-06", 1, 1), B2=monthly("2025-06", 1))
    position = make_position(specs(service()), known(FOUR, activity=activity))
    assert position.edition.as_at == "2025-06"
    assert position.data_months == {"dementia": "2025-06"}


def test_the_share_is_that_of_the_workspace() -> None:
    activity = reviews(**ONE_EACH) + reviews(A1=monthly("2025-06", 1), B2=monthly("2025-06", 1))
    position = make_position(specs(service(), as_at={"reported": "51%"}), known(FOUR, activity=activity))
    assert position.edition.as_at == "2025-05"


def test_seven_of_ten_are_seventy_percent() -> None:
    ten = [organisation(f"A{at}") for at in range(10)]
    activity = reviews(**{f"A{at}": {"2025-04": 1} for at in range(7)})
    position = make_position(specs(service(), as_at={"reported": "70%"}), known(ten, activity=activity))
    assert position.edition.as_at == "2025-04"


def test_all_les_together_decide_the_month_and_each_its_own_data_month() -> None:
    activity = [
        *reviews("early", **{code: monthly("2025-04", 1, 1, 1) for code in ("A1", "B2", "C3", "D4")}),
        *reviews("late", **ONE_EACH),
        *reviews("once", A1={"2025-04": 1}),
    ]
    position = make_position(
        specs(service("early"), service("late", plan=[flat(10)]), service("once"), service("never")),
        known(FOUR, activity=activity),
    )
    # Of the three that ever reported, June: four of twelve pairs; May: eight of twelve.
    assert position.edition.as_at == "2025-05"
    june = make_position(position.specs, known(FOUR, activity=activity), "2025-06")
    assert june.data_months == {"early": "2025-06", "late": "2025-05", "once": None, "never": None}
    assert june.value("delivered", "early") == 4
    assert june.value("delivered", "late") is Mark.NOT_REPORTED
    # The plan to date stops where the deliveries do; the plan of the month is still there.
    assert june.value("planned_to_date", "late") is Mark.NOT_REPORTED
    assert june.value("planned_to_date", "late", month="2025-05") == 20
    assert june.value("planned", "late") == 10
    assert june.value("delivered", "never", month="2025-04") is Mark.NOT_REPORTED


def test_a_les_of_which_nothing_ever_came_does_not_hold_the_month_up() -> None:
    # June: two of four. Of eight, with the LES that has no extract yet, they would be too few.
    activity = reviews(**ONE_EACH) + reviews(A1={"2025-06": 1}, B2={"2025-06": 1})
    beds = [metric("beds", kind="stock", headline=True)]
    position = make_position(
        specs(service(), service("never"), service("unpublished", metrics=beds)),
        known(FOUR, activity=activity),
    )
    assert position.edition.as_at == "2025-06"
    assert position.data_months == {"dementia": "2025-06", "never": None, "unpublished": None}
    # Its first return, of any month, makes it one of those that are waited for.
    first = [("D4", "unpublished", "beds", "2025-04", 20.0)]
    position = make_position(position.specs, known(FOUR, activity=activity + first))
    assert position.edition.as_at == "2025-05"


def test_late_returns_are_counted_but_not_shown() -> None:
    activity = reviews(**ONE_EACH) + reviews(A1={"2025-06": 5})
    position = make_position(specs(service()), known(FOUR, activity=activity), "2025-07")
    assert position.value("n_reported", "dementia", month="2025-06") == 1
    assert position.value("delivered", "dementia", month="2025-06", org="A1") is Mark.NOT_REPORTED


def test_what_came_after_the_as_at_month_is_not_seen() -> None:
    activity = reviews(**ONE_EACH)
    position = make_position(specs(service()), known(FOUR, activity=activity), "2025-04")
    assert position.data_months == {"dementia": "2025-04"}
    assert position.value("delivered", "dementia", month="2025-05") is Mark.NOT_REPORTED
    assert position.value("n_reported", "dementia", month="2025-05") == 0
    assert position.value("n_expected", "dementia", month="2025-05") == 4


def test_a_metric_that_is_not_published_is_no_return() -> None:
    plain = service(
        metrics=[metric("reviews", headline=True, published_as="Dementia"), metric("register", kind="stock")]
    )
    rows = [
        *reviews(**ONE_EACH),
        *[(code, "dementia", "register", "2025-06", 9.0) for code in ("A1", "B2", "C3")],
    ]
    assert make_position(specs(plain), known(FOUR, activity=rows)).edition.as_at == "2025-05"


def test_a_part_of_a_sum_is_a_return() -> None:
    summed = service(
        metrics=[metric("all", headline=True, published_as="All", sum_of=["first"]), metric("first")]
    )
    rows = [(code, "dementia", "first", "2025-06", 9.0) for code in ("A1", "B2")]
    assert make_position(specs(summed), known(FOUR, activity=rows)).edition.as_at == "2025-06"


def test_an_as_at_month_before_any_data_or_in_the_future_is_allowed() -> None:
    facts = known(FOUR, activity=reviews(A1={"2025-06": 1}, B2={"2025-06": 1}))
    before = make_position(specs(service(plan=[flat(10)])), facts, "2025-05")
    assert before.data_months == {"dementia": None}
    assert before.value("delivered", "dementia") is Mark.NOT_REPORTED
    assert before.value("planned_to_date", "dementia") is Mark.NOT_REPORTED
    assert before.value("planned", "dementia") == 10
    assert before.bandings == {}
    assert before.exceptions.empty
    after = make_position(specs(service(plan=[flat(10)])), facts, "2026-03")
    assert after.data_months == {"dementia": "2025-06"}
    assert after.value("delivered", "dementia") is Mark.NOT_REPORTED
    assert after.value("delivered", "dementia", month="2025-06") == 2


@pytest.mark.parametrize("asked", ["2025-03", "2026-04", "Oct-25", ""])
def test_a_month_outside_the_year_is_refused_with_the_choices(asked: str) -> None:
    facts = known(FOUR, activity=reviews(**ONE_EACH))
    with pytest.raises(LesError) as caught:
        make_position(specs(service()), facts, asked)
    [problem] = caught.value.problems
    assert problem.code == "LES352"
    assert str(problem) == (
        f"LES352 '{asked}' is not a month of the financial year 2025-26 — "
        "choose one from 2025-04 to 2026-03; returns are there for April 2025 to May 2025"
    )


def test_too_few_returns_anywhere_are_said() -> None:
    facts = known(FOUR, activity=reviews(A1={"2025-06": 1}))
    with pytest.raises(
        LesError, match=r"LES353 in no month of 2025-26 have 50% .* returns are there for June 2025"
    ):
        make_position(specs(service()), facts)


def test_organisations_without_any_activity_are_said() -> None:
    with pytest.raises(LesError, match=r"LES353 .* no month of it has any return"):
        make_position(specs(service()), known(FOUR))


def test_an_empty_store_is_said() -> None:
    with pytest.raises(LesError, match="LES351 no organisations are known"):
        make_position(specs(service()), known([]))
    with pytest.raises(LesError, match="LES351"):
        make_position(specs(service()), known([]), "2025-10")


@pytest.mark.parametrize("year", ["2025/26", "2025-27", "2025"])
def test_what_is_no_year_is_said(year: str) -> None:
    with pytest.raises(LesError, match=r"LES354 .* write it as 2025-26"):
        make_position(specs(service()), known(FOUR), year=year)


def test_the_kinds_are_in_the_catalogue_with_an_example_each() -> None:
    kinds = [kind for kind in registered() if kind.code.startswith("LES35")]
    assert [kind.code for kind in kinds] == ["LES351", "LES352", "LES353", "LES354"]
    assert all(kind.hint and kind.mistake and kind.mended for kind in kinds)


def test_the_edition_says_what_the_position_stands_on() -> None:
    position = make_position(specs(service()), known(FOUR, activity=reviews(**ONE_EACH)))
    assert str(position.edition) == "2025-05, load 1, specs abababab"
