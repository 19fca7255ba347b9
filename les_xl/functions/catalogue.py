"""What an index knows besides numbers: services, metrics, organisations, months and band counts, as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

Counts = Mapping[str, Mapping[str, Mapping[str, tuple[int, ...]]]]
"""Practices per band: month, level, code of the group, then a count for each band label."""


@dataclass(frozen=True)
class MetricEntry:
    """A metric of a LES; `label` is what its row of the published table is called, or empty."""

    id: str
    title: str
    label: str
    headline: bool


@dataclass(frozen=True)
class LesEntry:
    """A LES. `data_month` is the last month of its own data, None before any."""

    les: str
    title: str
    starts: str
    data_month: str | None
    metrics: tuple[MetricEntry, ...]

    @property
    def published(self) -> tuple[MetricEntry, ...]:
        """The metrics that are rows of the published table."""
        return tuple(metric for metric in self.metrics if metric.label)

    @property
    def headline(self) -> MetricEntry:
        """The metric that stands for the LES."""
        return next((metric for metric in self.metrics if metric.headline), self.metrics[0])


@dataclass(frozen=True)
class OrgEntry:
    """A practice, a group of practices or the ICB. A place's code is its name."""

    level: str
    code: str
    name: str


@dataclass(frozen=True)
class BandEntry:
    """Practices per band of one LES, in the months up to its data month."""

    les: str
    labels: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True)
class Catalogue:
    """Everything of an index but its numbers.

    The numbers' rows are ordered by `services` and their metrics, then `orgs`, then `months` (fastest).
    """

    as_at: str
    as_of: int
    data_version: str
    months: tuple[str, ...]
    services: tuple[LesEntry, ...]
    orgs: tuple[OrgEntry, ...]
    bands: tuple[BandEntry, ...]

    def to_json(self) -> str:
        """The catalogue as JSON text, the same text for the same catalogue."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Catalogue":
        """The catalogue of such a text. Raises ValueError, KeyError or TypeError where it is not one."""
        read = json.loads(text)
        return cls(
            as_at=read["as_at"],
            as_of=read["as_of"],
            data_version=read["data_version"],
            months=tuple(read["months"]),
            services=tuple(_les(entry) for entry in read["services"]),
            orgs=tuple(OrgEntry(**entry) for entry in read["orgs"]),
            bands=tuple(_bands(entry) for entry in read["bands"]),
        )


def _les(entry: Any) -> LesEntry:
    metrics = tuple(MetricEntry(**metric) for metric in entry["metrics"])
    return LesEntry(**{**entry, "metrics": metrics})


def _bands(entry: Any) -> BandEntry:
    counts = {
        month: {level: {code: tuple(row) for code, row in groups.items()} for level, groups in levels.items()}
        for month, levels in entry["counts"].items()
    }
    return BandEntry(entry["les"], tuple(entry["labels"]), counts)
