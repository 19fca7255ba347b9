"""Files as sheets of text: CSV and XLSX read cell by cell with nothing guessed, every code as it stands."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from les_xl.errors import Kind, LesError, Place
from les_xl.errors.extracts import LOCKED, NO_SUCH_FILE, NOT_AN_EXTRACT, PROTECTED, UNREADABLE

SUFFIXES = (".csv", ".xlsx")
"""Endings of the files that are read."""

DELIMITERS: Mapping[str, str] = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
"""What separates the columns of a CSV file."""

_CODECS: Mapping[str, str] = {"utf-8": "utf-8-sig", "cp1252": "cp1252"}

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_MOST_CELLS = 20_000_000
_MOST_BYTES = 1_000_000_000
_BIGGEST_WHOLE = 1e15


@dataclass(frozen=True)
class Sheet:
    """One sheet (a CSV is one without a name). `cells`: a text column for each column, 0, 1, 2 …, stripped;
    the index is the row number as a spreadsheet shows it. Rows with nothing in them are left out."""

    name: str | None
    cells: pd.DataFrame
    visible: bool = True


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises LesError: LES201, LES202, LES204."""
    if path.suffix.lower() not in SUFFIXES:
        raise _error(NOT_AN_EXTRACT, path, suffix=path.suffix or path.name)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _error(NO_SUCH_FILE, path) from None
    except OSError as error:
        raise _error(LOCKED, path, reason=error.strerror or type(error).__name__) from None


def read_sheets(
    path: Path, content: bytes, encoding: str = "auto", delimiter: str = "comma"
) -> tuple[Sheet, ...]:
    """Every sheet of the file, hidden ones too. Raises LesError: LES205, LES206.

    Of a CSV file, `encoding` is utf-8, cp1252 or auto (UTF-8 where it is that, else Windows-1252), and
    `delimiter` is comma, semicolon, tab or pipe.
    """
    if path.suffix.lower() == ".csv":
        return (_read_csv(path, content, encoding, delimiter),)
    return tuple(_read_workbook(path, content))


def _read_csv(path: Path, content: bytes, encoding: str, delimiter: str) -> Sheet:
    text = decode(path, content, encoding)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITERS[delimiter]))
    except csv.Error as error:
        raise _error(UNREADABLE, path, reason=f"it is not {delimiter}-separated text ({error})") from None
    return Sheet(None, _grid(rows))


def decode(path: Path, content: bytes, encoding: str = "auto") -> str:
    """The text of a file, by `encoding` as in `read_sheets`. Raises LesError: LES206 where it is no text."""
    if b"\0" in content:
        raise _error(UNREADABLE, path, reason="it is not plain text")
    codecs = _CODECS if encoding == "auto" else {encoding: _CODECS[encoding]}
    for codec in codecs.values():
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    letters = "neither UTF-8 nor Windows-1252" if len(codecs) > 1 else f"not {encoding}"
    raise _error(UNREADABLE, path, reason=f"its letters are {letters}")


def _read_workbook(path: Path, content: bytes) -> Iterator[Sheet]:
    import python_calamine as calamine

    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            raise _error(PROTECTED, path)
        raise _error(UNREADABLE, path, reason="it is an old Excel 97-2003 workbook under a new name")
    _must_fit(path, content)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for about in book.sheets_metadata:
                if about.typ == calamine.SheetTypeEnum.WorkSheet:
                    rows = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                    visible = about.visible == calamine.SheetVisibleEnum.Visible
                    yield Sheet(about.name, _grid(rows), visible)
    except calamine.PasswordError:
        raise _error(PROTECTED, path) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise _error(UNREADABLE, path, reason=f"it is not a whole workbook ({error})") from None


def _must_fit(path: Path, content: bytes) -> None:
    # The reader asks for memory from A1 to the last used cell, and the process dies where it gets none.
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > _MOST_BYTES:
                raise _error(UNREADABLE, path, reason="it is too big once unpacked")
            for name in package.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _sheet_must_fit(path, package.read(name))
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise _error(UNREADABLE, path, reason=f"it is not a whole workbook ({error})") from None


def _sheet_must_fit(path: Path, xml: bytes) -> None:
    columns, last_row = set(), 1
    for found in _CELL.finditer(xml):
        columns.add(found[1])
        last_row = max(last_row, int(found[2]))
    if last_row * max((_column_number(letters) for letters in columns), default=1) > _MOST_CELLS:
        raise _error(UNREADABLE, path, reason="a cell far to the right and far down is used; delete it")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _grid(rows: Iterable[list[Any]]) -> pd.DataFrame:
    """The rows as columns of text; as many columns as the widest row has."""
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(cell != "" for cell in row)]
    columns = zip_longest(*(row for _, row in numbered), fillvalue="")
    cells = {number: [_text(cell) for cell in column] for number, column in enumerate(columns)}
    grid = pd.DataFrame(cells, index=[number for number, _ in numbered], dtype="str")
    return grid[(grid != "").any(axis=1)]


def _text(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as 2025-10-31, other cells as they stand."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < _BIGGEST_WHOLE
        return str(int(cell)) if whole else repr(cell).upper()
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _error(kind: Kind, path: Path, **words: str) -> LesError:
    return LesError(kind.at(Place(str(path)), **words))
