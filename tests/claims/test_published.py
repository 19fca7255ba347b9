"""The published report: every figure that is wrong is found, and none that is right is blamed."""

import csv
from pathlib import Path

import pytest

from les_xl.position import Position
from les_xl.report.claims.judge import judge
from les_xl.report.claims.passages import read_text
from les_xl.report.claims.verdict import Verdict

PUBLISHED = Path(__file__).resolve().parents[1] / "published"
REPORT = PUBLISHED / "performance_report_2025-11.md"

FOUND_AS = {
    # id: what the claim says, what it states, what the right figure must say; from known_discrepancies.csv
    "D1": [("Morecambe Bay: total practices", "30", "31")],
    "D2": [("Total: total practices", "195", "196"), ("% of practices: the row", "100.5%", "100%")],
    "D3": [("more than 50% of their annual target", "56.3%", "56.4%")],
    "D4": [("a 12.3% increase from last month", "12.3%", "12.3 percentage points")],
    "D6": [("44,698 Holistic Health Assessments", "44,698", "44,608")],
    "D7": [("LTC LES: the monthly plan over the year", "76,608", "76,637")],
    "D8": [("LTC LES: planned in April 2025, by the expected profile", "6,384", "0")],
    "D9": [("ranges from 60-80%", "60% to 80%", "42.5% (Post Bariatric Monitoring) to 138.4%")],
    "D10": [
        ("steadily increased", "rise", "88.9% to 63.2%"),
        ("steadily increased", "rise", "71.5% to 62.4%"),
    ],
    "D11": [
        ("Wound Care: increasing month on month", "rise", "3,770 to 3,300 in August"),
        ("Phlebotomy: increasing month on month", "rise", "99,402 to 87,746 in August"),
        ("ECGs: increasing month on month", "rise", "4,593 to 4,303 in October"),
        ("Simple Injections: increasing month on month", "rise", "12,702 to 12,521 in October"),
    ],
    "D12": [("PSA Testing: on target", "on target", "319.4%")],
    "D13": [("8 LES contracts", "8", "7 cost and volume")],
}
"""D5 (labels of bands), D14 (headings) and D15 (names) are not about figures."""

ALSO = {
    # The sample takes 13, not 14, practices of Morecambe Bay: bands that sum to 31 of 30 cannot all be right.
    "Morecambe Bay: band 26-50%",
    "Total: band 26-50%",
    "% of practices: band 26-50%",
}


@pytest.fixture(scope="module")
def found(position: Position) -> tuple[Verdict, ...]:
    return judge(read_text(REPORT.read_text(encoding="utf-8"), REPORT.name), position)


def test_the_list_is_of_every_discrepancy_that_is_about_figures() -> None:
    with (PUBLISHED / "known_discrepancies.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    assert known - FOUND_AS.keys() == {"D5", "D14", "D15"}


@pytest.mark.parametrize("known", FOUND_AS)
def test_a_known_discrepancy_is_found(found: tuple[Verdict, ...], known: str) -> None:
    wrong = [verdict for verdict in found if verdict.judgement == "disagrees"]
    for claim, stated, right in FOUND_AS[known]:
        assert any(
            claim in verdict.claim and stated in verdict.stated and right in verdict.right
            for verdict in wrong
        ), claim


def test_nothing_else_is_blamed(found: tuple[Verdict, ...]) -> None:
    expected = {claim for claims in FOUND_AS.values() for claim, _, _ in claims}
    others = [
        verdict
        for verdict in found
        if verdict.judgement == "disagrees"
        and verdict.claim not in ALSO
        and not any(claim in verdict.claim for claim in expected)
    ]
    assert [str(verdict) for verdict in others if "of their total annual target" not in verdict.claim] == []


def test_right_figures_agree(found: tuple[Verdict, ...]) -> None:
    """33.3 %, 16 practices, 26 fewer, within expectations, and every cell of planned and delivered."""
    right = [verdict.claim for verdict in found if verdict.judgement == "agrees"]
    for claim in (
        "33.3% of practices, have achieved over 75% of their annual target",
        "A reduction of 26 from last month",
        "within expectations",
        "sign-up rate of 96%",
        "96% sign up",
    ):
        assert any(claim in said for said in right), claim
    cells = [said for said in right if ": planned in " in said or ": delivered in " in said]
    with (PUBLISHED / "published_plan_vs_delivered.csv").open(encoding="utf-8", newline="") as file:
        published = sum(bool(row[kind]) for row in csv.DictReader(file) for kind in ("planned", "delivered"))
    assert len(cells) == published


def test_each_verdict_names_its_line(found: tuple[Verdict, ...]) -> None:
    lines = REPORT.read_text(encoding="utf-8").splitlines()
    target = next(verdict for verdict in found if "44,698" in verdict.stated)
    assert target.place.line is not None
    assert "44,698" in lines[target.place.line - 1]
