"""What organisations that count have returned, and the month up to which each LES has data."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from les_xl.data.known import Known
from les_xl.data.organisations import providing
from les_xl.errors import LesError, Place
from les_xl.errors.position import NO_AS_AT, NOT_IN_YEAR
from les_xl.measures.axes import Axes, Positions, positions
from les_xl.measures.marked import Flags, Floats
from les_xl.periods import long_label
from les_xl.spec.read import Specs


@dataclass(frozen=True)
class Returns:
    """Metric by code by month. `values` is 0 where nothing was reported; ask `reported` which it is.

    LES by code by month: `eligible`, open, allowed to provide the LES and excluded by none of its rules;
    `signed_up`, those of them that are.
    """

    counted: Flags
    reported: Flags
    values: Floats
    eligible: Flags
    signed_up: Flags


def make_returns(specs: Specs, known: Known, axes: Axes) -> Returns:
    """Who counts, who of them reported, and what: a sum of metrics is reported where any part of it is."""
    provision = providing(known, specs, axes.months)
    eligible, signed_up = (
        axes.service_flags(rows) for rows in (provision, provision[provision["signed_up"]])
    )
    counted = signed_up[axes.service_of] & axes.in_service[:, None, :]
    values, there = _loaded(known.activity, axes)
    # A part counts towards its sum in the months in which the part itself is counted.
    there &= axes.in_service[:, None, :]
    values = np.where(there, values, 0.0)
    for position, line in enumerate(axes.lines):
        if line.metric.sum_of:
            parts = axes.parts(position)
            values[position] = values[parts].sum(axis=0)
            there[position] = there[parts].any(axis=0)
    reported = there & counted
    return Returns(counted, reported, np.where(reported, values, 0.0), eligible, signed_up)


def _loaded(activity: pd.DataFrame, axes: Axes) -> tuple[Floats, Flags]:
    shape = (len(axes.lines), len(axes.codes), len(axes.months))
    values, there = np.zeros(shape), np.zeros(shape, dtype=bool)
    at = cells(activity, axes)
    numbers = activity["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    kept = (at[0] >= 0) & (at[1] >= 0) & (at[2] >= 0) & ~np.isnan(numbers)
    where = tuple(part[kept] for part in at)
    values[where] = numbers[kept]
    there[where] = True
    return values, there


def cells(frame: pd.DataFrame, axes: Axes) -> tuple[Positions, Positions, Positions]:
    """Metric, code and month of each row of a frame, as positions on the axes; -1 where not on them."""
    return (
        axes.metric_positions(frame),
        positions(frame["ods_code"], axes.codes),
        positions(frame["month"], axes.months),
    )


def choose_as_at(specs: Specs, axes: Axes, returns: Returns, asked: str | None) -> str:
    """The month asked for, or the latest in which enough have reported (`as_at` of `specs/les.yaml`).

    Enough is a share of those expected by every LES of which anything was ever reported.

    Raises LesError: LES352 for a month that is not in the year, LES353 where enough reported in no month.
    """
    months = axes.year_months
    share = specs.workspace.as_at.reported
    expected, reported = _pairs(axes, returns)
    heard = reported.sum(axis=1)[:, axes.year].sum(axis=0)
    words = {"year": axes.financial_year, "returns": _months_with(months, heard)}
    if asked is not None:
        if asked not in months:
            raise LesError(NOT_IN_YEAR.at(Place(), month=asked, first=months[0], last=months[-1], **words))
        return asked
    # A LES of which nothing ever came is not late: it has no extract yet, and holds the others up no longer.
    ever = reported.any(axis=(1, 2))
    enough = _enough(heard, expected[ever].sum(axis=1)[:, axes.year].sum(axis=0), share)
    if not enough.any():
        raise LesError(NO_AS_AT.at(Place(), share=f"{share:.0%}", **words))
    return months[int(np.flatnonzero(enough)[-1])]


def data_months(specs: Specs, axes: Axes, returns: Returns, as_at: str) -> Mapping[str, str | None]:
    """For each LES the latest month up to `as_at` in which enough of those that count reported; or None."""
    expected, reported = _pairs(axes, returns)
    enough = _enough(reported.sum(axis=1), expected.sum(axis=1), specs.workspace.as_at.reported)
    last = axes.year_months.index(as_at) + axes.lead + 1
    found: dict[str, str | None] = {}
    for service, flags in zip(axes.services, enough, strict=True):
        in_year = np.flatnonzero(flags[axes.lead : last])
        found[service.les] = axes.year_months[int(in_year[-1])] if in_year.size else None
    return found


def reached(axes: Axes, months: Mapping[str, str | None]) -> Flags:
    """Metric by month: True up to the last month of data of its LES."""
    before = axes.lead - 1
    last = [
        before if (month := months[line.service.les]) is None else axes.months.index(month)
        for line in axes.lines
    ]
    flags: Flags = np.arange(len(axes.months)) <= np.array(last, dtype=np.intp)[:, None]
    return flags


def _pairs(axes: Axes, returns: Returns) -> tuple[Flags, Flags]:
    """LES by code by month: who was expected to report, and who did, by any metric that is published."""
    expected, reported = [], []
    for service in axes.services:
        of_service = axes.of_service(service.les)
        shown = [
            at for at in of_service if axes.lines[at].metric.published_as or axes.lines[at].metric.headline
        ]
        expected.append(returns.counted[shown or of_service[:1]].any(axis=0))
        reported.append(returns.reported[shown or of_service[:1]].any(axis=0))
    return np.array(expected, dtype=bool), np.array(reported, dtype=bool)


def _enough(reported: Positions, expected: Positions, share: float) -> Flags:
    # A share such as 0.7 of 10 is 7.000…01 in binary: 7 of 10 must still be enough.
    flags: Flags = (reported > 0) & (reported >= share * expected - 1e-9)
    return flags


def _months_with(months: tuple[str, ...], heard: Positions) -> str:
    some = [month for month, count in zip(months, heard, strict=True) if count]
    if not some:
        return "no month of it has any return"
    span = long_label(some[0]) if len(some) == 1 else f"{long_label(some[0])} to {long_label(some[-1])}"
    return f"returns are there for {span}"
