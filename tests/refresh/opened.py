"""What the tests see of a workbook: parts as bytes, as flat lists of facts, and values by openpyxl."""

import warnings
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from python_calamine import CalamineWorkbook

from les_xl.report.table import Column, Content, Row, Table


def parts(path: Path) -> dict[str, bytes]:
    """Every part by name, in the order of the file."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The names of the parts that are not byte for byte what they were, or are there once only."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def facts(xml: bytes) -> list[str]:
    """Every attribute and text of a part, each with its path; rows and cells are named by their address."""
    found: list[str] = []
    _facts(etree.fromstring(xml), "", found)
    return found


def _facts(element: Any, path: str, found: list[str]) -> None:
    if not isinstance(element.tag, str):
        return
    name = etree.QName(element).localname
    here = f"{path}/{name}"
    if name in ("row", "c", "definedName", "comment") and (element.get("r") or element.get("name")):
        here += f"[{element.get('r') or element.get('name')}]"
    found.append(here)
    found += [f"{here}@{etree.QName(key).localname}={value}" for key, value in sorted(element.items())]
    if element.text and element.text.strip():
        found.append(f"{here}={element.text}")
    for child in element:
        _facts(child, here, found)


def difference(before: bytes, after: bytes) -> tuple[set[str], set[str]]:
    """The facts of a part that went, and those that came."""
    old, new = facts(before), facts(after)
    return set(old) - set(new), set(new) - set(old)


def values(path: Path, sheet: str, area: str, *, formulas: bool = False) -> list[list[Any]]:
    """The values of an area as openpyxl reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names everything that it would drop, if it saved
        book = openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=not formulas)
    return [[cell.value for cell in row] for row in book[sheet][area]]


def shown(path: Path, sheet: str) -> list[list[Any]]:
    """The values of a whole sheet from A1 on as calamine reads them, which is fast; "" for nothing."""
    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet)
    return found.to_python(skip_empty_area=False)


def plan(*rows: tuple[Content, ...], months: tuple[str, ...] = ("Apr-25", "May-25", "Jun-25")) -> Table:
    """A generated `tblPlan` of LES and months."""
    columns = (Column("LES"), *(Column(month, "number") for month in months))
    return Table("tblPlan", "Plan", columns, tuple(Row(row) for row in rows), ("LES",))
