"""Rules on exceptions: of one sort, its condition reads, no level twice, one rule of an id in a month."""

from collections.abc import Iterator
from dataclasses import replace

from les_xl.errors import LesError, Place, Problem
from les_xl.errors import spec_rules as kinds
from les_xl.spec.conditions import parse
from les_xl.spec.model import ExceptionRule, Service
from les_xl.spec.rules.lists import each_once
from les_xl.spec.rules.spot import Spot

_OF_CHARTS = ("profile", "improves")
"""Keys that say how a chart is read, and nothing of a condition."""


def levels_once(rule: ExceptionRule, spot: Spot) -> Iterator[Problem]:
    """No level is listed twice (LES141)."""
    yield from each_once(rule.level, spot.at("level"))


def one_sort(rule: ExceptionRule, spot: Spot) -> Iterator[Problem]:
    """It has a condition or a rule by name, not both (LES164), and only the keys of its sort (LES165)."""
    if (rule.when is None) == (rule.rule is None):
        what = "neither 'when' nor 'rule'" if rule.when is None else "both 'when' and 'rule'"
        yield spot.at("id").problem(kinds.ONE_SORT, id=rule.id, what=what)
    elif rule.when is not None:
        for key in _OF_CHARTS:
            if spot.at(key).key is not None:
                yield spot.at(key).problem(kinds.KEY_OF_CHARTS, key=key)


def one_at_a_time(service: Service, spot: Spot) -> Iterator[Problem]:
    """Rules of one id follow each other: no month has two of them (LES141)."""
    for number, rule in enumerate(service.exceptions):
        for earlier, other in enumerate(service.exceptions[:number]):
            if other.id == rule.id and _both_hold(other, rule):
                here, first = (spot.at("exceptions", at, "id") for at in (number, earlier))
                yield here.problem(kinds.LISTED_TWICE, word=rule.id, first=first.line)
                break


def _both_hold(one: ExceptionRule, other: ExceptionRule) -> bool:
    ends = [rule.to for rule in (one, other) if rule.to]
    return max(one.from_ or "", other.from_ or "") <= min(ends) if ends else True


def condition_reads(rule: ExceptionRule, spot: Spot) -> Iterator[Problem]:
    """The condition is one, over measures that there are (LES170 to LES174), at its very column."""
    if rule.when is None:
        return
    try:
        parse(rule.when)
    except LesError as error:
        for problem in error.problems:
            yield _placed(problem, rule.when, spot.at("when"))


def _placed(problem: Problem, text: str, spot: Spot) -> Problem:
    line = spot.document.source.line(spot.node.line)
    start = line.find(text, spot.node.column - 1)
    column = spot.node.column
    # A condition folded over several lines, or with escapes in quotes, has no column of its own in the file.
    if start >= 0 and problem.place.column is not None:
        column = start + problem.place.column
    return replace(problem, place=Place(spot.file, spot.node.line, column), source=line)
