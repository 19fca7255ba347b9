"""Overdispersion by hand, by Python's own percentiles, and on counts that differ by chance alone."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.measures.funnel import CONTROL, WARNING, poisson_band, wilson_band
from les_xl.measures.overdispersion import (
    LEAST_PRACTICES,
    Overdispersion,
    count_scores,
    overdispersion,
    share_scores,
    widened_count_band,
    widened_share_band,
)


def test_phi_by_hand() -> None:
    """Of eleven the 10th percentile is the second lowest: 4 + 4 + 1 + 1 + 0 + 0 + 0 + 1 + 1 + 4 + 4 of 11."""
    scores = np.array([10.0, -2, 1, -1, 0, 0, -10, 0, 1, 2, -1])
    found = overdispersion(scores)
    assert found.phi == pytest.approx(20 / 11)
    assert found.practices == 11
    assert not found.adjusts  # 1.818 is under 1 + 2 √(2/11) = 1.853
    assert found.factor == 1


def test_a_percentile_between_two_practices_is_in_proportion() -> None:
    """Of twelve the 10th is a tenth of the way from the second to the third: −2.9, and 2.9 at the top."""
    scores = np.array([-9.0, -3, -2, -2, 0, 0, 0, 0, 2, 2, 3, 9])
    edge = 2.9
    assert overdispersion(scores).phi == pytest.approx((4 * edge**2 + 4 * 4) / 12)


def test_the_extremes_do_not_decide() -> None:
    calm = [-1.0, 1.0] * 10
    assert overdispersion(np.array([*calm, 500.0])).phi == overdispersion(np.array([*calm, 5.0])).phi == 1


@pytest.mark.parametrize("practices", [0, 1, 2, LEAST_PRACTICES - 1, LEAST_PRACTICES])
def test_few_practices_tell_nothing(practices: int) -> None:
    found = overdispersion(np.full(practices, 9.0))
    assert math.isnan(found.phi) == (practices < LEAST_PRACTICES)
    assert found.adjusts == (practices >= LEAST_PRACTICES)
    assert found.factor == (9 if found.adjusts else 1)


@pytest.mark.parametrize(
    ("phi", "practices", "adjusts"),
    [
        (1.5, 32, False),  # 1 + 2 √(2/32) exactly
        (1.5 + 1e-9, 32, True),
        (1.02, 20_000, False),
        (1.03, 20_000, True),
        (1.0, 10**9, False),
        (0.2, 10**9, False),  # less than chance narrows no limit
    ],
)
def test_limits_are_widened_where_phi_is_significantly_above_one(
    phi: float, practices: int, adjusts: bool
) -> None:
    found = Overdispersion(phi, practices)
    assert found.adjusts is adjusts
    assert found.factor == (pytest.approx(math.sqrt(phi)) if adjusts else 1)


@given(st.lists(st.floats(-50, 50), min_size=10, max_size=60))
def test_the_same_by_pythons_own_percentiles(scores: list[float]) -> None:
    low, *_, high = statistics.quantiles(scores, n=10, method="inclusive")
    squares = [min(max(score, low), high) ** 2 for score in scores]
    assert overdispersion(np.array(scores)).phi == pytest.approx(statistics.fmean(squares))


def test_z_scores_by_hand() -> None:
    assert count_scores(np.array([144.0, 81, 0]), np.array([100.0, 100, 100])).tolist() == [4, -2, -20]
    # 1/2 and 1/4 are sin² of 45° and 30°; 15° is π/12.
    scores = share_scores(np.array([50.0, 25, 120]), np.array([100.0, 100, 100]), 0.25)
    assert scores.tolist() == pytest.approx([20 * math.pi / 12, 0, 20 * math.pi / 3])


def test_widened_limits_by_hand() -> None:
    """100 expected and twice the 1.96: roots 10 ∓ 1.96; of 25 % in 100, sin² of 30° ∓ 2 × 1.96 / 20."""
    band = widened_count_band(np.array([100.0, 1.0]), WARNING, 2)
    assert (band.lower[0], band.upper[0]) == pytest.approx((8.040036**2, 11.959964**2), rel=1e-6)
    assert (band.lower[1], band.upper[1]) == pytest.approx((0, 2.959964**2), rel=1e-6)
    shares = widened_share_band(0.25, np.array([100.0, 1.0, 0.0]), WARNING, 2)
    angles = (math.pi / 6 - 0.1959964, math.pi / 6 + 0.1959964)
    assert (shares.lower[0], shares.upper[0]) == pytest.approx(
        tuple(math.sin(one) ** 2 for one in angles), rel=1e-6
    )
    assert (shares.lower[1], shares.upper[1]) == (0, 1)
    assert np.isnan([shares.lower[2], shares.upper[2]]).all()


@given(st.floats(15, 1e5), st.floats(1, 20), st.sampled_from([WARNING, CONTROL]))
def test_a_limit_is_where_its_own_z_score_is_the_widened_one(
    expected: float, factor: float, share: float
) -> None:
    at = np.array([expected])
    band, far = widened_count_band(at, share, factor), factor * {WARNING: 1.959964, CONTROL: 3.090232}[share]
    assert count_scores(band.upper, at)[0] == pytest.approx(far, rel=1e-5)
    assert band.lower[0] == 0 or count_scores(band.lower, at)[0] == pytest.approx(-far, rel=1e-5)


@given(st.floats(0, 1), st.integers(1, 10_000), st.floats(1, 20))
def test_limits_of_shares_are_shares_around_the_proportion(
    proportion: float, denominator: int, factor: float
) -> None:
    band = widened_share_band(proportion, np.array([float(denominator)]), CONTROL, factor)
    assert -1e-12 <= band.lower[0] <= proportion + 1e-9
    assert proportion - 1e-9 <= band.upper[0] <= 1 + 1e-12


@pytest.mark.parametrize("expected", [20.0, 150.0, 4000.0])
def test_chance_alone_widens_nothing_and_twice_its_variation_does(expected: float) -> None:
    """Poisson counts, and such whose variance is about four times as large."""
    made = np.random.default_rng(20251126)
    chance = made.poisson(expected, 400).astype(np.float64)
    more = 4 * made.poisson(expected / 4, 400).astype(np.float64)
    at = np.full(400, expected)
    alone, spread = (overdispersion(count_scores(counts, at)) for counts in (chance, more))
    assert 0.6 < alone.phi < 1.0  # the tails are drawn in
    assert not alone.adjusts
    assert 2.0 < spread.phi < 4.0
    band = widened_count_band(at, CONTROL, spread.factor)
    plain = poisson_band(at, CONTROL)
    within, without = (((one.lower <= more) & (more <= one.upper)).mean() for one in (band, plain))
    assert without < 0.9
    assert within > 0.95


def test_where_nothing_is_widened_both_methods_are_near_each_other() -> None:
    at = np.array([400.0])
    wide, plain = widened_count_band(at, WARNING, 1), poisson_band(at, WARNING)
    assert (wide.lower[0], wide.upper[0]) == pytest.approx((plain.lower[0], plain.upper[0]), rel=0.01)
    share, wilson = widened_share_band(0.3, at, WARNING, 1), wilson_band(0.3, at, WARNING)
    assert (share.lower[0], share.upper[0]) == pytest.approx((wilson.lower[0], wilson.upper[0]), abs=0.003)
