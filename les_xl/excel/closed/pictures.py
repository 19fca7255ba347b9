"""What points at cells from other parts: charts, shapes, form controls and comments."""

import re
from collections.abc import Iterator
from functools import lru_cache

from les_xl.excel.addresses import LAST_COLUMN, LAST_ROW, Area
from les_xl.excel.closed.markup import Element, elements, has, splice, text_of, to_bytes, with_tag_attribute
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.references import Moved, moved
from les_xl.excel.closed.shift import Shift
from les_xl.excel.closed.workbook import SheetRef

_CACHES = ("numCache", "strCache", "multiLvlStrCache", "lvl")
_USUAL_REFERENCE = re.compile(rb"<c:f>([^<>]*)</c:f>")
_REFERENCE_TAGS = re.compile(rb"[:</]f[\s/>]")
_CONTROLS = ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx")


def charts(package: Package, sheets: tuple[SheetRef, ...]) -> Iterator[str]:
    """The part of every chart of every sheet."""
    for drawing in drawings(package, sheets):
        for kind in ("chart", "chartEx"):
            yield from package.related(drawing, kind)


def drawings(package: Package, sheets: tuple[SheetRef, ...]) -> Iterator[str]:
    """The part of every drawing of every sheet."""
    for sheet in sheets:
        yield from package.related(sheet.part, "drawing")


