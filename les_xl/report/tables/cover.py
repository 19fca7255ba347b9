"""`tblPoints` and `tblDataDates` of the Cover: points of note, and how far each LES's data goes."""

from les_xl.marks import Mark
from les_xl.position import Position
from les_xl.report.figures import returns
from les_xl.report.narrative import points_of_note
from les_xl.report.table import Column, Row, Table


def points(position: Position) -> Table:
    """`tblPoints`."""
    columns = (Column("Topic", "text", 19), Column("Point of note", "long_text", 114))
    rows = tuple(Row((point.topic, point.sentence)) for point in points_of_note(position))
    key = ("Topic", "Point of note")
    return Table("tblPoints", "Points of note", columns, rows, key, ranked=key)


def data_dates(position: Position) -> Table:
    """`tblDataDates`: how far the data of each LES goes, and who has reported it."""
    columns = (Column("LES", "text", 27), Column("Data to", "month", 11), Column("Reported", "text", 14))
    rows = []
    for service in position.specs.services:
        found = returns(position, service.les, service.headline.id)
        said = f"{found[0]:,} of {found[1]:,}" if found else Mark.NOT_REPORTED
        rows.append(Row((service.title, position.data_months.get(service.les) or Mark.NOT_REPORTED, said)))
    return Table("tblDataDates", "Data dates", columns, tuple(rows), ("LES",))
