"""A file recognised: which kind of extract it is by its headings, and its rows as canonical text columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from les_xl.data.findings import Finding, found, printable
from les_xl.data.sheets import Sheet
from les_xl.errors import LesError, Place, Problem, nearest
from les_xl.errors.extracts import (
    DUPLICATE_COLUMN,
    EMPTY,
    EXTRA_COLUMN,
    MISSING_COLUMN,
    RAGGED_ROW,
    SEVERAL_SHEETS,
    UNKNOWN_KIND,
)

NO_ROW = 0
"""Number of the row of what stands in no row: a 0 for an organisation that the file leaves out."""

_HEADINGS_WITHIN = 20


@dataclass(frozen=True)
class Layout:
    """The columns of a kind of extract."""

    kind: str
    title: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


LAYOUTS = (
    Layout("activity", "activity", ("ods_code", "les", "metric", "month", "value")),
    Layout(
        "plans",
        "plans",
        ("ods_code", "les", "metric", "year", "annual_target"),
        ("from", "month", "planned"),
    ),
    Layout(
        "plans",
        "monthly plans",
        ("ods_code", "les", "metric", "year", "month", "planned"),
        ("annual_target", "from"),
    ),
    Layout(
        "organisations",
        "organisations",
        (
            "ods_code",
            "name",
            "type",
            "pcn",
            "pcn_name",
            "sub_icb",
            "sub_icb_name",
            "place",
            "trust",
            "opened",
            "closed",
            "successor",
        ),
        ("valid_from",),
    ),
    Layout("list_sizes", "list sizes", ("ods_code", "month", "list_size")),
    Layout("signup", "sign-up", ("ods_code", "les", "status", "from", "to", "reason")),
    Layout("other_providers", "other providers", ("trust", "place", "indicator", "month", "value")),
)


@dataclass(frozen=True)
class Extract:
    """A recognised file. `frame`: a stripped text column for each column of the layout (an optional one that
    the file has not is left out), and `row`, the row number as a spreadsheet shows it. `headings` gives the
    file's own heading of each column; `findings` what was found while it was recognised.

    A mapped file that is wide or has several sheets gives several lines for a row of the file: `row` then
    numbers the lines, and `origins` tells of each its sheet, row and the heading of its value. `absent_zero`:
    an organisation that counts and has no row has done nothing; `unreported` are the keys of rows whose value
    says that nothing was reported."""

    file: str
    sheet: str | None
    kind: str
    frame: pd.DataFrame
    headings: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    origins: pd.DataFrame | None = None
    absent_zero: bool = False
    unreported: pd.DataFrame | None = None

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        """The place of a row and column of the file."""
        heading = None if column is None else self.headings.get(column, column)
        if row is None or row == NO_ROW:
            return Place(self.file, sheet=self.sheet, field=heading)
        if self.origins is None:
            return Place(self.file, sheet=self.sheet, row=row, field=heading)
        origin = self.origins.loc[[row]].to_dict("records")[0]
        spread = origin["heading"] if heading == "" else heading
        return Place(self.file, sheet=origin["sheet"] or None, row=int(origin["row"]), field=spread)

    def distinct(self, rows: pd.DataFrame, column: str | None) -> pd.DataFrame:
        """The rows but those that would point at a cell once more, as the months of a wide row."""
        if self.origins is None or column is None or self.headings.get(column) == "":
            return rows
        cells = self.origins.loc[rows["row"], ["sheet", "row"]]
        return rows[~cells.duplicated().to_numpy()]

    def line(self, row: int) -> str:
        """A row in a sentence: `row 4`, or where that does not tell it, its sheet and column too."""
        if self.origins is None:
            return f"row {row}"
        origin = self.origins.loc[[row]].to_dict("records")[0]
        words = (("sheet", origin["sheet"]), ("column", origin["heading"]))
        inside = ", ".join(f"{what} '{name}'" for what, name in words if name)
        return f"row {origin['row']} ({inside})"

    def rows_of_file(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with `row` as a spreadsheet shows it."""
        if self.origins is None:
            return rows
        numbers = rows["row"].map(self.origins["row"]).fillna(NO_ROW).astype("int64")
        return rows.assign(row=numbers)


@dataclass(frozen=True)
class Header:
    """The row of a sheet that holds the headings: `at` is its position in the grid."""

    sheet: Sheet
    at: int
    layout: Layout
    headings: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns that the headings do not name."""
        named = {_plain(heading) for heading in self.headings}
        return tuple(column for column in self.layout.required if _plain(column) not in named)

    @property
    def fit(self) -> tuple[float, int]:
        """How well the layout fits: the share of its columns that are there, then how many."""
        present = len(self.layout.required) - len(self.missing)
        return present / len(self.layout.required), present


def find_header(sheets: Sequence[Sheet]) -> Header | None:
    """The best row of headings in the visible sheets; None where no row names half of any kind's columns."""
    headers = [header for sheet in sheets if sheet.visible and (header := _best_header(sheet))]
    return max(headers, key=lambda header: header.fit, default=None)