def boxes(package: Package, sheet: SheetRef) -> Iterator[Area]:
    """The cells that each chart, picture or control covers; all, where it does not say by cells."""
    for part in package.related(sheet.part, "drawing"):
        xml = package.xml(part)
        for one in elements(xml, "twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            yield _box(xml, one)


def _box(xml: bytes, anchor: Element) -> Area:
    span = {"start": anchor.inner, "end": anchor.inner_end}
    rows, columns = (
        [int(text_of(xml[one.inner : one.inner_end])) + 1 for one in elements(xml, name, **span)]
        for name in ("row", "col")
    )
    if len(rows) == len(columns) == 2:
        return Area(rows[0], columns[0], rows[1], columns[1])
    # Its size is told in lengths, and how many cells that is depends on every row and column.
    top, left = (rows[0], columns[0]) if rows and columns else (1, 1)
    return Area(top, left, LAST_ROW, LAST_COLUMN)


def chart_formulas(package: Package, sheets: tuple[SheetRef, ...]) -> Iterator[str]:
    """Every reference of charts, linked shapes and form controls, as text."""
    for part in charts(package, sheets):
        yield from _texts(package.xml(part))
    for part in drawings(package, sheets):
        yield from (one.get("textlink") or "" for one in elements(package.xml(part), "sp"))
    for sheet in sheets:
        for part in package.related(sheet.part, "ctrlProp"):
            for one in elements(package.xml(part), "formControlPr"):
                yield from (one.get(name) or "" for name in _CONTROLS)


@lru_cache(maxsize=128)
def _texts(chart: bytes) -> tuple[str, ...]:
    """Every reference of a chart."""
    usual = _USUAL_REFERENCE.findall(chart)
    if 2 * len(usual) == len(_REFERENCE_TAGS.findall(chart)) and not has(chart, b"<!"):
        return tuple(map(text_of, usual))
    return tuple(text_of(chart[one.inner : one.inner_end]) for one in elements(chart, "f"))


def follow_charts(package: Package, sheets: tuple[SheetRef, ...], shift: Shift) -> None:
    """Let the series of charts follow the table; what they remember of other cells is dropped."""
    for part in charts(package, sheets):
        move_ranges(package, part, shift.sheet, shift.of_formula)


def move_ranges(package: Package, part: str, sheet: str, move: Moved) -> None:
    """Give the series of a chart other ranges of a sheet; what it remembers of the old ones is dropped."""
    xml = package.xml(part)
    if all(moved(text, "", sheet, move) == text for text in _texts(xml)):
        return
    edits: list[tuple[int, int, bytes]] = []
    for holder in elements(xml, "numRef", "strRef", "multiLvlStrRef", "numDim", "strDim"):
        if not (changes := _moved_texts(xml, (holder.inner, holder.inner_end), sheet, move)):
            continue
        caches = elements(xml, *_CACHES, start=holder.inner, end=holder.inner_end)
        outer = sorted((one.start, one.end) for one in caches)
        edits += changes
        edits += [
            (start, end, b"")
            for at, (start, end) in enumerate(outer)
            if not any(a <= start and end <= b for a, b in outer[:at])
        ]
    held = [(start, end) for start, end, _ in edits]
    others = _moved_texts(xml, (0, len(xml)), sheet, move)
    edits += [one for one in others if (one[0], one[1]) not in held]
    package.edit(part, edits)


def _moved_texts(xml: bytes, span: tuple[int, int], sheet: str, move: Moved) -> list[tuple[int, int, bytes]]:
    edits = []
    for formula in elements(xml, "f", start=span[0], end=span[1]):
        text = text_of(xml[formula.inner : formula.inner_end])
        new = moved(text, "", sheet, move)
        if new != text:
            edits.append((formula.inner, formula.inner_end, to_bytes(new)))
    return edits


def follow_controls(package: Package, sheets: tuple[SheetRef, ...], shift: Shift) -> None:
    """Let linked shapes and form controls follow the table."""
    for part in drawings(package, sheets):
        _follow_attributes(package, part, "sp", ("textlink",), "", shift)
    for sheet in sheets:
        for part in package.related(sheet.part, "ctrlProp"):
            _follow_attributes(package, part, "formControlPr", _CONTROLS, sheet.name, shift)


def _follow_attributes(
    package: Package, part: str, tag: str, names: tuple[str, ...], host: str, shift: Shift
) -> None:
    for name in names:
        xml = package.xml(part)
        if name.encode() not in xml:
            continue
        edits = []
        for element in elements(xml, tag):
            text = element.get(name) or ""
            new = moved(text, host, shift.sheet, shift.of_formula)
            if new != text:
                edits.append(with_tag_attribute(xml, element, name, new))
        package.edit(part, edits)


def comments(package: Package, sheet: SheetRef) -> set[tuple[int, int]]:
    """Row and column of every cell of the sheet that carries a comment or a note."""
    found: set[tuple[int, int]] = set()
    for part, tag in _comment_parts(package, sheet):
        for element in elements(package.xml(part), tag):
            try:
                area = Area.parse(element.get("ref") or "")
            except ValueError:
                continue
            found.add((area.top, area.left))
    return found


def _comment_parts(package: Package, sheet: SheetRef) -> Iterator[tuple[str, str]]:
    for kind, tag in (("comments", "comment"), ("threadedComment", "threadedComment")):
        for part in package.related(sheet.part, kind):
            yield part, tag


def follow_comments(package: Package, sheet: SheetRef, shift: Shift) -> None:
    """Let the comments of the table's cells go where the cells go."""
    if sheet.name.casefold() != shift.sheet.casefold():
        return
    for part, tag in _comment_parts(package, sheet):
        xml = package.xml(part)
        edits = []
        for element in elements(xml, tag):
            reference = element.get("ref") or ""
            new = moved(reference, sheet.name, shift.sheet, shift.of_formula)
            if new != reference:
                edits.append(with_tag_attribute(xml, element, "ref", new))
        package.edit(part, edits)
    for part in package.related(sheet.part, "vmlDrawing"):
        _follow_boxes(package, part, shift)


def _follow_boxes(package: Package, part: str, shift: Shift) -> None:
    """A note's box names its cell by row and column from 0, in a part that is not always good XML."""
    xml = package.raw(part)
    edits = []
    for data in elements(xml, "ClientData"):
        rows = list(elements(xml, "Row", start=data.inner, end=data.inner_end))
        columns = list(elements(xml, "Column", start=data.inner, end=data.inner_end))
        if data.get("ObjectType") != "Note" or not rows or not columns:
            continue
        row, column = (int(text_of(xml[one.inner : one.inner_end])) + 1 for one in (rows[0], columns[0]))
        after = shift.of_formula(Area(row, column, row, column))
        if after is not None and after.top != row:
            edits.append((rows[0].inner, rows[0].inner_end, str(after.top - 1).encode()))
    if edits:
        package.put(part, splice(xml, edits))
