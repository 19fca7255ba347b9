"""The waist: one as-at month, every number. Workbook, functions, packs and pages read it; none computes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from les_xl.data.known import Known
from les_xl.errors import LesError, Place
from les_xl.errors.position import NO_ORGANISATIONS, NOT_A_YEAR
from les_xl.marks import Cell, Mark
from les_xl.measures.achievement import Figures, make_figures
from les_xl.measures.axes import Axes, make_axes
from les_xl.measures.banding import Banding, make_bandings
from les_xl.measures.checks import make_checks
from les_xl.measures.contributions import make_contributions
from les_xl.measures.exceptions import make_exceptions
from les_xl.measures.forecast import make_list_sizes
from les_xl.measures.frames import frame, marked_columns, org_columns, texts
from les_xl.measures.groups import Groups, make_groups
from les_xl.measures.peers import make_peers
from les_xl.measures.plan import make_plans
from les_xl.measures.quality import make_quality
from les_xl.measures.returns import choose_as_at, data_months, make_returns
from les_xl.measures.shift import Shift, make_shift
from les_xl.measures.signup import make_signup
from les_xl.measures.tie_outs import make_tie_outs
from les_xl.measures.trends import Charts, make_trends
from les_xl.periods import is_year
from les_xl.spec.read import Specs

MEASURES = (
    "planned",
    "delivered",
    "pct_plan",
    "variance",
    "planned_to_date",
    "delivered_to_date",
    "pct_plan_to_date",
    "variance_to_date",
    "pct_annual",
    "expected",
    "expected_to_date",
    "pct_expected_to_date",
    "change",
    "forecast",
    "rate_per_1000",
    "change_on_year",
    "per_working_day",
    "pounds",
    "pounds_to_date",
    "outstanding_to_date",
    "run_rate",
    "months_to_recover",
    "months_to_target",
)
"""Columns of `Position.monthly` that hold a number; `<measure>_mark` beside each says why where it is NaN."""

COUNTS = ("n_reported", "n_expected")
"""How many organisations reported, of how many that count."""

_ANNUAL = "annual_target"
_MONTHS = 12
_Org = tuple[str | None, str]
"""An organisation by its level, where that is said, and its code."""

_MARKS = {mark.value: mark for mark in Mark}


@dataclass(frozen=True)
class Edition:
    """What a position stands on: as-at month, last load taken into account, hash of the specs."""

    as_at: str
    as_of: int
    data_version: str

    def __str__(self) -> str:
        """`2025-10, load 12, specs 1a2b3c4d`."""
        return f"{self.as_at}, load {self.as_of}, specs {self.data_version[:8]}"


@dataclass(frozen=True, eq=False)
class Position:
    """Every number of one edition; two are equal only where they are the same object.

    organisations: level, org, name, pcn, place, sub_icb — one row for each organisation and group; `org` is
        its code (a place's is its name). Practices (by sub-ICB, then code; those open in some month of the
        year, in the groups of the as-at month), PCNs, places, sub-ICBs in the published order, the ICB last.
    monthly: les, metric, level, org, month, n_reported, n_expected (int), and for each of MEASURES a float
        column (fractions for percentages; `change` is delivered minus the month before; `forecast` is that of
        the year as it stood in the month; `rate_per_1000` is by registered patients) with NaN where there
        is no number and beside it `<measure>_mark` ("" | "[x]" | "[z]"). A dense grid: one row a metric (in
        the order of the specs), organisation (in the order of `organisations`) and month of the year.
    annual: les, metric, level, org, annual_target (float, NaN = none), annual_target_mark.
    data_months: for each LES the last month of its own data (as_at, or earlier), None before any.
    bandings: for each LES with bands, its Banding at its data month, with the months before it.
    signup: les, level, org, month, open (and allowed to provide it), eligible (of those the not excluded),
        signed_up (int), and with a mark beside each signup_pct (fraction of the eligible), of_open_pct (of
        the open), registered, covered (patients) and coverage_pct (fraction of the registered) — one row a
        LES, organisation and month of the year.
    signup_average: level, org, month, n_les (LES with a rate), signup_pct and of_open_pct (their means), each
        with its mark.
    notices: les, org, name, place, sub_icb, since, until — who gave notice on a LES, in force in the year.
    exceptions: key, les, metric, label, level, org, org_name, rule, measure, value, threshold, severity
        (alert | advise | assure), since, month, sentence, status (new | continuing) — those to act on first.
    checks: check, scope, left, right, difference, ok — one row a footing or tie-out.
    shift: other providers' activity before and after, by trust and place; its frames as `Shift` says.
    trends: les, metric, level (icb | sub_icb), org, month, value, mean, lower, near_lower, near_upper, upper
        (NaN under 12 months), target (NaN where none), cause ("" where none), variation (`spc.Variation`; ""
        where there are no limits), assurance (`spc.Assurance`, in the last month; "" where there are no
        limits, no target or no better direction), rebased (why limits begin anew in the month; ""), trial
        (bool), profile — one row a month with a return.
    resolved: columns of `exceptions` (status resolved): what was flagged in the month before and is not now;
        severity assure, or advise where it cannot be judged any more, with the figures of the month before.
    left_out: les, metric, rule, level, n — what a rule would flag by numbers too small to judge.
    quality: les, metric, measure (rate | over_cap | over_cap_proxy | count | stock), of (the metric that it
        is a share of, or that counts patients), level, org, month, n_reported, n_expected (int; organisations
        that report both), and with a mark beside each numerator, denominator, rate, lower and upper (its
        95 % interval), and the same `_to_date` — a dense grid as that of `monthly`.
    contributions: les, metric, org, month, and with a mark beside each added (count), share (fraction of the
        ICB's change) and points (fraction of what the ICB delivered in the month before) — one row a metric,
        sub-ICB and month of the year.
    peers: les, metric, org, month, base ("list_size", or the metric that it is a share of), list_size,
        delivered (to date, of months with a return and a base), denominator (patients × months, or the base
        metric), rate (per 1,000 patients a month, or a fraction), peer_rate (of all), expected (count), ratio
        (delivered ÷ expected), lower_95, upper_95, lower_998, upper_998 (counts), phi (of those judged in the
        metric; NaN of too few), widened (bool; limits by it), percentile (fraction; NaN where too few are
        expected), verdict (`peers.VERDICTS`, `TOO_FEW`, or a mark) — one row a published,
        headline or share metric and practice that counts in its data month.
    """

    edition: Edition
    specs: Specs
    organisations: pd.DataFrame
    monthly: pd.DataFrame
    annual: pd.DataFrame
    data_months: Mapping[str, str | None]
    bandings: Mapping[str, Banding]
    signup: pd.DataFrame
    signup_average: pd.DataFrame
    notices: pd.DataFrame
    exceptions: pd.DataFrame
    checks: pd.DataFrame
    shift: Shift
    trends: pd.DataFrame
    resolved: pd.DataFrame
    left_out: pd.DataFrame
    quality: pd.DataFrame
    contributions: pd.DataFrame
    peers: pd.DataFrame

    def value(
        self,
        measure: str,
        les: str,
        metric: str | None = None,
        org: str | None = None,
        month: str | None = None,
        *,
        level: str | None = None,
    ) -> Cell:
        """One number or its mark; the headline metric, the ICB and the as-at month where left out.

        `measure` is one of MEASURES, `annual_target`, `n_reported` or `n_expected`. An organisation is named
        by its code; where two levels share a code, `level` tells them apart, or else the wider one answers.
        Raises KeyError for a LES, metric, organisation, month or measure that the position does not have.
        """
        return self._cells.cell(
            measure,
            (les, metric or self.specs.service(les).headline.id),
            (level, org or self.specs.workspace.icb.code),
            month or self.edition.as_at,
        )

    def months(self, measure: str, les: str, metric: str, org: str) -> list[Cell]:
        """The cells of an organisation in every month of the year, as `value` gives each.

        Raises KeyError as `value`, and for `annual_target`, which has no months.
        """
        return self._cells.months(measure, (les, metric), (None, org))

    def by_organisation(self, measure: str, les: str, metric: str, month: str | None = None) -> list[Cell]:
        """The same of every organisation in one month (the as-at month where left out), in their order."""
        return self._cells.organisations(measure, (les, metric), month or self.edition.as_at)

    def counts(self, count: str, les: str, metric: str) -> npt.NDArray[np.float64]:
        """One of COUNTS of every organisation (down, in their order) in every month of the year (across)."""
        return self._cells.block(count, (les, metric))

    @cached_property
    def _cells(self) -> "_Cells":
        return _Cells(self)


def make_position(specs: Specs, known: Known, as_at: str | None = None, year: str | None = None) -> Position:
    """The position of a workspace as of what `known` holds; `as_at` by the workspace's rule where left out.

    `year` is the workspace's financial year where left out. An as-at month that has no data yet is allowed:
    its figures are `[x]`. Raises LesError: LES351 without organisations, LES352 for an as-at month outside
    the year, LES353 where none is asked for and in no month enough have reported, LES354 for what is no year.
    """
    year = year or specs.workspace.year
    if not is_year(year):
        raise LesError(NOT_A_YEAR.at(Place(), year=year, example=specs.workspace.year))
    if known.organisations.empty:
        raise LesError(NO_ORGANISATIONS.at(Place()))
    axes = make_axes(specs, known, year)
    returns = make_returns(specs, known, axes)
    as_at = choose_as_at(specs, axes, returns, as_at)
    months = data_months(specs, axes, returns, as_at)
    groups = make_groups(specs, known, axes, as_at)
    plans, list_sizes = make_plans(known, axes, groups, returns), make_list_sizes(known, axes)
    figures = make_figures(axes, groups, returns, plans, months, as_at, list_sizes)
    bandings = make_bandings(axes, groups, figures, months)
    signup = make_signup(specs, known, axes, groups, returns, list_sizes)
    quality = make_quality(axes, groups, returns, months)
    tie_outs = make_tie_outs(axes, groups, figures, signup.rates, quality, as_at)
    charts = Charts(axes, figures)
    exceptions = make_exceptions(axes, groups, figures, months, charts)
    return Position(
        edition=Edition(as_at, known.as_of, specs.data_version),
        specs=specs,
        organisations=groups.organisations,
        monthly=_monthly(axes, groups, figures),
        annual=_annual(axes, groups, figures),
        data_months=months,
        bandings=bandings,
        signup=signup.rates,
        signup_average=signup.average,
        notices=signup.notices,
        exceptions=exceptions.flagged,
        checks=make_checks(axes, groups, figures, bandings, tie_outs),
        shift=make_shift(specs, known, axes, returns, as_at),
        trends=make_trends(axes, groups, months, charts),
        resolved=exceptions.resolved,
        left_out=exceptions.left_out,
        quality=quality,
        contributions=make_contributions(axes, groups, figures),
        peers=make_peers(axes, groups, returns, months, list_sizes),
    )


def _monthly(axes: Axes, groups: Groups, figures: Figures) -> pd.DataFrame:
    shape = figures.n_expected.shape
    columns = _keys(axes, groups, shape[2])
    columns["month"] = texts(np.tile(np.arange(shape[2]), shape[0] * shape[1]), axes.year_months)
    columns["n_reported"] = pa.array(figures.n_reported.ravel().astype(np.int64))
    columns["n_expected"] = pa.array(figures.n_expected.ravel().astype(np.int64))
    for measure in MEASURES:
        columns |= marked_columns(measure, figures.shown(measure))
    return frame(columns)


def _annual(axes: Axes, groups: Groups, figures: Figures) -> pd.DataFrame:
    return frame(_keys(axes, groups, 1) | marked_columns(_ANNUAL, figures.annual_target.rounded()))


def _keys(axes: Axes, groups: Groups, months: int) -> dict[str, pa.Array]:
    """Key columns of the dense grid: month fastest, then organisation, then metric."""
    line = np.repeat(np.arange(len(axes.lines)), len(groups.organisations) * months)
    return {
        "les": texts(line, [line.service.les for line in axes.lines]),
        "metric": texts(line, [line.metric.id for line in axes.lines]),
        **org_columns(groups.organisations, len(axes.lines), months),
    }


class _Cells:
    """The dense grid of a position for look-ups; a measure's cells are made when it is first asked for."""

    def __init__(self, position: Position) -> None:
        self._position = position
        annual, first_months = position.annual, position.monthly["month"].iloc[:_MONTHS]
        lines = annual[["les", "metric"]].iloc[:: len(position.organisations)]
        self.lines = {line: at for at, line in enumerate(lines.itertuples(index=False, name=None))}
        # In the order of the rows: where two levels share a code, the later and wider one is kept.
        orgs = position.organisations
        codes = orgs["org"].tolist()
        self._orgs: dict[_Org, int] = {(None, org): at for at, org in enumerate(codes)}
        self._orgs |= {key: at for at, key in enumerate(zip(orgs["level"].tolist(), codes, strict=True))}
        self._months = {month: at for at, month in enumerate(first_months)}
        self._size = len(orgs)
        self._columns: dict[str, _Column] = {}

    def cell(self, measure: str, line: tuple[str, str], org: _Org, month: str) -> Cell:
        """The cell of one measure, metric, organisation and month; KeyError where there is none."""
        row = self.lines[line] * self._size + self._orgs[org]
        at = row * _MONTHS + self._months[month]
        return self._column(measure).cell(row if measure == _ANNUAL else at)

    def months(self, measure: str, line: tuple[str, str], org: _Org) -> list[Cell]:
        """The cells of every month of the year; KeyError as above, and for what has no months."""
        first = (self.lines[line] * self._size + self._orgs[org]) * _MONTHS
        return self._by_month(measure).cells(slice(first, first + _MONTHS))

    def organisations(self, measure: str, line: tuple[str, str], month: str) -> list[Cell]:
        """The cells of every organisation, in their order."""
        first, size = self.lines[line] * self._size * _MONTHS, self._size * _MONTHS
        return self._by_month(measure).cells(slice(first + self._months[month], first + size, _MONTHS))

    def block(self, measure: str, line: tuple[str, str]) -> npt.NDArray[np.float64]:
        """The numbers of one metric, organisations down and months across; NaN for a mark."""
        first, size = self.lines[line] * self._size * _MONTHS, self._size * _MONTHS
        return self._by_month(measure).values[first : first + size].reshape(self._size, _MONTHS)

    def _by_month(self, measure: str) -> "_Column":
        if measure == _ANNUAL:
            raise KeyError(measure)
        return self._column(measure)

    def _column(self, measure: str) -> "_Column":
        found = self._columns.get(measure)
        if found is None:
            found = self._columns[measure] = self._make(measure)
        return found

    def _make(self, measure: str) -> "_Column":
        if measure not in {*MEASURES, *COUNTS, _ANNUAL}:
            raise KeyError(measure)
        frame = self._position.annual if measure == _ANNUAL else self._position.monthly
        marks = None if measure in COUNTS else pa.array(frame[f"{measure}_mark"])
        return _Column(frame[measure].to_numpy(dtype=np.float64), marks)


@dataclass(frozen=True)
class _Column:
    """One measure down the grid: numbers, and the texts of the marks that stand where there is none.

    Cells are made one by one: a workbook shows a few thousand of the hundreds of thousands.
    """

    values: npt.NDArray[np.float64]
    marks: pa.Array | None

    def cell(self, at: int) -> Cell:
        """The number of a row or its mark."""
        value = float(self.values[at])
        if self.marks is None or not math.isnan(value):
            return value
        return _MARKS[self.marks[at].as_py()]

    def cells(self, rows: slice) -> list[Cell]:
        """The same of several rows."""
        values: list[Cell] = self.values[rows].tolist()
        if self.marks is None or not np.isnan(self.values[rows]).any():
            return values
        marks = self.marks[rows].to_pylist()
        return [_MARKS[mark] if mark else value for value, mark in zip(values, marks, strict=True)]
