"""The two sides of a shift by month: what general practice delivered, and what other providers did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from les_xl.data.known import Known
from les_xl.data.organisations import membership, successors
from les_xl.measures.axes import Axes, positions
from les_xl.measures.marked import Flags, Floats
from les_xl.measures.returns import Returns, make_returns
from les_xl.measures.shift_questions import Question
from les_xl.periods import month_range
from les_xl.spec.read import Specs

LEVELS = ("icb", "trust", "place")
"""Levels at which a shift is assessed, in their order."""


@dataclass(frozen=True)
class Area:
    """A trust, a place or the ICB: its name (the ICB's code), and which codes of organisations it holds."""

    level: str
    org: str
    codes: Flags


def make_areas(specs: Specs, known: Known, axes: Axes, as_at: str) -> list[Area]:
    """The ICB, trusts and places by name; a merged organisation is where its successor is."""
    members = membership(known, as_at).set_index("ods_code")
    final = {**{code: code for code in axes.codes}, **successors(known, as_at)}
    owners = members.loc[[final[code] for code in axes.codes]]
    found = [Area("icb", specs.workspace.icb.code, np.ones(len(axes.codes), dtype=bool))]
    for level in LEVELS[1:]:
        names = owners[level].to_numpy()
        told = known.other_providers[level].unique()
        found += [Area(level, name, names == name) for name in sorted({*names, *told} - {""})]
    return found


@dataclass(frozen=True)
class Others:
    """One indicator at other providers: `counts` is row by month, NaN where there is none.

    A row is a trust with a place; `names` holds the name of each row at each level.
    """

    names: Mapping[str, npt.NDArray[np.object_]]
    months: tuple[str, ...]
    counts: Floats

    def of(self, area: Area) -> "Others":
        """The rows of an area."""
        if area.level == "icb":
            return self
        own = self.names[area.level] == area.org
        return Others(
            {level: names[own] for level, names in self.names.items()}, self.months, self.counts[own]
        )

    def complete(self, baseline: Sequence[str]) -> dict[str, float]:
        """The count of each month of which every row that has a count in the baseline has one."""
        there = ~np.isnan(self.counts)
        before = np.isin(self.months, baseline)
        due = there[:, before].any(axis=1)
        whole = np.flatnonzero(np.all(there[due], axis=0))
        if not due.any():
            return {}
        totals = np.where(there, self.counts, 0.0).sum(axis=0)
        return {self.months[at]: float(totals[at]) for at in whole}


def counted_elsewhere(known: Known, indicator: str) -> Others:
    """What is known of one indicator."""
    rows = known.other_providers[known.other_providers["indicator"] == indicator]
    table = rows.pivot(index=["trust", "place"], columns="month", values="value")
    names = {level: table.index.get_level_values(level).to_numpy(dtype=object) for level in LEVELS[1:]}
    return Others(names, tuple(map(str, table.columns)), table.to_numpy(dtype=np.float64))


@dataclass(frozen=True)
class Delivered:
    """General practice by month: what was delivered, and by how many returns of how many expected."""

    months: tuple[str, ...]
    value: Floats
    reported: Floats
    expected: Floats

    def comparable(self) -> tuple[str, ...]:
        """The months with a return, and those in which nobody counts."""
        return tuple(
            month
            for month, reported, expected in zip(self.months, self.reported, self.expected, strict=True)
            if reported or not expected
        )

    def within(self, months: Sequence[str]) -> "Delivered":
        """Those months alone."""
        kept = np.isin(self.months, months)
        return Delivered(tuple(months), self.value[kept], self.reported[kept], self.expected[kept])


class General:
    """What general practice delivered, of the headline metric of a LES."""

    def __init__(self, specs: Specs, known: Known, axes: Axes, returns: Returns, first: str) -> None:
        if first < axes.months[0]:
            # The position's own months begin later than the first that is compared.
            axes = replace(axes, months=month_range(first, axes.months[-1]), lead=0)
            returns = make_returns(specs, known, axes)
        self._axes, self._returns = axes, returns

    def of(self, question: Question, area: Area, months: tuple[str, ...]) -> Delivered:
        """The months of an area; all of them must be on the axis."""
        at = self._axes.position(question.service.les, question.service.headline.id)
        found = positions(months, self._axes.months)
        value, reported, expected = (
            array[at][area.codes][:, found].sum(axis=0, dtype=np.float64)
            for array in (self._returns.values, self._returns.reported, self._returns.counted)
        )
        return Delivered(months, value, reported, expected)
