"""The workbook part: sheets, defined names, the date system, and the order to recalculate."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from les_xl.errors import LesError, Place
from les_xl.errors.refresh import DAMAGED
from les_xl.excel.addresses import Area
from les_xl.excel.closed.markup import (
    Element,
    elements,
    first,
    text_of,
    to_bytes,
    unmarked,
    with_tag_attribute,
)
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.references import Moved, areas, moved

PRINT_AREA = "_xlnm.Print_Area"
_RELATION_ID = re.compile(rb"\s[\w.\-]+:id\s*=\s*[\"']([^\"']*)[\"']")
_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")


@dataclass(frozen=True)
class SheetRef:
    """A sheet by its name, the part that holds it, and its kind (`worksheet`, `chartsheet`, …)."""

    name: str
    part: str
    kind: str


@dataclass(frozen=True)
class DefinedName:
    """A defined name: what it stands for, and the sheet whose own it is (None: the workbook's)."""

    name: str
    text: str
    scope: str | None
    place: Element


def sheets(package: Package) -> tuple[SheetRef, ...]:
    """Every sheet in the workbook's order; raises LesError where one has no part."""
    relations = {relation.id: relation for relation in package.relations(package.workbook)}
    found: list[SheetRef] = []
    for element in elements(package.xml(package.workbook), "sheet"):
        relation = relations.get(relation_id(element))
        part = package.find(relation.target) if relation else None
        name = unmarked(element.get("name") or "")
        if relation is None or part is None:
            raise LesError(DAMAGED.at(Place(), part=f"sheet '{name}'", reason="its part is missing"))
        found.append(SheetRef(name, part, relation.kind))
    return tuple(found)


def relation_id(element: Element) -> str:
    """The relationship that an element names in its `r:id`; empty where it names none."""
    found = _RELATION_ID.search(element.attributes)
    return text_of(found[1]) if found else ""


def names(package: Package) -> tuple[DefinedName, ...]:
    """Every defined name with its place in the part."""
    return _names(package.xml(package.workbook))


@lru_cache(maxsize=8)
def _names(xml: bytes) -> tuple[DefinedName, ...]:
    order = [unmarked(sheet.get("name") or "") for sheet in elements(xml, "sheet")]
    found = []
    for element in elements(xml, "definedName"):
        scope = element.get("localSheetId") or ""
        local = order[int(scope)] if scope.isdigit() and int(scope) < len(order) else None
        text = text_of(xml[element.inner : element.inner_end])
        found.append(DefinedName(unmarked(element.get("name") or ""), text, local, element))
    return tuple(found)


def named_cells(package: Package) -> dict[str, tuple[str, int, int]]:
    """Sheet, row and column of every name of the workbook that stands for one cell, by its folded name."""
    return {name.casefold(): place for name, place in named_cells_as_written(package).items()}


def named_cells_as_written(package: Package) -> dict[str, tuple[str, int, int]]:
    """The same by the names as they are spelled."""
    found: dict[str, tuple[str, int, int]] = {}
    for name in names(package):
        read = areas(name.text, "") if name.scope is None else ()
        plain = name.text.rpartition("!")[2].replace("$", "")
        if len(read) == 1 and plain == str(read[0][1]) and _is_cell(read[0][1]):
            found[name.name] = (read[0][0], read[0][1].top, read[0][1].left)
    return found


def _is_cell(area: Area) -> bool:
    return area.top == area.bottom and area.left == area.right


def change_names(package: Package, change: Callable[[DefinedName], str]) -> None:
    """Give each defined name the text that `change` answers."""
    edits = []
    for name in names(package):
        text = change(name)
        if text != name.text:
            edits.append((name.place.inner, name.place.inner_end, to_bytes(text)))
    package.edit(package.workbook, edits)


def of_print_area(sheet: str, move: Moved) -> Callable[[DefinedName], str]:
    """For `change_names`: changes what a sheet prints, and no other name."""

    def change(name: DefinedName) -> str:
        own = name.name == PRINT_AREA and (name.scope or "").casefold() == sheet.casefold()
        return moved(name.text, sheet, sheet, move) if own else name.text

    return change


def is_1904(package: Package) -> bool:
    """True where dates count from 1904."""
    found = first(package.xml(package.workbook), "workbookPr")
    return found is not None and found.get("date1904") in ("1", "true")


def recalculate_on_load(package: Package) -> None:
    """Tell Excel to work out every formula when it opens the file, and drop the calculation chain."""
    package.drop(package.workbook, "calcChain")
    xml = package.xml(package.workbook)
    found = first(xml, "calcPr")
    if found is not None:
        if found.get("fullCalcOnLoad") not in ("1", "true"):
            package.edit(package.workbook, [with_tag_attribute(xml, found, "fullCalcOnLoad", "1")])
        return
    after = next((one for name in _BEFORE_CALCULATION if (one := first(xml, name)) is not None), None)
    if after is not None:
        new = b"<" + after.prefix + b'calcPr fullCalcOnLoad="1"/>'
        package.edit(package.workbook, [(after.end, after.end, new)])
