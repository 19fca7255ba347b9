"""An index for the few cells of one workbook: what nobody asks for is not made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from les_xl.functions.build import make_catalogue, make_tables
from les_xl.functions.catalogue import OrgEntry
from les_xl.functions.index import Index
from les_xl.functions.results import Table
from les_xl.marks import Cell

if TYPE_CHECKING:
    from les_xl.position import Position


def asked_index(position: "Position") -> Index:
    """An index that gives the answers of `build_index`, each looked up in the position when it is asked for.

    It takes a tenth of the time to make; to be asked thousands of times, or saved, `build_index` is for.
    """
    return _AskedIndex(make_catalogue(position, _AskedTables(position)), {}, position=position)


@dataclass(frozen=True, kw_only=True)
class _AskedIndex(Index):
    position: "Position"

    def cell(self, measure: str, les: str, metric: str, org: OrgEntry, month: str) -> Cell:
        """One number or its mark, as `Index.cell`."""
        return self.position.value(measure, les, metric, org.code, month, level=org.level)


class _AskedTables(Mapping[str, Table]):
    """The tables of a catalogue, made when the first of them is asked for."""

    def __init__(self, position: "Position") -> None:
        self._position = position

    @cached_property
    def _made(self) -> Mapping[str, Table]:
        return make_tables(self._position)

    def __getitem__(self, name: str) -> Table:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
