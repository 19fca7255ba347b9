"""The figures that the report's tables ask for, from an index instead of a position."""

from les_xl.functions.catalogue import OrgEntry, StatusEntry
from les_xl.functions.index import Index
from les_xl.marks import Cell
from les_xl.report.view import Profiled, PublishedLine


class IndexView:
    """An index as one organisation sees it: a `report.view.View`."""

    def __init__(self, index: Index, org: OrgEntry) -> None:
        self._index, self._org = index, org
        self._services = {service.les: service for service in index.catalogue.services}

    @property
    def months(self) -> tuple[str, ...]:
        """The months of the financial year."""
        return self._index.catalogue.months

    @property
    def lines(self) -> tuple[PublishedLine, ...]:
        """The rows of the published table."""
        return tuple(
            PublishedLine(service.les, metric.id, metric.label, service.contract, metric.kind)
            for service in self._index.catalogue.services
            for metric in service.published
        )

    @property
    def edges(self) -> StatusEntry:
        """The edges of the status."""
        return self._index.catalogue.status

    @property
    def profiled(self) -> Profiled | None:
        """The first LES with an expected profile."""
        found = self._index.catalogue.profile
        return Profiled(found.les, found.metric, found.title, found.source) if found else None

    def data_month(self, les: str) -> str | None:
        """The last month of a LES's own data."""
        return self._services[les].data_month

    def value(self, measure: str, les: str, metric: str, month: str | None = None) -> Cell:
        """One number or its mark."""
        return self._index.cell(measure, les, metric, self._org, month or self._index.catalogue.as_at)
