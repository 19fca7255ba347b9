"""The year's end at the rate so far, and activity per 1,000 registered patients."""

from bisect import bisect_left

import numpy as np

from les_xl.data.known import Known
from les_xl.measures.axes import Axes, positions
from les_xl.measures.groups import Groups
from les_xl.measures.marked import Flags, Floats, Marked, marked
from les_xl.measures.returns import Returns

_PATIENTS = 1000.0


def make_forecast(axes: Axes, groups: Groups, returns: Returns, known: Flags) -> Marked:
    """Run-rate forecast of the financial year's activity, as it stood in each month.

    Unit: that of the metric. Method: what a practice has delivered so far this year, divided by the months
    that it reported and multiplied by its months of the year: those in which it counted, and, where it counts
    now, all that are left of the LES's year. A group is the sum of its practices.

    A month without a return is so taken to have been like those with one, and a practice that has reported
    nothing yet adds nothing: beside a forecast belongs how many have reported. Neither season nor ramp-up is
    looked at, nor a change that takes effect in a later month. `[z]` for a stock and before anybody counts,
    `[x]` before the first return and after the last month of data. `known` is metric by month, True up to it.

    Shape: metric by organisation by month of the year. Source: DESIGN 7, "run-rate forecast to year end".
    """
    own = groups.belongs[groups.practices]
    counted = own @ returns.counted[:, :, axes.year].astype(np.float64) > 0
    reported = own @ returns.reported[:, :, axes.year].astype(np.float64) > 0
    delivered = np.cumsum(own @ returns.values[:, :, axes.year], axis=2)
    months = np.cumsum(reported, axis=2)
    in_service = axes.in_service[:, axes.year]
    left = in_service.sum(axis=1, keepdims=True) - np.cumsum(in_service, axis=1)
    of_year = np.cumsum(counted, axis=2) + np.where(counted, left[:, None, :], 0)
    forecast = delivered * of_year / np.maximum(months, 1)
    flow = np.array([line.metric.kind == "flow" for line in axes.lines])[:, None, None]
    of_practices = groups.of_practices
    return marked(
        of_practices @ forecast,
        applicable=flow & (of_practices @ (np.cumsum(counted, axis=2) > 0).astype(np.float64) > 0),
        known=(of_practices @ (months > 0).astype(np.float64) > 0) & known[:, None, :],
    )


def make_list_sizes(known: Known, axes: Axes) -> Floats:
    """Registered patients of each code in each month of the year: the latest list size up to the month.

    Shape: code by month of the year, NaN where no list size of that month or an earlier one is known.
    """
    sizes = np.full((len(axes.codes), len(axes.year_months)), np.nan)
    for month, rows in known.list_sizes.groupby("month"):
        code = positions(rows["ods_code"], axes.codes)
        since = bisect_left(axes.year_months, str(month))
        numbers = rows["list_size"].to_numpy(dtype=np.float64)
        sizes[code[code >= 0], since:] = numbers[code >= 0, None]
    return sizes


def make_rate(axes: Axes, groups: Groups, returns: Returns, known: Flags, list_sizes: Floats) -> Marked:
    """Activity of a month (of a stock, its size) per 1,000 registered patients.

    Formula: delivered ÷ registered patients × 1,000, both of the same organisations: those that reported in
    the month and of which a list size is known, at the latest list size up to the month. Who did not report,
    and who has no list (an alternative provider), is in neither, so that neither a missing return nor a
    missing list looks like a low or a high rate. `[z]` where nobody counts, `[x]` where nobody who reported
    has a list size, and after the last month of data.

    Shape: metric by organisation by month of the year. Source: DESIGN 7, "per 1,000 registered patients".
    """
    counted = returns.counted[:, :, axes.year]
    listed = returns.reported[:, :, axes.year] & ~np.isnan(list_sizes)
    delivered = groups.sum(np.where(listed, returns.values[:, :, axes.year], 0.0))
    patients = groups.sum(np.where(listed, np.nan_to_num(list_sizes), 0.0))
    there = (groups.sum(listed) > 0) & known[:, None, :]
    counts = groups.sum(counted) > 0
    whole = marked(patients, applicable=counts, known=there)
    return marked(delivered * _PATIENTS, applicable=counts, known=there).over(whole)
