"""Rules on one plan by itself: its months lie in its year, its shares make 100 %."""

import math
from collections.abc import Iterator

from les_xl.errors import Problem
from les_xl.errors import spec_rules as kinds
from les_xl.periods import months_of
from les_xl.spec.model import Baseline, ExceptionRule, Exclusion, FlatPlan, Metric, ProfilePlan
from les_xl.spec.rules.spot import Spot

_EXACT = 1e-9


def flat_months(plan: FlatPlan, spot: Spot) -> Iterator[Problem]:
    """`from` and `to` lie in the plan's year, in this order (LES151, LES154)."""
    for key, month in (("from", plan.from_), ("to", plan.to)):
        if month is not None:
            yield from _in_year(month, plan.year, spot.at(key))
    yield from forwards(plan, spot)


def forwards(part: Baseline | ExceptionRule | Exclusion | FlatPlan | Metric, spot: Spot) -> Iterator[Problem]:
    """`from` is not after `to` (LES154)."""
    if part.from_ and part.to and part.to < part.from_:
        yield backwards(spot.at("to"), "to", part.to, "from", part.from_)


def backwards(spot: Spot, last: str, to: str, first: str, since: str) -> Problem:
    """The problem that something ends before it begins (LES154)."""
    return spot.problem(kinds.BACKWARDS, last=last, to=to, first=first, since=since)


def profile_months(plan: ProfilePlan, spot: Spot) -> Iterator[Problem]:
    """A profile has a share for each month of its year, and for no other (LES151, LES152)."""
    for month in plan.shares:
        yield from _in_year(month, plan.year, spot.at("shares", month), at_key=True)
    if missing := [month for month in months_of(plan.year) if month not in plan.shares]:
        yield spot.at("shares").key_problem(kinds.MONTHS_MISSING, name=plan.name, months=", ".join(missing))


def profile_shares(plan: ProfilePlan, spot: Spot) -> Iterator[Problem]:
    """The shares of a profile make 100 % (LES150)."""
    total = math.fsum(plan.shares.values())
    if abs(total - 1) > _EXACT:
        apart = _percent(abs(total - 1))
        hint = f"take {apart} away" if total > 1 else f"add {apart} to the months that miss it"
        words = {"name": plan.name, "total": _percent(total), "hint": hint}
        yield spot.at("shares").key_problem(kinds.SHARES, **words)


def _percent(share: float) -> str:
    return f"{share * 100:.7f}".rstrip("0").rstrip(".") + "%"


def _in_year(month: str, year: str, spot: Spot, at_key: bool = False) -> Iterator[Problem]:
    months = months_of(year)
    if month not in months:
        report = spot.key_problem if at_key else spot.problem
        yield report(kinds.OUTSIDE_YEAR, month=month, year=year, first=months[0], last=months[-1])
