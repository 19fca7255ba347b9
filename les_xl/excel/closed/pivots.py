"""Pivot caches over a table: they follow it, and Excel is told to fill them anew when it opens the file."""

from collections.abc import Mapping

from les_xl.excel.addresses import Area
from les_xl.excel.closed.markup import Element, elements, first, with_tag_attribute
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.shift import Shift
from les_xl.excel.closed.workbook import SheetRef


def follow(package: Package, table: str, shift: Shift, headers: Mapping[str, str]) -> None:
    """Every cache over the table, named or by its range, is resized, its fields renamed and marked stale."""
    for part in package.related(package.workbook, "pivotCacheDefinition"):
        xml = package.xml(part)
        source = next(iter(elements(xml, "worksheetSource")), None)
        if source is None or not _is_over(source, table, shift):
            continue
        edits = _range_edits(xml, source, shift)
        for field in elements(xml, "cacheField"):
            new = headers.get(field.get("name") or "")
            if new is not None:
                edits.append(with_tag_attribute(xml, field, "name", new))
        package.edit(part, edits)
        _mark_stale(package, part)


def _is_over(source: Element, table: str, shift: Shift) -> bool:
    if (source.get("name") or "").casefold() == table.casefold():
        return True
    area = _area(source)
    if area is None or (source.get("sheet") or "").casefold() != shift.sheet.casefold():
        return False
    return area.meets(shift.before)


def _area(source: Element) -> Area | None:
    try:
        return Area.parse(source.get("ref") or "")
    except ValueError:
        return None


def _range_edits(xml: bytes, source: Element, shift: Shift) -> list[tuple[int, int, bytes]]:
    area = _area(source)
    after = shift.of_formula(area) if area is not None else None
    return [with_tag_attribute(xml, source, "ref", str(after))] if after not in (None, area) else []


def _mark_stale(package: Package, part: str) -> None:
    xml = package.xml(part)
    # The first alone: Excel writes another of this name into the extensions, where the attribute is an error.
    definition = first(xml, "pivotCacheDefinition")
    if definition is not None and definition.get("refreshOnLoad") not in ("1", "true"):
        package.edit(part, [with_tag_attribute(xml, definition, "refreshOnLoad", "1")])


def areas(package: Package, sheet: SheetRef) -> list[Area]:
    """Where pivot tables lie on a sheet."""
    found = []
    for part in package.related(sheet.part, "pivotTable"):
        for location in elements(package.xml(part), "location"):
            area = _area(location)
            found += [area] if area is not None else []
    return found
