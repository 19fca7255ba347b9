"""Which column of a table is which of ours, by heading or position; what is missing, doubled or left over."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from les_xl.data.mapping.months import heading_month
from les_xl.data.mapping.table import Table
from les_xl.errors import Place, Problem, nearest
from les_xl.errors.extracts import EXTRA_COLUMN
from les_xl.errors.mapping import COLUMN_TWICE, HEADING_MISSING, NOT_A_HEADING
from les_xl.spec.extract_columns import SPREAD
from les_xl.spec.extract_model import ExtractMapping, Only, TotalsRow, WideMonths
from les_xl.spec.wildcards import fits_any


@dataclass
class Sources:
    """Where in a table each thing stands, by column number from 0; `months` are those of a wide layout.

    `columns` are ours that come from a column; `code` those of the supplier's code; `kept` the column of each
    `only`; `problems` refuse the file, `extra` are warnings of columns that nothing is made of.
    """

    columns: dict[str, int] = field(default_factory=dict)
    months: dict[int, str] = field(default_factory=dict)
    code: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    totals: int | None = None
    problems: list[Problem] = field(default_factory=list)
    extra: list[Problem] = field(default_factory=list)


def sources(table: Table, mapping: ExtractMapping) -> Sources:
    """Find every column of a table (LES281, LES283, LES289; LES211 as a warning)."""
    found = Sources()
    finder = _Finder(table, mapping, found)
    for name, column in mapping.columns.given().items():
        at = finder.of(name, column.headings, column.position)
        if at is not None:
            found.columns[name] = at
    if mapping.indicators:
        code = (finder.of("the code", (heading,), None) for heading in mapping.indicators.headings)
        found.code = tuple(at for at in code if at is not None)
    kept = (finder.by(only) for only in mapping.only)
    found.kept = tuple(at for at in kept if at is not None)
    if mapping.footer:
        found.totals = finder.by(mapping.footer)
    finder.required()
    if mapping.layout == "wide":
        finder.months()
    if table.header is not None:
        finder.left_over()
    return found


class _Finder:
    def __init__(self, table: Table, mapping: ExtractMapping, found: Sources) -> None:
        self.table, self.mapping, self.found = table, mapping, found
        self.used: set[int] = set()

    def of(self, name: str, headings: tuple[str, ...], position: int | None) -> int | None:
        """The column with one of the headings or at the position; a problem where it is not exactly one."""
        if position is not None:
            self.used.add(position - 1)
            if position > len(self.table.body.columns):
                self.found.problems.append(self._too_narrow(name, position))
            return position - 1
        if not headings:
            return None
        columns = self.table.with_headings(headings)
        self.used |= set(columns)
        if len(columns) != 1:
            self.found.problems.append(self._twice(name, columns) if columns else self._missing(headings))
        return columns[0] if len(columns) == 1 else None

    def by(self, spec: Only | TotalsRow) -> int | None:
        """The column by which rows are told."""
        return self.of("the rows that are read", (spec.heading,) if spec.heading else (), spec.position)

    def required(self) -> None:
        """Headings that the mapping requires."""
        for heading in self.mapping.requires:
            columns = self.table.with_headings([heading])
            self.used |= set(columns)
            if not columns:
                self.found.problems.append(self._missing((heading,)))

    def months(self) -> None:
        """The columns whose headings are months, each month once."""
        how = self.mapping.months or WideMonths()
        for at, heading in enumerate(self.table.headings):
            month = None if at in self.used else heading_month(heading, how.heading, how.year)
            if month is None or fits_any(self.mapping.ignore, heading):
                continue
            twin = next((other for other, known in self.found.months.items() if known == month), None)
            if twin is not None:
                self.found.problems.append(self._twice(month, [twin, at]))
            self.found.months[at] = month
        if not self.found.months:
            value = SPREAD.get(self.mapping.kind, "value")
            self.found.problems.append(self._missing(("a month",), f"{value} stands under months"))

    def left_over(self) -> None:
        """Columns that are not used: in a wide layout a mistyped month must not be lost."""
        wide = self.mapping.layout == "wide"
        known = [heading for column in self.mapping.columns.given().values() for heading in column.headings]
        for at in self._unused():
            column = self.table.heading(at)
            if wide:
                words = {"column": column, "mapping": self.mapping.mapping}
                self.found.problems.append(NOT_A_HEADING.at(self._here(), **words))
            else:
                near = nearest(column, known)
                advice = f"if it is '{near}', rename it" if near else "if this is meant, add it to `ignore`"
                words = {"column": column, "kind": f"the mapping '{self.mapping.mapping}'", "advice": advice}
                self.found.extra.append(EXTRA_COLUMN.at(self._here(), **words))

    def _unused(self) -> Iterator[int]:
        passed_over = (*self.mapping.organisation_columns, *self.mapping.ignore)
        for at in range(len(self.table.body.columns)):
            heading = self.table.headings[at] if at < len(self.table.headings) else ""
            passed = bool(heading) and fits_any(passed_over, heading)
            if at in self.used or at in self.found.months or passed:
                continue
            if heading or (self.table.body[at] != "").any():
                yield at

    def _here(self) -> Place:
        return self.table.place(self.table.header)

    def _missing(self, wanted: tuple[str, ...], advice: str = "") -> Problem:
        spare = [heading for heading in self.table.headings if heading]
        near = next((close for want in wanted if (close := nearest(want, spare))), None)
        usual = f"its headings are {', '.join(spare)}; correct the file, or the mapping"
        return HEADING_MISSING.at(
            self._here(),
            mapping=self.mapping.mapping,
            wanted=" or ".join(f"'{want}'" for want in wanted),
            advice=advice or (f"is it '{near}'? Add that to the mapping" if near else usual),
        )

    def _too_narrow(self, name: str, position: int) -> Problem:
        width = len(self.table.body.columns)
        return HEADING_MISSING.at(
            self._here(),
            mapping=self.mapping.mapping,
            wanted=f"number {position} for {name}",
            advice=f"it has {width} columns; is it the right file, and are its columns set apart by the "
            f"mapping's `delimiter` ({self.mapping.delimiter})?",
        )

    def _twice(self, column: str, at: list[int]) -> Problem:
        names = " and ".join(f"'{self.table.heading(place)}' (number {place + 1})" for place in at)
        return COLUMN_TWICE.at(self._here(), headings=names, column=column, mapping=self.mapping.mapping)
