"""Alert, Advise, Assure: each fact under its own heading, with its figure, worst first."""

import re
from typing import Any

import pytest

from les_xl.position import Position, make_position
from les_xl.report.three_as import ThreeAs, three_as
from tests.position.world import flat, known, organisation, reviews, service, specs

TWO = [organisation("A1"), organisation("B2", sub_icb="A")]
RULES = [
    {"id": "under_plan", "level": ["icb", "sub_icb", "practice"], "when": "pct_plan_to_date < 60%",
     "severity": "alert", "least": 10},
    {"id": "over_plan", "level": ["icb"], "when": "pct_plan_to_date > 150%", "severity": "advise"},
]  # fmt: skip


def of(a: float, b: float, **more: Any) -> ThreeAs:
    """One LES with a plan of 20 in April, of which two practices have delivered so much."""
    one = service(plan=[flat(20, annual_target=240)], exceptions=RULES)
    targets = [(code, "dementia", "reviews", "2025-26", 120.0) for code in ("A1", "B2")]
    activity = reviews(A1={"2025-04": a}, B2={"2025-04": b})
    return three_as(
        make_position(specs(one), known(TWO, activity=activity, targets=targets, **more), "2025-04")
    )


def test_what_is_on_plan_is_assured() -> None:
    found = of(10, 10)
    assert found.alert == ()
    first, checks = (point.sentence for point in found.assure)
    assert first == "Dementia: 20 of 20 planned to April 2025 (100.0%), on plan."
    assert re.fullmatch(r"All \d+ checks pass\.", checks)


def test_what_is_flagged_for_the_icb_stands_alone_and_is_not_assured() -> None:
    found = of(5, 4)
    assert [point.sentence for point in found.alert] == [
        "Dementia: 9 of 20 planned to April 2025 (45.0%), below 60% since April 2025.",
        "2 practices are flagged by the rule under plan (alert), most in Dementia (2).",
    ]
    assert "Dementia" not in {point.topic for point in found.assure}


def test_the_worst_group_speaks_for_the_others() -> None:
    found = of(5, 15)
    assert [point.sentence for point in found.alert] == [
        "Dementia, North: 5 of 10 planned to April 2025 (50.0%), below 60% since April 2025.",
        "1 practice is flagged by the rule under plan (alert), most in Dementia (1).",
    ]
    # As a whole it is on plan, which is so, too.
    assert found.assure[0].sentence == "Dementia: 20 of 20 planned to April 2025 (100.0%), on plan."


def test_over_delivery_is_advised() -> None:
    found = of(20, 20)
    assert found.advise[0].sentence == (
        "Dementia: 40 of 20 planned to April 2025 (200.0%), above 150% since April 2025."
    )
    assert [point.topic for point in found.assure] == ["Checks"]


@pytest.mark.parametrize(("statuses", "heading"), [(("signed_up", "signed_up"), "assure"),
                                                   (("signed_up", "not_signed_up"), "advise")])  # fmt: skip
def test_sign_up_is_assured_from_the_share_at_which_a_plan_is_met(
    statuses: tuple[str, str], heading: str
) -> None:
    signup = [
        (code, "dementia", status, "", "", "") for code, status in zip(("A1", "B2"), statuses, strict=True)
    ]
    found = of(10, 10, signup=signup)
    said = [point.sentence for point in getattr(found, heading) if point.topic == "Sign-up"]
    share = "100.0%" if heading == "assure" else "50.0%"
    assert said == [f"Dementia has a sign-up rate of {share}."]


def test_gaps_notices_and_missing_returns_are_advised() -> None:
    signup = [
        ("A1", "dementia", "signed_up", "", "", ""),
        ("B2", "dementia", "not_signed_up", "2025-04", "", "notice_given"),
    ]
    lists = [("A1", "2025-04", 6000.0), ("B2", "2025-04", 4000.0)]
    said = [point.sentence for point in of(10, 10, signup=signup, list_sizes=lists).advise]
    assert "4,000 registered patients are not covered for Dementia, the largest gap." in said
    assert "1 practice has given notice." in said


def test_of_the_sample_every_line_has_its_figure(position: Position) -> None:
    found = three_as(position)
    lines = found.by_heading()
    assert {heading for heading, _ in lines} == {"Alert", "Advise", "Assure"}
    assert len({point for _, point in lines}) == len(lines) <= 30
    for _, point in lines:
        assert re.search(r"\d", point.sentence), point
    flagged = set(position.exceptions.loc[position.exceptions["level"] == "icb", "label"])
    assert not flagged & {point.topic for point in found.assure}
    # Over-delivery is no good news: PSA Testing at 319 % is advised on, and first, as it is furthest off.
    assert found.advise[0].topic == "PSA Testing"
