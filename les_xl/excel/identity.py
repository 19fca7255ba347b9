"""What the named cells say: which edition a workbook shows, how much of it has arrived, and since when."""

from dataclasses import dataclass
from datetime import date, datetime

from les_xl import periods
from les_xl.position import Position
from les_xl.report import narrative, words
from les_xl.report.figures import all_returns
from les_xl.report.table import Line
from les_xl.report.tables import texts

ICB = "LesIcb"
"""The name of the cell that holds the ICB's name; the title beside it is the analyst's to change."""


FLAG_UNDER, FLAG_OVER = "LesFlagUnder", "LesFlagOver"
"""The names of the cells with the edges under and over which a share of plan is flagged."""

_OF_PLAN = '0.0%" of plan"'


@dataclass(frozen=True)
class Stated:
    """A fact with its label, the name of its cell, and the number format that shows it."""

    label: str
    name: str
    value: str | float | date
    shown: str


def identity(position: Position, now: datetime) -> tuple[Stated, ...]:
    """The facts of the block "This edition", in its order; `now` is given as the clock shows it."""
    edition = position.edition
    reported, expected = all_returns(position)
    edges = position.specs.workspace.status
    return (
        Stated("Position at", "LesAsAt", periods.first_day(edition.as_at), "mmm-yy"),
        Stated("Financial year", "LesYear", periods.year_of(edition.as_at), "@"),
        Stated("Returns", "LesReported", f"{reported:,} of {expected:,} expected have arrived", "@"),
        Stated("Checks", "LesChecks", narrative.check_status(position), "@"),
        Stated("Refreshed", "LesRefreshed", _plain(now), "dd mmm yyyy hh:mm"),
        Stated("Last load", "LesAsOf", edition.as_of, "0"),
        Stated("Specifications", "LesDataVersion", edition.data_version[:8], "@"),
        Stated(f"{words.UNDER} means under", FLAG_UNDER, edges.well_below, _OF_PLAN),
        Stated(f"{words.OVER} means over", FLAG_OVER, edges.well_above, _OF_PLAN),
    )


def subtitle(position: Position) -> str:
    """The line under the title of every sheet."""
    as_at = periods.long_label(position.edition.as_at)
    return f"{position.specs.workspace.icb.name}: position at {as_at}"


SUBTITLE = '=LesIcb&": position at "&TEXT(LesAsAt,"mmmm yyyy")'
"""The formula of that line."""


def looked_up(line: Line) -> str:
    """The formula of a line above a table: overtyped, it is the analyst's; without its table it is empty."""
    return f'=IFERROR(INDEX({texts.NAME}[Text],MATCH("{line.name}",{texts.NAME}[Name],0))&"","")'


def _plain(now: datetime) -> datetime:
    """Excel knows no time zones: the clock time as given, to the minute."""
    return now.replace(tzinfo=None, second=0, microsecond=0)
