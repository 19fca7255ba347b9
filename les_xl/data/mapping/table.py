"""The tables of a mapped file: which sheets are read, which row has the headings, and what is below."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from les_xl.data.findings import printable
from les_xl.data.sheets import Sheet
from les_xl.errors import Place, Problem
from les_xl.errors.extracts import EMPTY
from les_xl.errors.mapping import HEADER_NOT_FOUND, WRONG_SHEET
from les_xl.periods import label
from les_xl.spec.extract_model import ExtractMapping
from les_xl.spec.wildcards import fits_any, folded


@dataclass(frozen=True)
class Table:
    """One sheet as the mapping sees it.

    `headings` has a text for each column of the grid, "" where there is none; `above` are the cells over the
    headings, `body` the rows below them (columns 0, 1, 2 …; the index is the row number of the file).
    """

    file: str
    sheet: Sheet
    header: int | None
    headings: tuple[str, ...]
    above: pd.DataFrame
    body: pd.DataFrame

    @property
    def name(self) -> str | None:
        """Name of the sheet; None for a CSV file."""
        return self.sheet.name

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        """The place of a row and column of the file."""
        return Place(self.file, sheet=self.name, row=row, field=column)

    def heading(self, at: int) -> str:
        """What a column is called in a message; a heading that is a real date as Excel shows months."""
        heading = self.headings[at] if at < len(self.headings) else ""
        if re.fullmatch(r"(199|20[0-9])[0-9]-(0[1-9]|1[0-2])-[0-9]{2}", heading):
            return label(heading[:7])
        return heading or f"number {at + 1}"

    def column(self, at: int) -> "pd.Series[str]":
        """The cells of a column below the headings; empty ones where the sheet is narrower."""
        if at in self.body.columns:
            return self.body[at]
        return pd.Series("", index=self.body.index, dtype="str")

    def with_headings(self, wanted: Iterable[str]) -> list[int]:
        """The columns that have one of the headings."""
        names = {folded(heading) for heading in wanted}
        return [at for at, heading in enumerate(self.headings) if heading and folded(heading) in names]


def header_of(sheet: Sheet, mapping: ExtractMapping) -> int | None:
    """Position in the grid of the row that holds the headings; None where it has none or none is found."""
    header = mapping.header
    numbers = list(sheet.cells.index)
    if header.none or not numbers:
        return None
    if header.row is not None:
        return numbers.index(header.row) if header.row in numbers else None
    if header.find is None:
        return 0
    near = sheet.cells[sheet.cells.index <= header.within]
    wanted = folded(header.find)
    rows = near.itertuples(index=False, name=None)
    return next((at for at, row in enumerate(rows) if wanted in {folded(str(cell)) for cell in row}), None)


def headings_of(sheet: Sheet, mapping: ExtractMapping) -> tuple[str, ...]:
    """The headings of a sheet by the mapping; empty where there are none."""
    at = header_of(sheet, mapping)
    return () if at is None else tuple(printable(str(cell)) for cell in sheet.cells.iloc[at])


def tables(file: str, sheets: Sequence[Sheet], mapping: ExtractMapping) -> tuple[list[Table], list[Problem]]:
    """The tables of a file, and what is wrong with its sheets (LES207, LES282, LES284)."""
    read: list[Table] = []
    problems: list[Problem] = list(_wrong_sheets(file, sheets, mapping))
    for sheet in _chosen(sheets, mapping):
        at = header_of(sheet, mapping)
        if at is None and not mapping.header.none:
            problems.append(_no_header(file, sheet, mapping))
        else:
            read.append(_table(file, sheet, mapping, at))
    if not problems and all(table.body.empty for table in read):
        problems.append(EMPTY.at(Place(file)))
    return read, problems


def _table(file: str, sheet: Sheet, mapping: ExtractMapping, at: int | None) -> Table:
    cells = sheet.cells
    if at is None:
        return Table(file, sheet, None, (), cells.iloc[:0], cells)
    headings = headings_of(sheet, mapping)
    return Table(file, sheet, int(cells.index[at]), headings, cells.iloc[:at], cells.iloc[at + 1 :])


def _chosen(sheets: Sequence[Sheet], mapping: ExtractMapping) -> Iterator[Sheet]:
    choice = mapping.sheets
    for sheet in sheets:
        if not sheet.visible or sheet.cells.empty:
            continue
        name = sheet.name or ""
        if choice and (fits_any(choice.ignore, name) or (choice.like and not fits_any(choice.like, name))):
            continue
        yield sheet


def _wrong_sheets(file: str, sheets: Sequence[Sheet], mapping: ExtractMapping) -> Iterator[Problem]:
    chosen = list(_chosen(sheets, mapping))
    choice = mapping.sheets
    if not chosen:
        if all(sheet.cells.empty for sheet in sheets):
            yield EMPTY.at(Place(file))
        else:
            wanted = " or ".join(choice.like) if choice and choice.like else "a visible sheet"
            yield _sheet(file, f"the file has no sheet {wanted}", mapping)
    elif len(chosen) > 1 and (choice is None or not (choice.like or choice.each)):
        names = ", ".join(f"'{sheet.name}'" for sheet in chosen)
        yield _sheet(file, f"the sheets {names} all hold something", mapping)


def _sheet(file: str, what: str, mapping: ExtractMapping) -> Problem:
    advice = f"say under `sheets` of the mapping '{mapping.mapping}' which are read, and which are ignored"
    return WRONG_SHEET.at(Place(file), what=what, advice=advice)


def _no_header(file: str, sheet: Sheet, mapping: ExtractMapping) -> Problem:
    header = mapping.header
    where = f"row {header.row}"
    if header.find is not None:
        where = f"the row with '{header.find}' among the first {header.within}"
    return HEADER_NOT_FOUND.at(Place(file, sheet=sheet.name), mapping=mapping.mapping, where=where)
