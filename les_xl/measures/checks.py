"""Every figure against itself: rows and columns foot, months make the year, bands make the practices counted."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes
from les_xl.measures.banding import Banding
from les_xl.measures.groups import GROUPINGS, Groups
from les_xl.measures.marked import Floats, Marked
from les_xl.periods import label

COLUMNS = ["check", "scope", "left", "right", "difference", "ok"]
_TOLERANCE = 1e-6


class Check(NamedTuple):
    """Two figures that must be the same, each made in its own way from `terms` numbers."""

    check: str
    scope: str
    left: float
    right: float
    terms: int = 1


def make_checks(
    axes: Axes, groups: Groups, figures: Figures, bandings: Mapping[str, Banding]
) -> pd.DataFrame:
    """Rows of `Position.checks`: for each published row its footings (the worst month), then the rest."""
    shown = [at for at, line in enumerate(axes.lines) if line.metric.published_as]
    found: list[Check] = []
    for at in shown:
        found += _levels(axes, groups, figures, at)
        found += _months(axes, groups, figures, at)
        found += _parts(axes, groups, figures, at)
        found += _plan(axes, groups, figures, at)
    for banding in bandings.values():
        found += _bands(axes, groups, figures, banding)
    found += _names(groups)
    return _frame(found)


def _levels(axes: Axes, groups: Groups, figures: Figures, at: int) -> Iterable[Check]:
    """Practices make their group, group by group; sub-ICBs make the ICB."""
    for measure in ("planned", "delivered"):
        figure = figures.shown(measure).part(at)
        by_practice = figure.or_zero[groups.levels.get("practice", slice(0, 0))]
        if not by_practice.any() and measure == "planned":
            continue  # a plan that no practice shares stands for the ICB alone
        scope = f"{axes.lines[at].label}, {measure}"
        for grouping in GROUPINGS:
            left, right = (
                _members(groups, grouping, by_practice),
                figure.or_zero[groups.levels.get(grouping, [])],
            )
            yield _worst(f"practices_make_{grouping}", scope, left, right, by_practice.shape[0])
        sub_icbs = figure.or_zero[groups.levels.get("sub_icb", [])].sum(axis=0)
        yield _worst("sub_icbs_make_icb", scope, sub_icbs, figure.or_zero[groups.icb], by_practice.shape[0])


def _members(groups: Groups, grouping: str, by_practice: Floats) -> Floats:
    """What the practices of each group add up to, by their own column of `organisations`."""
    orgs = groups.organisations
    of_group = orgs.loc[orgs["level"] == "practice", grouping].to_numpy()
    order = orgs.loc[orgs["level"] == grouping, "org"]
    return np.array([by_practice[of_group == code].sum(axis=0) for code in order]).reshape(
        -1, by_practice.shape[1]
    )


def _months(axes: Axes, groups: Groups, figures: Figures, at: int) -> Iterable[Check]:
    """Months make the sum to date, for every organisation; of a stock there is no sum."""
    reached = figures.reached[at]
    if axes.lines[at].metric.kind == "stock" or not reached.any():
        return
    last = int(np.flatnonzero(reached)[-1])
    for measure in ("planned", "delivered"):
        monthly = figures.shown(measure).part(at).or_zero[:, : last + 1].sum(axis=1)
        to_date = figures.shown(f"{measure}_to_date").part(at).or_zero[:, last]
        yield _worst("months_make_to_date", f"{axes.lines[at].label}, {measure}", monthly, to_date, last + 1)


def _parts(axes: Axes, groups: Groups, figures: Figures, at: int) -> Iterable[Check]:
    """What is a sum of metrics is their sum, for every organisation and month."""
    parts = axes.parts(at)
    if parts != [at]:
        delivered = figures.shown("delivered").or_zero
        yield _worst(
            "parts_make_sum", axes.lines[at].label, delivered[parts].sum(axis=0), delivered[at], len(parts)
        )


def _plan(axes: Axes, groups: Groups, figures: Figures, at: int) -> Iterable[Check]:
    """Shares make the flat plan; its months make the annual target; practices' targets make that of the plan."""
    name = axes.lines[at].label
    planned = figures.shown("planned").part(at, groups.icb)
    flat = figures.plans.flat.per_month[at]
    in_force = ~np.isnan(flat)
    practices = int(groups.organisations["level"].eq("practice").sum())
    if in_force.any():
        yield _worst("shares_make_plan", name, planned.or_zero[in_force], flat[in_force], practices)
    annual = figures.annual_target.rounded().part(at, groups.icb)
    if not annual.known.all():
        return
    target = float(annual.values)
    if planned.known.any() and axes.lines[at].metric.kind == "flow":
        yield Check("plan_year", name, float(planned.or_zero.sum()), target, len(axes.year_months))
    given = figures.plans.flat.annual[at, figures.reference[at]]
    if not np.isnan(given):
        yield Check("targets_make_plan", name, target, float(given), practices)


def _bands(axes: Axes, groups: Groups, figures: Figures, banding: Banding) -> Iterable[Check]:
    """Bands make the practices counted, groups make the total, shares make one."""
    at, month = axes.position(banding.les, banding.metric), axes.year_months.index(banding.month)
    name = f"{axes.lines[at].label}, {label(banding.month)}"
    here = groups.levels.get("practice", slice(0, 0))
    counted = int((figures.n_expected[at, here, month] > 0).sum()) - banding.no_target
    bands = list(banding.labels)
    yield Check("bands_make_practices", name, float(banding.total[bands].sum()), counted)
    summed = banding.groups.sum(axis=0).to_numpy(dtype=np.float64)
    yield _worst(
        "groups_make_bands", name, summed, banding.total.to_numpy(dtype=np.float64), len(banding.groups)
    )
    if counted:
        yield Check("band_shares_make_one", name, float(banding.share.sum()), 1.0, len(bands))


def _names(groups: Groups) -> Iterable[Check]:
    """One code, one organisation: a place must not be called what another level calls something else."""
    org = groups.organisations["org"]
    twice = sorted(set(org[org.duplicated()]))
    yield Check("org_codes", ", ".join(twice) or "all organisations", float(len(org)), float(org.nunique()))


def _worst(check: str, scope: str, left: Floats, right: Floats, terms: int) -> Check:
    """The pair of figures that differs most."""
    apart = np.abs(left - right)
    if not apart.size:
        return Check(check, scope, 0.0, 0.0, terms)
    at = np.unravel_index(int(apart.argmax()), apart.shape)
    return Check(check, scope, float(left[at]), float(right[at]), terms)


def _frame(found: list[Check]) -> pd.DataFrame:
    rows = pd.DataFrame(found, columns=list(Check._fields))
    # Differences of long sums carry noise in the last binary digits, which is no difference.
    rows["difference"] = (rows["left"] - rows["right"]).round(6) + 0.0
    rows["ok"] = (rows["left"] - rows["right"]).abs() <= _TOLERANCE * rows["terms"]
    return rows[COLUMNS]
