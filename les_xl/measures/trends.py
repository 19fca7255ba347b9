"""Delivered by month with the limits of its XmR chart, for the ICB and its sub-ICB groups."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes, Line
from les_xl.measures.groups import Groups
from les_xl.measures.marked import Flags
from les_xl.measures.spc import PROFILES, Chart, Profile, xmr
from les_xl.spec.model import ExceptionRule, Service

LEVELS = ("sub_icb", "icb")
"""Levels that have a trend, in the order of the organisations."""

_USUAL = "nhsr"
_TEXTS = ("les", "metric", "level", "org", "month")
_LIMITS = ("mean", "lower", "near_lower", "near_upper", "upper")
_COLUMNS = (*_TEXTS, "value", *_LIMITS, "cause", "trial", "profile")


@dataclass(frozen=True)
class Series:
    """Months with a return (places on the axis of months, oldest first) and what was delivered in each."""

    months: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Charts:
    """XmR charts of delivered: of one metric and organisation, of all months up to one; each made once."""

    axes: Axes
    figures: Figures
    _made: dict[tuple[int, int, int, str], Chart] = field(default_factory=dict)

    def series(self, at: int, org: int, last: int) -> Series:
        """Delivered of metric `at` by organisation `org` up to the month `last` (on the axis of months)."""
        months = np.flatnonzero(self._known[at, org, : last + 1])
        values = self.figures.delivered.values[at, org, months]
        return Series(tuple(map(int, months)), tuple(map(float, values)))

    def chart(self, at: int, org: int, last: int, profile: Profile) -> Chart:
        """The chart of that series by the rules of a profile."""
        key = (at, org, last, profile.name)
        if key not in self._made:
            self._made[key] = xmr(self.series(at, org, last).values, profile)
        return self._made[key]

    @cached_property
    def _known(self) -> Flags:
        return self.figures.delivered.known


def charted(line: Line) -> bool:
    """True for a metric that has trends and exceptions: one that is published, or the headline."""
    return bool(line.metric.published_as or line.metric.headline)


def make_trends(axes: Axes, groups: Groups, months: Mapping[str, str | None], charts: Charts) -> pd.DataFrame:
    """Rows of `Position.trends`: every month with a return up to the data month of the LES.

    Limits are those of one XmR chart over all these months, those before the year among them (see
    `make_axes`; months before the LES began are none of its). Under 12 months there are no limits (NaN) and
    no cause, up to 19 they are trial limits. The profile of rules is that of the LES's `rule: xmr` for the
    level in its data month; `nhsr` where it has none. A month counts with what was returned, however many
    returned it. Limits are not cut off at 0.
    """
    levels = groups.organisations["level"].to_numpy()
    orgs = [int(org) for org in np.flatnonzero(np.isin(levels, LEVELS))]
    rows = [
        row
        for at, line in enumerate(axes.lines)
        if charted(line) and (month := months[line.service.les]) is not None
        for org in orgs
        for row in _rows(charts, groups, at, org, month)
    ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    texts = dict.fromkeys((*_TEXTS, "cause", "profile"), "str")
    return frame.astype(texts | dict.fromkeys(("value", *_LIMITS), "float64") | {"trial": "bool"})


def _rows(charts: Charts, groups: Groups, at: int, org: int, month: str) -> Iterator[dict[str, object]]:
    line, last = charts.axes.lines[at], charts.axes.months.index(month)
    level, code, _ = groups.named[org]
    profile = PROFILES[profile_in(line.service, level, month)]
    chart = charts.chart(at, org, last, profile)
    keys = {"les": line.service.les, "metric": line.metric.id, "level": level, "org": code}
    points = zip(charts.series(at, org, last).months, chart.values, chart.limits, chart.causes, strict=True)
    for place, value, limits, cause in points:
        found = (
            {name: getattr(limits, name) for name in _LIMITS} if limits else dict.fromkeys(_LIMITS, np.nan)
        )
        yield {
            **keys,
            "month": charts.axes.months[place],
            "value": value,
            **found,
            "cause": str(cause),
            "trial": limits is not None and limits.trial,
            "profile": profile.name,
        }


def profile_in(service: Service, level: str, month: str) -> str:
    """The name of the profile by which a LES's trends are read at a level in a month."""
    rules = [rule for rule in service.exceptions if rule.rule == "xmr" and in_force(rule, month)]
    mine = [rule.profile for rule in rules if level in rule.level]
    return next(iter(mine or [rule.profile for rule in rules]), _USUAL)


def in_force(rule: ExceptionRule, month: str) -> bool:
    """True in the months that a rule is for."""
    return (rule.from_ or "") <= month <= (rule.to or month)
