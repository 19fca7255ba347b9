"""Where rows of a ranked table stand: new ones in their place, and present ones that got another class."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from les_xl.report.table import Row, Table

Order = list[tuple[int | None, int | None]]
"""The rows to be: each by its place in the workbook (None: new) and in the product (None: gone)."""


def classes(table: Table) -> list[int]:
    """The class of each generated row, counted in the order in which the product has them."""
    columns = [table.index(name) for name in table.ranked]
    known: dict[tuple[object, ...], int] = {}
    return [known.setdefault(_said(row, columns), len(known)) for row in table.rows]


def _said(row: Row, columns: Iterable[int]) -> tuple[object, ...]:
    return tuple(row.cells[at] for at in columns)


def out_of_place(found: Sequence[int]) -> list[int]:
    """The places of the fewest members without which the others never decrease.

    Source: longest non-decreasing subsequence by patience sorting (Fredman 1975).
    """
    least: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, value in enumerate(found):
        pile = bisect_right(least, value)
        before.append(ends[pile - 1] if pile else -1)
        least[pile : pile + 1] = [value]
        ends[pile : pile + 1] = [at]
    stays, at = set(), ends[-1] if ends else -1
    while at >= 0:
        stays.add(at)
        at = before[at]
    return [at for at in range(len(found)) if at not in stays]


def ordered(present: Order, coming: Sequence[int], astray: Iterable[int], by_class: Sequence[int]) -> Order:
    """The `present` rows, and between them the `coming` rows of the product, in the product's order.

    A row comes behind the row of its class that the product has before it, or else where its class begins.
    Behind a present row that is `astray`, because it cannot be moved to its class, none is put.
    """
    out = frozenset(astray)
    stays = [at for _, at in present if at is not None and at not in out]
    there, ends = frozenset(stays), {by_class[at]: at for at in stays}
    behind: dict[int | None, list[int]] = {}
    for at in coming:
        behind.setdefault(_before(there, ends, by_class, at), []).append(at)
    found: Order = [(None, at) for at in behind.get(None, ())]
    for one in present:
        found.append(one)
        if one[1] is not None:
            found += [(None, at) for at in behind.get(one[1], ())]
    return found


def _before(there: frozenset[int], ends: Mapping[int, int], by_class: Sequence[int], at: int) -> int | None:
    """The present row behind which one comes; `ends` is the last present one of each class."""
    for one in range(at - 1, -1, -1):
        if by_class[one] != by_class[at]:
            break
        if one in there:
            return one
    return ends.get(max((found for found in ends if found < by_class[at]), default=-1))


def moving(by_class: Sequence[int], present: Mapping[int, int]) -> list[int]:
    """The generated rows whose present ones, `present` by the place of each, stand among another class."""
    known = [at for _, at in sorted((origin, at) for at, origin in present.items())]
    return [known[at] for at in out_of_place([by_class[at] for at in known])]
