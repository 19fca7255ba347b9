"""A metric that is counted for part of the year, a LES without a plan, and one with named providers."""

from les_xl.marks import Mark
from les_xl.position import make_position
from tests.position.world import YEAR, flat, known, metric, monthly, organisation, reviews, service, specs

TWO = [organisation("A1"), organisation("B2")]
SILENT = {"id": "no_return", "level": ["practice"], "when": "months_not_reported >= 2", "severity": "alert"}
UNDER = {"id": "under_plan", "level": ["icb"], "when": "pct_plan_to_date < 60%", "severity": "alert"}


def test_a_metric_counts_in_its_own_months() -> None:
    talk = metric("talk", **{"from": "2025-05", "to": "2025-06"})
    one = service(metrics=[metric("reviews", headline=True, published_as="Dementia"), talk], plan=[flat(10)])
    months = monthly("2025-04", 1, 1, 1, 1)
    activity = [
        *reviews(A1=months, B2=months),
        *[("A1", "dementia", "talk", month, 5.0) for month in months],
    ]
    position = make_position(specs(one), known(TWO, activity=activity))
    delivered = [position.value("delivered", "dementia", "talk", month=month) for month in months]
    assert delivered == [Mark.NOT_APPLICABLE, 5, 5, Mark.NOT_APPLICABLE]
    assert position.value("n_expected", "dementia", "talk", month="2025-07") == 0
    assert position.value("delivered_to_date", "dementia", "talk", month="2025-06") == 10


def test_a_plan_of_a_metric_is_for_its_months() -> None:
    talk = metric("talk", published_as="Talk", **{"from": "2025-10"})
    one = service(
        metrics=[metric("reviews", headline=True, published_as="Dementia"), talk],
        plan=[flat(10), flat(4, metric="talk")],
    )
    position = make_position(specs(one), known(TWO, activity=reviews(A1={"2025-04": 1}, B2={"2025-04": 1})))
    assert position.value("planned", "dementia", "talk", month="2025-09") is Mark.NOT_APPLICABLE
    assert position.value("planned", "dementia", "talk", month="2025-10") == 4
    # Six months of 4.
    assert position.value("annual_target", "dementia", "talk") == 24


def test_a_part_counts_towards_its_sum_while_it_is_counted() -> None:
    one = service(
        metrics=[
            metric("all", headline=True, published_as="All", sum_of=["first", "second"]),
            metric("first"),
            metric("second", **{"from": "2025-05"}),
        ]
    )
    activity = [
        ("A1", "dementia", name, month, value)
        for name, value in (("first", 1.0), ("second", 10.0))
        for month in ("2025-04", "2025-05")
    ]
    position = make_position(specs(one), known(TWO[:1], activity=activity))
    assert [position.value("delivered", "dementia", month=month) for month in ("2025-04", "2025-05")] == [
        1,
        11,
    ]


def test_a_les_without_a_plan_has_marks_where_a_plan_would_be() -> None:
    beds = service(
        "care_homes",
        metrics=[metric("beds", kind="stock", headline=True)],
        exceptions=[SILENT, UNDER],
    )
    rows = [
        ("A1", "care_homes", "beds", month, 20.0) for month in ("2025-04", "2025-05", "2025-06", "2025-07")
    ]
    facts = known([organisation("A1"), organisation("B2")], activity=[*rows, ("B2", *rows[0][1:])])
    position = make_position(specs(beds), facts)
    for measure in (
        "planned",
        "pct_plan",
        "variance",
        "planned_to_date",
        "pct_plan_to_date",
        "annual_target",
    ):
        assert position.value(measure, "care_homes") is Mark.NOT_APPLICABLE
    assert (position.value("delivered", "care_homes"), position.value("delivered_to_date", "care_homes")) == (
        20,
        20,
    )
    # Only the missing return is flagged: without a plan nothing is below it.
    assert position.exceptions[["rule", "level", "org", "since"]].to_numpy().tolist() == [
        ["no_return", "practice", "B2", "2025-06"]
    ]


def test_activity_of_who_may_not_provide_a_les_is_left_out() -> None:
    named = service(eligible={"ods_codes": ["A1"]}, plan=[flat(10)])
    targets = [(code, "dementia", "reviews", YEAR, 60.0) for code in ("A1", "B2")]
    facts = known(TWO, activity=reviews(A1={"2025-04": 3}, B2={"2025-04": 50}), targets=targets)
    position = make_position(specs(named), facts)
    assert position.value("delivered", "dementia") == 3
    assert position.value("delivered", "dementia", org="B2") is Mark.NOT_APPLICABLE
    # The whole plan is that of the one that counts.
    assert position.value("planned", "dementia", org="A1") == 10
    assert (position.value("n_reported", "dementia"), position.value("n_expected", "dementia")) == (1, 1)
