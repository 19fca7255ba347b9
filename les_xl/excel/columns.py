"""Which column of the workbook's table each generated column is: by header, months by their order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from les_xl.periods import parse_month
from les_xl.report.table import Table

_MONTH = re.compile(r"[A-Z][a-z]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Columns:
    """For each generated column its place in the workbook (absent: it has none), and the headers to be."""

    places: Mapping[int, int]
    headers: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def extra(self) -> frozenset[int]:
        """The columns that the analyst added."""
        return frozenset(range(len(self.headers))) - frozenset(self.places.values())


def match(table: Table, headers: Sequence[str]) -> Columns:
    """Find each column by its header in any case; month columns of another year by their order in time."""
    wanted = [column.name for column in table.columns]
    by_name = {_folded(header): place for place, header in enumerate(headers)}
    places = {index: by_name[_folded(name)] for index, name in enumerate(wanted) if _folded(name) in by_name}
    months = _months(wanted, headers, places)
    places |= months
    renamed = list(headers)
    for index, place in months.items():
        renamed[place] = wanted[index]
    lacking = tuple(name for index, name in enumerate(wanted) if index not in places)
    return Columns(places, tuple(renamed), lacking)


def _folded(header: str) -> str:
    return " ".join(header.split()).casefold()


def _months(wanted: Sequence[str], headers: Sequence[str], places: Mapping[int, int]) -> dict[int, int]:
    """Month columns that have no namesake: in order where all months are there, else by month of the year."""
    new, old = in_order(wanted), in_order(headers)
    if len(new) == len(old):
        pairs = dict(zip(new, old, strict=True))
        return pairs if any(places.get(index) != place for index, place in pairs.items()) else {}
    taken = set(places.values())
    free = {headers[place][:3]: place for place in old if place not in taken}
    return {
        index: free[wanted[index][:3]] for index in new if index not in places and wanted[index][:3] in free
    }


def in_order(headers: Sequence[str]) -> list[int]:
    """The places of months such as `Apr-25`, earliest first."""
    months = [(parse_month(text), place) for place, text in enumerate(headers) if _MONTH.fullmatch(text)]
    return [place for _, place in sorted(months)]
