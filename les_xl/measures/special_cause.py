"""An exception rule that asks for special cause, on one metric: who is flagged in which month, in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from les_xl.measures.axes import Line
from les_xl.measures.conditions import severity_in
from les_xl.measures.groups import Groups
from les_xl.measures.sentences import Flagged, quantity, unjudged
from les_xl.measures.spc import PROFILES, Cause, Chart, Limits, Variation
from les_xl.measures.trends import Charts, in_force
from les_xl.periods import long_label
from les_xl.spec.chart_model import direction
from les_xl.spec.model import ExceptionRule

MEASURE = "delivered"

_LIMIT = {
    Cause.ABOVE: "upper",
    Cause.BELOW: "lower",
    Cause.NEAR_UPPER: "near_upper",
    Cause.NEAR_LOWER: "near_lower",
    Cause.HIGH: "mean",
    Cause.LOW: "mean",
}
"""The limit that a cause is about; a trend is about none."""

_WORDS = {
    Cause.ABOVE: "above the upper limit of {limit}",
    Cause.BELOW: "below the lower limit of {limit}",
    Cause.RISING: "the latest of a rising trend since {since}",
    Cause.FALLING: "the latest of a falling trend since {since}",
    Cause.NEAR_UPPER: "two or more of the last three months above the near limit of {limit}",
    Cause.NEAR_LOWER: "two or more of the last three months below the near limit of {limit}",
    Cause.HIGH: "above the mean of {limit} in every month since {since}",
    Cause.LOW: "below the mean of {limit} in every month since {since}",
}


@dataclass(frozen=True)
class Charted:
    """A rule with a chart on one metric; organisations and months of the year by their places.

    Flagged is who counts, at the rule's levels and in its months, whose latest point is of the month asked
    for and special, by the chart of all months up to it. Too small to judge is where that point and the mean
    are both under the rule's `least`.
    """

    charts: Charts
    groups: Groups
    at: int
    rule: ExceptionRule

    @property
    def line(self) -> Line:
        """The metric."""
        return self.charts.axes.lines[self.at]

    def flagged(self, month: int) -> list[int]:
        """Who is flagged in a month."""
        return [org for org in self._special(month) if self._large(org, month)]

    def left_out(self, month: int) -> list[int]:
        """Whose months are special by numbers too small to judge."""
        return [org for org in self._special(month) if not self._large(org, month)]

    def exception(self, org: int, month: int) -> tuple[Flagged, str]:
        """The exception of somebody who is flagged in a month, and its sentence."""
        chart = self._chart(org, month)
        variation = chart.variation(direction(self.line.metric.chart, self.rule.improves))
        severity = severity_in(self.rule, self.line.service.starts, self.charts.axes.year_months[month])
        flagged = self._facts(org, month, "assure" if variation is Variation.IMPROVEMENT else severity)
        return flagged, f"{flagged.who}: {_fact(flagged, chart)}: special cause{_said(variation, chart)}"

    def resolved(self, org: int, month: int) -> tuple[Flagged, str]:
        """What became in a month of an exception of the month before: `assure` where it is common cause."""
        before = self._facts(org, month - 1, "advise")
        if why := self._why_unjudged(org, month):
            fact = _fact(before, self._chart(org, month - 1))
            return before, unjudged(before.who, fact, self.charts.axes.year_months[month], why)
        chart, limits = self._chart(org, month), self._limits(org, month)
        flagged = self._facts(org, month, "assure", since=before.since)
        within = f"within {quantity(limits.lower)} to {quantity(limits.upper)}"
        fact = f"{quantity(flagged.value)} delivered in {long_label(flagged.month)}, {within}"
        return flagged, f"{flagged.who}: {fact}, no longer special cause ({_rules(chart)})"

    def _why_unjudged(self, org: int, month: int) -> str:
        if not self.charts.figures.n_expected[self.at, org, month]:
            return "it does not count any more"
        if not self._is_known(org, month):
            return f"nothing is known for {long_label(self.charts.axes.year_months[month])}"
        if self._chart(org, month).limits[-1] is None:
            return "its limits begin anew"
        if self._chart(org, month).causes[-1] is Cause.NONE:
            return ""
        return "the rule has changed" if self._large(org, month) else "the numbers are too small"

    def _special(self, month: int) -> list[int]:
        if not in_force(self.rule, self.charts.axes.year_months[month]):
            return []
        return [
            org
            for org in self._orgs
            if self._is_known(org, month) and self._chart(org, month).causes[-1] is not Cause.NONE
        ]

    def _large(self, org: int, month: int) -> bool:
        chart = self._chart(org, month)
        return max(chart.values[-1], self._limits(org, month).mean) >= self.rule.least

    def _is_known(self, org: int, month: int) -> bool:
        return bool(self.charts.figures.delivered.known[self.at, org, self.charts.axes.lead + month])

    def _chart(self, org: int, month: int) -> Chart:
        axes = self.charts.axes
        return self.charts.chart(self.at, org, axes.lead + month, PROFILES[self.rule.profile])

    def _limits(self, org: int, month: int) -> Limits:
        limits = self._chart(org, month).limits[-1]
        if limits is None:
            raise ValueError("only a chart with limits has a special cause")
        return limits

    @cached_property
    def _orgs(self) -> list[int]:
        return np.flatnonzero(self.groups.organisations["level"].isin(self.rule.level)).tolist()

    def _facts(self, org: int, month: int, severity: str, since: str = "") -> Flagged:
        chart = self._chart(org, month)
        level, code, name = self.groups.named[org]
        limit = _LIMIT.get(chart.causes[-1])
        return Flagged(
            les=self.line.service.les,
            metric=self.line.metric.id,
            label=self.line.label,
            level=level,
            org=code,
            org_name=name,
            rule=self.rule.id,
            measure=MEASURE,
            value=chart.values[-1],
            terms=(chart.values[-1], self._limits(org, month).mean),
            threshold=getattr(self._limits(org, month), limit) if limit else float("nan"),
            side="",
            severity=severity,
            since=since or self._since(org, month),
            month=self.charts.axes.year_months[month],
        )

    def _since(self, org: int, month: int) -> str:
        """The first of the points in a row, up to the latest, that the chart marks by its cause.

        No cause holds for a whole stretch of 12, so that the row never reaches into one by other limits.
        """
        axes, causes = self.charts.axes, self._chart(org, month).causes
        months = self.charts.series(self.at, org, axes.lead + month).months
        first = len(causes) - 1
        while first and causes[first - 1] is causes[-1]:
            first -= 1
        return axes.months[months[first]]


def charted_rules(charts: Charts, groups: Groups, at: int, rules: Sequence[ExceptionRule]) -> list[Charted]:
    """The rules among them that ask for special cause, on metric `at`."""
    return [Charted(charts, groups, at, rule) for rule in rules if rule.rule == "xmr"]


def _fact(flagged: Flagged, chart: Chart) -> str:
    """`900 delivered in March 2026, above the upper limit of 850`."""
    limit = "" if math.isnan(flagged.threshold) else quantity(flagged.threshold)
    said = _WORDS[chart.causes[-1]].format(limit=limit, since=long_label(flagged.since))
    return f"{quantity(flagged.value)} delivered in {long_label(flagged.month)}, {said}"


def _said(variation: Variation | None, chart: Chart) -> str:
    of = {Variation.IMPROVEMENT: " of improvement", Variation.CONCERN: " of concern"}
    return f"{of.get(variation, '') if variation else ''} ({_rules(chart)})"


def _rules(chart: Chart) -> str:
    """`NHSRplotthedots, trial limits`."""
    limits = chart.limits[-1] if chart.limits else None
    return chart.profile.title + (", trial limits" if limits and limits.trial else "")
