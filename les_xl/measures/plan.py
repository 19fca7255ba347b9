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
    year: metric by month, the ICB's plan of the year as it stood in that month: a plan that begins later is
        not looked ahead to, so that a change leaves earlier months' positions as they were.
    """

    planned: Marked
    annual: Marked
    flat: FlatPlans
    year: Floats


def make_plans(known: Known, axes: Axes, groups: Groups, returns: Returns) -> Plans:
    """Share each flat plan among the practices that count, and add practices up to groups.

    A group's plan is added up before it is divided, so that it is exact, not a sum of rounded shares.
    """
    loaded = _load(known, axes)
    flat = _flat_plans(axes)
    counted = returns.counted[:, :, axes.year]
    shares = _shares_of(loaded, flat, counted)
    planned = _planned(axes, groups, shares, flat)
    year = _year_as_it_stood(axes, groups, shares, flat, planned)
    return Plans(planned, _annual(axes, groups, loaded, flat, counted, year), flat, year)


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
    targets = _targets(known, axes)
    summed = np.where(np.isnan(overrides).all(axis=2), np.nan, np.nansum(overrides, axis=2))[:, :, None]
    holders = _holders(known, axes)
    return Loaded(
        overrides=overrides,
        weights=_answered_for(holders, targets),
        targets=_answered_for(holders, np.where(np.isnan(targets), summed, targets)),
    )


def _targets(known: Known, axes: Axes) -> Floats:
    """Annual targets by metric, code and month in which they are in force: the latest `from` up to it."""
    targets = np.full((len(axes.lines), len(axes.codes), len(axes.year_months)), np.nan)
    rows = known.targets[known.targets["year"] == axes.financial_year].dropna(subset="annual_target")
    for first, part in rows.groupby("from"):
        metric, code = axes.metric_positions(part), positions(part["ods_code"], axes.codes)
        kept = (metric >= 0) & (code >= 0)
        amounts = part["annual_target"].to_numpy(dtype=np.float64)[kept]
        since = bisect_left(axes.year_months, str(first))
        targets[metric[kept], code[kept], since:] = amounts[:, None]
    return targets


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
    answered, own = targets.copy(), np.arange(targets.shape[1])
    for month, holder in enumerate(holders):
        for code in np.flatnonzero(holder != own):
            taken, held = targets[:, code, month], answered[:, holder[code], month]
            both = np.nan_to_num(held) + np.nan_to_num(taken)
            answered[:, holder[code], month] = np.where(np.isnan(held) & np.isnan(taken), np.nan, both)
            answered[:, code, month] = np.nan
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


@dataclass(frozen=True)
class _Shares:
    """How plans are shared, metric by code by month: overrides and weights, 0 where there is none."""

    overridden: Flags
    overrides: Floats
    sharing: Flags
    weights: Floats


def _shares_of(loaded: Loaded, flat: FlatPlans, counted: Flags) -> _Shares:
    overridden = counted & ~np.isnan(loaded.overrides)
    in_force = ~np.isnan(flat.per_month)
    sharing = counted & ~overridden & ~np.isnan(loaded.weights) & in_force[:, None, :]
    return _Shares(
        overridden,
        np.where(overridden, loaded.overrides, 0.0),
        sharing,
        np.where(sharing, loaded.weights, 0.0),
    )


def _planned(axes: Axes, groups: Groups, shares: _Shares, flat: FlatPlans) -> Marked:
    of_all = shares.weights.sum(axis=1, keepdims=True)
    taken = shares.overrides.sum(axis=1, keepdims=True)
    pool = np.maximum(np.nan_to_num(flat.per_month)[:, None, :] - taken, 0.0)
    share = groups.sum(shares.weights) / np.where(of_all > 0, of_all, 1.0)
    has_plan = groups.sum(shares.overridden | (shares.sharing & (of_all > 0))) > 0
    planned = marked(groups.sum(shares.overrides) + pool * share, applicable=has_plan)
    return _whole_at_icb(axes, groups, planned, flat)


def _whole_at_icb(axes: Axes, groups: Groups, planned: Marked, flat: FlatPlans) -> Marked:
    """A plan that no practice takes a share of still stands for the ICB."""
    unshared = axes.in_service[:, axes.year] & ~np.isnan(flat.per_month) & ~planned.known[:, groups.icb]
    whole = np.zeros_like(planned.known)
    whole[:, groups.icb] = unshared
    return marked(np.nan_to_num(flat.per_month)[:, None, :], applicable=whole).where(whole, planned)


def _annual(
    axes: Axes, groups: Groups, loaded: Loaded, flat: FlatPlans, counted: Flags, year: Floats
) -> Marked:
    has_target = counted & ~np.isnan(loaded.targets)
    annual = marked(
        groups.sum(np.where(has_target, loaded.targets, 0.0)), applicable=groups.sum(has_target) > 0
    )
    from_practices = (counted & ~np.isnan(loaded.weights)).any(axis=1) | (has_target == counted).all(axis=1)
    of_plan = np.where(np.isnan(flat.annual), year, flat.annual)
    there = ~np.isnan(flat.annual) | ~np.isnan(flat.per_month).all(axis=1, keepdims=True)
    chosen = np.zeros_like(annual.known)
    chosen[:, groups.icb] = there & ~(from_practices & annual.known[:, groups.icb])
    return marked(of_plan[:, None, :], applicable=chosen).where(chosen, annual)


def _year_as_it_stood(
    axes: Axes, groups: Groups, shares: _Shares, flat: FlatPlans, planned: Marked
) -> Floats:
    """The ICB's monthly plans added up, as they stood in each month; of a stock, the last of them.

    After the month, the plan in force in it runs on for as long as anything is planned.
    """
    icb, per_month = planned.or_zero[:, groups.icb], np.nan_to_num(flat.per_month)
    there, months = ~np.isnan(flat.per_month), np.arange(len(axes.year_months))
    runs_on = (months[:, None] < months) & there[:, :, None] & there[:, None, :]
    as_stood = np.where(runs_on, per_month[:, :, None], per_month[:, None, :])
    taken = shares.overrides.sum(axis=1)[:, None, :]
    pooled = (shares.weights.sum(axis=1) > 0) | ~shares.overridden.any(axis=1)
    otherwise = np.maximum(as_stood - taken, 0.0) - np.maximum(per_month[:, None, :] - taken, 0.0)
    monthly = icb[:, None, :] + np.where(pooled[:, None, :], otherwise, 0.0)
    last = len(months) - 1 - planned.known[:, groups.icb, ::-1].argmax(axis=1)
    stock = np.array([line.metric.kind == "stock" for line in axes.lines])
    total: Floats = np.where(stock[:, None], monthly[np.arange(len(icb)), :, last], monthly.sum(axis=2))
    return total


def _flat_plans(axes: Axes) -> FlatPlans:
    shape = (len(axes.lines), len(axes.year_months))
    per_month, annual = np.full(shape, np.nan), np.full(shape, np.nan)
    for at, line in enumerate(axes.lines):
        plans = [
            plan for plan in line.service.plan if isinstance(plan, FlatPlan) and _is_for(plan, line, axes)
        ]
        plans.sort(key=lambda plan: plan.from_ or line.starts)
        for place, month in enumerate(axes.year_months):
            begun = [plan for plan in plans if (plan.from_ or line.starts) <= month]
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
