"""Practices against their peers: funnel limits of counts and proportions, and rank among those judged."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from les_xl.measures.marked import Flags, Floats

WARNING = 0.95
"""Share of practices expected inside the inner limits if all were alike."""

CONTROL = 0.998
"""Share of practices expected inside the outer limits if all were alike."""

LEAST_FOR_BYAR = 10.0
"""Below so many expected events the exact Poisson limits are taken, from there on Byar's approximation."""

LEAST_EXPECTED = 15.0
"""Fewer expected events are too few to judge a practice by: it gets limits, and no rank."""


@dataclass(frozen=True)
class Band:
    """Lower and upper limit for each practice, in the unit of what is compared."""

    lower: Floats
    upper: Floats


def poisson_band(expected: Floats, share: float) -> Band:
    """Limits within which a count lies with probability `share` where `expected` events are expected.

    Exact Poisson limits (by the chi-square distribution) below 10, Byar's approximation from 10:
    x(1 − 1/9x ∓ z/3√x)³, the upper with x + 1 for x. Source: PHE technical guide on confidence intervals,
    as in the R package PHEindicatormethods. Expected 0 has the lower limit 0. NaN stays NaN.
    """
    from scipy.special import gammaincinv  # takes longer to import than most commands run

    tail = (1 - share) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        exact = Band(gammaincinv(expected, tail), gammaincinv(expected + 1, 1 - tail))
        approximate = Band(_byar(expected, share, -1), _byar(expected + 1, share, +1))
    few = expected < LEAST_FOR_BYAR
    lower = np.where(few, np.where(expected > 0, exact.lower, 0.0), approximate.lower)
    upper = np.where(few, exact.upper, approximate.upper)
    unknown = np.isnan(expected)
    return Band(np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper))


def _byar(count: Floats, share: float, sign: int) -> Floats:
    limit: Floats = count * (1 - 1 / (9 * count) + sign * normal_deviate(share) / (3 * np.sqrt(count))) ** 3
    return limit


def wilson_band(proportion: float, denominators: Floats, share: float) -> Band:
    """Limits within which a proportion out of `denominators` lies where all have the same `proportion`.

    Wilson's score interval about `proportion`. Source: as for `poisson_band`. Raises ValueError for a
    proportion that is none (below 0, or over-delivery above 1, which is a ratio). Denominator 0 gives NaN.
    """
    if not 0 <= proportion <= 1:
        raise ValueError(f"{proportion} is no proportion; what can be above 1 is a ratio")
    return _wilson(np.full(denominators.shape, proportion), denominators, share)


def wilson_interval(proportions: Floats, denominators: Floats, share: float = WARNING) -> Band:
    """The interval of each observed proportion, out of its own denominator, by the same formula.

    Source: Wilson 1927; PHEindicatormethods. A denominator of 0 gives NaN.
    """
    return _wilson(proportions, denominators, share)


def _wilson(proportions: Floats, denominators: Floats, share: float) -> Band:
    z = normal_deviate(share)
    known = np.where(denominators > 0, denominators, np.nan)
    middle = 2 * known * proportions + z**2
    spread = z * np.sqrt(z**2 + 4 * known * proportions * (1 - proportions))
    below = (middle - spread) / (2 * (known + z**2))
    above = (middle + spread) / (2 * (known + z**2))
    return Band(np.clip(below, 0.0, 1.0), np.clip(above, 0.0, 1.0))


def percentiles(ratios: Floats, judged: Flags) -> Floats:
    """Share of the practices that are judged whose ratio is lower, those with the same counting half.

    NaN for a practice that is not judged: a tiny denominator must make nobody the best or the worst.
    """
    pool = np.sort(ratios[judged])
    if not len(pool):
        return np.full(ratios.shape, np.nan)
    below, up_to = np.searchsorted(pool, ratios, "left"), np.searchsorted(pool, ratios, "right")
    return np.where(judged, (below + up_to) / (2 * len(pool)), np.nan)


def normal_deviate(share: float) -> float:
    """How many standard deviations either way hold a share of a normal distribution: 1.96 for 95 %."""
    return NormalDist().inv_cdf(1 - (1 - share) / 2)
