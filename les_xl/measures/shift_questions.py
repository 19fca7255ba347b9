"""What is asked of other providers' activity: which months may be compared, from the specifications."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from les_xl.periods import add_months, month_range
from les_xl.spec.model import Service
from les_xl.spec.read import Specs

Kind = Literal["shift", "impact"]

_NOUNS = {
    "episodes_of_care": "episodes of care",
    "opa": "outpatient attendances",
    "nel": "non-elective admissions",
}
_YEAR = 12


@dataclass(frozen=True)
class Question:
    """One comparison, to be made for every trust, every place and the ICB.

    baseline: the months before. first: the earliest month after, None where it is not known. lag: months
    after a month until it may be shown. noun: what is counted at other providers. gone: the month in which
    the other service was decommissioned, "" where that is not what is looked at.
    """

    kind: Kind
    service: Service
    indicator: str
    title: str
    mechanism: str
    baseline: tuple[str, ...]
    first: str | None
    lag: int
    noun: str
    gone: str = ""

    def months_after(self, as_at: str) -> tuple[str, ...]:
        """The months that may be compared with the baseline in a position at `as_at`, by the lag alone."""
        return () if self.first is None else month_range(self.first, add_months(as_at, -self.lag))

    @property
    def shown_from(self) -> str:
        """The first as-at month in which there may be anything to show; "" where that is not known."""
        return "" if self.first is None else add_months(self.first, self.lag)


def questions(specs: Specs) -> tuple[Question, ...]:
    """All questions: shifts in the published order, a mechanism at a time, then indicators of impact."""
    shifts = (question for service in specs.services for question in _shifts(service))
    impacts = (question for service in specs.services for question in _impacts(service))
    return (*shifts, *impacts)


def _shifts(service: Service) -> Iterator[Question]:
    """Active: from the stable month. Passive: from the month after the other service was decommissioned."""
    shift = service.shift
    if shift is None:
        return
    baseline = month_range(shift.baseline.from_, shift.baseline.to)
    for mechanism in shift.mechanism:
        first: str | None = shift.stable_from
        before, gone = baseline, ""
        if mechanism == "passive":
            gone = shift.decommissioned or ""
            first = max(shift.stable_from, add_months(gone, 1)) if gone else None
            before = tuple(month for month in baseline if not gone or month < gone)
        yield Question(
            kind="shift",
            service=service,
            indicator=service.les,
            title=service.title,
            mechanism=mechanism,
            baseline=before,
            first=first,
            lag=shift.lag_months + shift.extra_lag_months,
            noun=_NOUNS[shift.other],
            gone=gone,
        )


def _impacts(service: Service) -> Iterator[Question]:
    """The months since the LES began, against the twelve before it."""
    for one in service.impact:
        yield Question(
            kind="impact",
            service=service,
            indicator=f"{service.les}.{one.id}",
            title=f"{service.title}: {one.title}",
            mechanism="",
            baseline=month_range(add_months(service.starts, -_YEAR), add_months(service.starts, -1)),
            first=service.starts,
            lag=one.lag_months,
            noun="counted",
        )
