"""Planned activity by month, annual targets and the expected profile, for every organisation and group."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import pandas as pd

from les_xl.data.known import Known
from les_xl.data.organisations import successors
from les_xl.measures.axes import Axes, Line, Positions, positions
from les_xl.measures.groups import Groups
from les_xl.measures.marked import Flags, Floats, Marked, marked
from les_xl.measures.returns import Returns, cells
from les_xl.spec.model import FlatPlan, ProfilePlan


@dataclass(frozen=True)
class Loaded:
    """Targets and monthly overrides as loaded: metric by code by month of the year, NaN where there is none.

    `weights` are the targets that each code answers for in each month: its own and those of the organisations
    that it has taken over by then. `targets` are the same, and where a code has no target the sum of its
    overrides.
    """

    overrides: Floats
    weights: Floats
    targets: Floats


@dataclass(frozen=True)
class FlatPlans:
    """The flat plans of the year, metric by month: NaN where none is in force or none gives the figure."""

    per_month: Floats
    annual: Floats


@dataclass(frozen=True)
class Plans:
    """What is planned, metric by organisation by month of the year.

    annual: the annual target that those who count in the month answer for.
    flat: the plans as the specification gives them.
    """

    planned: Marked
    annual: Marked
    flat: FlatPlans


def make_plans(known: Known, axes: Axes, groups: Groups, returns: Returns) -> Plans:
    """Share each flat plan among the practices that count, and add practices up to groups.

    A group's plan is added up before it is divided, so that it is exact, not a sum of rounded shares.
    """
    loaded = _load(known, axes)
    flat = _flat_plans(axes)
    counted = returns.counted[:, :, axes.year]
    planned = _planned(axes, groups, loaded, flat, counted)
    return Plans(planned, _annual(axes, groups, loaded, flat, counted, planned), flat)


def make_expected(axes: Axes, annual: Marked) -> Marked:
    """The profile's share of the annual target: metric by organisation by month.

    Not applicable before the LES or the profile begins, without a profile, and without a target.
    `annual` is metric by organisation. Source: DESIGN 4, `basis: profile`.
    """
    shares = np.array([_shares(line, axes) for line in axes.lines])
    applicable = (
        ~np.isnan(shares)[:, None, :] & axes.in_service[:, None, axes.year] & annual.known[:, :, None]
    )
    return marked(np.nan_to_num(shares)[:, None, :] * annual.or_zero[:, :, None], applicable=applicable)


def _load(known: Known, axes: Axes) -> Loaded:
    overrides = _overrides(known, axes)
    targets = np.full((len(axes.lines), len(axes.codes)), np.nan)
    rows = known.targets[known.targets["year"] == axes.financial_year].dropna(subset="annual_target")
    at = axes.metric_positions(rows), positions(rows["ods_code"], axes.codes)
    kept = (at[0] >= 0) & (at[1] >= 0)
    targets[at[0][kept], at[1][kept]] = rows["annual_target"].to_numpy(dtype=np.float64)[kept]
    summed = np.where(np.isnan(overrides).all(axis=2), np.nan, np.nansum(overrides, axis=2))
    holders = _holders(known, axes)
    return Loaded(
        overrides=overrides,
        weights=_answered_for(holders, targets),
        targets=_answered_for(holders, np.where(np.isnan(targets), summed, targets)),
    )


def _overrides(known: Known, axes: Axes) -> Floats:
    overrides = np.full((len(axes.lines), len(axes.codes), len(axes.year_months)), np.nan)
    in_year = known.planned["month"].isin(axes.year_months)
    rows: pd.DataFrame = known.planned[in_year].dropna(subset="planned")
    metric, code, month = cells(rows, axes)
    kept = (metric >= 0) & (code >= 0)
    at = metric[kept], code[kept], month[kept] - axes.lead
    overrides[at] = rows["planned"].to_numpy(dtype=np.float64)[kept]
    return np.where(axes.in_service[:, None, axes.year], overrides, np.nan)


def _answered_for(holders: Positions, targets: Floats) -> Floats:
    """Targets by the code that answers for them in each month of the year; NaN where it answers for none."""
    there = ~np.isnan(targets)
    amounts = np.where(there, targets, 0.0)
    answered = np.full((*targets.shape, len(holders)), np.nan)
    for month, holder in enumerate(holders):
        held = np.eye(len(holder))[holder]
        answered[:, :, month] = np.where(there.astype(np.float64) @ held > 0, amounts @ held, np.nan)
    return answered


def _holders(known: Known, axes: Axes) -> Positions:
    """Month of the year by code: the code that by then answers for it, itself unless it was taken over."""
    own = {code: code for code in axes.codes}
    closed = sorted(known.organisations.loc[known.organisations["successor"] != "", "closed"])
    by_closings: dict[int, Positions] = {}
    rows = []
    for month in axes.year_months:
        closings = bisect_left(closed, month)
        if closings not in by_closings:
            final = own | (dict(successors(known, month)) if closings else {})
            by_closings[closings] = positions(final.values(), axes.codes)
        rows.append(by_closings[closings])
    return np.array(rows, dtype=np.intp)


def _planned(axes: Axes, groups: Groups, loaded: Loaded, flat: FlatPlans, counted: Flags) -> Marked:
    overridden = counted & ~np.isnan(loaded.overrides)
    overrides = np.where(overridden, loaded.overrides, 0.0)
    in_force = ~np.isnan(flat.per_month)
    sharing = counted & ~overridden & ~np.isnan(loaded.weights) & in_force[:, None, :]
    weights = np.where(sharing, loaded.weights, 0.0)
    of_all = weights.sum(axis=1, keepdims=True)
    pool = np.maximum(np.nan_to_num(flat.per_month)[:, None, :] - overrides.sum(axis=1, keepdims=True), 0.0)
    share = groups.sum(weights) / np.where(of_all > 0, of_all, 1.0)
    has_plan = groups.sum(overridden | (sharing & (of_all > 0))) > 0
    planned = marked(groups.sum(overrides) + pool * share, applicable=has_plan)
    return _whole_at_icb(axes, groups, planned, flat)


def _whole_at_icb(axes: Axes, groups: Groups, planned: Marked, flat: FlatPlans) -> Marked:
    """A plan that no practice takes a share of still stands for the ICB."""
    unshared = axes.in_service[:, axes.year] & ~np.isnan(flat.per_month) & ~planned.known[:, groups.icb]
    whole = np.zeros_like(planned.known)
    whole[:, groups.icb] = unshared
    return marked(np.nan_to_num(flat.per_month)[:, None, :], applicable=whole).where(whole, planned)


def _annual(
    axes: Axes, groups: Groups, loaded: Loaded, flat: FlatPlans, counted: Flags, planned: Marked
) -> Marked:
    has_target = counted & ~np.isnan(loaded.targets)
    annual = marked(
        groups.sum(np.where(has_target, loaded.targets, 0.0)), applicable=groups.sum(has_target) > 0
    )
    from_practices = (counted & ~np.isnan(loaded.weights)).any(axis=1) | (has_target == counted).all(axis=1)
    of_plan = np.where(np.isnan(flat.annual), _planned_in_year(axes, groups, planned)[:, None], flat.annual)
    there = ~np.isnan(flat.annual) | ~np.isnan(flat.per_month).all(axis=1, keepdims=True)
    chosen = np.zeros_like(annual.known)
    chosen[:, groups.icb] = there & ~(from_practices & annual.known[:, groups.icb])
    return marked(of_plan[:, None, :], applicable=chosen).where(chosen, annual)


def _planned_in_year(axes: Axes, groups: Groups, planned: Marked) -> Floats:
    """The ICB's monthly plans added up; of a stock, the last of them."""
    icb = planned.or_zero[:, groups.icb]
    last = len(axes.year_months) - 1 - planned.known[:, groups.icb, ::-1].argmax(axis=1)
    stock = np.array([line.metric.kind == "stock" for line in axes.lines])
    total: Floats = np.where(stock, icb[np.arange(len(icb)), last], icb.sum(axis=1))
    return total


