"""Workbooks read back with openpyxl: values by table, formulas by cell, parts as XML."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.workbook import Workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def open_book(path: Path, *, values: bool = True) -> Workbook:
    """Open for values (cached results) or for formulas; openpyxl warns that it would drop sparklines."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path, data_only=values)


@dataclass(frozen=True)
class Read:
    """One table as read: its sheet, headers, and body rows of values."""

    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def records(self) -> list[dict[str, Any]]:
        """Each row by header."""
        return [dict(zip(self.headers, row, strict=True)) for row in self.rows]


@lru_cache
def read_tables(path: Path) -> dict[str, Read]:
    """Every Excel table of a workbook by its name."""
    found = {}
    for sheet in open_book(path).worksheets:
        for table in sheet.tables.values():
            headers, *body = ([cell.value for cell in row] for row in sheet[table.ref])
            rows = tuple(tuple(row) for row in body)
            found[table.name] = Read(sheet.title, tuple(str(header) for header in headers), rows)
    return found


Values = dict[tuple[str, str], Any]
"""What cells hold, by sheet and address."""


@lru_cache
def cells(path: Path) -> Values:
    """What every cell that is not empty shows."""
    return {at: cell.value for at, cell in _cells(path, values=True) if cell.value is not None}


@lru_cache
def formulas(path: Path) -> dict[tuple[str, str], str]:
    """The formula of every cell that has one; a text that looks like one is a text."""
    return {at: cell.value for at, cell in _cells(path, values=False) if cell.data_type == "f"}


def _cells(path: Path, *, values: bool) -> Iterator[tuple[tuple[str, str], Any]]:
    for sheet in open_book(path, values=values).worksheets:
        for row in sheet.iter_rows():
            yield from (((sheet.title, cell.coordinate), cell) for cell in row)


def parts(path: Path, pattern: str) -> Iterator[tuple[str, etree._Element]]:
    """The XML parts whose name matches, each as its root element."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if re.fullmatch(pattern, name):
                yield name, etree.fromstring(package.read(name), _PARSER)


def with_wrong_results(workbook: Path, copy: Path, wrong: str = "987654321") -> int:
    """A copy whose every formula has a wrong cached result; gives how many. What is right afterwards was
    worked out by whoever opened the copy."""
    count = 0
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                root = etree.fromstring(part, _PARSER)
                count += _spoil(root, wrong)
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(name, part)
    return count


def _spoil(sheet: etree._Element, wrong: str) -> int:
    count = 0
    for cell in sheet.iter(f"{MAIN}c"):
        if cell.find(f"{MAIN}f") is not None:
            if "t" in cell.attrib:
                del cell.attrib["t"]
            result = cell.find(f"{MAIN}v")
            assert result is not None, cell.get("r")
            result.text = wrong
            count += 1
    return count
