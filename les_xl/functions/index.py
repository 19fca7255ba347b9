"""The prebuilt answers of one edition: every figure in one flat grid, so that a look-up is arithmetic."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from les_xl.errors import LesError, Place
from les_xl.errors.functions import OTHER_AS_AT
from les_xl.functions.catalogue import BandEntry, Catalogue, OrgEntry
from les_xl.functions.finder import Finder
from les_xl.marks import Cell, Mark

MARKS: tuple[Mark | None, ...] = (None, Mark.NOT_REPORTED, Mark.NOT_APPLICABLE, Mark.SUPPRESSED)
"""What the small numbers beside the values stand for; 0: there is a value."""

EACH_EXCEPTION = "exceptions"
"""Among the tables of a catalogue: `tblExceptions` with a row for each service of a silent practice."""


@dataclass(frozen=True)
class Grid:
    """One measure: a value and the code of a mark for each row of the index."""

    values: "memoryview[float]"
    marks: "memoryview[int]"


@dataclass(frozen=True)
class Index:
    """Every number of one edition, to be asked thousands of times a second.

    `grids` holds for each measure and count of `Position.monthly`, and for `annual_target`, one Grid of
    metrics × organisations × months, in the order of the catalogue. `reopen` gives the index of the same
    workspace and loads at another as-at month; None where there is no workspace to make it from.
    """

    catalogue: Catalogue
    grids: Mapping[str, Grid]
    reopen: "Callable[[str], Index] | None" = field(default=None, compare=False, repr=False)

    @cached_property
    def find(self) -> Finder:
        """What is meant by the arguments that people type."""
        return Finder(self.catalogue)

    @cached_property
    def bands(self) -> Mapping[str, BandEntry]:
        """The practices per band, by slug of the LES."""
        return {entry.les: entry for entry in self.catalogue.bands}

    def cell(self, measure: str, les: str, metric: str, org: OrgEntry, month: str) -> Cell:
        """One number (percentages as fractions) or the mark in its place.

        Raises KeyError for a measure, LES, metric, organisation or month that the index does not have.
        """
        grid = self.grids[measure]
        row = self._metric_row[les, metric] + self._org_row[org.level, org.code] + self._month_row[month]
        return MARKS[grid.marks[row]] or grid.values[row]

    def signup(self, les: str, org: OrgEntry) -> Cell:
        """The sign-up rate in the as-at month, the average of all LES where `les` is empty."""
        return self._signup[les][self._org_row[org.level, org.code] // len(self.catalogue.months)]

    def standing_at(self, month: str) -> "Index":
        """The index of the same workspace at another as-at month.

        Raises LesError: LES550 where there is no workspace to make it from, and what `open_index` raises.
        """
        if month == self.catalogue.as_at:
            return self
        if self.reopen is None:
            raise LesError(OTHER_AS_AT.at(Place(), as_at=self.catalogue.as_at, month=month))
        if month not in self._others:
            self._others[month] = self.reopen(month)
        return self._others[month]

    @cached_property
    def _others(self) -> "dict[str, Index]":
        return {}

    @cached_property
    def _signup(self) -> Mapping[str, tuple[Cell, ...]]:
        return {entry.les: entry.rates for entry in self.catalogue.signup}

    @cached_property
    def _metric_row(self) -> Mapping[tuple[str, str], int]:
        step = len(self.catalogue.orgs) * len(self.catalogue.months)
        return {key: number * step for number, key in enumerate(metric_keys(self.catalogue))}

    @cached_property
    def _org_row(self) -> Mapping[tuple[str, str], int]:
        step = len(self.catalogue.months)
        return {(org.level, org.code): number * step for number, org in enumerate(self.catalogue.orgs)}

    @cached_property
    def _month_row(self) -> Mapping[str, int]:
        return {month: number for number, month in enumerate(self.catalogue.months)}


def metric_keys(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Slug and metric of each block of rows, in order."""
    return tuple((entry.les, metric.id) for entry in catalogue.services for metric in entry.metrics)


def row_count(catalogue: Catalogue) -> int:
    """Rows that the grids of such an index have."""
    return len(metric_keys(catalogue)) * len(catalogue.orgs) * len(catalogue.months)
