"""Two counts compared as rates: their ratio, and between which ratios it may lie by chance alone."""

import math
from dataclasses import dataclass

LEVEL = 0.95
"""How sure the interval is."""


@dataclass(frozen=True)
class RateRatio:
    """Rate after ÷ rate before, with the limits of its interval; NaN or infinite where a count is 0."""

    ratio: float
    low: float
    high: float


def rate_ratio(after: float, months_after: int, before: float, months_before: int) -> RateRatio:
    """The ratio of two rates a month, each a Poisson count over its months, with its exact 95 % interval.

    Given their sum, the count after is binomial with p = ratio × months after ÷ (ratio × months after +
    months before); the interval is that of Clopper and Pearson for p, carried over to the ratio. It allows
    for chance alone: where months vary more than by chance, by season or otherwise, it is too narrow.
    Source: Przyborowski and Wilenski, Biometrika 31 (1940), 313-323; the same as `poisson.test` in R.

    Without an event before, the ratio is NaN and the upper limit infinite; without any, the lower limit is 0.
    """
    scale = months_before / months_after
    low, high = _share_limits(after, before)
    ratio = after / before * scale if before else math.nan
    return RateRatio(ratio, _odds(low) * scale, _odds(high) * scale)


def _share_limits(after: float, before: float) -> tuple[float, float]:
    """Clopper and Pearson's limits of the share of all events that came after."""
    from scipy.special import betaincinv  # takes longer to import than most commands run

    tail = (1 - LEVEL) / 2
    low = float(betaincinv(after, before + 1, tail)) if after else 0.0
    high = float(betaincinv(after + 1, before, 1 - tail)) if before else 1.0
    return low, high


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf
