"""Where a workbook lists its sheets: the workbook part, its defined names, its properties, its Cover."""

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

from les_xl.errors import LesError, Place
from les_xl.errors.refresh import DAMAGED
from les_xl.excel.addresses import Area, address
from les_xl.excel.closed import cells, workbook
from les_xl.excel.closed.markup import (
    Element,
    elements,
    first,
    marked,
    to_bytes,
    whole,
    with_attribute,
    with_tag_attribute,
)
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.references import quoted
from les_xl.excel.closed.workbook import DefinedName

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")
_LINK = re.compile(r"(?:'((?:[^']|'')*)'|([^'!]+))!(\$?[A-Za-z]{1,3}\$?[0-9]+)")
BROKEN = "#REF!"


def append_sheet(package: Package, name: str, relation: str) -> None:
    """Put a sheet at the end of the workbook's list."""
    xml = package.xml(package.workbook)
    found = first(xml, "sheets")
    if found is None:
        raise LesError(DAMAGED.at(Place(), part=package.workbook, reason="it has no list of sheets"))
    numbers = [whole(one.get("sheetId")) for one in elements(xml, "sheet")]
    facts = f" name={quoteattr(marked(name))} sheetId={quoteattr(str(max(numbers, default=0) + 1))}"
    # A declaration of its own: the part may call this namespace by any prefix, or by none.
    facts += f' xmlns:r="{_RELATIONS}" r:id={quoteattr(relation)}/>'
    new = b"<" + found.prefix + b"sheet" + facts.encode()
    package.edit(package.workbook, [(found.inner_end, found.inner_end, new)])


def append_name(package: Package, name: DefinedName, text: str | None, order: Mapping[str, int]) -> None:
    """Add a defined name of a new workbook that speaks of a sheet that was appended.

    `order` are the places of those sheets by their name in the new workbook. A name that the workbook has is
    kept as it is, unless what it stood for is gone.
    """
    if text is None or (name.scope is not None and name.scope not in order):
        return
    attributes = name.place.attributes
    if name.scope is not None:
        attributes = with_attribute(attributes, "localSheetId", str(order[name.scope]))
    else:
        known = [one for one in workbook.names(package) if one.scope is None and _same(one.name, name.name)]
        if known:
            lost = known[0].place
            if BROKEN in known[0].text:
                package.edit(package.workbook, [(lost.inner, lost.inner_end, to_bytes(text))])
            return
    held = _names_element(package)
    tag = held.prefix + b"definedName"
    new = b"<" + tag + attributes + b">" + to_bytes(text) + b"</" + tag + b">"
    package.edit(package.workbook, [(held.inner_end, held.inner_end, new)])


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _names_element(package: Package) -> Element:
    """The list of defined names, made where the workbook has none."""
    xml = package.xml(package.workbook)
    found = first(xml, "definedNames")
    if found is None or found.inner == found.end:
        after = [one for name in _BEFORE_NAMES if (one := first(xml, name)) is not None]
        if not after:
            raise LesError(DAMAGED.at(Place(), part=package.workbook, reason="it has no list of sheets"))
        start, end = (after[0].end, after[0].end) if found is None else (found.start, found.end)
        tag = after[0].prefix + b"definedNames"
        package.edit(package.workbook, [(start, end, b"<" + tag + b"></" + tag + b">")])
        found = first(package.xml(package.workbook), "definedNames")
    if found is None:
        raise LesError(DAMAGED.at(Place(), part=package.workbook, reason="it has no list of names"))
    return found


def list_titles(package: Package, titles: Sequence[str], before: int) -> None:
    """Let the document properties name the sheets, where they name those that were there (`before` many)."""
    for part in package.related("", "extended-properties"):
        xml = package.xml(part)
        pairs, parts = first(xml, "HeadingPairs"), first(xml, "TitlesOfParts")
        if pairs is None or parts is None:
            continue
        count = next(iter(elements(xml, "i4", start=pairs.inner, end=pairs.inner_end)), None)
        vector = next(iter(elements(xml, "vector", start=parts.inner, end=parts.inner_end)), None)
        named = list(elements(xml, "lpstr", start=parts.inner, end=parts.inner_end))
        if count is None or vector is None or len(named) < before:
            continue
        if xml[count.inner : count.inner_end].strip() != str(before).encode():
            continue
        tag = vector.prefix + b"lpstr"
        new = b"".join(b"<" + tag + b">" + to_bytes(title) + b"</" + tag + b">" for title in titles)
        package.edit(
            part,
            [
                (count.inner, count.inner_end, str(before + len(titles)).encode()),
                with_tag_attribute(xml, vector, "size", str(len(named) + len(titles))),
                (named[before - 1].end, named[before - 1].end, new),
            ],
        )


def read_link(location: str) -> tuple[str, str]:
    """Sheet and cell that a link within the workbook leads to; empty texts where it leads elsewhere."""
    found = _LINK.fullmatch(location)
    if found is None:
        return "", ""
    return (found[2] or (found[1] or "").replace("''", "'")), found[3]


def link_to(sheet: str, cell: str) -> str:
    """The location of a link to a cell."""
    return f"{quoted(sheet)}!{cell}"


def list_on(parts: Parts, cover: str, sheets: Mapping[str, str]) -> bool:
    """Add links to sheets under the contents of the Cover; `sheets` are their purposes by name.

    The contents are the longest column of links outside tables. False, with nothing changed, where there are
    none, or what follows them is taken.
    """
    sheet = parts.sheet(cover)
    tables = [table.area for table in parts.tables() if table.sheet == cover]
    columns: dict[int, list[int]] = {}
    for one in elements(sheet.tail, "hyperlink"):
        try:
            area = Area.parse(one.get("ref") or "")
        except ValueError:
            continue
        inside = any(table.holds(area.top, area.left) for table in tables)
        if read_link(one.get("location") or "")[0] and not inside:
            columns.setdefault(area.left, []).append(area.top)
    if not columns:
        return False
    column, rows = max(columns.items(), key=lambda item: (len(item[1]), -item[0]))
    last = max(rows)
    room = Area(last + 1, column, last + len(sheets), column)
    if sheet.filled(room) is not None or any(table.meets(room) for table in tables):
        return False
    _write_links(parts, cover, (last, column), sheets)
    return True


def _write_links(parts: Parts, cover: str, last: tuple[int, int], sheets: Mapping[str, str]) -> None:
    sheet = parts.touch(cover)
    row, column = last
    look = parts.look(cover, row, column)
    new = b""
    links = first(sheet.tail, "hyperlinks")
    if links is None:
        return
    for at, (name, purpose) in enumerate(sheets.items(), row + 1):
        place = address(at, column)
        sheet.put(at, column, cells.write(place, name, look, sheet.prefix))
        facts = (("ref", place), ("location", link_to(name, "A1")), ("tooltip", purpose), ("display", name))
        said = "".join(f" {fact}={quoteattr(marked(text))}" for fact, text in facts)
        new += b"<" + links.prefix + b"hyperlink" + said.encode() + b"/>"
    sheet.tail = sheet.tail[: links.inner_end] + new + sheet.tail[links.inner_end :]
    sheet.fit_dimension(Area(row, column, row, column), Area(row + 1, column, row + len(sheets), column))
