"""The files `les.xlam` and `les.xlsm`: xlwings' own add-in with our parts; the same input, the same bytes."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import les_xl
from les_xl.errors import LesError, Place
from les_xl.errors.addin import UNKNOWN_SEED
from les_xl.hosts.addin import XLWINGS
from les_xl.hosts.addin.project import PROJECT_PART
from les_xl.hosts.addin.ribbon import ribbon_xml

_ADDIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say: a date of the build would make every build another file."""
_STATED = re.compile(rb"<cp:version>([^<]*)</cp:version>")
_STATED_XLWINGS = re.compile(rb"<cp:keywords>xlwings ([^<]*)</cp:keywords>")


@dataclass(frozen=True)
class Form:
    """A file that is built: its name, the type of its workbook, and what its one sheet says."""

    file: str
    content_type: str
    lines: tuple[str, ...]


_SAID = (
    f"LES-XL {les_xl.__version__}: the LES functions and the LES tab for Excel on Windows.",
    "The figures come from Python on this computer; `les-xl addin install` says where it is.",
    f"Parts are from xlwings {XLWINGS} (BSD 3-clause licence; its text is in the VBA module).",
)
ADDIN = Form("les.xlam", _ADDIN, _SAID)
BOOK = Form(
    "les.xlsm",
    _BOOK,
    (
        *_SAID,
        "Work in this workbook where no add-in may be installed: the functions and the tab are in it only.",
        'Try it in an empty cell: =LES_AS_AT() and =LES_PCT_PLAN("Dementia")',
    ),
)
FORMS = (ADDIN, BOOK)


@dataclass(frozen=True)
class Stated:
    """Of which versions an add-in says that it is."""

    version: str
    xlwings: str


def package(form: Form, seed: Path, project: bytes) -> bytes:
    """The whole file. Raises LesError (LES625) where a part of xlwings' add-in is not as known."""
    parts = {
        PROJECT_PART: project,
        "customUI/customUI.xml": ribbon_xml(),
        "xl/workbook.xml": _workbook(),
        "xl/worksheets/sheet1.xml": _sheet(len(form.lines)),
        "xl/sharedStrings.xml": _strings(form.lines),
        "docProps/core.xml": _properties(),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(seed) as theirs, zipfile.ZipFile(content, "w") as ours:
        names = theirs.namelist()
        if missing := sorted(parts.keys() - set(names)):
            raise LesError(UNKNOWN_SEED.at(Place(), what=f"{seed.name} ({missing[0]})", version=XLWINGS))
        # Excel and other readers look for the types first.
        for name in sorted(names, key=lambda each: (each != "[Content_Types].xml", each)):
            written = parts.get(name) or theirs.read(name)
            if name == "[Content_Types].xml":
                written = _typed(written, form)
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            ours.writestr(info, written, compresslevel=9)
    return content.getvalue()


def stated(path: Path) -> Stated | None:
    """The versions that a file states; None for no file or one that LES-XL did not make. Raises OSError."""
    try:
        with zipfile.ZipFile(path) as file:
            properties = file.read("docProps/core.xml")
    except (KeyError, FileNotFoundError, zipfile.BadZipFile):
        return None
    version, xlwings = _STATED.search(properties), _STATED_XLWINGS.search(properties)
    if version is None or xlwings is None or b"<dc:creator>LES-XL</dc:creator>" not in properties:
        return None
    return Stated(version[1].decode(), xlwings[1].decode())


def _typed(types: bytes, form: Form) -> bytes:
    if types.count(_ADDIN.encode()) != 1:
        raise LesError(UNKNOWN_SEED.at(Place(), what="the types of its add-in", version=XLWINGS))
    return types.replace(_ADDIN.encode(), form.content_type.encode())


def _workbook() -> bytes:
    """Not hidden as xlwings' is: an add-in is so anyhow, and a hidden book's functions cannot be described.

    The code names are those of the VBA project's modules.
    """
    return _xml(
        f'<workbook xmlns="{_MAIN}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<workbookPr codeName="ThisWorkbook"/><bookViews><workbookView/></bookViews>'
        '<sheets><sheet name="LES-XL" sheetId="2" r:id="rId3"/></sheets></workbook>'
    )


def _sheet(count: int) -> bytes:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="s"><v>{number - 1}</v></c></row>'
        for number in range(1, count + 1)
    )
    return _xml(
        f'<worksheet xmlns="{_MAIN}"><sheetPr codeName="Sheet2"/><sheetData>{rows}</sheetData></worksheet>'
    )


def _strings(lines: tuple[str, ...]) -> bytes:
    items = "".join(f"<si><t>{escape(line)}</t></si>" for line in lines)
    return _xml(f'<sst xmlns="{_MAIN}" count="{len(lines)}" uniqueCount="{len(lines)}">{items}</sst>')


def _properties() -> bytes:
    spaces = {
        "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
    }
    declared = " ".join(f"xmlns:{prefix}={quoteattr(space)}" for prefix, space in spaces.items())
    return _xml(
        f"<cp:coreProperties {declared}><dc:title>LES-XL</dc:title><dc:creator>LES-XL</dc:creator>"
        f"<cp:keywords>xlwings {XLWINGS}</cp:keywords><cp:version>{escape(les_xl.__version__)}</cp:version>"
        "</cp:coreProperties>"
    )


def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()
