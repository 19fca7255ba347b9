"""Which rows of a table other things in an open workbook point at by address."""

from collections.abc import Iterator
from typing import Any

from les_xl.excel.addresses import Area
from les_xl.excel.closed.pointed import goes_with
from les_xl.excel.closed.references import anchored, areas
from les_xl.excel.live import com, entry
from les_xl.excel.live.spot import Spot


class Pointers:
    """What every cell, chart, name, rule, sparkline and link of a workbook points at, read once."""

    def __init__(self, book: Any) -> None:
        """Read them: two calls a sheet, and a few for each chart, name, rule, sparkline and link."""
        self._cells = [one for sheet in book.sheets for one in _cells(sheet)]
        charts = [("", text) for sheet in book.sheets for text in com.chart_formulas(sheet)]
        links = [(sheet.name, text) for sheet in book.sheets for text in com.links(sheet)]
        self._others = [*charts, *links, *(("", str(name.refers_to)) for name in book.names)]
        self._drawn = [one for sheet in book.sheets for one in _drawn(sheet)]

    def at(self, spot: Spot, rows: frozenset[int], product: frozenset[int]) -> frozenset[int]:
        """Those of the body's rows (from 0) at which something that stays points, and at no other row."""
        body = spot.body
        wanted = {body.top + row for row in rows}
        found: set[int] = set()
        for host, text in self._outside(spot, wanted, product):
            for where, area in areas(text, host):
                inside = range(max(area.top, body.top), min(area.bottom, body.bottom) + 1)
                here = where.casefold() == spot.where.casefold() and area.meets(body)
                if here and len(inside) <= body.bottom - body.top and wanted.issuperset(inside):
                    found |= set(inside)
        return frozenset(row - body.top for row in found)

    def _outside(self, spot: Spot, wanted: set[int], product: frozenset[int]) -> Iterator[tuple[str, str]]:
        """Sheet and text of every formula but those of the product's own cells and of the rows themselves."""
        body = spot.body
        yield from self._others
        for where, address, text in self._drawn:
            if not (where == spot.where and goes_with(address, body, wanted)):
                yield where, text
        for where, row, column, text in self._cells:
            own = where == spot.where and body.holds(row, column)
            if not (own and (row in wanted or column - body.left in product)):
                yield where, text


def _drawn(sheet: Any) -> Iterator[tuple[str, str, str]]:
    """Sheet, address and text of each rule and sparkline; of a rule what it says of fixed rows alone."""
    where = sheet.name
    yield from ((where, address, anchored(text)) for address, text in com.rules(sheet))
    yield from ((where, address, text) for address, text in com.sparklines(sheet))


def _cells(sheet: Any) -> Iterator[tuple[str, int, int, str]]:
    used: Any = sheet.used_range
    where, top, left = sheet.name, used.row, used.column
    rows = zip(com.values(used), com.formulas(used), strict=True)
    for row, (values, formulas) in enumerate(rows, top):
        for column, (value, formula) in enumerate(zip(values, formulas, strict=True), left):
            if entry.has_formula(value, formula):
                yield where, row, column, formula


def named_cells(book: Any) -> dict[str, tuple[str, Area]]:
    """Sheet and cell of every name of the workbook that stands for one cell, by its folded name."""
    found: dict[str, tuple[str, Area]] = {}
    for name in book.names:
        text = str(name.refers_to).removeprefix("=")
        read = areas(text, "") if "!" not in name.name else []
        plain = text.rpartition("!")[2].replace("$", "")
        if len(read) == 1 and plain == str(read[0][1]) and ":" not in plain:
            found[name.name.casefold()] = read[0]
    return found
