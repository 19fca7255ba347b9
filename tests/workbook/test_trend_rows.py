"""Limits, target and special cause on the sheet of a LES: in the cells of months, and above the chart."""

from typing import Any

import pytest

from les_xl.position import Position
from les_xl.report.tables import services, trends
from tests.position.test_trends import CALM, position, rebased

LATER = (*CALM[:12], *(value + 200 for value in CALM[:12]))
"""A year at 110 a month, and the reported one at 310; limits 53.2 from either."""


def rows(found: Position) -> dict[str, tuple[Any, ...]]:
    """The cells of the months (April to March) of the ICB's rows, by measure."""
    (service,) = found.specs.services
    table = services.groups(found, service)
    return {str(row.cells[1]): row.cells[3:-1] for row in table.rows if row.cells[2] == "The ICB"}


def test_limits_are_those_of_their_stretch() -> None:
    cells = rows(position(*LATER, chart=rebased("2025-10")))
    # 18 months before (a year at 110, half of one at 310) and 6 after, which are too few.
    assert cells["Mean"][:6] == pytest.approx([(12 * 110 + 6 * 310) / 18] * 6)
    assert cells["Mean"][6:] == cells["Upper limit"][6:] == (None,) * 6
    assert [str(cell) for cell in cells["Special cause"][6:]] == ["[z]"] * 6
    assert "[z]" not in [str(cell) for cell in cells["Special cause"][:6]]


def test_limits_go_on_after_the_last_return() -> None:
    cells = rows(
        position(*LATER, first="2023-10", starts="2023-10", as_at="2025-09", chart=rebased("2024-10"))
    )
    assert cells["Mean"] == (310.0,) * 12
    assert [str(cell) for cell in cells["Special cause"]] == ["none"] * 6 + ["[x]"] * 6


def test_a_target_has_a_row_and_a_plan_has_its_own() -> None:
    assert rows(position(*LATER, chart={"target": 350.5}))["Target"] == (350.5,) * 12
    assert "Target" not in rows(position(*LATER, per_month=350))


LIMITS = "Mean 210 a month, limits 157 to 263, from 24 months (NHSRplotthedots). March 2026: special cause "
IMPROVED = LIMITS + "improvement (above the upper limit)."
SINCE = "Mean 310 a month, trial limits 257 to 363, from 12 months (NHSRplotthedots). March 2026: "
FEW = "Limits: fewer than 12 months with a return (11), so none yet (NHSRplotthedots)."
ANEW = " Limits calculated anew from {}: what happened in {}."


@pytest.mark.parametrize(
    ("chart", "varies", "assured"),
    [
        ({}, IMPROVED, "none without a target or a plan of one quantity a month."),
        ({"target": 350}, IMPROVED, "consistently failing the target, 350 a month."),
        (
            {"target": 350, "improves": "neither"},
            LIMITS.removesuffix(" ") + ", neither improvement nor concern (above the upper limit).",
            "none, since neither more nor less is better.",
        ),
        (
            {"target": 350} | rebased("2025-04"),
            SINCE + "common cause, no significant change.",
            "inconsistently passing and failing the target (hit and miss), 350 a month."
            + ANEW.format("April 2025", "2025-04"),
        ),
        (
            {"target": 350} | rebased("2024-10", "2025-05"),
            FEW,
            "none under 12 months with a return." + ANEW.format("May 2025", "2025-05"),
        ),
    ],
)
def test_the_lines_above_the_chart(chart: dict[str, Any], varies: str, assured: str) -> None:
    found = position(*LATER, chart=chart)
    (service,) = found.specs.services
    first, second = trends.lines(found, service, service.headline, "Dementia")
    assert first.text.startswith("Dementia. At the rate so far the year comes to ")
    assert first.text.endswith(f". {varies}")
    assert second.text == f"Dementia. Assurance: {assured}"
    # Those who do not see the chart read the same.
    told = trends.limits_in_words(found, service, service.headline)
    assert told.startswith(varies)
    assert (assured in told) == ("a month." in assured and not assured.startswith("none"))


def test_a_chart_draws_limits_that_the_year_had() -> None:
    for month, drawn in (("2025-05", True), ("2025-10", True)):
        found = position(*LATER, chart=rebased(month))
        (service,) = found.specs.services
        assert trends.limited(found, service, service.headline) is drawn
    few = position(*CALM[:11], first="2025-04", starts="2025-04")
    (service,) = few.specs.services
    assert not trends.limited(few, service, service.headline)
