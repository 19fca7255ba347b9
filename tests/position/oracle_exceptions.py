"""Exceptions worked out again from the rules in words: one rule, organisation and month at a time."""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from les_xl.periods import add_months, month_range, months_between
from les_xl.spec.model import ExceptionRule, Metric, Service
from tests.position.oracle import HISTORY, Cell, Oracle

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {"<": operator.lt, ">": operator.gt, ">=": operator.ge}
_CONDITION = re.compile(r"(\w+) (<|>|>=) (\d+)(%?)")
_PAIRS = {"pct_plan_to_date": ("delivered_to_date", "planned_to_date"), "pct_plan": ("delivered", "planned")}


@dataclass(frozen=True)
class Case:
    """One rule on one metric of one organisation."""

    oracle: Oracle
    service: Service
    metric: Metric
    rule: ExceptionRule
    level: str
    org: str
    codes: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.service.les}|{self.metric.id}|{self.rule.id}|{self.level}|{self.org}"

    def value(self, month: str) -> Cell:
        measure = self._parts()[0]
        return self._silence(month) if measure == "months_not_reported" else self._rows()[month][measure]

    def holds(self, month: str) -> bool:
        """Whether the condition is so in a month, of somebody who counts, while the rule is in force."""
        _, sign, edge = self._parts()
        value = self.value(month)
        in_force = (self.rule.from_ or "") <= month <= (self.rule.to or month)
        so = not isinstance(value, str) and _SIGNS[sign](value, edge)
        return so and in_force and self.counts(month)

    def counts(self, month: str) -> bool:
        return any(self.oracle.counts(code, self.service, month) for code in self.codes)

    def small(self, month: str) -> bool:
        """Both figures of a percentage are under the rule's least."""
        pair = _PAIRS.get(self._parts()[0], ())
        figures = [self._rows()[month][name] for name in pair]
        numbers = [figure for figure in figures if not isinstance(figure, str)]
        return bool(numbers) and max(numbers) < self.rule.least

    def flagged(self, month: str) -> bool:
        return self.holds(month) and not self.small(month)

    def since(self, month: str) -> str:
        first = month
        while first > self.oracle.months[0] and self.holds(add_months(first, -1)):
            first = add_months(first, -1)
        return first

    def severity(self, month: str) -> str:
        new = months_between(self.service.starts, month) < self.rule.ramp_up_months
        return "advise" if new and self.rule.severity == "alert" else self.rule.severity

    def _parts(self) -> tuple[str, str, Fraction]:
        found = _CONDITION.fullmatch(self.rule.when or "")
        assert found is not None
        measure, sign, number, percent = found.groups()
        return measure, sign, Fraction(int(number), 100 if percent else 1)

    def _rows(self) -> dict[str, dict[str, Cell]]:
        args = (self.codes, self.level == "icb", self.service, self.metric)
        key = ("rows", self.level, self.org, self.service.les, self.metric.id)
        if key not in self.oracle.memory:
            self.oracle.memory[key] = self.oracle.rows(list(args[0]), *args[1:])
        rows: dict[str, dict[str, Cell]] = self.oracle.memory[key]
        return rows

    def _silence(self, month: str) -> Fraction:
        run = 0
        for at in month_range(HISTORY, month):
            returns = [self.oracle.returned(code, self.service, self.metric, at) for code in self.codes]
            if any(value is not None for value in returns):
                run = 0
            elif self.counts(at):
                run += 1
        return Fraction(run)


def cases(oracle: Oracle) -> Iterator[tuple[Case, str]]:
    """Every rule on every metric that is published or the headline, with the data month of its LES."""
    for service in oracle.specs.services:
        month = oracle.data_month(service)
        shown = [metric for metric in service.metrics if metric.headline or metric.published_as]
        for metric in shown if month else ():
            for rule in service.exceptions:
                for level, org, codes in oracle.groups():
                    if level in rule.level:
                        yield Case(oracle, service, metric, rule, level, org, tuple(codes)), str(month)


@dataclass(frozen=True)
class Expected:
    """Exceptions by key (status, since, severity, value), what is resolved (severity), how many left out."""

    flagged: dict[str, tuple[str, str, str, Fraction]]
    resolved: dict[str, str]
    left_out: dict[tuple[str, ...], int]


def expected(oracle: Oracle) -> Expected:
    """What the rules in words come to."""
    now: dict[str, tuple[Case, str]] = {}
    before: dict[str, tuple[Case, str]] = {}
    small: dict[tuple[str, ...], int] = {}
    for case, month in cases(oracle):
        if case.flagged(month):
            now[case.key] = case, month
        elif case.holds(month):
            line = (case.service.les, case.metric.id, case.rule.id, case.level)
            small[line] = small.get(line, 0) + 1
        if month > oracle.months[0] and case.flagged(add_months(month, -1)):
            before[case.key] = case, month
    flagged = {}
    for key, (case, month) in now.items():
        value = case.value(month)
        assert isinstance(value, Fraction)
        status = "continuing" if key in before else "new"
        flagged[key] = status, case.since(month), case.severity(month), value
    gone = {key: _resolved(*one) for key, one in before.items() if key not in now}
    return Expected(flagged, gone, small)


def _resolved(case: Case, month: str) -> str:
    """`assure` where it is judged, by the condition of before, and not so."""
    value = case.value(month)
    _, sign, edge = case._parts()
    judged = case.counts(month) and not isinstance(value, str)
    return "assure" if judged and not _SIGNS[sign](value, edge) else "advise"
