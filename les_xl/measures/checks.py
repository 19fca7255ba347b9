"""Every figure against itself: levels foot, months make the year, bands make the practices counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes
from les_xl.measures.banding import Banding
from les_xl.measures.groups import GROUPINGS, Groups
from les_xl.measures.marked import Flags, Floats
from les_xl.periods import label

_COLUMNS = ["check", "scope", "left", "right", "difference", "ok"]
_TOLERANCE = 1e-6
_DECIMALS = 6


class Check(NamedTuple):
    """Two figures that must be the same, each made in its own way from `terms` numbers.

    `at_most`: the left one may also be smaller.
    """

    check: str
    scope: str
    left: float
    right: float
    terms: int = 1
    at_most: bool = False


@dataclass(frozen=True)
class _Shown:
    """What is checked: figures as they are shown, with 0 where there is no number."""

    axes: Axes
    groups: Groups
    figures: Figures

    @cached_property
    def quantities(self) -> Mapping[str, Floats]:
        """Metric by organisation by month (an annual target by one month)."""
        names = ("planned", "delivered", "planned_to_date", "delivered_to_date")
        annual = self.figures.annual_target.rounded().or_zero[:, :, None]
        return {name: self.figures.shown(name).or_zero for name in names} | {"annual_target": annual}

    @cached_property
    def by_own_column(self) -> Mapping[str, Floats]:
        """Group by practice: 1 where the practice's own row of `organisations` names the group."""
        orgs = self.groups.organisations
        practices = orgs[orgs["level"] == "practice"]
        columns = {name: (practices[name], orgs.loc[orgs["level"] == name, "org"]) for name in GROUPINGS}
        return {
            name: (of.to_numpy()[None, :] == codes.to_numpy()[:, None]).astype(np.float64)
            for name, (of, codes) in columns.items()
        }

    @property
    def practices(self) -> slice:
        """Where the practices are."""
        return self.groups.levels.get("practice", slice(0, 0))

    def at(self, measure: str, at: int, level: str) -> Floats:
        """A quantity of one metric for the organisations of a level: organisation by month."""
        return self.quantities[measure][at, self.groups.levels.get(level, slice(0, 0))]


def make_checks(
    axes: Axes,
    groups: Groups,
    figures: Figures,
    bandings: Mapping[str, Banding],
    more: Iterable[Check] = (),
) -> pd.DataFrame:
    """Rows of `Position.checks`: for each published row its footings (each at its worst), then the rest.

    `more` are checks of what is not delivery.
    """
    shown = _Shown(axes, groups, figures)
    found: list[Check] = []
    for at, line in enumerate(axes.lines):
        if line.metric.published_as:
            found += [*_levels(shown, at), *_months(shown, at), *_parts(shown, at), *_plan(shown, at)]
    for banding in bandings.values():
        found += _bands(shown, banding)
    return _frame([*found, *more, _codes(groups)])


def _levels(shown: _Shown, at: int) -> Iterable[Check]:
    """Practices make their group, group by group; sub-ICBs make the ICB."""
    for measure in ("planned", "delivered", "annual_target"):
        practices = shown.at(measure, at, "practice")
        if measure != "delivered" and not practices.any():
            continue  # a plan that no practice shares stands for the ICB alone
        scope = f"{shown.axes.lines[at].label}, {measure}"
        for grouping, members in shown.by_own_column.items():
            made = members @ practices
            yield worst(
                f"practices_make_{grouping}", scope, made, shown.at(measure, at, grouping), len(practices)
            )
        sub_icbs = shown.at(measure, at, "sub_icb").sum(axis=0)
        icb = shown.at(measure, at, "icb")
        yield worst("sub_icbs_make_icb", scope, sub_icbs[None], icb, len(practices))


def _months(shown: _Shown, at: int) -> Iterable[Check]:
    """Months make the sum to date, for every organisation; of a stock there is no sum."""
    line, reached = shown.axes.lines[at], shown.figures.reached[at]
    if line.metric.kind == "stock" or not reached.any():
        return
    months = int(np.flatnonzero(reached)[-1]) + 1
    for measure in ("planned", "delivered"):
        monthly = shown.quantities[measure][at, :, :months].sum(axis=1)
        to_date = shown.quantities[f"{measure}_to_date"][at, :, months - 1]
        yield worst("months_make_to_date", f"{line.label}, {measure}", monthly, to_date, months)


def _parts(shown: _Shown, at: int) -> Iterable[Check]:
    """What is a sum of metrics is their sum, for every organisation and month."""
    parts, delivered = shown.axes.parts(at), shown.quantities["delivered"]
    if parts != [at]:
        label_of = shown.axes.lines[at].label
        yield worst("parts_make_sum", label_of, delivered[parts].sum(axis=0), delivered[at], len(parts))


