"""Rows of a generated table found in the workbook's by key, and what becomes of those that are not there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from les_xl.excel.book import Grid, TableInfo, Value
from les_xl.excel.columns import Columns, in_order
from les_xl.excel.contents import Serial, key_part, stored
from les_xl.report.table import Table

Key = tuple[Value, ...]
Pinned = Callable[[frozenset[int], frozenset[int]], frozenset[int]]


@dataclass(frozen=True)
class Fates:
    """Rows of the workbook that are no longer generated: left where they are, moved to the list, taken away.

    `blanked` is the one that stays empty where a table would be left without any row.
    """

    kept: tuple[int, ...]
    resolved: tuple[int, ...]
    removed: tuple[int, ...]
    blanked: int | None = None

    def stays(self, row: int) -> bool:
        """True where the row is there after the refresh."""
        return row not in self.removed and row not in self.resolved


class Matching:
    """The rows of both tables by key: `matched` leads from generated to present ones, `new` have none."""

    def __init__(self, table: Table, info: TableInfo, grid: Grid, serial: Serial, columns: Columns) -> None:
        self.table, self.info, self.grid, self.columns = table, info, grid, columns
        self._serial = serial
        own = {table.index(name) for name in table.own}
        self.filled = {at: place for at, place in columns.places.items() if at not in own}
        self._analysts = columns.extra | {columns.places[at] for at in own if at in columns.places}
        self._by_analyst = bool(table.key) and set(table.key) <= set(table.own)
        self.key = [table.index(name) for name in table.key]
        self._key_places = [columns.places[at] for at in self.key]
        present = _numbered(tuple(key_part(row[at]) for at in self._key_places) for row in grid.values)
        wanted = _numbered(
            tuple(key_part(self.stored(row, at)) for at in self.key) for row in range(len(table.rows))
        )
        places = {found: at for at, found in enumerate(present)}
        self.matched = {at: places[one] for at, one in enumerate(wanted) if one in places}
        if not self.matched and len(table.columns) == 1:
            self.matched = _months([one[0] for one in wanted], [one[0] for one in present])
        met = self.matched
        self.new = [at for at, one in enumerate(wanted) if at not in met and self._is_wanted(one)]

    def _is_wanted(self, key: Key) -> bool:
        """A list of the analyst's own gets no blank row while it has rows."""
        return not self._by_analyst or any(part is not None for part in key[:-1])

    def stored(self, row: int, column: int) -> Value:
        """A generated cell's value as the workbook holds it."""
        return stored(self.table.rows[row].cells[column], self.table.columns[column].kind, self._serial)

    def fates(self, pinned: Pinned, listed: frozenset[str]) -> Fates:
        """Decide about every row that is no longer generated; `listed` as in `merge`."""
        gone = sorted(set(range(len(self.grid.values))) - set(self.matched.values()))
        written = {at for at in gone if any(self._typed(at, place) for place in self._analysts)}
        stay = {at for at in gone if self._by_analyst or at in self.grid.noted}
        stay |= {at for at in written if not self._fits(at, listed)}
        leaving = frozenset(gone) - stay
        stay |= pinned(leaving, frozenset(self.filled.values())) if leaving else frozenset()
        resolved = [at for at in gone if at in written and at not in stay]
        removed = [at for at in gone if at not in stay and at not in resolved]
        blanked = None
        if removed and not (self.matched or self.new or stay):
            blanked = removed.pop(0)
        return Fates(tuple(sorted(stay)), tuple(resolved), tuple(removed), blanked)

    def _typed(self, row: int, column: int) -> bool:
        return self.grid.formulas[row][column] is None and self.grid.values[row][column] not in (None, "")

    def is_untouched(self, row: int) -> bool:
        """True where the analyst wrote nothing in a row; a formula that the whole column has is nothing."""
        if row in self.grid.noted:
            return False
        formulas, values = self.grid.formulas, self.grid.values
        return all(
            all(one[place] is not None for one in formulas)
            if formulas[row][place] is not None
            else values[row][place] in (None, "")
            for place in self._analysts
        )

    def _fits(self, row: int, listed: frozenset[str]) -> bool:
        """True where the list of resolved rows has a column for everything that the analyst wrote."""
        typed = [self.grid.headers[at] for at in self._analysts if self._typed(row, at)]
        return bool(listed) and all(header.casefold() in listed for header in typed)

    def present_name(self, row: int) -> str:
        """A row of the workbook as a message names it."""
        return _said(self.grid.values[row][at] for at in self._key_places)

    def new_name(self, row: int) -> str:
        """A generated row as a message names it."""
        return _said(self.stored(row, at) for at in self.key)


def _months(wanted: Sequence[Value], present: Sequence[Value]) -> dict[int, int]:
    """A list of the months of a year becomes that of another in place: what points at its cells goes on."""
    new, old = (in_order([str(one).title() for one in each]) for each in (wanted, present))
    whole = len(new) == len(wanted) == len(old) == len(present)
    return dict(zip(new, old, strict=True)) if whole else {}


def _said(key: Iterable[Value]) -> str:
    texts = ("" if part is None else f"{part:g}" if isinstance(part, float) else str(part) for part in key)
    return " / ".join(texts)


def _numbered(keys: Iterable[Key]) -> list[Key]:
    """Keys with the number of their occurrence, so that a key that is there twice is met in order."""
    seen: dict[Key, int] = {}
    found: list[Key] = []
    for key in keys:
        before = seen.get(key, 0)
        found.append((*key, before))
        seen[key] = before + 1
    return found
