"""What an index knows besides its grids: services, organisations, bands, sign-up, exceptions, as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from les_xl.functions.results import Table
from les_xl.marks import Cell, Mark

if TYPE_CHECKING:
    from les_xl.spec.model import Contract

_MARKS = {mark.value: mark for mark in Mark}

Counts = Mapping[str, Mapping[str, Mapping[str, tuple[int, ...]]]]
"""Practices per band: month, level, code of the group, then a count for each band label."""


@dataclass(frozen=True)
class MetricEntry:
    """A metric of a LES; `label` is what its row of the published table is called, or empty."""

    id: str
    title: str
    label: str
    headline: bool
    kind: str
    unit: str


@dataclass(frozen=True)
class LesEntry:
    """A LES. `data_month` is the last month of its own data, None before any."""

    les: str
    title: str
    starts: str
    data_month: str | None
    contract: "Contract"
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
    """A practice, a group of practices or the ICB. A place's code is its name.

    `pcn`, `place` and `sub_icb` are the codes of a practice's groups, empty where it has none.
    """

    level: str
    code: str
    name: str
    pcn: str = ""
    place: str = ""
    sub_icb: str = ""

    def is_part_of(self, other: "OrgEntry") -> bool:
        """Whether it is the other, or one of its practices; everything is part of the ICB."""
        if other.level in ("pcn", "place", "sub_icb") and self.level == "practice":
            return bool(getattr(self, other.level) == other.code)
        return other.level == "icb" or (self.level, self.code) == (other.level, other.code)


@dataclass(frozen=True)
class BandEntry:
    """The bands of one LES in the months up to its data month: practices per band, and each practice's.

    `practices` gives by month and code which of the labels it is, counted from 0.
    """

    les: str
    labels: tuple[str, ...]
    counts: Counts
    practices: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class SignupEntry:
    """Sign-up rates (fractions) in the as-at month, in the order of the organisations.

    `les` is empty for the average over all LES.
    """

    les: str
    rates: tuple[Cell, ...]


@dataclass(frozen=True)
class StatusEntry:
    """Shares of the plan to date at which the status in words changes."""

    well_below: float
    below: float
    above: float
    well_above: float


@dataclass(frozen=True)
class ProfileEntry:
    """The metric with an expected profile."""

    les: str
    metric: str
    title: str
    source: str


@dataclass(frozen=True)
class Catalogue:
    """Everything of an index but its numbers.

    `tables` are the tables of the workbook that are not made from the grids, by name.
    The numbers' rows are ordered by `services` and their metrics, then `orgs`, then `months` (fastest).
    """

    as_at: str
    as_of: int
    data_version: str
    months: tuple[str, ...]
    services: tuple[LesEntry, ...]
    orgs: tuple[OrgEntry, ...]
    bands: tuple[BandEntry, ...]
    signup: tuple[SignupEntry, ...]
    status: StatusEntry
    profile: ProfileEntry | None
    tables: Mapping[str, Table]

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
            signup=tuple(SignupEntry(one["les"], _cells(one["rates"])) for one in read["signup"]),
            status=StatusEntry(**read["status"]),
            profile=ProfileEntry(**read["profile"]) if read["profile"] else None,
            tables={name: _table(entry) for name, entry in read["tables"].items()},
        )


def _les(entry: Any) -> LesEntry:
    metrics = tuple(MetricEntry(**metric) for metric in entry["metrics"])
    return LesEntry(**{**entry, "metrics": metrics})


def _bands(entry: Any) -> BandEntry:
    counts = {
        month: {level: {code: tuple(row) for code, row in groups.items()} for level, groups in levels.items()}
        for month, levels in entry["counts"].items()
    }
    return BandEntry(entry["les"], tuple(entry["labels"]), counts, entry["practices"])


def _cells(entry: Any) -> tuple[Any, ...]:
    return tuple(_MARKS.get(cell, cell) for cell in entry)


def _table(entry: Any) -> Table:
    return Table(tuple(entry["columns"]), tuple(_cells(row) for row in entry["rows"]))
