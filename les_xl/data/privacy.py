"""What refuses a file before anything else is looked at: patient identifiers in any cell, heading or name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from les_xl.data.extract import find_header
from les_xl.data.findings import Finding, flatten, found
from les_xl.data.identifiers import has_identifier, names_patients, rows_with_identifiers, withhold
from les_xl.data.sheets import Sheet
from les_xl.errors import Kind, Place, Problem
from les_xl.errors.extracts import IDENTIFIER_COLUMN, IDENTIFIER_NAME, IDENTIFIER_VALUE
from les_xl.spec.wildcards import fits_any

_NO_HEADINGS: Mapping[int, tuple[str, ...]] = {}


@dataclass(frozen=True)
class _Source:
    """A sheet with its headings; `number` counts sheets from 1."""

    file: str
    number: int
    sheet: Sheet
    headings: tuple[str, ...]
    organisations: bool
    declared: tuple[str, ...]

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        return Place(self.file, sheet=self.sheet.name and withhold(self.sheet.name), row=row, field=column)

    def heading(self, at: int) -> str:
        """The heading of a column, or which one it is where it has none or it must not be repeated."""
        heading = self.headings[at] if at < len(self.headings) else ""
        return heading if heading and not has_identifier(heading) else f"number {at + 1}"


def patient_problems(
    path: Path,
    sheets: Sequence[Sheet],
    headings: Mapping[int, tuple[str, ...]] = _NO_HEADINGS,
    of_organisations: tuple[str, ...] = (),
) -> tuple[Problem, ...]:
    """LES220, LES221, LES222 over every sheet, hidden ones too; none of them repeats what it found.

    `headings` are those of the sheets (numbered from 0) of which a mapping knows where they are; a name, an
    address or a postcode `of_organisations` (patterns of headings) is not a patient's.
    Where there is one, the other checks are not to be run: what they say could repeat it.
    """
    file = withhold(str(path))
    findings = [_named("file", Place(file))] if has_identifier(path.name) else []
    for source in _sources(file, sheets, headings, of_organisations):
        if source.sheet.name and has_identifier(source.sheet.name):
            findings.append(_named(f"sheet number {source.number}", Place(file)))
        findings += _columns(source)
        findings += _values(source)
    return flatten(findings)


def _sources(
    file: str, sheets: Sequence[Sheet], headings: Mapping[int, tuple[str, ...]], declared: tuple[str, ...]
) -> list[_Source]:
    header = find_header(sheets)
    sources = []
    for number, sheet in enumerate(sheets, 1):
        if number - 1 in headings:
            sources.append(_Source(file, number, sheet, headings[number - 1], False, declared))
        elif header is not None and header.sheet is sheet:
            organisations = header.layout.kind == "organisations"
            sources.append(_Source(file, number, sheet, header.headings, organisations, declared))
        else:
            first = tuple(str(cell) for cell in sheet.cells.iloc[0]) if len(sheet.cells) else ()
            sources.append(_Source(file, number, sheet, first, False, declared))
    return sources


def _named(what: str, place: Place) -> Finding:
    return _one(IDENTIFIER_NAME, IDENTIFIER_NAME.at(place, what=what))


def _columns(source: _Source) -> list[Finding]:
    return [
        _one(IDENTIFIER_COLUMN, IDENTIFIER_COLUMN.at(source.place(), column=withhold(heading)))
        for heading in source.headings
        if names_patients(heading, source.organisations or fits_any(source.declared, heading))
    ]


def _values(source: _Source) -> list[Finding]:
    findings = []
    for at, column in enumerate(source.sheet.cells.columns):
        cells = source.sheet.cells[column]
        heading = source.heading(at)
        # The value itself is left behind here: only the row goes on.
        rows = pd.DataFrame({"row": cells.index[rows_with_identifiers(cells)], heading: ""})
        findings.append(found(IDENTIFIER_VALUE, source, rows, heading))
    return findings


def _one(kind: Kind, problem: Problem) -> Finding:
    return Finding(kind, (problem,), 1)