def recognise(path: Path, sheets: Sequence[Sheet]) -> Extract:
    """The file as an extract. Raises LesError: LES207, LES208, LES209, LES210, LES213."""
    file = str(path)
    header = find_header(sheets)
    if header is None:
        raise LesError(_unknown(file, sheets))
    whole = [
        other for sheet in sheets if sheet.visible and (other := _best_header(sheet)) and not other.missing
    ]
    if len(whole) > 1:
        names = ", ".join(f"'{other.sheet.name}'" for other in whole)
        raise LesError(SEVERAL_SHEETS.at(Place(file), sheets=names))
    problems = [*_missing(file, header), *_doubled(file, header)]
    if problems:
        raise LesError(*problems)
    return _extract(file, header)


def _extract(file: str, header: Header) -> Extract:
    grid = header.sheet.cells.iloc[header.at + 1 :]
    if grid.empty:
        raise LesError(EMPTY.at(Place(file, sheet=header.sheet.name)))
    position = {_plain(heading): at for at, heading in enumerate(header.headings) if heading}
    wanted = (*header.layout.required, *header.layout.optional)
    columns = {name: position[_plain(name)] for name in wanted if _plain(name) in position}
    frame = pd.DataFrame({name: grid.iloc[:, at].to_numpy() for name, at in columns.items()}, dtype="str")
    blank = (frame == "").all(axis=1)
    frame = frame.assign(row=grid.index.to_numpy())
    headings = {name: header.headings[at] for name, at in columns.items()}
    extract = Extract(file, header.sheet.name, header.layout.kind, frame[~blank], headings)
    findings = (*_extra(extract, header, position), *_ragged(extract, header, grid))
    return Extract(
        file, extract.sheet, extract.kind, extract.frame.reset_index(drop=True), headings, findings
    )


def _best_header(sheet: Sheet) -> Header | None:
    first = sheet.cells.iloc[:_HEADINGS_WITHIN]
    rows = [tuple(printable(str(cell)) for cell in row) for row in first.itertuples(index=False, name=None)]
    headers = [
        header
        for at, row in enumerate(rows)
        for layout in LAYOUTS
        if (header := Header(sheet, at, layout, row)).fit >= (0.5, 2)
    ]
    return max(headers, key=lambda header: header.fit, default=None)


def _unknown(file: str, sheets: Sequence[Sheet]) -> Problem:
    if all(sheet.cells.empty for sheet in sheets):
        return EMPTY.at(Place(file))
    sheet = sheets[0].name if len(sheets) == 1 else None
    return UNKNOWN_KIND.at(Place(file, sheet=sheet), activity=", ".join(LAYOUTS[0].required))


def _missing(file: str, header: Header) -> list[Problem]:
    known = {_plain(name) for name in (*header.layout.required, *header.layout.optional)}
    spare = [heading for heading in header.headings if heading and _plain(heading) not in known]
    return [
        MISSING_COLUMN.at(
            Place(file, sheet=header.sheet.name, row=int(header.sheet.cells.index[header.at])),
            kind=header.layout.title,
            column=column,
            advice=_advice(column, spare, header.layout),
        )
        for column in header.missing
    ]


def _advice(column: str, spare: Sequence[str], layout: Layout) -> str:
    close = nearest(column, spare)
    if close is not None:
        return f"is it the one that is called '{close}'? Rename it"
    return f"{layout.title} need the columns {', '.join(layout.required)}"


def _doubled(file: str, header: Header) -> list[Problem]:
    used = {_plain(name) for name in (*header.layout.required, *header.layout.optional)}
    plain = [_plain(heading) for heading in header.headings]
    return [
        DUPLICATE_COLUMN.at(Place(file, sheet=header.sheet.name), column=header.headings[at])
        for at, name in enumerate(plain)
        if name in used and name in plain[:at]
    ]


def _extra(extract: Extract, header: Header, position: Mapping[str, int]) -> list[Finding]:
    named = {_plain(name) for name in extract.headings}
    absent = [name for name in header.layout.optional if name not in extract.headings]
    problems = []
    for plain, at in position.items():
        if plain not in named:
            close = nearest(header.headings[at], absent)
            advice = f"if it is '{close}', rename it" if close else "nothing to do if this is meant"
            words = {"column": header.headings[at], "kind": header.layout.title, "advice": advice}
            problems.append(EXTRA_COLUMN.at(extract.place(), **words))
    return [Finding(EXTRA_COLUMN, tuple(problems), len(problems))]


def _ragged(extract: Extract, header: Header, grid: pd.DataFrame) -> list[Finding]:
    unnamed = [at for at, heading in enumerate(header.headings) if not heading]
    last = max(at for at, heading in enumerate(header.headings) if heading)
    beyond = grid[[column for column in unnamed if column > last]] if unnamed else grid[[]]
    longer = grid[(beyond != "").any(axis=1)] if len(beyond.columns) else grid.iloc[:0]
    return [found(RAGGED_ROW, extract, pd.DataFrame({"row": longer.index.to_numpy()}))]


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]", "", heading).casefold()
