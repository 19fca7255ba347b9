"""Where the cells of a new workbook of the product are in the analyst's: tables may stand anywhere there."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from les_xl.excel.addresses import Area
from les_xl.excel.closed.references import redirected
from les_xl.excel.closed.table import TablePart
from les_xl.excel.placing import runs

_STRING = re.compile(r'"(?:[^"]|"")*"')
_WORD = re.compile(r"(?<![\w.!'])[^\W\d][\w.\\]*")


@dataclass(frozen=True)
class Spot:
    """A table in the analyst's workbook: its sheet, the sheet row of each generated row (-1: the header) and
    the sheet column of each generated column."""

    sheet: str
    rows: Mapping[int, int]
    columns: Mapping[int, int]


class Elsewhere:
    """Says what a new workbook says of its own cells of the analyst's workbook.

    `added` are the sheets that come from the new workbook, by their name there; `tables` those of the new
    workbook; `spot` finds one of them in the analyst's workbook, `homes` are its sheets for want of a table.
    `known` are the folded names of tables and cells of the new workbook, `held` those of the analyst's;
    `figures` say what stands for cells that it lacks and that hold a figure of the specifications.
    """

    def __init__(
        self,
        added: Mapping[str, str],
        tables: Sequence[TablePart],
        spot: Callable[[str], Spot | None],
        homes: Mapping[str, str],
        known: frozenset[str],
        held: frozenset[str],
        figures: Mapping[str, str] | None = None,
    ) -> None:
        self._added, self._tables, self._spot = added, tables, spot
        self._homes, self._lost = homes, known - held
        self._figures = {name: text for name, text in (figures or {}).items() if name in self._lost}

    def formula(self, text: str, *, lists: bool = False) -> str | None:
        """A formula as it reads in the analyst's workbook; None where what it speaks of is not there.

        With `lists` an area may become several, as the ranges of a chart can be.
        """
        if self._figures:
            text = _WORD.sub(lambda found: self._figures.get(found[0].casefold(), found[0]), text)
        words = _WORD.findall(_STRING.sub("", text))
        if any(word.casefold() in self._lost for word in words):
            return None
        return redirected(text, self._places, self._added, lists=lists)

    def sheet(self, name: str) -> str | None:
        """The sheet of the analyst's workbook that is what a sheet is in a new one."""
        if name in self._added:
            return self._added[name]
        spots = (self._spot(table.name) for table in self._tables if table.sheet == name)
        return next((spot.sheet for spot in spots if spot is not None), self._homes.get(name))

    def _places(self, sheet: str, area: Area) -> list[tuple[str, Area]]:
        if sheet in self._added:
            return [(self._added[sheet], area)]
        holding = (one for one in self._tables if one.sheet == sheet and _inside(area, one.area))
        table = next(holding, None)
        spot = self._spot(table.name) if table is not None else None
        if table is None or spot is None:
            return []
        top, left = table.area.top + 1, table.area.left
        try:
            down = runs([spot.rows[row - top] for row in range(area.top, area.bottom + 1)])
            across = runs([spot.columns[column - left] for column in range(area.left, area.right + 1)])
        except KeyError:
            return []
        pairs = product(down, across)
        return [(spot.sheet, Area(first, begin, last, end)) for (first, last), (begin, end) in pairs]


def _inside(area: Area, other: Area) -> bool:
    return other.holds(area.top, area.left) and other.holds(area.bottom, area.right)
