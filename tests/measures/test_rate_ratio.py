"""The ratio of two rates and its interval: a published example, the definition in fractions, and scipy."""

import math
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from les_xl.measures.rate_ratio import rate_ratio

counts = st.integers(0, 400)
months = st.integers(1, 24)


def test_the_example_of_poisson_test_in_r() -> None:
    # help(poisson.test): poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))
    found = rate_ratio(11, 800, 6 + 8 + 7, 1083 + 1050 + 878)
    assert (found.ratio, found.low, found.high) == pytest.approx((1.971488, 0.8584264, 4.2772659), rel=1e-6)


def _at_least(events: int, total: int, share: Fraction) -> Fraction:
    """P(X ≥ events) of a binomial, in fractions."""
    terms = (comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(events, total + 1))
    return sum(terms, Fraction(0))


@pytest.mark.parametrize(("after", "before", "time"), [(3, 40, (1, 12)), (12, 5, (2, 6)), (7, 7, (1, 1))])
def test_at_each_limit_what_was_seen_has_a_probability_of_one_in_forty(
    after: int, before: int, time: tuple[int, int]
) -> None:
    found = rate_ratio(after, time[0], before, time[1])
    assert found.ratio == pytest.approx(float(Fraction(after, time[0]) / Fraction(before, time[1])))

    def share(ratio: float) -> Fraction:
        return Fraction(ratio) * time[0] / (Fraction(ratio) * time[0] + time[1])

    total = after + before
    assert float(_at_least(after, total, share(found.low))) == pytest.approx(0.025, rel=1e-9)
    assert float(1 - _at_least(after + 1, total, share(found.high))) == pytest.approx(0.025, rel=1e-9)


@given(counts, months, counts, months)
def test_the_interval_is_that_of_a_share_by_another_function(
    after: int, time_after: int, before: int, time_before: int
) -> None:
    found = rate_ratio(after, time_after, before, time_before)
    if after + before == 0:
        assert (found.low, found.high) == (0, math.inf)
        return
    share = stats.binomtest(after, after + before).proportion_ci(0.95, method="exact")
    scale = time_before / time_after
    high = math.inf if before == 0 else share.high / (1 - share.high) * scale
    assert found.low == pytest.approx(share.low / (1 - share.low) * scale if after else 0, rel=1e-6)
    assert found.high == pytest.approx(high, rel=1e-6)


@given(counts.filter(bool), months, counts.filter(bool), months)
def test_the_other_way_round_it_is_the_inverse(
    after: int, time_after: int, before: int, time_before: int
) -> None:
    one, other = (
        rate_ratio(after, time_after, before, time_before),
        rate_ratio(before, time_before, after, time_after),
    )
    assert one.ratio == pytest.approx(1 / other.ratio)
    assert (one.low, one.high) == pytest.approx((1 / other.high, 1 / other.low))
    assert one.low < one.ratio < one.high


def test_nothing_before_or_after() -> None:
    none_before = rate_ratio(5, 1, 0, 12)
    assert math.isnan(none_before.ratio)
    assert none_before.low > 1
    assert none_before.high == math.inf
    none_after = rate_ratio(0, 1, 60, 12)
    assert (none_after.ratio, none_after.low) == (0, 0)
    assert none_after.high < 1
