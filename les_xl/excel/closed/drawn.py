"""The product's charts in a file: what they say to those who do not see them, and where they begin."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from les_xl.excel.addresses import Area
from les_xl.excel.book import Value
from les_xl.excel.closed import pictures
from les_xl.excel.closed.markup import Element, elements, text_of, with_tag_attribute
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.references import areas
from les_xl.excel.closed.table import TablePart
from les_xl.excel.closed.workbook import relation_id
from les_xl.excel.frame import Chart
from les_xl.marks import Mark

_MONTH = re.compile(r"[A-Z][a-z]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Drawn:
    """A chart of the product as it stands: whether its text is still the product's.

    `first` is the sheet column of the month at which it begins, where the product chose it.
    """

    drawing: str
    part: str
    chart: Chart
    tells: bool
    first: int | None


def find(parts: Parts, charts: Sequence[Chart], former: Mapping[str, Value]) -> tuple[Drawn, ...]:
    """Every chart that has its name and is drawn from its table; `former` are the texts that charts had."""
    wanted = {chart.name.casefold(): chart for chart in charts}
    tables = {table.name.casefold(): table for table in parts.tables()}
    found: list[Drawn] = []
    for drawing in pictures.drawings(parts.package, parts.sheets):
        for name, described, part in _framed(parts, drawing):
            chart = wanted.get(name.casefold())
            table = tables.get(chart.table.casefold()) if chart is not None else None
            if chart is None or table is None or not (ranges := _ranges(parts, part, table)):
                continue
            tells = described is not None and described == former.get(chart.name)
            first = None if chart.first is None else _first(parts, table, ranges)
            found.append(Drawn(drawing, part, chart, tells, first))
    return tuple(found)


def _framed(parts: Parts, drawing: str) -> list[tuple[str, str | None, str]]:
    """Name, text and part of every chart of a drawing."""
    xml = parts.package.xml(drawing)
    relations = {one.id: one.target for one in parts.package.relations(drawing) if one.kind == "chart"}
    found = []
    for held in elements(xml, "graphicFrame"):
        inside = {
            one.name: one for one in elements(xml, "cNvPr", "chart", start=held.inner, end=held.inner_end)
        }
        if inside.keys() >= {b"cNvPr", b"chart"}:
            part = parts.package.find(relations.get(relation_id(inside[b"chart"]), ""))
            named = inside[b"cNvPr"]
            found += [] if part is None else [(named.get("name") or "", named.get("descr"), part)]
    return found


def _ranges(parts: Parts, part: str, table: TablePart) -> list[Area]:
    """The ranges of a chart that lie on its table."""
    xml = parts.package.xml(part)
    texts = (text_of(xml[one.inner : one.inner_end]) for one in elements(xml, "f"))
    found = (pair for text in texts for pair in areas(text, ""))
    sheet = table.sheet.casefold()
    return [area for where, area in found if where.casefold() == sheet and area.meets(table.area)]


def _months(table: TablePart) -> range:
    """The sheet columns from the first month to the last."""
    found = [at for at, header in enumerate(table.headers, table.area.left) if _MONTH.fullmatch(header)]
    return range(found[0], found[-1] + 1) if found else range(0)


def _first(parts: Parts, table: TablePart, ranges: Sequence[Area]) -> int | None:
    """The first month in service of the rows that are drawn, if that is where the chart begins."""
    months = _months(table)
    across = [area for area in ranges if area.top == area.bottom and area.right != area.left]
    rows = {area.top for area in across if area.top >= table.body.top}
    beginnings = {area.left for area in across if area.right == months[-1]} if months else set()
    if len(beginnings) != 1 or not rows:
        return None
    not_there = str(Mark.NOT_APPLICABLE)
    in_service = (at for at in months if any(parts.value(table.sheet, row, at) != not_there for row in rows))
    first = next(in_service, months[0])
    return first if beginnings == {first} else None


def tell(parts: Parts, found: Sequence[Drawn]) -> int:
    """Give charts their new texts; gives how many got one."""
    count = 0
    for drawing in dict.fromkeys(one.drawing for one in found):
        told = {one.chart.name.casefold(): one.chart for one in found if one.drawing == drawing and one.tells}
        xml = parts.package.xml(drawing)
        edits = [
            with_tag_attribute(xml, named, "descr", chart.text)
            for named in elements(xml, "cNvPr")
            if (chart := told.get((named.get("name") or "").casefold())) and _differs(named, chart)
        ]
        parts.package.edit(drawing, edits)
        count += len(edits)
    return count


def _differs(named: Element, chart: Chart) -> bool:
    return named.get("descr") != chart.text


def begin(parts: Parts, found: Sequence[Drawn]) -> int:
    """Let charts of months begin where the product has them begin now; gives how many moved."""
    tables = {table.name.casefold(): table for table in parts.tables()}
    count = 0
    for one in found:
        table = tables[one.chart.table.casefold()]
        if one.first is None or one.chart.first not in table.headers:
            continue
        first, last = table.area.left + table.headers.index(one.chart.first), _months(table)[-1]
        if first != one.first:
            _begin(parts, one, table, (first, last))
            count += 1
    return count


def _begin(parts: Parts, one: Drawn, table: TablePart, columns: tuple[int, int]) -> None:
    first, last = columns

    def move(area: Area) -> Area:
        across = area.top == area.bottom and table.area.holds(area.top, area.left)
        if across and (area.left, area.right) == (one.first, last):
            return Area(area.top, first, area.bottom, last)
        return area

    pictures.move_ranges(parts.package, one.part, table.sheet, move)
