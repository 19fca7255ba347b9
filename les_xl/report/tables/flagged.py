"""`tblExceptions`: what is flagged, worst first, with the columns that the analyst fills in."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from les_xl.marks import Mark
from les_xl.position import Position
from les_xl.report import figures, words
from les_xl.report.figures import Record
from les_xl.report.table import Column, Content, Row, Table

OWN = ("Owner", "Response", "Review date")
"""Columns that the analyst fills in; kept by key when the table is refreshed."""

_COLUMNS = (
    Column("Severity", "text", 11),
    Column("LES", "long_text", 17),
    Column("Level", "long_text", 10),
    Column("Code", "text", 10),
    Column("Organisation", "long_text", 23),
    Column("Finding", "long_text", 56),
    Column("Figure", "number", 9),
    Column("Threshold", "number", 11.5),
    Column("Since", "month", 9.5),
    Column(OWN[0], "long_text", 12),
    Column(OWN[1], "long_text", 20),
    Column(OWN[2], "date", 13),
    Column("Key", "key", 6),
)
_SEVERITIES = ("alert", "advise", "assure")


def exceptions(position: Position) -> Table:
    """`tblExceptions`."""
    rows = tuple(_row(found) for found in _in_order(position))
    notes = (
        "The ICB and its groups first, then practices; alerts before advisories; worst first in each LES.",
        "Owner, Response and Review date are yours: a refresh keeps them by Key.",
        "Prints the ICB, its groups and every alert; advisories of practices are for the screen.",
    )
    return Table("tblExceptions", "Exceptions", _COLUMNS, rows, ("Key",), notes=notes, own=OWN, filtered=True)


def _in_order(position: Position) -> list[Record]:
    """As a manager reads it: groups before practices, alerts before advisories, and practices by LES."""
    published = {service.les: at for at, service in enumerate(position.specs.services)}

    def place(found: Record) -> tuple[bool, int, int]:
        practice = found["level"] == "practice"
        return practice, _SEVERITIES.index(found["severity"]), published[found["les"]] if practice else 0

    return sorted(figures.exceptions(position), key=place)


def printed(table: Table) -> int:
    """How many rows of `tblExceptions` are worth paper: those of groups, and the alerts of practices."""
    severity, level = table.index("Severity"), table.index("Level")
    rows = enumerate(table.rows, 1)
    return max((at for at, row in rows if worth_paper(row.cells[severity], row.cells[level])), default=0)


def worth_paper(severity: object, level: object) -> bool:
    """True for a row of `tblExceptions` that is of a group, or an alert of a practice."""
    return severity == "Alert" or level != words.LEVELS["practice"]


def _row(found: Record) -> Row:
    cells: tuple[Content, ...] = (
        str(found["severity"]).capitalize(),
        str(found["label"]),
        words.LEVELS[str(found["level"])],
        str(found["org"]),
        str(found["org_name"]),
        str(found["sentence"]),
        _number(found["value"]),
        _number(found["threshold"]),
        _text(found["since"]) or Mark.NOT_APPLICABLE,
        *(None for _ in OWN),
        str(found["key"]),
    )
    return Row(cells, kind="percent" if str(found["measure"]).startswith("pct_") else None)


def _number(value: Any) -> float | Mark:
    return Mark.NOT_APPLICABLE if pd.isna(value) else float(value)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def flagged(position: Position) -> str:
    """`12 alerts and 3 advisories`, or `nothing`, as a sentence says it."""
    return counted(figures.exceptions(position))


def counted(exceptions: Iterable[Record]) -> str:
    """The same of some of the rows of `Position.exceptions`."""
    counts = Counter(found["severity"] for found in exceptions)
    said = [
        words.plural(counts["alert"], "alert") if counts["alert"] else "",
        words.plural(counts["advise"], "advisory", "advisories") if counts["advise"] else "",
    ]
    return " and ".join(part for part in said if part) or "nothing"
