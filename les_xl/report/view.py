"""What a table of figures asks: a position as one organisation sees it, wherever its numbers are held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from les_xl.marks import Cell, Mark

if TYPE_CHECKING:
    from les_xl.measures.status import Edges
    from les_xl.position import Position
    from les_xl.spec.model import Contract


@dataclass(frozen=True)
class PublishedLine:
    """A row of the published table: what it is called, whose it is, and how it is paid and counted."""

    les: str
    metric: str
    label: str
    contract: Contract
    kind: str


@dataclass(frozen=True)
class Profiled:
    """A metric with an expected profile, and where the profile is from."""

    les: str
    metric: str
    title: str
    source: str


class View(Protocol):
    """The figures of one organisation (the ICB where none is named) in one edition."""

    @property
    def months(self) -> tuple[str, ...]:
        """The months of the financial year."""

    @property
    def lines(self) -> tuple[PublishedLine, ...]:
        """The rows of the published table, in the published order."""

    @property
    def edges(self) -> Edges:
        """The edges of the status in words."""

    @property
    def profiled(self) -> Profiled | None:
        """The first LES with an expected profile for the year."""

    def data_month(self, les: str) -> str | None:
        """The last month of a LES's own data; None before any."""

    def value(self, measure: str, les: str, metric: str, month: str | None = None) -> Cell:
        """One number or its mark, in the as-at month where none is named."""


def in_month(view: View, line: PublishedLine, measure: str) -> Cell:
    """A figure in the data month of its LES; not reported before any data."""
    month = view.data_month(line.les)
    return Mark.NOT_REPORTED if month is None else view.value(measure, line.les, line.metric, month)


class PositionView:
    """A position, as an organisation sees it. Raises KeyError for one that the position does not have."""

    def __init__(self, position: Position, org: str | None = None) -> None:
        self._position, self._org = position, org

    @property
    def months(self) -> tuple[str, ...]:
        """The months of the financial year."""
        from les_xl import periods

        return periods.months_of(periods.year_of(self._position.edition.as_at))

    @property
    def lines(self) -> tuple[PublishedLine, ...]:
        """The rows of the published table."""
        return tuple(
            PublishedLine(service.les, metric.id, metric.published_as or "", service.contract, metric.kind)
            for service in self._position.specs.services
            for metric in service.published
        )

    @property
    def edges(self) -> Edges:
        """The edges of the status, by the workspace."""
        return self._position.specs.workspace.status

    @property
    def profiled(self) -> Profiled | None:
        """The first LES with an expected profile."""
        from les_xl.report.profiled import profiled

        found = profiled(self._position)
        if found is None:
            return None
        service, plan = found
        return Profiled(service.les, plan.metric or service.headline.id, service.title, plan.source)

    def data_month(self, les: str) -> str | None:
        """The last month of a LES's own data."""
        return self._position.data_months.get(les)

    def value(self, measure: str, les: str, metric: str, month: str | None = None) -> Cell:
        """One number or its mark."""
        return self._position.value(measure, les, metric, self._org, month)
