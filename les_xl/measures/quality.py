"""Quality and outcomes: metrics as shares of another, what is above a cap, and counts that stand alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from les_xl.measures.axes import Axes, Line
from les_xl.measures.frames import frame, marked_columns, org_columns, texts
from les_xl.measures.funnel import wilson_interval
from les_xl.measures.groups import Groups
from les_xl.measures.marked import NOT_APPLICABLE, Flags, Floats, Marked, marked
from les_xl.measures.returns import Returns, reached

RATE, OVER_CAP, PROXY, COUNT, STOCK = "rate", "over_cap", "over_cap_proxy", "count", "stock"
"""What a row of `Position.quality` is (its `measure`)."""

QUALITY_FIGURES = ("numerator", "denominator", "rate", "lower", "upper")
"""Columns of `Position.quality` with a number, each also as `<name>_to_date`, and a mark beside each."""


@dataclass(frozen=True)
class _Figure:
    """What one kind of row counts, organisation by month of the year, in the month and to date.

    `of` is the metric that it is a share of, or whose patients a cap is for; empty where it stands alone.
    """

    line: Line
    measure: str
    of: str
    expected: Floats
    reported: Floats
    monthly: tuple[Marked, Marked]
    to_date: tuple[Marked, Marked]


def make_quality(
    axes: Axes, groups: Groups, returns: Returns, data_months: Mapping[str, str | None]
) -> pd.DataFrame:
    """Rows of `Position.quality`: what is monitored beside activity, for every organisation and month.

    Rate: numerator ÷ denominator, both of the organisations that count for both metrics and reported both in
    the month, so that a return that lacks one of them looks neither good nor bad. To date: the sums over the
    months; of registers, the month's own. Unit: fraction. The interval is Wilson's, 95 %. A numerator above
    its denominator is a ratio: it has no interval, and a check says so. `[z]` where the denominator is 0.
    Source: monitoring paper, section 4 and Appendix 1.

    Over the cap: patients above the cap as practices counted them, where the specification names a metric
    for that and anything of it was ever reported. Else a proxy, where it names one that counts patients:
    visits above `at_most` for each patient, both of the last `months` months, for each practice by itself, so
    that one makes not up for another; its rate is the share of the visits. Else `[z]`: visits do not say
    whose they were.

    Count and stock: a metric of quality or outcomes without a rate, and a register.
    """
    known = reached(axes, data_months)[:, axes.year]
    makers = (_Maker(axes, groups, returns, known[at], at) for at in range(len(axes.lines)))
    found = [figure for maker in makers for figure in maker.figures()]
    return frame(_keys(axes, groups, found) | _numbers(found))


@dataclass(frozen=True)
class _Maker:
    """The rows of one metric, at position `at`; `known` is True up to the data month of its LES."""

    axes: Axes
    groups: Groups
    returns: Returns
    known: Flags
    at: int

    def figures(self) -> Iterator[_Figure]:
        line = self.axes.lines[self.at]
        metric, capped = line.metric, [one.cap.breaches for one in line.service.metrics if one.cap]
        if metric.rate:
            yield self._rate(self._position(metric.rate.per))
        elif metric.id not in capped and (metric.part != "activity" or metric.kind == "stock"):
            yield self._figure(STOCK if metric.kind == "stock" else COUNT, self.at)
        if metric.cap:
            yield self._over_cap()

    def _position(self, metric: str) -> int:
        return self.axes.position(self.axes.lines[self.at].service.les, metric)

    def _rate(self, per: int) -> _Figure:
        both = self.returns.reported[self.at] & self.returns.reported[per]
        parts = [self._sum(np.where(both, self.returns.values[one], 0.0)) for one in (self.at, per)]
        counted = self.returns.counted[self.at] & self.returns.counted[per]
        return self._made(RATE, self.at, parts, self._sum(counted), self._sum(both), per)

    def _over_cap(self) -> _Figure:
        cap = self.axes.lines[self.at].metric.cap
        if cap and cap.breaches and self.returns.reported[self._position(cap.breaches)].any():
            return self._figure(OVER_CAP, self._position(cap.breaches))
        if cap and cap.patients:
            return self._proxy(self._position(cap.patients), cap.at_most, cap.months)
        return self._made(OVER_CAP, self.at, [], self._sum(self.returns.counted[self.at]))

    def _figure(self, measure: str, at: int) -> _Figure:
        returns = self.returns
        parts = [self._sum(returns.values[at])]
        return self._made(measure, at, parts, self._sum(returns.counted[at]), self._sum(returns.reported[at]))

    def _proxy(self, per: int, at_most: int, months: int) -> _Figure:
        """Visits above the limit for each patient, practice by practice, over the months that it is for."""
        own = self.groups.belongs[self.groups.practices]
        both = own @ (self.returns.reported[self.at] & self.returns.reported[per]).astype(np.float64)
        visits, patients, heard = (
            _window(one, months)
            for one in (own @ self.returns.values[self.at], own @ self.returns.values[per], both)
        )
        beyond = np.where(heard > 0, np.maximum(visits - at_most * patients, 0.0), 0.0)
        of = self.groups.of_practices
        parts = [(of @ one)[:, self.axes.year] for one in (beyond, visits)]
        heard = (of @ heard)[:, self.axes.year]
        counted = self._sum(self.returns.counted[self.at] & self.returns.counted[per])
        figure = self._made(PROXY, self.at, parts, counted, heard, per)
        return _Figure(**(vars(figure) | {"to_date": figure.monthly}))

    def _sum(self, by_code: Floats | Flags) -> Floats:
        total: Floats = self.groups.belongs @ by_code[:, self.axes.year].astype(np.float64)
        return total

    def _made(
        self,
        measure: str,
        at: int,
        parts: Iterable[Floats],
        expected: Floats,
        reported: Floats | None = None,
        per: int | None = None,
    ) -> _Figure:
        """A row's numbers; without parts it is not applicable, with one it has no denominator."""
        line, heard = self.axes.lines[at], np.zeros_like(expected) if reported is None else reported
        known = (heard > 0) & self.known
        nothing = marked(np.zeros_like(expected), applicable=np.zeros(expected.shape, dtype=bool))
        shown = [marked(part, applicable=expected > 0, known=known) for part in parts]
        first, second = [*shown, nothing, nothing][:2]
        monthly = (first, second)
        stock = line.metric.kind == "stock"
        to_date = monthly if stock else (first.to_date(self.known), second.to_date(self.known))
        of = "" if per is None else self.axes.lines[per].metric.id
        heard = np.where(self.known, np.minimum(heard, expected), 0.0)
        return _Figure(line, measure, of, expected, heard, monthly, to_date)


