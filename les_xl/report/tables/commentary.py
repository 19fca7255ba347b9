"""`tblCommentary`: the facts that the figures give, by section and heading, beside the analyst's text."""

from les_xl.position import Position
from les_xl.report.drafts import HEADINGS, draft
from les_xl.report.narrative import sections
from les_xl.report.table import Column, Row, Table

OWN = ("Commentary",)

_COLUMNS = (
    Column("Section", "long_text", 18),
    Column("Month", "month", 9),
    Column("Heading", "long_text", 24),
    Column("Drafted facts", "long_text", 66),
    Column(OWN[0], "long_text", 66),
)


def commentary(position: Position) -> Table:
    """`tblCommentary`."""
    month = position.edition.as_at
    rows = tuple(
        Row((section, month, heading, draft(position, section, heading), None), starts=heading == HEADINGS[0])
        for section in sections(position)
        for heading in HEADINGS
    )
    notes = (
        "Drafted facts are made from the figures and are renewed by a refresh.",
        "Commentary is yours: a refresh keeps it by section, month and heading.",
    )
    key = ("Section", "Month", "Heading")
    return Table("tblCommentary", "Commentary", _COLUMNS, rows, key, notes=notes, own=OWN)
