"""`tblShift`, `tblImpact` and `tblShiftMonths`: other providers' activity before and after, side by side."""

import math
from collections.abc import Mapping
from functools import lru_cache

from les_xl import periods
from les_xl.marks import Cell, Mark
from les_xl.position import Position
from les_xl.report.figures import Record, records
from les_xl.report.table import Column, Content, Row, Table
from les_xl.spec.model import Service

FEWER, MORE, SEASON, NO_CHANGE = "Fewer elsewhere", "More elsewhere", "May be season", "No change shown"
"""Findings, as the column says them."""

_FINDINGS = {"fewer": FEWER, "more": MORE, "season": SEASON, "no change": NO_CHANGE}
_UNANSWERED = ("no data", "not assessable")
_LEVELS = {"icb": "ICB", "trust": "Trust", "place": "Place"}
_FIGURES = (
    Column("General practice", "number", 10),
    Column("Elsewhere before, a month", "number", 11.5),
    Column("Same months before, a month", "number", 12.5),
    Column("Elsewhere since, a month", "number", 11.5),
    Column("Rate ratio", "ratio", 7),
    Column("95% from", "ratio", 7),
    Column("95% to", "ratio", 7),
)
_MEASURES = ("gp", "other_baseline", "other_same_months", "other_since", "ratio", "low", "high")
_WHEN = (Column("Months compared", "long_text", 11), Column("Shown from", "month", 9.5))
_AREA = (Column("Level", "text", 7), Column("Trust or place", "long_text", 22))


def shifts(position: Position) -> Table:
    """`tblShift`: the ICB first, then trusts, then places, each LES in the published order.

    A LES that cannot be assessed, or of which there is no data, has the row of the ICB only.
    """
    columns = (
        *_AREA,
        Column("LES", "long_text", 15),
        Column("Mechanism", "text", 12.5),
        Column("Finding", "text", 16.5),
        *_FIGURES,
        *_WHEN,
        Column("In words", "long_text", 66),
    )
    rows = _by_level(position, "shift")
    shown = tuple(
        Row(
            (
                *_area(row),
                str(row["title"]),
                str(row["mechanism"]).capitalize(),
                _finding(row),
                *_figures(row),
                *_when(row),
                _in_words(row),
            ),
            starts=first,
        )
        for row, first in rows
    )
    title = "Service shift, by trust and by place"
    return Table(
        "tblShift", title, columns, shown, ("Level", "Trust or place", "LES", "Mechanism"), filtered=True
    )


def impacts(position: Position) -> Table:
    """`tblImpact`: every indicator for the ICB, and by trust and place those of which there is any data."""
    columns = (
        *_AREA,
        Column("Indicator", "long_text", 20),
        Column("Measured by", "long_text", 26),
        Column("Finding", "text", 16.5),
        *_FIGURES,
        *_WHEN,
        Column("How far it is", "long_text", 28),
        Column("In words", "long_text", 50),
    )
    rows = _by_level(position, "impact")
    said = {f"{service.les}.{one.id}": one for service in position.specs.services for one in service.impact}
    shown = tuple(
        Row(
            (
                *_area(row),
                str(row["title"]),
                said[row["indicator"]].measured_by,
                _finding(row),
                *_figures(row),
                *_when(row),
                said[row["indicator"]].status,
                _in_words(row),
            ),
            starts=first,
        )
        for row, first in rows
    )
    key = ("Level", "Trust or place", "Indicator")
    return Table("tblImpact", "System impact", columns, shown, key, filtered=True)


def months(position: Position) -> Table:
    """`tblShiftMonths`: other providers' counts of the ICB by month, those since the stable month apart."""
    services = assessed(position)
    columns = [Column("Month", "month", 9)]
    for service in services:
        columns += [Column(name, "number", 13) for name in month_columns(service)]
    found = {(one["les"], one["month"]): one for one in _counts(position)}
    rows = tuple(
        Row((month, *(cell for one in services for cell in _month(found.get((one.les, month))))))
        for month in sorted({month for _, month in found})
    )
    title = "Other providers of the ICB, by month"
    notes = ("All trusts together; a month that may not be shown yet, or of which not all reported, is [x].",)
    return Table("tblShiftMonths", title, tuple(columns), rows, ("Month",), notes=notes)


def assessed(position: Position) -> tuple[Service, ...]:
    """The LES that are assessed for a shift."""
    return tuple(service for service in position.specs.services if service.shift)


