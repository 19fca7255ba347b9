"""Delivered by month with the limits of its XmR chart, for the ICB and its sub-ICB groups."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes
from les_xl.measures.groups import Groups
from les_xl.measures.marked import Flags
from les_xl.measures.spc import PROFILES, Chart, Profile, xmr
from les_xl.spec.chart_model import Rebase, direction
from les_xl.spec.model import ExceptionRule, Service

LEVELS = ("sub_icb", "icb")
"""Levels that have a trend, in the order of the organisations."""

_USUAL = "nhsr"
_ICB = LEVELS[-1]
_TEXTS = ("les", "metric", "level", "org", "month")
_WORDS = ("cause", "variation", "assurance", "rebased")
_LIMITS = ("mean", "lower", "near_lower", "near_upper", "upper")
_NUMBERS = ("value", *_LIMITS, "target")
_COLUMNS = (*_TEXTS, *_NUMBERS, *_WORDS, "trial", "profile")


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
        """The chart of that series by the rules of a profile; limits begin anew where the metric says so."""
        key = (at, org, last, profile.name)
        if key not in self._made:
            series = self.series(at, org, last)
            self._made[key] = xmr(series.values, profile, tuple(self.rebased(at, series)))
        return self._made[key]

    def rebased(self, at: int, series: Series) -> dict[int, Rebase]:
        """Where in a series limits begin anew, and why: at the first return from each month that says so.

        Before the first return of all, or after the last, nothing begins anew; of two, the later is meant.
        """
        chart = self.axes.lines[at].metric.chart
        months = [self.axes.months[month] for month in series.months]
        places = {bisect_left(months, one.from_): one for one in chart.rebase}
        return {place: one for place, one in places.items() if 0 < place < len(months)}

    def target(self, at: int, org: int, level: str, month: int) -> float:
        """What a month is to deliver: the chart's target, of the ICB, or a plan that is one quantity; or NaN.

        A plan is one where every month of the year up to this one that has a plan has the same, above 0.
        """
        chart = self.axes.lines[at].metric.chart
        if chart.target is not None:
            return chart.target if level == _ICB else float("nan")
        planned = self.figures.measures["planned"].part(at, org, slice(0, month + 1)).rounded()
        plans = set(planned.values[planned.known].tolist())
        one = bool(planned.known[-1]) and len(plans) == 1
        return plans.pop() or float("nan") if one else float("nan")

    @cached_property
    def _known(self) -> Flags:
        return self.figures.delivered.known


def make_trends(axes: Axes, groups: Groups, months: Mapping[str, str | None], charts: Charts) -> pd.DataFrame:
    """Rows of `Position.trends`: every month with a return up to the data month of the LES.

    Limits are those of one XmR chart over all these months, those before the year among them (see
    `make_axes`; months before the LES began are none of its). Where the metric's chart has a `rebase` they
    are calculated anew from that month's return on (`rebased` has the reason there), and rules of special
    cause do not look across it. Under 12 months between there are no limits (NaN), no cause and no variation,
    up to 19 they are trial limits. The profile of rules is that of the LES's `rule: xmr` for the level in its
    data month; `nhsr` where it has none. A month counts with what was returned, however many returned it.
    Limits are not cut off at 0. Variation and assurance are in the words of Making Data Count; assurance
    is judged in the last month alone, by its limits, as NHSRplotthedots does.
    """
    levels = groups.organisations["level"].to_numpy()
    orgs = [int(org) for org in np.flatnonzero(np.isin(levels, LEVELS))]
    rows = [
        row
        for at, line in enumerate(axes.lines)
        if line.metric.charted and (month := months[line.service.les]) is not None
        for org in orgs
        for row in _rows(charts, groups, at, org, month)
    ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    texts = dict.fromkeys((*_TEXTS, *_WORDS, "profile"), "str")
    return frame.astype(texts | dict.fromkeys(_NUMBERS, "float64") | {"trial": "bool"})


def _rows(charts: Charts, groups: Groups, at: int, org: int, month: str) -> Iterator[dict[str, object]]:
    line, last = charts.axes.lines[at], charts.axes.months.index(month)
    level, code, _ = groups.named[org]
    rule = _rule_in(line.service, level, month)
    better = direction(line.metric.chart, rule.improves if rule else None)
    series, chart = charts.series(at, org, last), charts.chart(at, org, last, _profile(rule))
    target, anew = charts.target(at, org, level, last - charts.axes.lead), charts.rebased(at, series)
    assurance = None if np.isnan(target) else chart.assurance(target, better)
    keys = {"les": line.service.les, "metric": line.metric.id, "level": level, "org": code}
    for point, place in enumerate(series.months):
        limits = chart.limits[point]
        yield {
            **keys,
            "month": charts.axes.months[place],
            "value": chart.values[point],
            **{name: getattr(limits, name) if limits else np.nan for name in _LIMITS},
            "target": target,
            "cause": str(chart.causes[point]),
            "variation": str(chart.variation(better, point) or ""),
            "assurance": str(assurance or "") if point == len(series.months) - 1 else "",
            "rebased": anew[point].reason if point in anew else "",
            "trial": limits is not None and limits.trial,
            "profile": chart.profile.name,
        }


def profile_in(service: Service, level: str, month: str) -> Profile:
    """The rules by which a LES's trends are read at a level in a month."""
    return _profile(_rule_in(service, level, month))


def _profile(rule: ExceptionRule | None) -> Profile:
    return PROFILES[rule.profile if rule else _USUAL]


def _rule_in(service: Service, level: str, month: str) -> ExceptionRule | None:
    """The rule of special cause that is in force at a level in a month; else one of another level, if any."""
    rules = [rule for rule in service.exceptions if rule.rule == "xmr" and in_force(rule, month)]
    mine = [rule for rule in rules if level in rule.level]
    return next(iter(mine or rules), None)


def in_force(rule: ExceptionRule, month: str) -> bool:
    """True in the months that a rule is for."""
    return (rule.from_ or "") <= month <= (rule.to or month)
