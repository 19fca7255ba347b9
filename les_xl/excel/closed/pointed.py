"""Rows of a table at which something else in the file points by address, and which must stay for it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from les_xl.excel.addresses import Area
from les_xl.excel.closed import pictures, rules, workbook
from les_xl.excel.closed.markup import elements
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.references import areas


@dataclass(frozen=True, slots=True)
class _Text:
    """A formula: its sheet, and the cell that holds it, or the ranges of the rule that it belongs to."""

    host: str
    text: str
    at: tuple[int, int] | None = None
    ranges: str = ""


@dataclass(frozen=True, slots=True)
class _Pointing:
    """A reference of a formula to an area."""

    source: _Text
    area: Area


class Pointed:
    """Every reference of an open file as it is now, read once for all tables."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._found: dict[str, list[_Pointing]] = {}

    def rows(self, sheet: str, body: Area, product: frozenset[int], rows: frozenset[int]) -> frozenset[int]:
        """Those of the sheet rows of a body at which something that stays points, and at no other row.

        What stands in the sheet columns `product` of the body or in the rows themselves does not count. A
        range over the whole body means whatever rows there are, and holds none of them.
        """
        found: set[int] = set()
        here = sheet.casefold()
        for one in self._at(here):
            if not one.area.meets(body):
                continue
            inside = range(max(one.area.top, body.top), min(one.area.bottom, body.bottom) + 1)
            if len(inside) > body.bottom - body.top or not rows.issuperset(inside):
                continue
            if one.source.host.casefold() != here or not _goes(one.source, body, product, rows):
                found |= set(inside)
        return frozenset(found)

    def _at(self, sheet: str) -> list[_Pointing]:
        """What points at cells of a sheet, by its folded name."""
        if sheet not in self._found:
            near = (one for _, one in _read(_texts(self._parts, sheet)))
            self._found[sheet] = [*self._across.get(sheet, ()), *near]
        return self._found[sheet]

    @cached_property
    def _across(self) -> dict[str, list[_Pointing]]:
        """By sheet what the formulas point at that name one; the others speak of their own sheet alone."""
        found: dict[str, list[_Pointing]] = {}
        for sheet, one in _read(_texts(self._parts, None)):
            found.setdefault(sheet, []).append(one)
        return found


def _goes(source: _Text, body: Area, product: frozenset[int], rows: frozenset[int]) -> bool:
    """True for what the product fills itself, and for what stands in rows that go."""
    if source.at is not None:
        row, column = source.at
        return body.holds(row, column) and (row in rows or column in product)
    return bool(source.ranges) and goes_with(source.ranges, body, rows)


def _read(texts: Iterable[_Text]) -> Iterator[tuple[str, _Pointing]]:
    for one in texts:
        for sheet, area in areas(one.text, one.host):
            yield sheet.casefold(), _Pointing(one, area)


def _texts(parts: Parts, sheet: str | None) -> Iterator[_Text]:
    """Every formula of charts, names, cells, links and rules that names a sheet.

    With a `sheet` (folded) those on it that name none, and so speak of it alone.
    """

    def wanted(host: str, text: str) -> bool:
        return "!" in text if sheet is None else "!" not in text and host.casefold() == sheet

    charts = pictures.chart_formulas(parts.package, parts.sheets) if sheet is None else ()
    names = ((name.scope or "", name.text) for name in workbook.names(parts.package))
    for host, text in (*(("", text) for text in charts), *names):
        if wanted(host, text):
            yield _Text(host, text)
    for host in (one.name for one in parts.worksheets if sheet in (None, one.name.casefold())):
        for at, text in parts.formulas(host).items():
            if wanted(host, text):
                yield _Text(host, text, at)
        tail = parts.sheet(host).tail
        links = (("", rules.place_of(link)) for link in elements(tail, "hyperlink"))
        spoken = ((ranges, text) for ranges, text in (*links, *rules.spoken(tail)) if wanted(host, text))
        yield from (_Text(host, text, ranges=ranges) for ranges, text in spoken)


def goes_with(ranges: str, body: Area, rows: Collection[int]) -> bool:
    """True for what stands on nothing but sheet rows of a body that go, and so goes with them."""
    places = [area for _, area in areas(ranges, "")]
    return bool(places) and all(
        body.meets(area) and all(row in rows for row in range(area.top, area.bottom + 1)) for area in places
    )
