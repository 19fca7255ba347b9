"""Checks of what points at cells: links, charts and sparklines."""

from collections.abc import Iterator

from lxml import etree

from les_xl.errors import Problem
from les_xl.errors.lint_content import CHART_BROKEN, CHART_OUTSIDE, DEAD_LINK
from les_xl.excel.addresses import LAST_COLUMN, LAST_ROW, address
from les_xl.excel.lint.areas import Area
from les_xl.excel.lint.book import Book, Sheet
from les_xl.excel.lint.formula import read_formula
from les_xl.excel.lint.graph import Relationship, relationships
from les_xl.excel.lint.references import drawn_areas, why_broken, why_no_place

_CHARTS = frozenset({"chart", "chartEx"})


def check_links(book: Book, sheet: Sheet) -> Iterator[Problem]:
    """Links in cells, in HYPERLINK formulas and on drawings lead to a place of the workbook."""
    for cell, location in _links(book, sheet):
        if reason := why_no_place(book, location):
            yield book.problem(DEAD_LINK, sheet.name, cell, location=location, reason=reason)


def check_charts(book: Book, sheet: Sheet) -> Iterator[Problem]:
    """Charts and sparklines of a sheet draw cells that are there."""
    for what, text in _drawn(book, sheet):
        reason = why_broken(book, text)
        if reason:
            yield book.problem(CHART_BROKEN, sheet.name, what=what, text=text, reason=reason)
        for name, area in drawn_areas(book, text):
            target = book.by_sheet_name[name.casefold()]
            used = None if target is None else target.used
            if target is not None and not (used and used.holds(_whole_lines(area, used))):
                end = address(used.bottom, used.right) if used else "none"
                yield book.problem(CHART_OUTSIDE, sheet.name, what=what, text=text, used=end)


def _links(book: Book, sheet: Sheet) -> Iterator[tuple[str | None, str]]:
    for link in sheet.root.iterfind("{*}hyperlinks/{*}hyperlink"):
        external = any(etree.QName(name).localname == "id" for name in link.attrib)
        location = link.get("location", "")
        if location and not external:
            yield link.get("ref"), location
    for row, column, cell in sheet.placed:
        text = cell.findtext("{*}f") or ""
        # Reading every formula again is cheap: read_formula remembers.
        for location in read_formula(text).links if "HYPERLINK" in text else ():
            yield address(row, column), location
    for relation in (*sheet.relations.values(), *_of_drawings(book, sheet)):
        if relation.kind == "hyperlink" and relation.target.startswith("#"):
            yield None, relation.target[1:]


def _of_drawings(book: Book, sheet: Sheet) -> Iterator[Relationship]:
    for relation in sheet.relations.values():
        if relation.kind == "drawing":
            yield from relationships(book.container, relation.target).values()


def _drawn(book: Book, sheet: Sheet) -> Iterator[tuple[str, str]]:
    charts = [relation.target for relation in _of_drawings(book, sheet) if relation.kind in _CHARTS]
    for part in charts:
        root = book.container.roots.get(part)
        for element in () if root is None else root.iter("{*}f"):
            if element.text:
                yield f"the chart {part}", element.text
    for sparkline in sheet.root.iter("{*}sparkline"):
        text = sparkline.findtext("{*}f")
        if text:
            yield f"the sparkline in {sparkline.findtext('{*}sqref')}", text


def _whole_lines(area: Area, used: Area) -> Area:
    """A chart of whole columns or rows means as much of them as is used."""
    tall, wide = area.height >= LAST_ROW, area.width >= LAST_COLUMN
    return Area(
        used.top if tall else area.top,
        used.left if wide else area.left,
        used.bottom if tall else area.bottom,
        used.right if wide else area.right,
    )
