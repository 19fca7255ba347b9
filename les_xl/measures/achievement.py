"""What was delivered, against the plan, the annual target and the expected profile; monthly and to date."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from les_xl.measures.axes import Axes, Positions
from les_xl.measures.delivery import make_change_on_year, make_outstanding, make_per_working_day, make_pounds
from les_xl.measures.forecast import make_forecast, make_rate
from les_xl.measures.groups import Groups
from les_xl.measures.marked import Flags, Floats, Marked, marked
from les_xl.measures.plan import Plans, make_expected
from les_xl.measures.recovery import make_recovery, make_run_rate
from les_xl.measures.returns import Returns, reached

_SHOWN_EXACT = frozenset(
    {
        "pct_plan",
        "pct_plan_to_date",
        "pct_annual",
        "pct_expected_to_date",
        "rate_per_1000",
        "per_working_day",
        "months_to_recover",
        "months_to_target",
    }
)
"""Fractions and rates are kept as they come out; quantities are rounded to 6 decimals for showing."""


@dataclass(frozen=True)
class Figures:
    """Every measure, metric by organisation by month of the year (`annual_target`: metric by organisation).

    `measures` are unrounded: whatever is worked out further is worked out from these.
    reference: for each metric the month whose organisations answer for the annual target.
    months_not_reported: consecutive months without a return up to the month, of months that count.
    reached: metric by month, True up to the data month of the LES.
    plans: what all this is measured against; its `annual` is the target of those who counted in each month.
    delivered: metric by organisation by month of the whole axis, the months before the year among them.
    """

    measures: Mapping[str, Marked]
    annual_target: Marked
    reference: Positions
    n_expected: Floats
    n_reported: Floats
    months_not_reported: Floats
    reached: Flags
    plans: Plans
    delivered: Marked

    def shown(self, measure: str) -> Marked:
        """One measure as cells show it."""
        figure = self.measures[measure]
        return figure if measure in _SHOWN_EXACT else figure.rounded()


def make_figures(
    axes: Axes,
    groups: Groups,
    returns: Returns,
    plans: Plans,
    data_months: Mapping[str, str | None],
    as_at: str,
    list_sizes: Floats,
) -> Figures:
    """All measures of all organisations, each by the rule of the same name in `_measures`.

    `list_sizes` are those of `make_list_sizes`.
    """
    known = reached(axes, data_months)
    n_expected, n_reported = groups.sum(returns.counted), groups.sum(returns.reported)
    delivered = marked(
        groups.sum(returns.values),
        applicable=n_expected > 0,
        known=(n_reported > 0) & known[:, None, :],
    )
    reference = _reference(axes, data_months, as_at)
    annual = plans.annual.part(np.arange(len(axes.lines)), slice(None), reference)
    heard = np.arange(len(axes.months)) <= axes.months.index(as_at)
    in_year = known[:, axes.year]
    outstanding = make_outstanding(axes, n_expected[:, :, axes.year], n_reported[:, :, axes.year], in_year)
    measures = _measures(axes, plans.planned, delivered, annual, in_year[:, None, :]) | {
        "forecast": make_forecast(axes, groups, returns, in_year),
        "rate_per_1000": make_rate(axes, groups, returns, in_year, list_sizes),
        "run_rate": make_run_rate(axes, groups, returns, in_year),
        "outstanding_to_date": _to_date(axes, outstanding, in_year[:, None, :]),
    }
    recovery = make_recovery(measures, annual)
    return Figures(
        measures=measures
        | {
            "months_to_recover": recovery.months_to_recover,
            "months_to_target": recovery.months_to_target,
        },
        annual_target=annual,
        reference=reference,
        n_expected=n_expected[:, :, axes.year],
        n_reported=np.where(heard, n_reported, 0.0)[:, :, axes.year],
        months_not_reported=_silence(n_expected > 0, n_reported > 0)[:, :, axes.year],
        reached=in_year,
        plans=plans,
        delivered=delivered,
    )


def _measures(
    axes: Axes, planned: Marked, delivered_from_lead: Marked, annual: Marked, known: Flags
) -> dict[str, Marked]:
    delivered = delivered_from_lead.part(slice(None), slice(None), axes.year)
    expected = make_expected(axes, annual)
    planned_to_date = _to_date(axes, planned, known)
    delivered_to_date = _to_date(axes, delivered, known)
    expected_to_date = _to_date(axes, expected, known)
    pounds = make_pounds(axes, delivered)
    return {
        "planned": planned,
        "delivered": delivered,
        "pct_plan": delivered.over(planned),
        "variance": delivered.minus(planned),
        "planned_to_date": planned_to_date,
        "delivered_to_date": delivered_to_date,
        "pct_plan_to_date": delivered_to_date.over(planned_to_date),
        "variance_to_date": delivered_to_date.minus(planned_to_date),
        "pct_annual": delivered_to_date.over(annual.part(slice(None), slice(None), None)),
        "expected": expected,
        "expected_to_date": expected_to_date,
        "pct_expected_to_date": delivered_to_date.over(expected_to_date),
        "change": delivered_from_lead.change().part(slice(None), slice(None), axes.year),
        "change_on_year": make_change_on_year(axes, delivered_from_lead),
        "per_working_day": make_per_working_day(axes, delivered),
        "pounds": pounds,
        "pounds_to_date": _to_date(axes, pounds, known),
    }


def _to_date(axes: Axes, monthly: Marked, known: Flags) -> Marked:
    """Running sums of flows; a stock to date is its month's value."""
    stock = np.array([line.metric.kind == "stock" for line in axes.lines])[:, None, None]
    return monthly.up_to(known).where(stock, monthly.to_date(known))


def _reference(axes: Axes, months: Mapping[str, str | None], as_at: str) -> Positions:
    """For each metric the month whose organisations answer for the annual target.

    It is the data month of the LES; before any data the as-at month; where the metric has not begun by then,
    or has ended, its first or last.
    """
    year = axes.year_months
    found = []
    for line in axes.lines:
        month = max(months[line.service.les] or as_at, line.starts)
        month = min(month, line.ends or month, year[-1])
        found.append(year.index(max(month, year[0])))
    return np.array(found, dtype=np.intp)


def _silence(expected: Flags, reported: Flags) -> Floats:
    """Length of the run without a return that ends in each month; months that do not count change nothing."""
    runs = np.zeros(expected.shape)
    run = np.zeros(expected.shape[:-1])
    for at in range(expected.shape[-1]):
        run = np.where(reported[..., at], 0.0, run + expected[..., at])
        runs[..., at] = run
    return runs
