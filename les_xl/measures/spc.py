"""Special cause by XmR charts: limits from moving ranges, and four rules, in named profiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from les_xl.measures.marked import Flags, Floats
from les_xl.spec.chart_model import LEAST_MONTHS, Better

MEAN_TO_LIMIT = 2.66
"""Mean moving ranges between mean and limit: 3 / d2, with d2 = 1.128 for two points, as it is published."""

MEAN_TO_NEAR_LIMIT = MEAN_TO_LIMIT * 2 / 3

SCREEN = 3.267
"""A moving range of so many times their mean, or more, is left out of it: the upper limit of an mR chart."""

LEAST_POINTS = LEAST_MONTHS
"""Fewer points get no limits, and nothing is flagged."""

MOST_TRIAL_POINTS = 19
"""With up to so many points, limits are trial limits and marked so."""

_WINDOW = 3
"""Points of which two are beyond a near limit."""


class Variation(StrEnum):
    """What a point says of a process, in the words of Making Data Count."""

    IMPROVEMENT = "special cause improvement"
    CONCERN = "special cause concern"
    NEITHER = "special cause, neither improvement nor concern"
    COMMON = "common cause, no significant change"


class Assurance(StrEnum):
    """Whether a process, as it is, meets its target, in the words of Making Data Count."""

    PASSING = "consistently passing the target"
    FAILING = "consistently failing the target"
    HIT_AND_MISS = "inconsistently passing and failing the target (hit and miss)"


@dataclass(frozen=True)
class Profile:
    """A set of rules under a name, which a chart states.

    screens: large moving ranges are left out of their mean, once; the mean of the values stays.
    shift, trend: how many points on one side of the mean, or each beyond the one before, are special.
    outside_is_near: points outside the limits count towards two of three beyond a near limit.
    """

    name: str
    title: str
    screens: bool
    shift: int
    trend: int
    outside_is_near: bool


PROFILES = {
    "nhsr": Profile("nhsr", "NHSRplotthedots", screens=True, shift=7, trend=7, outside_is_near=False),
    "mdc": Profile("mdc", "Making Data Count", screens=False, shift=7, trend=7, outside_is_near=True),
}
"""As the R package NHSRplotthedots draws, and as the Making Data Count workbook does since late 2023.

