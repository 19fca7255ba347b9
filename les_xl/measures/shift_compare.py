"""One comparison of other providers' activity before and after, and what may be said of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from les_xl.measures.rate_ratio import RateRatio, rate_ratio
from les_xl.measures.shift_questions import Question
from les_xl.measures.shift_sides import Area, Delivered

ASSESSED, HELD_BACK, NO_DATA, INCOMPLETE, NOT_ASSESSABLE = (
    "assessed", "held back", "no data", "incomplete", "not assessable",
)  # fmt: skip
"""How far a comparison is."""

FEWER, MORE, SEASON, NO_CHANGE = "fewer", "more", "season", "no change"
"""What the figures allow to be said of other providers' activity."""

FIGURES = ("gp", "other_baseline", "other_same_months", "other_since", "ratio", "low", "high", "change")
"""Numbers of a comparison; NaN where there is none."""


@dataclass(frozen=True)
class Compared:
    """A comparison with its figures, as the columns of the same names of `Shift.comparisons`.

    `before` and `after` are the months on which it stands. other_same_months: mean a month of those months
    of the baseline that are the same months of the year as the ones after; NaN where there are none.
    """

    question: Question
    area: Area
    before: tuple[str, ...]
    after: tuple[str, ...]
    gp_reported: int
    gp_expected: int
    assessment: str
    gp: float
    other_baseline: float
    other_same_months: float
    other_since: float
    ratio: float
    low: float
    high: float
    change: float


def compare(
    question: Question, area: Area, counts: Mapping[str, float], delivered: Delivered
) -> Compared | None:
    """Compare the months of `delivered` with the baseline; None where there are none to compare.

    `counts` are other providers' counts by month, whole months only. Fewer or more is said where the
    interval of the ratio to the baseline's mean leaves out 1, and so does that of the ratio to the same
    months of the year in the baseline; where only the first does, it may be the season.
    """
    before = tuple(month for month in question.baseline if month in counts)
    after = tuple(month for month in delivered.comparable() if month in counts)
    if not before or not after:
        return None
    of_year = {month[5:] for month in after}
    same = tuple(month for month in before if month[5:] in of_year)
    ratio = _ratio(counts, after, before)
    like = _ratio(counts, after, same) if same else None
    general = delivered.within(after)
    stock = question.service.headline.kind == "stock"
    gp = float(general.value[-1] if stock else general.value.sum())
    return Compared(
        question=question,
        area=area,
        before=before,
        after=after,
        gp_reported=int(general.reported.sum()),
        gp_expected=int(general.expected.sum()),
        assessment=_assessment(ratio, like),
        gp=gp if general.expected.any() else math.nan,
        other_baseline=_mean(counts, before),
        other_same_months=_mean(counts, same),
        other_since=_mean(counts, after),
        ratio=ratio.ratio,
        low=ratio.low,
        high=ratio.high,
        change=_mean(counts, after) - _mean(counts, before),
    )


def _ratio(counts: Mapping[str, float], after: Sequence[str], before: Sequence[str]) -> RateRatio:
    had, has = (sum(counts[month] for month in months) for months in (before, after))
    return rate_ratio(has, len(after), had, len(before))


def _mean(counts: Mapping[str, float], months: Sequence[str]) -> float:
    return sum(counts[month] for month in months) / len(months) if months else math.nan


def _assessment(ratio: RateRatio, like: RateRatio | None) -> str:
    said = _direction(ratio)
    return SEASON if said != NO_CHANGE and like is not None and _direction(like) != said else said


def _direction(ratio: RateRatio) -> str:
    if ratio.high < 1:
        return FEWER
    return MORE if ratio.low > 1 else NO_CHANGE
