"""Practices against their peers: what each would have delivered at the rate of all, limits and rank."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from les_xl.marks import Mark
from les_xl.measures.axes import Axes
from les_xl.measures.funnel import (
    CONTROL,
    LEAST_EXPECTED,
    WARNING,
    Band,
    percentiles,
    poisson_band,
    wilson_band,
)
from les_xl.measures.groups import Groups
from les_xl.measures.marked import Flags, Floats, settled
from les_xl.measures.overdispersion import (
    Overdispersion,
    count_scores,
    overdispersion,
    share_scores,
    widened_count_band,
    widened_share_band,
)
from les_xl.measures.returns import Returns

VERDICTS = ("Very low", "Low", "As peers", "High", "Very high")
"""Where a practice lies: outside the outer limits, outside the inner ones, or inside."""

TOO_FEW = "Too few to judge"
"""The verdict on a practice of which so little is expected that chance decides where it lies."""

LISTS = "list_size"
"""The base of a metric that is held against registered patients."""

_PATIENTS = 1000.0
_KEYS = ("les", "metric", "org", "month", "base")


@dataclass(frozen=True)
class _Facts:
    """What practices are judged from; `own` is practice by code, the sizes code by month of the year."""

    axes: Axes
    own: Floats
    returns: Returns
    list_sizes: Floats

    def count(self, at: int, month: int) -> Flags:
        """Which practices count for a metric in a month of the year."""
        counted = self.returns.counted[at, :, self.axes.lead + month]
        flags: Flags = self.own @ counted.astype(np.float64) > 0
        return flags

    def listed(self, month: int) -> Floats:
        """Registered patients of each practice, NaN where no list is known."""
        sizes = self.list_sizes[:, month]
        some = self.own @ (~np.isnan(sizes)).astype(np.float64) > 0
        return np.where(some, self.own @ np.nan_to_num(sizes), np.nan)

    def pair(self, at: int, month: int) -> tuple[Floats, Floats]:
        """Of each practice what it delivered up to the month, and what that is held against.

        Both over the months with a return of the metric and with what it is held against: patients, so that
        the sum is of patients and months, or the metric that it is a share of. NaN where there is no such
        month.
        """
        line = self.axes.lines[at]
        first = month if line.metric.kind == "stock" else 0
        span = slice(self.axes.lead + first, self.axes.lead + month + 1)
        whole, there = self.list_sizes[:, first : month + 1], ~np.isnan(self.list_sizes[:, first : month + 1])
        if line.metric.rate:
            per = self.axes.position(line.service.les, line.metric.rate.per)
            whole, there = self.returns.values[per, :, span], self.returns.reported[per, :, span]
        both = self.returns.reported[at, :, span] & there
        some = self.own @ both.any(axis=1).astype(np.float64) > 0
        delivered = self.own @ np.where(both, self.returns.values[at, :, span], 0.0).sum(axis=1)
        against = self.own @ np.where(both, whole, 0.0).sum(axis=1)
        return np.where(some, delivered, np.nan), np.where(some, against, np.nan)


def make_peers(
    axes: Axes, groups: Groups, returns: Returns, data_months: Mapping[str, str | None], list_sizes: Floats
) -> pd.DataFrame:
    """Rows of `Position.peers`: each practice that counts in the data month of a LES, among those that do.

    Expected: what all of them delivered to date ÷ their patients × the practice's own patients, each month
    with a return at the latest list size up to it: a missing return makes nobody look low. A metric that
    is shown as a share of another is held against that one. A stock is that of the data month.

    Limits around what is expected, in its unit: exact Poisson below 10, Byar's approximation from 10; of a
    share Wilson's score limits, unless it is above 1 in all, and so none. Where the practices that are judged
    differ by significantly more than chance (`Overdispersion`), limits are `widened` by √phi instead. The
    percentile is that of the ratio to what is expected. Where under 15 are expected there is neither a rank
    nor a verdict.

    Metrics: those published, the headline, and those that are a share of another. Not judged (`[z]`) is a
    metric by patients of a LES whose specification names its providers: they serve everybody's patients.
    Source: PHE technical guide on confidence intervals; Spiegelhalter 2005; DESIGN 7, "Practice against
    peers".
    """
    facts = _Facts(axes, groups.belongs[groups.practices], returns, list_sizes)
    practices = groups.organisations["org"].iloc[groups.practices].to_numpy(dtype=object)
    found = []
    for at, line in enumerate(axes.lines):
        shown = line.metric.published_as or line.metric.headline or line.metric.rate
        month = data_months[line.service.les]
        if shown and month is not None:
            found.append(_metric(facts, practices, at, axes.year_months.index(month)))
    nothing = np.empty(0)
    empty = {**dict.fromkeys(_KEYS, nothing), "list_size": nothing, **_judged(nothing, nothing, share=False)}
    columns = {name: np.concatenate([one[name] for one in found or [empty]]) for name in empty}
    return pd.DataFrame(columns).astype(dict.fromkeys((*_KEYS, "verdict"), "str"))


def standings(peers: pd.DataFrame, metrics: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """In how many of some metrics (LES and metric) each practice is judged, and stands out.

    Columns: org, judged, very_low, very_high (int). `peers` are rows of `make_peers`.
    """
    chosen = set(metrics)
    wanted = [key in chosen for key in zip(peers["les"], peers["metric"], strict=True)]
    rows = peers[np.array(wanted, dtype=bool)]
    verdict = rows["verdict"]
    counted = pd.DataFrame(
        {
            "org": rows["org"],
            "judged": verdict.isin(VERDICTS),
            "very_low": verdict == VERDICTS[0],
            "very_high": verdict == VERDICTS[-1],
        }
    )
    return counted.groupby("org", sort=False).sum().reset_index()


def judged_metrics(peers: pd.DataFrame) -> frozenset[tuple[str, str]]:
    """LES and metric of those in which some practice is judged. `peers` are rows of `make_peers`."""
    judged = peers[peers["verdict"].isin(VERDICTS)]
    return frozenset(zip(judged["les"], judged["metric"], strict=True))


def _metric(
    facts: _Facts, practices: npt.NDArray[np.object_], at: int, month: int
) -> dict[str, npt.NDArray[Any]]:
    """The columns of one metric."""
    line, counting = facts.axes.lines[at], facts.count(at, month)
    delivered, against = (numbers[counting] for numbers in facts.pair(at, month))
    share = line.metric.rate is not None
    named = bool(line.service.eligible.ods_codes) and not share
    if named:
        delivered, against = np.full_like(delivered, np.nan), np.full_like(against, np.nan)
    alike = {
        "les": line.service.les,
        "metric": line.metric.id,
        "month": facts.axes.year_months[month],
        "base": line.metric.rate.per if line.metric.rate else LISTS,
    }
    keys = {name: np.full(len(delivered), text, dtype=object) for name, text in alike.items()}
    unknown = Mark.NOT_APPLICABLE if named else Mark.NOT_REPORTED
    judged = _judged(delivered, against, share=share)
    judged["verdict"] = np.where(np.isnan(delivered), unknown.value, judged["verdict"])
    return {**keys, "org": practices[counting], "list_size": facts.listed(month)[counting], **judged}


def _judged(delivered: Floats, against: Floats, *, share: bool) -> dict[str, npt.NDArray[Any]]:
    """The columns of one metric from what its practices delivered and what that is held against."""
    whole, unit = float(np.nansum(against)), 1.0 if share else _PATIENTS
    rate = float(np.nansum(delivered)) / whole if whole else np.nan
    expected = rate * against
    ratio = _over(delivered, expected)
    # Noise in the last binary digits must not decide who is judged.
    judged = settled(np.nan_to_num(expected)) >= LEAST_EXPECTED
    of = against if share and 0 <= rate <= 1 else None
    spread = overdispersion(_scores(rate, delivered, expected, of)[judged])
    inner, outer = (_band(rate, expected, of, limit, spread) for limit in (WARNING, CONTROL))
    verdict = np.select(
        [delivered < outer.lower, delivered < inner.lower, delivered > outer.upper, delivered > inner.upper],
        [VERDICTS[0], VERDICTS[1], VERDICTS[4], VERDICTS[3]],
        VERDICTS[2],
    )
    return {
        "delivered": delivered,
        "denominator": against,
        "rate": _over(delivered, against) * unit,
        "peer_rate": np.full(delivered.shape, rate * unit),
        "expected": expected,
        "ratio": ratio,
        "lower_95": inner.lower,
        "upper_95": inner.upper,
        "lower_998": outer.lower,
        "upper_998": outer.upper,
        "phi": np.full(delivered.shape, spread.phi),
        "widened": np.full(delivered.shape, spread.adjusts),
        "percentile": percentiles(ratio, judged),
        "verdict": np.where(judged, verdict, TOO_FEW),
    }


def _over(part: Floats, whole: Floats) -> Floats:
    some = whole > 0
    return np.where(some, part / np.where(some, whole, 1.0), np.nan)


def _scores(rate: float, delivered: Floats, expected: Floats, of: Floats | None) -> Floats:
    """How far each practice is from what is expected, in standard deviations of chance."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return count_scores(delivered, expected) if of is None else share_scores(delivered, of, rate)


def _band(rate: float, expected: Floats, of: Floats | None, limit: float, spread: Overdispersion) -> Band:
    """Limits of a count; where it is a share of something (`of`), those of the share, as a count."""
    if of is None:
        widened = widened_count_band(expected, limit, spread.factor)
        return widened if spread.adjusts else poisson_band(expected, limit)
    shares = widened_share_band(rate, of, limit, spread.factor)
    band = shares if spread.adjusts else wilson_band(rate, of, limit)
    return Band(band.lower * of, band.upper * of)
