"""What else is asked of what was delivered: a working day, against last year, in pounds, how complete."""

import numpy as np

from les_xl.measures.axes import Axes
from les_xl.measures.marked import NOT_APPLICABLE, Flags, Floats, Marked, marked
from les_xl.measures.workdays import working_days

_YEAR = 12


def make_per_working_day(axes: Axes, delivered: Marked) -> Marked:
    """Activity of a month ÷ its working days, so that August and December can be held against others.

    Unit: that of the metric, a working day. `[z]` for a stock, which is no activity of a month.
    Shape: metric by organisation by month of the year. Source: rule of LES-XL.
    """
    days = marked(working_days(axes.year_months), applicable=_flow(axes))
    return delivered.over(Marked(days.values, np.broadcast_to(days.marks, days.values.shape)))


def make_change_on_year(axes: Axes, delivered_from_lead: Marked) -> Marked:
    """Delivered minus delivered of the same month of the year before; `[z]` where the LES had not begun then.

    Unit: that of the metric. `delivered_from_lead` has all months of the axis, the result those of the year.
    """
    return delivered_from_lead.change(_YEAR).part(slice(None), slice(None), axes.year)


def make_pounds(axes: Axes, delivered: Marked) -> Marked:
    """Pounds for the activity of a month: delivered × the tariff of the metric's specification.

    A metric that is a sum and has no tariff of its own is paid by its parts, where each of them has one.
    `[z]` for a metric without a tariff and for a stock. Shape: metric by organisation by month of the year.
    """
    paid, tariffs = _tariffs(axes)
    amounts = np.tensordot(tariffs, delivered.or_zero, axes=1)
    marks = np.where(paid[:, None, None], delivered.marks, NOT_APPLICABLE)
    return Marked(np.where(marks == 0, amounts, np.nan), marks.astype(np.int8))


def make_outstanding(axes: Axes, n_expected: Floats, n_reported: Floats, known: Flags) -> Marked:
    """Returns of a month that are outstanding: expected − reported. Figures are final with none to date.

    Unit: returns of an organisation for a month. `[z]` where nobody counts, `[x]` after the data month.
    """
    return marked(n_expected - n_reported, applicable=n_expected > 0, known=known[:, None, :])


def _tariffs(axes: Axes) -> tuple[Flags, Floats]:
    """Which metrics are paid for by unit; metric by metric, what a unit of the second brings the first."""
    number = len(axes.lines)
    own = [line.metric.tariff for line in axes.lines]
    tariffs = np.zeros((number, number))
    paid = np.zeros(number, dtype=bool)
    for at, line in enumerate(axes.lines):
        parts = [at] if own[at] is not None else axes.parts(at)
        rates = [own[part] for part in parts]
        paid[at] = line.metric.kind == "flow" and None not in rates
        if paid[at]:
            tariffs[at, parts] = rates
    return paid, tariffs


def _flow(axes: Axes) -> Flags:
    return np.array([line.metric.kind == "flow" for line in axes.lines])[:, None, None]
