"""Sentences as analysts write them, each with what the published figures say of it."""

import pytest

from les_xl.position import Position
from tests.claims.saying import judged, verdicts

SO, NOT_SO, UNKNOWN = "agrees", "disagrees", "cannot be judged"

ONE = [
    # A count, a share, a target: LTC LES delivered 44,608 of 76,637 (58.2 %), 8,166 in October.
    ("LTC LES has delivered 44,608 assessments by October 2025.", SO),
    ("LTC LES has delivered 44,607 assessments by October 2025.", NOT_SO),
    ("The Long Term Condition LES delivered 8,166 assessments in Oct-25.", SO),
    ("The Long Term Condition LES delivered 8,166 assessments in September 2025.", NOT_SO),
    ("LTC has completed more than 44,000 assessments so far.", SO),
    ("LTC has completed nearly 45,000 assessments so far.", SO),
    ("LTC has completed nearly 60,000 assessments so far.", NOT_SO),
    ("LTC has completed about 45,000 assessments so far.", SO),
    ("LTC has completed about 40,000 assessments so far.", NOT_SO),
    ("LTC LES is at 58% of its annual target.", SO),
    ("LTC LES is at 59% of its annual target.", NOT_SO),
    ("694 dementia reviews were delivered in October 2025.", SO),
    ("1,332 dementia reviews were planned in October 2025.", SO),
    # % of plan: Dementia 694 of 1,332 is 52.1 %; to date 4,700 of 7,992 is 58.8 %.
    ("Dementia delivered 52.1% of plan in October 2025.", SO),
    ("Dementia delivered 58.8% of plan to date.", SO),
    ("Dementia delivered 58.7% of plan to date.", NOT_SO),
    ("Dementia is on target.", NOT_SO),
    ("Dementia is not on target.", SO),
    ("Vasectomy Procedure is on plan.", SO),  # 606 of 637 is 95.1 %
    # Practices: 110 of 195 above half, 65 above three quarters, 16 in the lowest band, 42 a month before.
    ("56.4% of practices have delivered more than 50% of their annual target.", SO),
    ("More than 50% of practices have delivered more than half of their annual target.", SO),
    ("More than 60% of practices have delivered more than half of their annual target.", NOT_SO),
    ("33% of all 195 practices have achieved over three quarters of their annual target.", SO),
    ("16 practices are in the lowest band.", SO),
    ("50 practices are in the 26-50% band.", SO),
    ("17 practices are in the 0–10% band.", NOT_SO),
    # Months: ring pessary 243, 328, 275, 233, 315, 299.
    ("Ring pessary activity has increased month on month.", NOT_SO),
    ("The monitoring covers 13 LES contracts.", SO),
    # Changes: dementia 813 to 694, which is 119 or 14.6 % less.
    ("Dementia fell by 119 from last month.", SO),
    ("Dementia activity shows a 14.6% decrease from last month.", SO),
    ("Dementia activity shows a 14.6% increase from last month.", NOT_SO),
    ("Dementia activity is down 15% on September 2025.", SO),
    ("Dementia activity is down 12% on September 2025.", NOT_SO),
    # Ranges: cost and volume from 42.5 % to 138.4 %, capitated from 42.4 % to 319.4 %.
    ("Capitated activity ranges from 42.4% to 319.4% of plan.", SO),
    ("Cost and volume activity ranges from 42% to 138%.", SO),
    ("Cost and volume activity ranges between 50% and 140%.", NOT_SO),
]


@pytest.mark.parametrize(("sentence", "judgement"), ONE)
def test_one_claim(position: Position, sentence: str, judgement: str) -> None:
    assert [found for found, _ in judged(position, sentence)] == [judgement]


def test_percent_and_percentage_points(position: Position) -> None:
    """86 of 195 to 110 of 195: 44.1 to 56.4 %, up 12.3 points, which is 27.9 % more."""
    head = "56.4% of practices have delivered more than 50% of their annual target, "
    ends = {
        "up 12.3 percentage points on September 2025.": SO,
        "a 12.3 percentage point increase from last month.": SO,
        "a 27.9% increase from last month.": SO,
        "a 12.3% increase from last month.": NOT_SO,
        "a 12.3 percentage point decrease from last month.": NOT_SO,
    }
    for end, judgement in ends.items():
        assert [found for found, _ in judged(position, head + end)] == [SO, judgement], end


def test_a_sentence_goes_on_about_the_band_before_it(position: Position) -> None:
    text = "16 practices are in the lowest band. A reduction of 26 from last month."
    assert [found for found, _ in judged(position, text)] == [SO, SO]
    text = "16 practices are in the lowest band. An increase of 26 from last month."
    assert [found for found, _ in judged(position, text)] == [SO, NOT_SO]


def test_the_heading_says_what_it_is_about(position: Position) -> None:
    assert judged(position, "58.8% of plan to date has been delivered.", "Dementia") == [(SO, "58.8%")]
    assert judged(position, "58.8% of plan to date has been delivered.") == [(UNKNOWN, "")]
    said = judged(position, "Activity ranges from 42.4% to 319.4%.", "What does this tell us?", "Capitated")
    assert said == [(SO, "42.4% to 319.4%")]


def test_one_group_of_practices(position: Position) -> None:
    group = position.organisations.query("level == 'sub_icb'").iloc[0]
    right = position.value("delivered_to_date", "ltc", "hha", str(group["org"]))
    assert judged(position, f"In {group['name']}, LTC LES has delivered {right:,.0f} by October 2025.") == [
        (SO, f"{right:,.0f}")
    ]


def test_what_is_no_figure_is_no_claim(position: Position) -> None:
    for text in (
        "Webinars were held on 26th and 27th November 2025 with practices.",
        "See slide 5 and section 4 of the 2025/26 plan; the first 6 months were a ramp-up.",
        "Q1 was about planning.",
    ):
        assert judged(position, text) == []


def test_what_is_not_understood_says_so(position: Position) -> None:
    found = verdicts(position, "Satisfaction with the wound care service was 87%.")
    assert [verdict.judgement for verdict in found] == [UNKNOWN]
    assert "87%" in found[0].source
    assert "cannot be judged" in str(found[0])


def test_the_future_is_not_judged(position: Position) -> None:
    assert judged(position, "It is expected that practices achieve the planned levels next quarter.") == []


def test_a_verdict_says_where_the_figure_comes_from(position: Position) -> None:
    found = verdicts(position, "LTC LES has delivered 44,698 assessments by October 2025.")
    assert str(found[0]) == (
        "text:1: disagrees: 'delivered 44,698 assessments by October 2025' states 44,698, "
        "and it is 44,608 (LTC LES, delivered to date, October 2025)"
    )
