"""Numbers as a sentence says them."""

import math

import pytest

from les_xl.measures.sentences import edge_percentage, percentage, quantity, signed


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"), (7992, "7,992"), (1234567.4, "1,234,567"), (49.85, "50"), (10.5, "11"), (2.5, "2.5"),
        (9.96, "10"), (2.04, "2"), (-3292, "−3,292"), (-2.5, "−2.5"), (-0.04, "0"), (999.5, "1,000"),
    ],
)  # fmt: skip
def test_quantity(number: float, text: str) -> None:
    assert quantity(number) == text


@pytest.mark.parametrize(("number", "text"), [(40, "+40"), (-40, "−40"), (0, "0")])
def test_signed(number: float, text: str) -> None:
    assert signed(number) == text


@pytest.mark.parametrize(
    ("fraction", "edge", "text"),
    [
        (0.588, 0.6, "58.8%"), (0.6, 0.6, "60.0%"), (0.5996, 0.6, "59.96%"), (0.59996, 0.6, "59.996%"),
        (0.5996, math.nan, "60.0%"), (1.5004, 1.5, "150.04%"), (3.194, 1.5, "319.4%"),
        (0.6 - 1e-10, 0.6, "60.000000%"),
    ],
)  # fmt: skip
def test_percentage_differs_from_an_edge_that_it_is_not_at(fraction: float, edge: float, text: str) -> None:
    assert percentage(fraction, apart_from=edge) == text


@pytest.mark.parametrize(
    ("fraction", "text"),
    [(0.6, "60%"), (0.625, "62.5%"), (1.5, "150%"), (0.1, "10%"), (0, "0%"), (0.07, "7%")],
)
def test_edge(fraction: float, text: str) -> None:
    assert edge_percentage(fraction) == text
