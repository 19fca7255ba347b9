"""Workbooks of an older version, made without some sheets; and what an analyst does to them."""

import re
import warnings
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from les_xl.excel import sheets as registry
from les_xl.excel.closed import workbook
from les_xl.excel.closed.markup import elements
from les_xl.excel.closed.package import CONTENT_TYPES, Package
from les_xl.excel.drawing import Sheet
from les_xl.excel.edition import contents
from les_xl.excel.lint import lint_workbook
from les_xl.excel.master import new_workbook
from les_xl.excel.refresh import RefreshResult, refresh_file
from les_xl.position import Position
from tests.validity.validator import validate_ooxml
from tests.workbook.sample_position import NOW

NEWER = ("LTC banding", "LTC profile", "Practices", "Actions and risks", "Explorer")
"""The sheets that the older version does not have."""


def write_older(position: Position, path: Path, *without: str) -> Path:
    """The workbook as a version wrote it that had no such sheets."""
    real = registry.sheets
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            registry, "sheets", lambda given: tuple(one for one in real(given) if one.name not in without)
        )
        new_workbook(position, path, now=NOW)
    return path


def with_sheet(patch: pytest.MonkeyPatch, sheet: Sheet) -> None:
    """Let the product have one more sheet from now on, as its next version does."""
    real = registry.sheets
    patch.setattr(registry, "sheets", lambda given: (*real(given), sheet))


def refreshed(path: Path, position: Position, **options: Any) -> RefreshResult:
    """Refresh as the command does."""
    found = contents(position, NOW)
    return refresh_file(
        path,
        found.tables,
        found.names,
        answer=found.answer,
        frame=found.frame,
        offer=found.offer,
        **options,
    )


def faults(path: Path) -> set[str]:
    """What our lint and Microsoft's validator find, wherever in the file it is."""
    found = {f"{one.code} {one.message}" for one in lint_workbook(path, uncached=True)}
    return found | {f"{one.kind} {one.description}" for one in validate_ooxml(path)}


def edited(path: Path, **changes: Callable[[bytes], bytes]) -> Path:
    """The file with parts changed: `workbook`, `styles`, or what else a part is called without folder."""
    package = Package(path.read_bytes())
    for part in list(package.parts()):
        stem = part.rpartition("/")[2].partition(".")[0]
        if stem in changes and part.endswith(".xml"):
            package.put(part, changes[stem](package.xml(part)))
    path.write_bytes(package.to_bytes())
    return path


def deleted(path: Path, sheet: str) -> Path:
    """Delete a sheet as Excel does: with its tables and charts; names of its cells become `#REF!`."""
    package = Package(path.read_bytes())
    found = workbook.sheets(package)
    at = next(place for place, one in enumerate(found) if one.name == sheet)
    gone = _family(package, found[at].part)

    def names(given: re.Match[bytes]) -> bytes:
        text, scope = given[2].decode(), re.search(rb'localSheetId="(\d+)"', given[1])
        if scope is not None and int(scope[1]) == at:
            return b""
        attributes = given[1]
        if scope is not None and int(scope[1]) > at:
            attributes = attributes.replace(scope[0], b'localSheetId="%d"' % (int(scope[1]) - 1))
        lost = text.startswith((f"{sheet}!", f"'{sheet}'!"))
        return b"<definedName" + attributes + b">" + (b"#REF!" if lost else given[2]) + b"</definedName>"

    package.put(
        package.workbook,
        re.sub(rb"<definedName([^>]*)>([^<]*)</definedName>", names, package.xml(package.workbook)),
    )
    line = sorted(elements(package.xml(package.workbook), "sheet"), key=lambda one: one.start)[at]
    package.edit(package.workbook, [(line.start, line.end, b"")])
    rels = "xl/_rels/workbook.xml.rels"
    for part, tag, attribute in ((rels, "Relationship", "Target"), (CONTENT_TYPES, "Override", "PartName")):
        lines = elements(package.xml(part), tag)
        targets = tuple(name.removeprefix("xl/") if part == rels else f"/{name}" for name in gone)
        package.edit(part, [(one.start, one.end, b"") for one in lines if one.get(attribute) in targets])
    package._dropped |= gone
    path.write_bytes(package.to_bytes())
    return path


def _family(package: Package, part: str) -> set[str]:
    folder, _, file = part.rpartition("/")
    rels = package.find(f"{folder}/_rels/{file}.rels")
    found = {part} | ({rels} if rels else set())
    for one in package.relations(part):
        found |= _family(package, one.target)
    return found


def opened(path: Path) -> Any:
    """The workbook as openpyxl reads it, formulas as such."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names everything that it would drop, if it saved
        return openpyxl.load_workbook(BytesIO(path.read_bytes()))


def seen(sheet: Any) -> dict[str, tuple[object, ...]]:
    """Everything that is seen of a sheet's cells: content, font, fill, borders, format, place in the cell."""
    found: dict[str, tuple[object, ...]] = {}
    for row in sheet.iter_rows():
        for cell in row:
            border = tuple(getattr(cell.border, side).style for side in ("left", "right", "top", "bottom"))
            font = (cell.font.name, cell.font.sz, cell.font.b, cell.font.u, _colour(cell.font.color))
            looks = (font, _colour(cell.fill.fgColor), border, cell.number_format, cell.alignment.horizontal)
            found[cell.coordinate] = (cell.value, *looks, cell.alignment.wrap_text)
    return found


def _colour(colour: Any) -> object:
    """A colour; the theme's colour of text is black in every theme that Office or LibreOffice begins with."""
    if colour is None or colour.type == "rgb":
        return None if colour is None else colour.rgb
    return "FF000000" if colour.type == "theme" and colour.theme == 1 else (colour.type, colour.value)


def rules(sheet: Any) -> Mapping[str, list[object]]:
    """The conditional formats of a sheet: by range what they test and how what meets it looks."""
    return {
        str(ranges.sqref): [
            (
                rule.type,
                rule.operator,
                rule.formula,
                _colour(rule.dxf.font.color),
                _colour(rule.dxf.fill.bgColor),
            )
            for rule in ranges.rules
        ]
        for ranges in sheet.conditional_formatting
    }
