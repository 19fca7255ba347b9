"""`tblExceptions`: what is flagged, those to act on first; `tblNoLonger`: what no longer is."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from les_xl.marks import Mark
from les_xl.position import Position
from les_xl.report import figures, words
from les_xl.report.figures import Record
from les_xl.report.table import Column, Content, Line, Row, Table

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
    Column("Status", "text", 11.5),
    Column(OWN[0], "long_text", 12),
    Column(OWN[1], "long_text", 20),
    Column(OWN[2], "date", 13),
    Column("Key", "key", 6),
)
NO_LONGER = "No longer flagged"
"""The name of the sheet of what is resolved."""


_RANKED = ("Severity", "Level")

_GONE_COLUMNS = (
    Column("Severity", "text", 11),
    Column("LES", "long_text", 17),
    Column("Level", "long_text", 10),
    Column("Code", "text", 10),
    Column("Organisation", "long_text", 23),
    Column("Finding", "long_text", 70),
    Column("Since", "month", 9.5),
    Column("Key", "key", 6),
)


def exceptions(position: Position) -> Table:
    """`tblExceptions`: a practice that sends no returns is one line, whatever the services."""
    return _exceptions(position, figures.exception_lines(position))


def each_exception(position: Position) -> Table:
    """The same with a row for each service of a practice that sends no returns."""
    return _exceptions(position, figures.exceptions(position))


def _exceptions(position: Position, found: Iterable[Record]) -> Table:
    rows = tuple(_row(one) for one in found)
    notes = (
        "The ICB first, then alerts before advisories, groups before practices; the worst of them first.",
        "New: not flagged in the month before. Continuing: flagged then too, by what is known of it now.",
        "Owner, Response and Review date are yours: a refresh keeps them by Key.",
        "Prints the ICB, its groups and every alert; advisories of practices are for the screen.",
    )
    return Table(
        "tblExceptions",
        "Exceptions",
        _COLUMNS,
        rows,
        ("Key",),
        notes=notes,
        own=OWN,
        filtered=True,
        lines=(line(position),),
        ranked=_RANKED,
    )


def line(position: Position) -> Line:
    """What is new, what is no longer flagged, and what is too small to judge, in a sentence."""
    new = sum(found["status"] == "new" for found in figures.exception_lines(position))
    gone, small = len(figures.resolved_lines(position)), int(position.left_out["n"].sum())
    said = f"New: {new:,}. No longer flagged: {gone:,}, on the sheet {NO_LONGER}."
    return Line("LesLine_Exceptions", f"{said} Left out as too small to judge: {small:,}.")


def no_longer(position: Position) -> Table:
    """`tblNoLonger`: what was flagged in the month before and is not now."""
    rows = tuple(_gone(one) for one in figures.resolved_lines(position))
    notes = (
        "Assure: it is so no longer. Advise: it cannot be judged any more, with the reason.",
        "By what is known now of the month before. In April the year begins anew, and nothing stands here.",
    )
    key = ("Key",)
    return Table(
        "tblNoLonger", NO_LONGER, _GONE_COLUMNS, rows, key, notes=notes, filtered=True, ranked=_RANKED
    )


def _gone(found: Record) -> Row:
    row = dict(zip((column.name for column in _COLUMNS), _row(found).cells, strict=True))
    return Row(tuple(row[column.name] for column in _GONE_COLUMNS))


def worth_paper(severity: object, level: object) -> bool:
    """True for an alert, and for what is less of a group, unless it is to assure."""
    return severity == "Alert" or (level != words.LEVELS["practice"] and severity != "Assure")


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
        str(found["status"]).capitalize(),
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
    return counted(figures.exception_lines(position))


def counted(exceptions: Iterable[Record]) -> str:
    """The same of some of the exceptions."""
    counts = Counter(found["severity"] for found in exceptions)
    said = [
        words.plural(counts["alert"], "alert") if counts["alert"] else "",
        words.plural(counts["advise"], "advisory", "advisories") if counts["advise"] else "",
    ]
    return " and ".join(part for part in said if part) or "nothing"