def _plan(shown: _Shown, at: int) -> Iterable[Check]:
    """Shares make the flat plan, its months the annual target, and practices' targets the plan's own."""
    line, figures, icb = shown.axes.lines[at], shown.figures, shown.groups.icb
    planned, flat = shown.quantities["planned"][at, icb], figures.plans.flat
    in_force = ~np.isnan(flat.per_month[at])
    practices = shown.at("planned", at, "practice").shape[0]
    if in_force.any():
        yield worst(
            "shares_make_plan",
            line.label,
            planned[None, in_force],
            flat.per_month[None, at, in_force],
            practices,
        )
    annual = figures.annual_target.rounded().part(at, icb)
    if not annual.known.all():
        return
    target, given = float(annual.values), float(flat.annual[at, figures.reference[at]])
    if planned.any() and line.metric.kind == "flow":
        # A plan that begins after the month of the target is not looked ahead to.
        stood = figures.plans.year[at, figures.reference[at]]
        ahead = figures.plans.planned.or_zero[at, icb].sum() - stood
        yield Check("plan_year", line.label, round(float(planned.sum() - ahead), 6), target, len(planned))
    if not np.isnan(given):
        yield Check("targets_make_plan", line.label, target, given, practices)


def _bands(shown: _Shown, banding: Banding) -> Iterable[Check]:
    """Bands make the practices that count and have a target, groups make the total, shares make one."""
    at = shown.axes.position(banding.les, banding.metric)
    month = shown.axes.year_months.index(banding.month)
    name = f"{shown.axes.lines[at].label}, {label(banding.month)}"
    targets = shown.figures.annual_target.part(at, shown.practices)
    counted = (shown.figures.n_expected[at, shown.practices, month] > 0) & (targets.or_zero > 0)
    bands = list(banding.labels)
    yield Check("bands_make_practices", name, float(banding.total[bands].sum()), float(counted.sum()))
    groups, total = banding.groups.sum(axis=0), banding.total.reindex(banding.groups.columns)
    yield worst(
        "groups_make_bands", name, groups.to_numpy(np.float64), total.to_numpy(np.float64), len(bands)
    )
    rows = banding.groups[bands].sum(axis=1).to_numpy(np.float64)
    yield worst("bands_make_group", name, rows, banding.groups["total"].to_numpy(np.float64), len(bands))
    if banding.last_month is not None and banding.change is not None:
        made = (banding.last_month + banding.change).to_numpy(np.float64)
        yield worst("change_makes_bands", name, made, banding.total.to_numpy(np.float64), 1)
    if counted.any():
        yield Check("band_shares_make_one", name, float(banding.share.sum()), 1.0, len(bands))


def _codes(groups: Groups) -> Check:
    """One code, one organisation: a place must not be called what another level calls something else."""
    org = groups.organisations["org"]
    twice = ", ".join(sorted(set(org[org.duplicated()])))
    return Check("one_code_one_organisation", twice or "all levels", float(len(org)), float(org.nunique()))


def worst(check: str, scope: str, left: Floats, right: Floats, terms: int) -> Check:
    """The pair of figures that differs most; of those that differ alike, the largest of the first month.

    The last of two axes is of months. What is planned for later ones must not change what is said of this.
    """
    apart = np.abs(left - right).round(_DECIMALS)
    if not apart.size:
        return Check(check, scope, 0.0, 0.0, terms)
    at = first_of(apart == apart.max(), right)
    return Check(check, scope, float(left[at]), float(right[at]), terms)


def first_of(alike: Flags, figures: Floats) -> tuple[np.intp, ...]:
    """Where the largest of some figures is; where the last axis is of months, in the first that has any."""
    if alike.ndim > 1:
        some = (alike & (figures != 0)).any(axis=tuple(range(alike.ndim - 1)))
        first = int((some if some.any() else alike.any(axis=tuple(range(alike.ndim - 1)))).argmax())
        alike = alike & (np.arange(alike.shape[-1]) == first)
    return np.unravel_index(int(np.where(alike, np.abs(figures), -1.0).argmax()), alike.shape)


def _frame(found: list[Check]) -> pd.DataFrame:
    rows = pd.DataFrame(found, columns=list(Check._fields))
    # Differences of long sums carry noise in the last binary digits, which is no difference.
    rows["difference"] = (rows["left"] - rows["right"]).round(_DECIMALS) + 0.0
    apart = rows["left"] - rows["right"]
    rows["ok"] = apart.abs().where((apart > 0) | ~rows["at_most"], 0.0) <= _TOLERANCE * rows["terms"]
    return rows[_COLUMNS]