def _window(values: Floats, months: int) -> Floats:
    """Sums of so many months up to each."""
    running = np.cumsum(values, axis=-1)
    before = np.zeros_like(running)
    before[..., months:] = running[..., :-months]
    window: Floats = running - before
    return window


def _keys(axes: Axes, groups: Groups, found: list[_Figure]) -> dict[str, pa.Array]:
    months = axes.year_months
    size = len(groups.organisations) * len(months)
    row = np.repeat(np.arange(len(found)), size)
    return {
        "les": texts(row, [one.line.service.les for one in found]),
        "metric": texts(row, [one.line.metric.id for one in found]),
        "measure": texts(row, [one.measure for one in found]),
        "of": texts(row, [one.of for one in found]),
        **org_columns(groups.organisations, len(found), len(months)),
        "month": texts(np.tile(np.arange(len(months)), len(row) // len(months)), months),
        "n_reported": _counts(one.reported for one in found),
        "n_expected": _counts(one.expected for one in found),
    }


def _counts(found: Iterable[Floats]) -> pa.Array:
    return pa.array(np.concatenate([np.zeros(0), *(one.ravel() for one in found)]).astype(np.int64))


def _numbers(found: list[_Figure]) -> dict[str, pa.Array]:
    columns: dict[str, pa.Array] = {}
    for suffix in ("", "_to_date"):
        made = [_with_rate(one.measure, *(one.to_date if suffix else one.monthly)) for one in found]
        for place, name in enumerate(QUALITY_FIGURES):
            columns |= marked_columns(f"{name}{suffix}", _joined([one[place] for one in made]))
    return columns


def _with_rate(measure: str, numerator: Marked, denominator: Marked) -> tuple[Marked, ...]:
    """Numerator, denominator, rate, and where it is a proportion the limits of its interval."""
    rate = numerator.over(denominator)
    is_share = rate.known & (rate.or_zero <= 1) & (measure == RATE)
    band = wilson_interval(np.where(is_share, rate.or_zero, 0.0), denominator.or_zero)
    marks = np.where(rate.known & ~is_share, NOT_APPLICABLE, rate.marks).astype(np.int8)
    limits = (Marked(np.where(is_share, limit, np.nan), marks) for limit in (band.lower, band.upper))
    return (numerator.rounded(), denominator.rounded(), rate, *limits)


def _joined(figures: list[Marked]) -> Marked:
    values = [np.zeros(0), *(one.values.ravel() for one in figures)]
    marks = [np.zeros(0, dtype=np.int8), *(one.marks.ravel() for one in figures)]
    return Marked(np.concatenate(values), np.concatenate(marks))
