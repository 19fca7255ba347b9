"""The way in to the specifications: a workspace folder in, one `Specs` out, or every problem at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from les_xl.errors import LesError, Problem
from les_xl.spec.version import data_version

if TYPE_CHECKING:
    from pathlib import Path

    from les_xl.spec.audience_model import Audience
    from les_xl.spec.extract_model import ExtractMapping
    from les_xl.spec.model import Metric, Service, Workspace

__all__ = ["PublishedRow", "Specs", "check_specs", "data_version", "read_specs"]


@dataclass(frozen=True)
class PublishedRow:
    """One row of the published table: a LES, its metric, and the label it is published under."""

    les: str
    metric: str
    label: str


@dataclass(frozen=True)
class Specs:
    """Every specification of a workspace, checked.

    `services` are in the published order of `specs/les.yaml`, `mappings` and `audiences` in that of their
    files' names; `data_version` is a SHA-256 (hex) over the spec files' bytes with line ends made LF, so that
    a checkout on Windows has the same edition.
    """

    root: Path
    workspace: Workspace
    services: tuple[Service, ...]
    data_version: str
    mappings: tuple[ExtractMapping, ...] = ()
    audiences: tuple[Audience, ...] = ()

    def service(self, les: str) -> Service:
        """The service of that slug; KeyError where there is none."""
        for service in self.services:
            if service.les == les:
                return service
        raise KeyError(les)

    def audience(self, slug: str) -> Audience:
        """The audience of that slug; KeyError where there is none."""
        for audience in self.audiences:
            if audience.audience == slug:
                return audience
        raise KeyError(slug)

    @property
    def indicators(self) -> tuple[str, ...]:
        """What is counted at other providers: each LES with `shift`, and `<les>.<id>` of each `impact`."""
        shifts = (service.les for service in self.services if service.shift)
        impacts = (f"{service.les}.{one.id}" for service in self.services for one in service.impact)
        return (*shifts, *impacts)

    def metric(self, les: str, metric: str) -> Metric:
        """The metric of that LES; KeyError where there is none."""
        return self.service(les).metric(metric)

    def published_rows(self, contract: str | None = None) -> tuple[PublishedRow, ...]:
        """Rows of the published table (of one contract kind, or of all), in the published order."""
        return tuple(
            PublishedRow(service.les, metric.id, metric.published_as or "")
            for service in self.services
            if contract in (None, service.contract)
            for metric in service.published
        )


def read_specs(root: Path) -> Specs:
    """Read `root/specs`. Raises LesError with every error (LES1xx), each with file, line and column."""
    specs, problems = check_specs(root)
    if specs is None:
        raise LesError(*(problem for problem in problems if problem.severity == "error"))
    return specs


def check_specs(root: Path) -> tuple[Specs | None, tuple[Problem, ...]]:
    """Read `root/specs`: the specs (None where there is any error), and every error and warning, by place."""
    from les_xl.spec.check import check

    return check(root)
