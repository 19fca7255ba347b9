"""Figures in sentences: half up on the figure as written, percentages to one decimal, points where due."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.marks import Mark
from les_xl.measures.status import status as status_of
from les_xl.report import words
from les_xl.spec.model import StatusEdges


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.5641025641025641, "56.4%"),
        (0.2485, "24.9%"),  # 24.85 as written, though the binary number is below it
        (0.0005, "0.1%"),
        (0.00049, "0.0%"),
        (1.0, "100.0%"),
        (3.1944, "319.4%"),
        (12.345, "1,234.5%"),
        (Mark.NOT_REPORTED, "[x]"),
    ],
)
def test_percent(value: float | Mark, said: str) -> None:
    assert words.percent(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(44608.0, "44,608"), (0.5, "1"), (2.5, "3"), (1.4999, "1"), (-2.5, "-3"), (Mark.NOT_APPLICABLE, "[z]")],
)
def test_count(value: float | Mark, said: str) -> None:
    assert words.count(value) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (0.5641025641025641 - 0.441025641025641, "up 12.3 percentage points"),
        (-0.02, "down 2.0 percentage points"),
        (0.01, "up 1.0 percentage point"),
        (0.0004, "no change"),
        (0.0, "no change"),
    ],
)
def test_points(change: float, said: str) -> None:
    assert words.points(change) == said


@pytest.mark.parametrize(("change", "said"), [(-26.0, "26 fewer"), (3.0, "3 more"), (0.0, "as many")])
def test_fewer_or_more(change: float, said: str) -> None:
    assert words.fewer_or_more(change) == said


@pytest.mark.parametrize(("value", "said"), [(0.6, "60%"), (0.125, "12.5%"), (1.0, "100%"), (1.5, "150%")])
def test_edge(value: float, said: str) -> None:
    assert words.edge(value) == said


@pytest.mark.parametrize(
    ("share", "status"),
    [
        (0.0, "Well below plan"),
        (0.5999, "Well below plan"),
        (0.6, "Below plan"),
        (0.9499, "Below plan"),
        (0.95, "On plan"),
        (1.05, "On plan"),
        (1.0501, "Above plan"),
        (1.5, "Above plan"),
        (1.5001, "Well above plan"),
        (Mark.NOT_REPORTED, "[x]"),
    ],
)
def test_status_by_the_edges_of_the_design(share: float | Mark, status: str) -> None:
    edges = StatusEdges.model_validate(
        {"well_below": "60%", "below": "95%", "above": "105%", "well_above": "150%"}
    )
    assert status_of(share, edges) == status


@given(st.decimals(min_value=-1000, max_value=1000, places=4))
def test_a_figure_with_four_decimals_rounds_as_on_paper(figure: Decimal) -> None:
    shown = words.rounded(float(figure), 1)
    assert abs(shown - figure) <= Decimal("0.05")
    if abs(shown - figure) == Decimal("0.05"):
        assert abs(shown) > abs(figure)
