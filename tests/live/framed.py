"""A workbook file as the stand-in holds it, with what stands around its cells."""

import re
from pathlib import Path
from typing import Any

from lxml import etree

from les_xl.excel.closed import workbook
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.workbook import SheetRef
from tests.live.calls import Excel
from tests.live.mirror import mirrored
from tests.live.state import ShapeState, SheetState

_SIDES = {"L": "Left", "C": "Center", "R": "Right"}
_PROPERTIES = {"Title": "{*}title", "Comments": "{*}description"}


def framed(path: Path) -> Excel:
    """Excel with the workbook open; no formula of a chart but its ranges is told."""
    excel, _ = mirrored(path)
    package = Package(path.read_bytes())
    states = {sheet.name: sheet for sheet in excel.book.sheets}
    for ref in workbook.sheets(package):
        _frame(package, ref, states[ref.name])
    for name in workbook.names(package):
        if name.name == workbook.PRINT_AREA and name.scope is not None:
            areas = re.findall(r"!([$A-Z0-9:]+)", name.text)
            states[name.scope].print_area = ",".join(areas)
    core = etree.fromstring(package.xml("docProps/core.xml"))
    excel.book.properties = {known: core.findtext(tag) or "" for known, tag in _PROPERTIES.items()}
    return excel


def _frame(package: Package, ref: SheetRef, state: SheetState) -> None:
    root = etree.fromstring(package.xml(ref.part))
    for where in ("Header", "Footer"):
        text = root.findtext(f".//{{*}}odd{where}") or ""
        for side, of_side in re.findall(r"&([LCR])((?:(?!&[LCR]).)*)", text):
            state.sections[f"{_SIDES[side]}{where}"] = of_side
    for drawing in package.related(ref.part, "drawing"):
        targets = {one.id: one.target for one in package.relations(drawing)}
        for held in etree.fromstring(package.xml(drawing)).iterfind(".//{*}graphicFrame"):
            state.shapes.append(_shape(package, held, targets))


def _shape(package: Package, held: Any, targets: dict[str, str]) -> ShapeState:
    named, chart = held.find(".//{*}cNvPr"), held.find(".//{*}graphicData/{*}chart")
    relation = next(value for key, value in chart.items() if str(key).endswith("}id"))
    ranges = etree.fromstring(package.xml(targets[relation])).iterfind(".//{*}f")
    return ShapeState(named.get("name"), named.get("descr"), [f"=SERIES(,,{one.text},1)" for one in ranges])