In the workbook, shift and trend may be set to 6; `dataclasses.replace` does that here.
"""


class Cause(StrEnum):
    """Why a point is special; the rule that comes first is the one that is named."""

    NONE = ""
    ABOVE = "above the upper limit"
    BELOW = "below the lower limit"
    RISING = "rising trend"
    FALLING = "falling trend"
    NEAR_UPPER = "two of three near the upper limit"
    NEAR_LOWER = "two of three near the lower limit"
    HIGH = "run above the mean"
    LOW = "run below the mean"

    @property
    def direction(self) -> int:
        """1 for high or rising, -1 for low or falling, 0 for no special cause."""
        if self is Cause.NONE:
            return 0
        return 1 if self in {Cause.ABOVE, Cause.RISING, Cause.NEAR_UPPER, Cause.HIGH} else -1


@dataclass(frozen=True)
class Limits:
    """Mean and process limits of one stretch of points, in the unit of the values; `points` made them."""

    mean: float
    lower: float
    near_lower: float
    near_upper: float
    upper: float
    points: int

    @property
    def trial(self) -> bool:
        """True while so few points made them that they may still move much."""
        return self.points <= MOST_TRIAL_POINTS


@dataclass(frozen=True)
class Chart:
    """An XmR chart: for each value the limits of its stretch (None: too few points) and its special cause."""

    profile: Profile
    values: tuple[float, ...]
    limits: tuple[Limits | None, ...]
    causes: tuple[Cause, ...]

    def variation(self, better: Better, at: int = -1) -> Variation | None:
        """What a point says (the last one), where a figure improves in the direction `better`.

        None where there are no limits: too few points say neither that it changes nor that it does not.
        """
        if not self.causes or self.limits[at] is None:
            return None
        direction = self.causes[at].direction
        if not direction:
            return Variation.COMMON
        if better == "neither":
            return Variation.NEITHER
        return Variation.IMPROVEMENT if (direction > 0) == (better == "up") else Variation.CONCERN

    def assurance(self, target: float, better: Better) -> Assurance | None:
        """Whether the process meets a target, judged by the limits at the last point (strictly beyond them).

        None where there are no limits, or no direction is better.
        """
        last = self.limits[-1] if self.limits else None
        if last is None or better == "neither":
            return None
        if _side(np.array([target]), last.upper)[0] > 0:
            return Assurance.FAILING if better == "up" else Assurance.PASSING
        if _side(np.array([target]), last.lower)[0] < 0:
            return Assurance.PASSING if better == "up" else Assurance.FAILING
        return Assurance.HIT_AND_MISS


def xmr(values: Sequence[float], profile: Profile, rebase: Sequence[int] = ()) -> Chart:
    """The XmR chart of a series of reported values, oldest first; months without a return are left out.

    `rebase` are the positions (from 0) at which a new stretch with limits of its own begins. Formulas:
    limits are mean ± 2.66 × the mean moving range, near limits two thirds of that. Rules in the order in
    which they are named: outside a limit; a trend (a tie breaks it); two of three on one side of the mean
    beyond its near limit; a run on one side of the mean (a value on it breaks it). A point on a limit is
    not beyond it. Raises ValueError for a value that is no number.
    """
    series = np.asarray(values, dtype=np.float64)
    if not np.isfinite(series).all():
        raise ValueError("an XmR chart takes reported values only")
    starts = sorted({0, *(at for at in rebase if 0 < at < len(series)), len(series)})
    limits: list[Limits | None] = []
    causes: list[Cause] = []
    for first, last in pairwise(starts):
        stretch = series[first:last]
        found = _limits(stretch, profile)
        limits += [found] * len(stretch)
        causes += [Cause.NONE] * len(stretch) if found is None else _causes(stretch, found, profile)
    return Chart(profile, tuple(series.tolist()), tuple(limits), tuple(causes))


def _limits(stretch: Floats, profile: Profile) -> Limits | None:
    if len(stretch) < LEAST_POINTS:
        return None
    ranges = np.abs(np.diff(stretch))
    mean, typical = float(stretch.mean()), float(ranges.mean())
    if profile.screens and typical > 0:
        typical = float(ranges[_side(ranges, SCREEN * typical) < 0].mean())
    far, near = MEAN_TO_LIMIT * typical, MEAN_TO_NEAR_LIMIT * typical
    return Limits(mean, mean - far, mean - near, mean + near, mean + far, len(stretch))


def _causes(stretch: Floats, limits: Limits, profile: Profile) -> list[Cause]:
    rising, falling = _trends(stretch, profile.trend)
    upper, lower = _two_of_three(stretch, limits, profile)
    side = _side(stretch, limits.mean)
    rules: tuple[tuple[Flags, Cause], ...] = (
        (_side(stretch, limits.upper) > 0, Cause.ABOVE),
        (_side(stretch, limits.lower) < 0, Cause.BELOW),
        (rising, Cause.RISING),
        (falling, Cause.FALLING),
        (upper, Cause.NEAR_UPPER),
        (lower, Cause.NEAR_LOWER),
        (_in_runs(side > 0, profile.shift), Cause.HIGH),
        (_in_runs(side < 0, profile.shift), Cause.LOW),
    )
    return [next((cause for so, cause in rules if so[at]), Cause.NONE) for at in range(len(stretch))]


def _trends(stretch: Floats, points: int) -> tuple[Flags, Flags]:
    """Points of rising and of falling trends; where one turns into the other, what comes next decides."""
    steps = _side(stretch[1:], stretch[:-1])
    rising, falling = _of_steps(steps > 0, points - 1), _of_steps(steps < 0, points - 1)
    onwards = np.append(steps, 0)
    return rising & ~(falling & (onwards < 0)), falling & ~(rising & (onwards > 0))


def _of_steps(so: Flags, least: int) -> Flags:
    """Points at either end of steps that are part of a run of so many at least."""
    runs = _in_runs(so, least)
    points: Flags = np.append(runs, False) | np.append(False, runs)
    return points


def _two_of_three(stretch: Floats, limits: Limits, profile: Profile) -> tuple[Flags, Flags]:
    """Points beyond a near limit in a window of three on one side of the mean that has two such points."""
    inside = (_side(stretch, limits.upper) <= 0) & (_side(stretch, limits.lower) >= 0)
    counted = np.full_like(inside, True) if profile.outside_is_near else inside
    side = _side(stretch, limits.mean)
    upper = (_side(stretch, limits.near_upper) > 0) & counted
    lower = (_side(stretch, limits.near_lower) < 0) & counted
    return _in_windows(upper, side > 0), _in_windows(lower, side < 0)


def _in_windows(near: Flags, on_side: Flags) -> Flags:
    windows = np.lib.stride_tricks.sliding_window_view
    so = (windows(near, _WINDOW).sum(axis=1) >= _WINDOW - 1) & windows(on_side, _WINDOW).all(axis=1)
    found = np.zeros_like(near)
    for offset in range(_WINDOW):
        found[offset : len(so) + offset] |= so
    return found & near


def _in_runs(so: Flags, least: int) -> Flags:
    """Members of unbroken runs of True of at least so many."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], so, [False]]).astype(np.int8)))
    found = np.zeros_like(so)
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        found[first:last] = last - first >= least
    return found


def _side(values: Floats, edge: Floats | float) -> Floats:
    """1 above an edge, -1 below it, 0 on it: binary noise must not decide."""
    side: Floats = np.where(np.isclose(values, edge, rtol=1e-9, atol=1e-12), 0.0, np.sign(values - edge))
    return side