def _flat_plans(axes: Axes) -> FlatPlans:
    shape = (len(axes.lines), len(axes.year_months))
    per_month, annual = np.full(shape, np.nan), np.full(shape, np.nan)
    for at, line in enumerate(axes.lines):
        plans = [
            plan for plan in line.service.plan if isinstance(plan, FlatPlan) and _is_for(plan, line, axes)
        ]
        plans.sort(key=lambda plan: plan.from_ or line.service.starts)
        for place, month in enumerate(axes.year_months):
            begun = [plan for plan in plans if (plan.from_ or line.service.starts) <= month]
            latest = (begun or plans)[-1 if begun else 0] if plans else None
            if latest is None:
                continue
            annual[at, place] = np.nan if latest.annual_target is None else latest.annual_target
            if begun and month <= (latest.to or month):
                per_month[at, place] = latest.per_month
    return FlatPlans(np.where(axes.in_service[:, axes.year], per_month, np.nan), annual)


def _shares(line: Line, axes: Axes) -> list[float]:
    for plan in line.service.plan:
        if isinstance(plan, ProfilePlan) and _is_for(plan, line, axes):
            first = min(plan.shares, default="")
            return [plan.shares.get(month, 0.0) if month >= first else np.nan for month in axes.year_months]
    return [np.nan] * len(axes.year_months)


def _is_for(plan: FlatPlan | ProfilePlan, line: Line, axes: Axes) -> bool:
    return plan.year == axes.financial_year and (plan.metric or line.service.headline.id) == line.metric.id
