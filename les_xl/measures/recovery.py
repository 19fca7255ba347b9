"""How long until a LES is back on plan, or at its annual target, at the rate of the last months."""

from dataclasses import dataclass

import numpy as np

from les_xl.measures.axes import Axes
from les_xl.measures.groups import Groups
from les_xl.measures.marked import Flags, Marked, marked, settled
from les_xl.measures.returns import Returns

RECENT = 3
"""Months that a recent rate is made of: the last ones with a return."""


def make_run_rate(axes: Axes, groups: Groups, returns: Returns, known: Flags) -> Marked:
    """Activity of a month at the recent rate, as it stood in each month.

    For each practice that counts in the month, the mean of its last three months of the financial year with a
    return (of fewer, where there are not three); a group is the sum of its practices. A month without a
    return is so neither low nor high; a practice that has reported nothing adds nothing.

    Unit: that of the metric, a month. `[z]` for a stock and where nobody counts, `[x]` before the first
    return and after the last month of data. Shape: metric by organisation by month of the year.
    """
    own = groups.belongs[groups.practices]
    counted = own @ returns.counted[:, :, axes.year].astype(np.float64) > 0
    reported = own @ returns.reported[:, :, axes.year].astype(np.float64) > 0
    values = own @ returns.values[:, :, axes.year]
    number = np.cumsum(reported, axis=2)
    rate = np.zeros(values.shape)
    for at in range(values.shape[2]):
        upto, now = slice(None, at + 1), number[:, :, at, None]
        recent = reported[:, :, upto] & (number[:, :, upto] > now - RECENT)
        total = np.where(recent, values[:, :, upto], 0.0).sum(axis=2)
        rate[:, :, at] = total / np.clip(now[:, :, 0], 1, RECENT)
    flow = np.array([line.metric.kind == "flow" for line in axes.lines])[:, None, None]
    of_practices = groups.of_practices
    heard = counted & (number > 0)
    return marked(
        of_practices @ np.where(heard, rate, 0.0),
        applicable=flow & (of_practices @ counted.astype(np.float64) > 0),
        known=(of_practices @ heard.astype(np.float64) > 0) & known[:, None, :],
    )


@dataclass(frozen=True)
class Recovery:
    """Months until the plan to date, and until the annual target; infinite: not at this rate."""

    months_to_recover: Marked
    months_to_target: Marked


def make_recovery(measures: dict[str, Marked], annual: Marked) -> Recovery:
    """Months at the recent rate until delivered is the plan to date, and until it is the year's target.

    To recover: (planned to date − delivered to date) ÷ (run rate − the plan of the month); 0 where nothing is
    short, infinite where no more is delivered in a month than is planned, `[z]` without a plan. The plan is
    taken to go on as in the month: what takes effect later is not looked ahead to. To the target: (annual
    target − delivered to date) ÷ run rate; 0 where it is reached, infinite where nothing is delivered lately.

    Unit: months, unrounded. `measures` are those of `Figures` by name; `annual` is metric by organisation.
    """
    rate, delivered = measures["run_rate"], measures["delivered_to_date"]
    short = measures["planned_to_date"].minus(delivered)
    remaining = annual.part(slice(None), slice(None), None).minus(delivered)
    return Recovery(
        _months(short, rate.minus(measures["planned"])),
        _months(remaining, rate),
    )


def _months(missing: Marked, gain: Marked) -> Marked:
    """How many months of `gain` make up what is missing."""
    # Noise in the last binary digits must not make a shortfall, nor a gain, of nothing.
    left, each = settled(missing.or_zero), settled(gain.or_zero)
    months = np.where(each > 0, left / np.where(each > 0, each, 1.0), np.inf)
    marks = np.maximum(missing.marks, gain.marks)
    return Marked(np.where(marks == 0, np.where(left > 0, months, 0.0), np.nan), marks)
