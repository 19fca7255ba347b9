"""The way in for files of suppliers: a file opened by the mapping that fits it, if there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from les_xl.data.extract import Extract, find_header, recognise
from les_xl.data.mapping.extract import mapped_extract
from les_xl.data.mapping.table import headings_of
from les_xl.data.sheets import Sheet, read_sheets
from les_xl.errors import LesError, Place, Problem
from les_xl.errors.mapping import HEADING_MISSING, TWO_MAPPINGS
from les_xl.spec.extract_model import ExtractMapping, NameMatch
from les_xl.spec.read import Specs
from les_xl.spec.wildcards import fits, folded

_HEADINGS_WITHIN = 20


@dataclass(frozen=True)
class Arrival:
    """A file that was opened; `mapping` and the name that it `matched` are None for one with our headings.

    `problems` say why it is not clear what the file is. They are for after the check for patients' data.
    """

    path: Path
    sheets: tuple[Sheet, ...]
    mapping: ExtractMapping | None = None
    matched: NameMatch | None = None
    problems: tuple[Problem, ...] = field(default=())

    @property
    def headings(self) -> Mapping[int, tuple[str, ...]]:
        """The headings of each sheet (numbered from 0) of which the mapping knows where they are."""
        if self.mapping is None:
            return {}
        known = {number: headings_of(sheet, self.mapping) for number, sheet in enumerate(self.sheets)}
        return {number: texts for number, texts in known.items() if texts or self.mapping.header.none}

    @property
    def of_organisations(self) -> tuple[str, ...]:
        """Patterns of headings that the mapping declares to be of organisations."""
        if self.mapping is None:
            return ()
        columns = self.mapping.columns.given().values() if self.mapping.kind == "organisations" else ()
        mapped = tuple(heading for column in columns for heading in column.headings)
        return (*self.mapping.organisation_columns, *mapped)

    def extract(self, specs: Specs) -> Extract:
        """The file as an extract. Raises LesError: LES207 to LES213, LES280 to LES289."""
        if self.problems:
            raise LesError(*self.problems)
        if self.mapping is None or self.matched is None:
            return recognise(self.path, self.sheets)
        return mapped_extract(str(self.path), self.sheets, self.mapping, self.matched, specs)


def open_arrival(path: Path, content: bytes, mappings: Sequence[ExtractMapping]) -> Arrival:
    """Open a file by the one mapping that fits its name and headings. Raises LesError: LES205, LES206."""
    named = [(mapping, match) for mapping in mappings if (match := _match(path, mapping))]
    opened = [
        Arrival(path, read_sheets(path, content, mapping.encoding, mapping.delimiter), mapping, match)
        for mapping, match in named
    ]
    fitting = [arrival for arrival in opened if not _missing(arrival)]
    if len(fitting) == 1:
        return fitting[0]
    own = Arrival(path, read_sheets(path, content))
    if fitting:
        slugs = ", ".join(f"'{arrival.mapping.mapping}'" for arrival in fitting if arrival.mapping)
        return _refused(fitting[0], TWO_MAPPINGS.at(Place(str(path)), mappings=slugs))
    if opened and find_header(own.sheets) is None:
        return _refused(opened[0], *(_without(arrival) for arrival in opened))
    return own


def _match(path: Path, mapping: ExtractMapping) -> NameMatch | None:
    return next((match for match in mapping.matches if fits(match.file, path.name)), None)


def _missing(arrival: Arrival) -> list[str]:
    """Headings that the mapping requires and that stand together in no row near the top."""
    if arrival.mapping is None or not arrival.mapping.requires:
        return []
    wanted = {folded(heading): heading for heading in arrival.mapping.requires}
    rows = [
        {folded(str(cell)) for cell in row}
        for sheet in arrival.sheets
        for row in sheet.cells.iloc[:_HEADINGS_WITHIN].itertuples(index=False, name=None)
    ]
    lacking = [[heading for plain, heading in wanted.items() if plain not in row] for row in rows]
    return min(lacking, key=len, default=list(wanted.values()))


def _without(arrival: Arrival) -> Problem:
    mapping = arrival.mapping.mapping if arrival.mapping else ""
    wanted = ", ".join(f"'{heading}'" for heading in _missing(arrival))
    advice = "by its name it is a file of this mapping: is it the right one, or has the supplier changed it?"
    return HEADING_MISSING.at(Place(str(arrival.path)), mapping=mapping, wanted=wanted, advice=advice)


def _refused(arrival: Arrival, *problems: Problem) -> Arrival:
    return Arrival(arrival.path, arrival.sheets, arrival.mapping, arrival.matched, problems)
