"""An exception rule that is a condition, on one metric: who is flagged in which month, and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes, Line
from les_xl.measures.groups import Groups
from les_xl.measures.marked import Flags, Floats, settled
from les_xl.measures.sentences import (
    SILENCE,
    Flagged,
    exception_sentence,
    resolved_sentence,
    unjudged_sentence,
)
from les_xl.measures.trends import in_force
from les_xl.periods import long_label, months_between
from les_xl.spec.conditions import Condition, parse
from les_xl.spec.model import ExceptionRule

_TERMS = {
    "pct_plan": ("delivered", "planned"),
    "variance": ("delivered", "planned"),
    "pct_plan_to_date": ("delivered_to_date", "planned_to_date"),
    "variance_to_date": ("delivered_to_date", "planned_to_date"),
    "pct_expected_to_date": ("delivered_to_date", "expected_to_date"),
    "pct_annual": ("delivered_to_date", "annual_target"),
}
"""The two figures that a percentage or a difference is made of."""


@dataclass(frozen=True)
class Conditioned:
    """A rule with a condition on one metric; organisations and months of the year by their places.

    It applies where the organisation counts, at the rule's levels, in the rule's months. Too small to judge
    is what is so by a percentage or a difference of two figures of which the larger is under the rule's
    `least`: 3 of 2 planned is, 0 of 548 is not. A condition on months without a return is never too small.
    """

    axes: Axes
    groups: Groups
    figures: Figures
    at: int
    rule: ExceptionRule
    condition: Condition

    @property
    def line(self) -> Line:
        """The metric."""
        return self.axes.lines[self.at]

    def flagged(self, month: int) -> list[int]:
        """Who is flagged in a month."""
        return np.flatnonzero((self._so & self._large)[:, month]).tolist()

    def left_out(self, month: int) -> list[int]:
        """Of whom it is so by numbers too small to judge."""
        return np.flatnonzero((self._so & ~self._large)[:, month]).tolist()

    def exception(self, org: int, month: int) -> tuple[Flagged, str]:
        """The exception of somebody who is flagged in a month, and its sentence."""
        flagged = self._facts(org, month, self._first_of_run(org, month))
        return flagged, exception_sentence(flagged)

    def resolved(self, org: int, month: int) -> tuple[Flagged, str]:
        """What became in a month of an exception of the month before: `assure` where it is not so any more.

        Where it cannot be judged any more, it is to `advise`, as it was before and with the reason.
        """
        first = self._first_of_run(org, month - 1)
        if why := self._why_unjudged(org, month):
            before = self._facts(org, month - 1, first, "advise")
            return before, unjudged_sentence(before, self.axes.year_months[month], why)
        now = self._facts(org, month, first, "assure")
        return now, resolved_sentence(now)

    def _why_unjudged(self, org: int, month: int) -> str:
        """Empty where it can be judged, and is no longer so."""
        if not self.figures.n_expected[self.at, org, month]:
            return "it does not count any more"
        if np.isnan(self._measures[self._measure][org, month]):
            return f"nothing is known for {long_label(self.axes.year_months[month])}"
        if not self._holds[org, month]:
            return ""
        return "the rule has changed" if self._large[org, month] else "the numbers are too small"

    def _facts(self, org: int, month: int, first: int, severity: str = "") -> Flagged:
        threshold, months = self.condition.threshold, self.axes.year_months
        level, code, name = self.groups.named[org]
        return Flagged(
            les=self.line.service.les,
            metric=self.line.metric.id,
            label=self.line.label,
            level=level,
            org=code,
            org_name=name,
            rule=self.rule.id,
            measure=self._measure,
            value=float(self._measures[self._measure][org, month]),
            terms=tuple(float(self._measures[term][org, month]) for term in _TERMS.get(self._measure, ())),
            threshold=threshold.value if threshold else float("nan"),
            side=threshold.op if threshold else "",
            severity=severity or severity_in(self.rule, self.line.service.starts, months[month]),
            since=months[first],
            month=months[month],
        )

    def _first_of_run(self, org: int, month: int) -> int:
        """Where the unbroken run of months begins, up to this one, in which it was so."""
        broken = np.flatnonzero(~self._so[org, : month + 1])
        return int(broken[-1]) + 1 if broken.size else 0

    @cached_property
    def _measure(self) -> str:
        """The one that is shown."""
        threshold = self.condition.threshold
        return threshold.measure if threshold else self.condition.measures[0]

    @cached_property
    def _measures(self) -> dict[str, Floats]:
        """Organisation by month: every measure of the condition, and the figures they are made of."""
        terms = (name for measure in self.condition.measures for name in _TERMS.get(measure, ()))
        return {name: self._figure(name) for name in (*self.condition.measures, *terms)}

    def _figure(self, name: str) -> Floats:
        shape = self.figures.n_expected[self.at].shape
        if name == SILENCE:
            return _spread(self.figures.months_not_reported[self.at], shape)
        if name == "annual_target":
            return _spread(self.figures.annual_target.values[self.at][:, None], shape)
        if name == "months_in_service":
            starts = self.line.service.starts
            served = np.array([months_between(starts, month) + 1.0 for month in self.axes.year_months])
            return _spread(np.where(served > 0, served, np.nan), shape)
        monthly: Floats = self.figures.measures[name].values[self.at]
        return monthly

    @cached_property
    def _holds(self) -> Flags:
        """Where the condition is so of what is known, whoever it is about."""
        named = {name: pd.Series(settled(self._measures[name]).ravel()) for name in self.condition.measures}
        so = np.asarray(self.condition.evaluate(named), dtype=bool)
        return so.reshape(self.figures.n_expected[self.at].shape)

    @cached_property
    def _so(self) -> Flags:
        months = np.array([in_force(self.rule, month) for month in self.axes.year_months])
        at_levels = np.asarray(self.groups.organisations["level"].isin(self.rule.level))
        counts = self.figures.n_expected[self.at] > 0
        so: Flags = self._holds & counts & months & at_levels[:, None]
        return so

    @cached_property
    def _large(self) -> Flags:
        named = self.condition.measures
        terms = [self._measures[term] for name in named for term in _TERMS.get(name, ())]
        if not terms or SILENCE in named:
            return np.full_like(self._so, True)
        largest: Floats = np.fmax.reduce(terms)
        large: Flags = settled(largest) >= self.rule.least
        return large


def conditioned(
    axes: Axes, groups: Groups, figures: Figures, at: int, rules: Sequence[ExceptionRule]
) -> list[Conditioned]:
    """The rules among them that are conditions, on metric `at`."""
    return [
        Conditioned(axes, groups, figures, at, rule, _parsed(rule.when))
        for rule in rules
        if rule.when is not None
    ]


def severity_in(rule: ExceptionRule, starts: str, month: str) -> str:
    """The severity of a rule in a month: while a LES ramps up an alert is lowered to advise, never hidden."""
    ramping_up = months_between(starts, month) < rule.ramp_up_months
    return "advise" if ramping_up and rule.severity == "alert" else rule.severity


@cache
def _parsed(when: str) -> Condition:
    return parse(when)


def _spread(values: Floats, shape: tuple[int, ...]) -> Floats:
    spread: Floats = np.broadcast_to(values, shape)
    return spread
