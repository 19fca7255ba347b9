"""The zip of a workbook, opened with care: its parts as bytes and as XML, guarded against hostile files."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from les_xl.errors import Kind, Place, Problem
from les_xl.errors.lint import NOT_A_WORKBOOK, REPEATED_PART, TOO_LARGE, UNREADABLE_PART

MOST_PARTS = 5_000
MOST_BYTES = 256 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = (".xml", ".rels")
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What the standard library raises for archives that are broken, encrypted or packed in an unknown way."""


@dataclass(frozen=True)
class Container:
    """The parts of a workbook. `file` is its name as shown; `roots` holds those parts that are XML."""

    file: str
    parts: Mapping[str, bytes]
    roots: Mapping[str, etree._Element]

    def problem(
        self, kind: Kind, sheet: str | None = None, cell: str | None = None, /, **words: object
    ) -> Problem:
        """A problem of this workbook."""
        place = Place(self.file, sheet=sheet, cell=cell)
        return kind.at(place, source="", value="", **words)


class NotOpenedError(Exception):
    """The file cannot be looked into at all; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def open_container(path: Path) -> tuple[Container, list[Problem]]:
    """The workbook's parts, and what is wrong with single ones. Raises NotOpenedError where it is no zip."""
    file = str(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _guard(file, entries)
            parts, problems = _read_parts(file, archive, entries)
    except _FAULTS as fault:
        raise NotOpenedError(NOT_A_WORKBOOK.at(Place(file), reason=_reason(path, fault))) from None
    roots: dict[str, etree._Element] = {}
    for name, content in parts.items():
        if name.lower().endswith(_XML):
            root = _parse(content)
            if isinstance(root, str):
                problems.append(UNREADABLE_PART.at(Place(file), part=name, reason=root))
            else:
                roots[name] = root
    return Container(file, parts, roots), problems


def _guard(file: str, entries: list[zipfile.ZipInfo]) -> None:
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS:
        words = {"what": f"it has {len(entries):,} parts", "most": f"{MOST_PARTS:,}"}
        raise NotOpenedError(TOO_LARGE.at(Place(file), **words))
    if size > MOST_BYTES:
        words = {"what": f"it unpacks to {size >> 20:,} MB", "most": f"{MOST_BYTES >> 20:,} MB"}
        raise NotOpenedError(TOO_LARGE.at(Place(file), **words))


def _read_parts(
    file: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> tuple[dict[str, bytes], list[Problem]]:
    problems = list(_repeated(file, entries))
    parts: dict[str, bytes] = {}
    for entry in entries:
        try:
            parts[entry.filename] = archive.read(entry)
        except _FAULTS as fault:
            problems.append(UNREADABLE_PART.at(Place(file), part=entry.filename, reason=str(fault)))
    return parts, problems


def _repeated(file: str, entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    # Part names are the same when they differ in case only: the rule of Open Packaging Conventions.
    counts = Counter(entry.filename.lower() for entry in entries)
    for name, count in counts.items():
        if count > 1:
            yield REPEATED_PART.at(Place(file), part=name, count=count)


def _parse(content: bytes) -> etree._Element | str:
    """The root of a part, or why there is none. Nothing outside the part is ever read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        return str(fault) or "it is not XML"
    if root.getroottree().docinfo.internalDTD is not None:
        return "it declares a document type, which no workbook does"
    return root


def _reason(path: Path, fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError):
        return "there is no such file"
    if isinstance(fault, PermissionError):
        return "it may not be read, or is locked by another program"
    if isinstance(fault, IsADirectoryError):
        return "it is a folder"
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as unread:
        return unread.strerror or "it cannot be read"
    if start == _OLE:
        return "it has a password, or is of Excel's old format (.xls)"
    return "it is no zip package, as a workbook is"
