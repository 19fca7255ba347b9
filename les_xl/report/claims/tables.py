"""Tables that a document states: each cell held against the position, and each table against itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from les_xl import periods
from les_xl.measures.banding import Banding
from les_xl.report.claims.passages import Grid
from les_xl.report.claims.practices import band_name
from les_xl.report.claims.stated import PERCENT, Stated, read
from les_xl.report.claims.subjects import About, Subjects, fold, month_in
from les_xl.report.claims.tally import Figure, Tally
from les_xl.report.claims.verdict import Judgement, Verdict
from les_xl.report.profiled import profiled
from les_xl.spec.read import PublishedRow

_LEAST_BANDS = 3
_LEAST_MONTHS = 2
_NUMBER_CELL = re.compile(rf"\s*(?:{PERCENT}|[+\-−]?[\d,]+(?:\.\d+)?)\s*")
_MEASURES = (("planned", "planned"), ("delivered", "delivered"))
_YEAR = 12


@dataclass(frozen=True)
class Judged:
    """A table with those who know the right figures."""

    grid: Grid
    tally: Tally
    subjects: Subjects

    def verdict(self, row: int, claim: str, stated: Stated, right: Figure) -> Verdict:
        """A stated number of a row held against the right one."""
        so: Judgement = "agrees" if stated.is_so(right.value) else "disagrees"
        place = self.grid.places[row]
        return Verdict(so, claim, stated.text, stated.written(right.value), right.source, place)


def table_verdicts(grid: Grid, tally: Tally, subjects: Subjects) -> Iterator[Verdict]:
    """Verdicts on a table of practices per band, or of planned and delivered by month; others say nothing."""
    judged = Judged(grid, tally, subjects)
    yield from _banding(judged)
    yield from _plan_delivered(judged)


def _number(cell: str) -> Stated | None:
    return read(cell) if cell and _NUMBER_CELL.fullmatch(cell) else None


# Practices per band


@dataclass(frozen=True)
class _Stated:
    """A stated banding table: where its columns are, and its rows of numbers by name."""

    bands: Mapping[int, str]
    total: int
    first: int


def _banding(judged: Judged) -> Iterator[Verdict]:
    for banding in judged.tally.position.bandings.values():
        found = _layout(judged.grid, banding)
        if found is not None:
            yield from _band_rows(judged, banding, found)
            return


def _layout(grid: Grid, banding: Banding) -> _Stated | None:
    """Where the bands and the total stand, from the row whose cells are labels of bands."""
    labels = {band_name(label): label for label in banding.labels}
    for at, row in enumerate(grid.rows):
        bands = {
            column: labels[band_name(cell)] for column, cell in enumerate(row) if band_name(cell) in labels
        }
        if len(bands) >= _LEAST_BANDS:
            headers = [line[column] for line in grid.rows[: at + 1] for column in range(1, len(line))]
            total = 1 if any("total" in header.lower() for header in headers) and 1 not in bands else -1
            return _Stated(bands, total, at + 1)
    return None


def _band_rows(judged: Judged, banding: Banding, found: _Stated) -> Iterator[Verdict]:
    sums: dict[str, float] = dict.fromkeys(["total", *found.bands.values()], 0.0)
    for at in range(found.first, len(judged.grid.rows)):
        row = judged.grid.rows[at]
        numbers = _band_numbers(row, found)
        name = fold(row[0]) if row else ""
        group = _group(judged, banding, row[0]) if row else None
        if group is not None:
            for key, stated in numbers.items():
                sums[key] += float(stated.value)
            yield from _row_foots(judged, at, row[0], numbers)
            yield from _band_cells(judged, at, row[0], numbers, banding, group)
        elif name == "total":
            yield from _row_foots(judged, at, row[0], numbers)
            yield from _column_sums(judged, at, numbers, sums)
            yield from _band_cells(judged, at, row[0], numbers, banding, None)
        elif name.startswith(("%", "of total", "of practice")) or "%" in row[0]:
            yield from _band_shares(judged, at, numbers, banding)


def _band_numbers(row: tuple[str, ...], found: _Stated) -> dict[str, Stated]:
    columns = {found.total: "total", **found.bands} if found.total >= 0 else dict(found.bands)
    cells = {key: _number(row[column]) for column, key in columns.items() if column < len(row)}
    return {key: cell for key, cell in cells.items() if cell is not None}


def _group(judged: Judged, banding: Banding, name: str) -> str | None:
    code = judged.subjects.organisation(name)
    return code if code in banding.groups.index else None


def _row_foots(judged: Judged, at: int, name: str, numbers: Mapping[str, Stated]) -> Iterator[Verdict]:
    """The stated total of a row against the sum of its own bands."""
    bands = [stated for key, stated in numbers.items() if key != "total"]
    if "total" in numbers and bands:
        right = Figure(float(sum(stated.value for stated in bands)), "the sum of the row's own bands")
        yield judged.verdict(at, f"{name}: total practices", numbers["total"], right)


def _column_sums(
    judged: Judged, at: int, numbers: Mapping[str, Stated], sums: Mapping[str, float]
) -> Iterator[Verdict]:
    """The stated Total row against the sums of the groups above it."""
    for key, stated in numbers.items():
        if sums[key]:
            right = Figure(sums[key], "the sum of the groups above")
            yield judged.verdict(at, f"Total: {_column(key)}", stated, right)


def _band_cells(
    judged: Judged,
    at: int,
    name: str,
    numbers: Mapping[str, Stated],
    banding: Banding,
    group: str | None,
) -> Iterator[Verdict]:
    """The cells of a row against those of a group, or of all groups together."""
    source = f"tblBanding, {periods.long_label(banding.month)}"
    for key, stated in numbers.items():
        right = banding.total[key] if group is None else banding.groups[key].loc[group]
        yield judged.verdict(at, f"{name}: {_column(key)}", stated, Figure(float(right), source))


def _band_shares(
    judged: Judged, at: int, numbers: Mapping[str, Stated], banding: Banding
) -> Iterator[Verdict]:
    bands = {key: stated for key, stated in numbers.items() if key != "total"}
    if not bands or not all(stated.percent for stated in bands.values()):
        return
    for key, stated in bands.items():
        figure = Figure(float(banding.share[key]), f"tblBanding, {periods.long_label(banding.month)}")
        yield judged.verdict(at, f"% of practices: {_column(key)}", stated, figure)
    whole = sum(stated.value for stated in bands.values())
    if len(bands) == len(banding.labels):
        # Each share is rounded to its last digit, so the sum may be off by half of one for each band.
        slack = len(bands) * 0.5 * 10 ** -max(stated.decimals for stated in bands.values())
        so = abs(float(whole) - 100) <= slack
        yield Verdict(
            "agrees" if so else "disagrees",
            "% of practices: the row",
            f"{whole}% in all",
            "100%",
            "all bands together",
            judged.grid.places[at],
        )


def _column(key: str) -> str:
    return "total practices" if key == "total" else f"band {key}"


# Planned and delivered by month


def _plan_delivered(judged: Judged) -> Iterator[Verdict]:
    months: dict[int, str] = {}
    row_of: PublishedRow | None = None
    for at, row in enumerate(judged.grid.rows):
        found = {column: month for column, cell in enumerate(row) if (month := _month(cell)) is not None}
        if len(found) >= _LEAST_MONTHS:
            months = found
            continue
        if not months or not row:
            continue
        named = judged.subjects.about(row[0]).rows if row[0] else ()
        row_of = named[0] if len(named) == 1 else row_of if not row[0] else None
        measure = _measure(" ".join(row[: min(months)]))
        if row_of is not None and measure is not None:
            yield from _month_cells(judged, at, row_of, measure, months)


def _month(cell: str) -> str | None:
    return month_in(cell) if len(cell) <= len("September-2025 ") else None


def _measure(text: str) -> str | None:
    return next((measure for word, measure in _MEASURES if word in text.lower()), None)


def _month_cells(
    judged: Judged, at: int, row: PublishedRow, measure: str, months: Mapping[int, str]
) -> Iterator[Verdict]:
    cells = judged.grid.rows[at]
    numbers = {
        month: stated
        for column, month in months.items()
        if column < len(cells) and (stated := _number(cells[column])) is not None
    }
    for month, stated in numbers.items():
        figure = judged.tally.figure(measure, row, About(month=month))
        if figure is not None:
            claim = f"{row.label}: {measure} in {periods.long_label(month)}"
            yield judged.verdict(at, claim, stated, figure)
    if measure == "planned" and numbers:
        yield from _whole_year(judged, at, row, numbers)
        yield from _against_profile(judged, at, row, numbers)


def _whole_year(
    judged: Judged, at: int, row: PublishedRow, numbers: Mapping[str, Stated]
) -> Iterator[Verdict]:
    """The same plan in every month, for all the months in service, against the annual target."""
    values = {stated.value for stated in numbers.values()}
    target = judged.tally.figure("annual_target", row, About())
    if len(values) > 1 or target is None:
        return
    first = min(numbers)
    in_service = sum(month >= first for month in periods.months_of(periods.year_of(first)))
    year = values.pop() * in_service
    stated = Stated(f"{year:,} ({in_service} months)", year, 0, percent=False)
    yield judged.verdict(at, f"{row.label}: the monthly plan over the year", stated, target)


def _against_profile(
    judged: Judged, at: int, row: PublishedRow, numbers: Mapping[str, Stated]
) -> Iterator[Verdict]:
    """A plan in a month in which the expected profile has nothing."""
    found = profiled(judged.tally.position)
    if found is None or found[0].les != row.les:
        return
    for month, stated in numbers.items():
        if found[1].shares.get(month) == 0 and stated.value:
            source = f"{row.label}, the {found[1].name} profile has 0% in {periods.long_label(month)}"
            claim = f"{row.label}: planned in {periods.long_label(month)}, by the expected profile"
            yield judged.verdict(at, claim, stated, Figure(0.0, source))
