"""`tblThreeAs`: the facts of the edition as Alert, Advise, Assure."""

from les_xl.position import Position
from les_xl.report.table import Column, Row, Table
from les_xl.report.three_as import three_as as made

_COLUMNS = (
    Column("Heading", "text", 11),
    Column("About", "long_text", 30),
    Column("Finding", "long_text", 110),
)
_NOTES = (
    "Made from the figures. Exceptions are under their own severity: the ICB's, the worst group, practices.",
)


def three_as(position: Position) -> Table:
    """`tblThreeAs`."""
    lines = made(position).by_heading()
    rows = tuple(
        Row((heading, point.topic, point.sentence), starts=at > 0 and lines[at - 1][0] != heading)
        for at, (heading, point) in enumerate(lines)
    )
    key = ("Heading", "About", "Finding")
    return Table("tblThreeAs", "Alert, advise, assure", _COLUMNS, rows, key, notes=_NOTES, ranked=key)
