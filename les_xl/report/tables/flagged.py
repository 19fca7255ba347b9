"""`tblExceptions`: what is flagged, worst first, with the columns that the analyst fills in."""

from typing import Any

import pandas as pd

from les_xl.marks import Mark
from les_xl.position import Position
from les_xl.report import words
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
    Column("Key", "long_text", 30),
)
_LEVELS = {
    "practice": "Practice",
    "pcn": "PCN",
    "place": "Place",
    "sub_icb": "Sub ICB group",
    "icb": "ICB",
}


def exceptions(position: Position) -> Table:
    """`tblExceptions`."""
    rows = tuple(_row(found) for found in position.exceptions.to_dict("records"))
    notes = (
        "Worst first. Severity: alert, then advise, then assure; the rules are on the Notes sheet.",
        "Owner, Response and Review date are yours: a refresh keeps them by Key.",
    )
    return Table("tblExceptions", "Exceptions", _COLUMNS, rows, ("Key",), notes=notes, own=OWN, filtered=True)


def _row(found: dict[Any, Any]) -> Row:
    cells: tuple[Content, ...] = (
        str(found["severity"]).capitalize(),
        str(found["label"]),
        _LEVELS.get(str(found["level"]), str(found["level"])),
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


def severity_counts(position: Position) -> dict[str, int]:
    """How many exceptions there are of each severity, alert first."""
    found = position.exceptions["severity"].value_counts()
    return {severity: int(found.get(severity, 0)) for severity in ("alert", "advise", "assure")}


def flagged(position: Position) -> str:
    """`12 alerts and 3 advisories`, or `nothing`, as a sentence says it."""
    counts = severity_counts(position)
    said = [
        words.plural(counts["alert"], "alert") if counts["alert"] else "",
        words.plural(counts["advise"], "advisory", "advisories") if counts["advise"] else "",
    ]
    return " and ".join(part for part in said if part) or "nothing"
