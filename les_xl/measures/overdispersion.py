"""Overdispersion: funnel limits that are widened where practices differ by more than chance alone."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from les_xl.measures.funnel import Band, normal_deviate
from les_xl.measures.marked import Floats

WINSORISED = 0.1
"""Share of practices at either end whose z-scores are set to the next: outliers must not hide themselves."""

LEAST_PRACTICES = 10
"""Fewer practices tell nothing about how they differ: a tenth at either end would be none."""

METHOD = "Spiegelhalter (2005), multiplicative, z-scores winsorised at 10 %"


@dataclass(frozen=True)
class Overdispersion:
    """How many times the variation of chance some practices show (`phi`; NaN where there are too few)."""

    phi: float
    practices: int

    @property
    def adjusts(self) -> bool:
        """Whether limits are widened: phi is beyond what chance gives, its mean 1 and two standard errors."""
        return bool(self.phi > 1 + 2 * sqrt(2 / self.practices)) if self.practices else False

    @property
    def factor(self) -> float:
        """By how much the distance of limits from what is expected grows; 1 where they are as they were."""
        return sqrt(self.phi) if self.adjusts else 1.0


def overdispersion(scores: Floats) -> Overdispersion:
    """The overdispersion of practices from their z-scores, of those that are judged.

    The mean of their squares, after the lowest and the highest tenth are set to the 10th and the 90th
    percentile (between two values in proportion, as R's `quantile`). Source: Spiegelhalter 2005, Funnel plots
    for comparing institutional performance; as in the R package FunnelPlotR (`winsorisation`, `phi_func`).
    """
    if len(scores) < LEAST_PRACTICES:
        return Overdispersion(float("nan"), len(scores))
    low, high = np.quantile(scores, (WINSORISED, 1 - WINSORISED))
    return Overdispersion(float(np.mean(np.clip(scores, low, high) ** 2)), len(scores))


def count_scores(counts: Floats, expected: Floats) -> Floats:
    """The z-score of each count, by square roots, whose variance is everywhere the same.

    2 (√count − √expected). Source: as above; FunnelPlotR's `SR`, `CQC`.
    """
    scores: Floats = 2 * (np.sqrt(counts) - np.sqrt(expected))
    return scores


def share_scores(counts: Floats, denominators: Floats, proportion: float) -> Floats:
    """The same of shares of something, by arcsines: 2 √n (asin √share − asin √proportion).

    A numerator above its denominator, which is an error, counts as all of it. Source: FunnelPlotR's `PR`.
    """
    shares = np.clip(counts / denominators, 0.0, 1.0)
    apart = np.arcsin(np.sqrt(shares)) - np.arcsin(sqrt(proportion))
    scores: Floats = 2 * np.sqrt(denominators) * apart
    return scores


def widened_count_band(expected: Floats, share: float, factor: float) -> Band:
    """Limits of counts with `factor` times the z of a share: (√expected ∓ factor z / 2)², not below 0."""
    root, spread = np.sqrt(expected), factor * normal_deviate(share) / 2
    return Band(np.maximum(root - spread, 0.0) ** 2, (root + spread) ** 2)


def widened_share_band(proportion: float, denominators: Floats, share: float, factor: float) -> Band:
    """Limits of shares: sin² (asin √proportion ∓ factor z / 2√n), from 0 to 1; NaN for a denominator of 0."""
    known = np.where(denominators > 0, denominators, np.nan)
    middle, spread = np.arcsin(sqrt(proportion)), factor * normal_deviate(share) / (2 * np.sqrt(known))
    lower, upper = (np.clip(middle + sign * spread, 0.0, np.pi / 2) for sign in (-1, 1))
    return Band(np.sin(lower) ** 2, np.sin(upper) ** 2)
