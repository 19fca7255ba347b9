"""The axes on which every figure lies: metrics, codes of organisations, months."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from les_xl.data.known import Known
from les_xl.measures.marked import Flags
from les_xl.periods import add_months, month_range, months_between, months_of, year_of
from les_xl.spec.model import Metric, Service
from les_xl.spec.read import Specs

Positions = npt.NDArray[np.intp]

_USUAL_LEAD = 12
"""Months before the year that are looked back on: for a change in April and for runs without a return."""

_MOST_LEAD = 24
"""The same where the store has data of them: limits of a trend want the months that there are."""


@dataclass(frozen=True)
class Line:
    """One LES with one of its metrics: what a row of any table of figures is about."""

    service: Service
    metric: Metric

    @property
    def label(self) -> str:
        """How the published table calls it; the LES's title and the metric where it is not published."""
        return self.metric.published_as or f"{self.service.title}: {self.metric.title}"

    @property
    def starts(self) -> str:
        """First month in which the metric is counted."""
        return max(self.service.starts, self.metric.from_ or "")

    @property
    def ends(self) -> str | None:
        """Last month in which the metric is counted; None where it has no end."""
        return min(filter(None, (self.service.ends, self.metric.to)), default=None)


@dataclass(frozen=True)
class Axes:
    """Metrics in the published order, codes in order of text, months with `lead` of them before the year."""

    lines: tuple[Line, ...]
    codes: tuple[str, ...]
    months: tuple[str, ...]
    lead: int

    @property
    def year(self) -> slice:
        """Where the twelve months of the financial year are on the axis of months."""
        return slice(self.lead, len(self.months))

    @property
    def financial_year(self) -> str:
        """The financial year that is reported, as `2025-26`."""
        return year_of(self.months[-1])

    @property
    def year_months(self) -> tuple[str, ...]:
        """The twelve months of the financial year."""
        return self.months[self.year]

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Each LES once, in the published order."""
        return tuple({line.service.les: line.service for line in self.lines}.values())

    @cached_property
    def service_of(self) -> Positions:
        """For each metric the position of its LES among `services`."""
        return positions((line.service.les for line in self.lines), [one.les for one in self.services])

    @cached_property
    def in_service(self) -> Flags:
        """Metric by month: True from its first month to its last."""
        flags = [
            [line.starts <= month <= (line.ends or month) for month in self.months] for line in self.lines
        ]
        return np.array(flags, dtype=bool)

    def service_flags(self, rows: pd.DataFrame) -> Flags:
        """LES by code by month: True where there is a row of that les, ods_code and month."""
        flags = np.zeros((len(self.services), len(self.codes), len(self.months)), dtype=bool)
        flags[
            positions(rows["les"], [service.les for service in self.services]),
            positions(rows["ods_code"], self.codes),
            positions(rows["month"], self.months),
        ] = True
        return flags

    def of_service(self, les: str) -> list[int]:
        """Positions of the metrics of a LES."""
        return [position for position, line in enumerate(self.lines) if line.service.les == les]

    def position(self, les: str, metric: str) -> int:
        """Position of a metric."""
        return next(at for at in self.of_service(les) if self.lines[at].metric.id == metric)

    def parts(self, position: int) -> list[int]:
        """Positions of the metrics that are loaded for a metric: itself, or those it is the sum of."""
        line = self.lines[position]
        if not line.metric.sum_of:
            return [position]
        found = [self.parts(self.position(line.service.les, part)) for part in line.metric.sum_of]
        return sorted({leaf for leaves in found for leaf in leaves})

    def metric_positions(self, frame: pd.DataFrame) -> Positions:
        """Where each row of a frame with `les` and `metric` is among the metrics; -1 where it is not."""
        slugs = [service.les for service in self.services]
        metrics = list(dict.fromkeys(line.metric.id for line in self.lines))
        # One row and column more than there are, so that what is unknown (-1) finds -1.
        table = np.full((len(slugs) + 1, len(metrics) + 1), -1, dtype=np.intp)
        for at, line in enumerate(self.lines):
            table[slugs.index(line.service.les), metrics.index(line.metric.id)] = at
        found: Positions = table[positions(frame["les"], slugs), positions(frame["metric"], metrics)]
        return found


def positions(values: Iterable[str], order: Iterable[str]) -> Positions:
    """Where each value stands in an order; -1 where it does not."""
    wanted = pa.array(values if isinstance(values, pd.Series) else list(values), pa.string())
    at = pc.index_in(wanted, value_set=pa.array(list(order), pa.string())).fill_null(-1)
    found: Positions = at.to_numpy(zero_copy_only=False).astype(np.intp)
    return found


def make_axes(specs: Specs, known: Known, year: str) -> Axes:
    """The axes of a workspace's figures for one financial year.

    Before the year stand the months since the first LES began: up to 12 of them, up to 24 as far back as
    there is any activity.
    """
    lines = tuple(Line(service, metric) for service in specs.services for metric in service.metrics)
    first, last = months_of(year)[0], months_of(year)[-1]
    begun = min((service.starts for service in specs.services), default=first)
    oldest = max(begun, str(known.activity["month"].min())) if len(known.activity) else first
    lead = max(_capped(begun, first, _USUAL_LEAD), _capped(oldest, first, _MOST_LEAD))
    codes = tuple(sorted(known.organisations["ods_code"].unique()))
    return Axes(lines, codes, month_range(add_months(first, -lead), last), lead)


def _capped(begun: str, first: str, most: int) -> int:
    """Months from one to another, none of them negative and no more than so many."""
    return min(max(months_between(begun, first), 0), most)
