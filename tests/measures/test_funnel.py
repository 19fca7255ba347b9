"""Funnel limits against the distributions themselves, and ranks that tiny practices do not have."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from les_xl.measures.funnel import CONTROL, WARNING, percentiles, poisson_band, wilson_band


@pytest.mark.parametrize(
    ("expected", "lower", "upper"),
    [
        # Exact 95 % limits of a Poisson count, as printed in tables (Pearson and Hartley).
        (1.0, 0.0253, 5.5716),
        (5.0, 1.6235, 11.6683),
        (9.0, 4.1154, 17.0848),
    ],
)
def test_exact_limits_below_ten(expected: float, lower: float, upper: float) -> None:
    band = poisson_band(np.array([expected]), WARNING)
    assert (band.lower[0], band.upper[0]) == pytest.approx((lower, upper), abs=6e-5)


def test_byar_by_hand_from_ten() -> None:
    """25: 25 (1 − 1/225 − 1.959964/15)³ and 26 (1 − 1/234 + 1.959964/(3√26))³."""
    band = poisson_band(np.array([25.0]), WARNING)
    assert band.lower[0] == pytest.approx(25 * (1 - 1 / 225 - 1.959963985 / 15) ** 3)
    assert band.upper[0] == pytest.approx(26 * (1 - 1 / 234 + 1.959963985 / (3 * math.sqrt(26))) ** 3)
    assert (band.lower[0], band.upper[0]) == pytest.approx((16.178, 36.905), abs=2e-2)


@pytest.mark.parametrize("share", [WARNING, CONTROL])
def test_each_side_is_the_method_of_its_size(share: float) -> None:
    """Just below 10 exact, at 10 Byar's; the two are close enough that nobody sees the seam."""
    below, at = (poisson_band(np.array([expected]), share) for expected in (10 - 1e-9, 10.0))
    tail = (1 - share) / 2
    assert below.lower[0] == pytest.approx(stats.chi2.ppf(tail, 2 * (10 - 1e-9)) / 2)
    assert below.upper[0] == pytest.approx(stats.chi2.ppf(1 - tail, 2 * (11 - 1e-9)) / 2)
    assert at.lower[0] != below.lower[0]
    assert (at.lower[0], at.upper[0]) == pytest.approx((below.lower[0], below.upper[0]), rel=0.03)


def test_nothing_expected_and_nothing_known() -> None:
    band = poisson_band(np.array([0.0, math.nan]), WARNING)
    assert band.lower[0] == 0
    assert band.upper[0] == pytest.approx(-math.log(0.025))  # P(0 events) = 2.5 %
    assert np.isnan([band.lower[1], band.upper[1]]).all()


@given(st.floats(0.01, 1e6), st.sampled_from([WARNING, CONTROL]))
def test_limits_are_around_what_is_expected(expected: float, share: float) -> None:
    band = poisson_band(np.array([expected]), share)
    assert 0 <= band.lower[0] < expected < band.upper[0]


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_wilson_limits_solve_their_equation(proportion: float, denominator: int) -> None:
    """(limit − p)² = z² limit (1 − limit) / n, the definition of the score interval."""
    band = wilson_band(proportion, np.array([float(denominator)]), WARNING)
    for limit in (band.lower[0], band.upper[0]):
        right = 1.959963985**2 * limit * (1 - limit) / denominator
        assert (limit - proportion) ** 2 == pytest.approx(right, abs=1e-9)
    assert 0 <= band.lower[0] <= proportion + 1e-12
    assert proportion - 1e-12 <= band.upper[0] <= 1


def test_wilson_as_published() -> None:
    """Newcombe 1998, table I: 81 of 263 is 0.2553 to 0.3662."""
    band = wilson_band(81 / 263, np.array([263.0]), WARNING)
    assert (band.lower[0], band.upper[0]) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_over_delivery_is_no_proportion() -> None:
    with pytest.raises(ValueError, match="ratio"):
        wilson_band(1.2, np.array([10.0]), WARNING)
    assert np.isnan(wilson_band(0.5, np.array([0.0]), WARNING).lower[0])


def test_a_tiny_practice_is_neither_best_nor_worst() -> None:
    ratios = np.array([9.0, 0.0, 1.0, 2.0, 2.0, 3.0])
    judged = np.array([False, False, True, True, True, True])
    found = percentiles(ratios, judged)
    assert np.isnan(found[:2]).all()
    assert found[2:].tolist() == [1 / 8, 4 / 8, 4 / 8, 7 / 8]


def test_nobody_is_judged() -> None:
    assert np.isnan(percentiles(np.array([1.0, 2.0]), np.array([False, False]))).all()