def month_columns(service: Service) -> tuple[str, str]:
    """The headers of a LES's months in `tblShiftMonths`: before the stable month, and since."""
    return f"{service.title}: before", f"{service.title}: since stable"


def charted(position: Position) -> tuple[Service, ...]:
    """The LES of which a chart by month is drawn: those with any month that may be shown."""
    told = {one["les"] for one in _counts(position) if not math.isnan(one["other"])}
    return tuple(service for service in assessed(position) if service.les in told)


@lru_cache(maxsize=1)
def _comparisons(position: Position) -> tuple[Record, ...]:
    return records(position.shift.comparisons)


@lru_cache(maxsize=1)
def _counts(position: Position) -> tuple[Record, ...]:
    """What other providers counted of the LES that are assessed, by LES and month."""
    return tuple(one for one in records(position.shift.months) if one["kind"] == "shift")


def _by_level(position: Position, kind: str) -> list[tuple[Record, bool]]:
    """Rows with whether a level begins with each; within a level in the order of the position."""
    found = [row for row in _comparisons(position) if row["kind"] == kind]
    nothing = {_question(row) for row in found if row["level"] == "icb" and row["status"] in _UNANSWERED}
    order = list(_LEVELS)
    rows = sorted(
        (row for row in found if row["level"] == "icb" or _question(row) not in nothing),
        key=lambda row: order.index(row["level"]),
    )
    before = [None, *(row["level"] for row in rows)]
    return [(row, row["level"] != last) for row, last in zip(rows, before, strict=False)]


def _question(row: Record) -> tuple[str, str]:
    return row["indicator"], row["mechanism"]


def _area(row: Record) -> tuple[str, str]:
    return _LEVELS[row["level"]], "All" if row["level"] == "icb" else str(row["org"])


def _finding(row: Record) -> str:
    return _FINDINGS.get(row["assessment"]) or str(row["status"]).capitalize()


def _figures(row: Record) -> tuple[Cell, ...]:
    return tuple(_cell(row, name) for name in _MEASURES)


def _cell(row: Record, name: str) -> Cell:
    value = float(row[name])
    return Mark(row[f"{name}_mark"]) if math.isnan(value) else value


def _when(row: Record) -> tuple[Content, Content]:
    unknown = Mark.NOT_APPLICABLE if row["status"] == "not assessable" else Mark.NOT_REPORTED
    ends = dict.fromkeys(periods.label(row[name]) for name in ("since_from", "since_to") if row[name])
    return " to ".join(ends) or unknown, row["shown_from"] or Mark.NOT_APPLICABLE


def _in_words(row: Record) -> str:
    return str(row["sentence"] or row["reason"])


def _month(row: Record | None) -> tuple[Cell, Cell]:
    """The count among the months before the stable one or since; the other of the two does not apply."""
    if row is None:
        return Mark.NOT_APPLICABLE, Mark.NOT_APPLICABLE
    count = _cell(row, "other")
    since = row["period"] == "after"
    return (Mark.NOT_APPLICABLE, count) if since else (count, Mark.NOT_APPLICABLE)


def chart_words(position: Position, service: Service) -> str:
    """What the chart of a LES shows, for those who do not see it."""
    found = (row for row in _comparisons(position) if row["kind"] == "shift" and row["level"] == "icb")
    said = " ".join(_in_words(row) for row in found if row["les"] == service.les)
    return f"Columns: {service.title} at other providers by month, pale before and dark since. {said}"


def methods() -> Mapping[str, str]:
    """What the Notes say of how a shift is assessed."""
    return {
        "Service shift": "What other providers counted a month since general practice is stable (active), or "
        "since the other service was decommissioned (passive), against the baseline, beside what general "
        "practice delivered in the same months. It shows what went together, not what caused it.",
        "Service shift: months": "A month is shown once the lag of its LES has passed. It is compared where "
        "every trust and place that reported in the baseline has reported it, and general practice too.",
        "Service shift: rate ratio": "Since ÷ before, each a month. The 95% interval is the exact one of two "
        "Poisson counts (as poisson.test in R): chance alone, so it is too narrow where months vary more.",
        "Service shift: finding": f"{FEWER} or {MORE} where the interval leaves out 1, and that against the "
        f"same months of the year in the baseline does too; else {SEASON}, or {NO_CHANGE}.",
        "System impact": "The same for an indicator of impact: the months since the LES began against the "
        "twelve before it.",
    }
