"""Tables that the analyst fills in: action and risk logs, what is left out, escalations, what is resolved."""

from les_xl.report.table import Column, Row, Table

SCALE = ("1", "2", "3", "4", "5")
STATUSES = ("Open", "In progress", "Done")
RISK_STATUSES = ("Open", "Accepted", "Closed")
_BLANK_ROWS = 8


def actions() -> Table:
    """`tblActions`: what is agreed, who does it and by when."""
    columns = (
        Column("Action", "long_text", 46),
        Column("Owner", "long_text", 16),
        Column("Due date", "date", 13),
        Column("Status", "text", 12),
        Column("LES", "text", 28),
    )
    return _log("tblActions", "Actions", columns, ("Action",))


def risks() -> Table:
    """`tblRisks`: what may go wrong; likelihood and impact from 1 (least) to 5."""
    columns = (
        Column("Risk", "long_text", 46),
        Column("Likelihood", "number", 10.5),
        Column("Impact", "number", 8),
        Column("Mitigation", "long_text", 34),
        Column("Owner", "long_text", 16),
        Column("Status", "text", 12),
        Column("LES", "text", 28),
    )
    return _log("tblRisks", "Risks", columns, ("Risk",))


def omitted() -> Table:
    """`tblOmitted`: sections left out of this edition, and who attests that nothing in them is of concern."""
    columns = (
        Column("Section", "text", 24),
        Column("Reason", "long_text", 46),
        Column("Attested by", "long_text", 20),
        Column("Date", "date", 13),
    )
    return _log("tblOmitted", "Sections left out of this edition", columns, ("Section", "Date"))


def escalations() -> Table:
    """`tblEscalations`: metrics that one group takes to another."""
    columns = (
        Column("Metric", "text", 28),
        Column("From", "long_text", 34),
        Column("To", "long_text", 34),
        Column("Reason", "long_text", 40),
        Column("Date", "date", 13),
    )
    return _log("tblEscalations", "Escalations", columns, ("Metric", "From", "To", "Date"))


def resolved() -> Table:
    """`tblResolved`: exceptions that are no longer flagged, with what was written about them."""
    columns = (
        Column("LES", "long_text", 20),
        Column("Level", "long_text", 12),
        Column("Organisation", "long_text", 26),
        Column("Finding", "long_text", 56),
        Column("Since", "month", 9.5),
        Column("Owner", "long_text", 14),
        Column("Response", "long_text", 36),
        Column("Review date", "date", 13),
        Column("Table", "text", 16),
        Column("Key", "key", 6),
    )
    notes = ("A refresh moves here what you wrote about an exception that is no longer flagged.",)
    return _log("tblResolved", "Resolved exceptions", columns, ("Key",), notes)


def _log(
    name: str, title: str, columns: tuple[Column, ...], key: tuple[str, ...], notes: tuple[str, ...] = ()
) -> Table:
    """A table whose every column is the analyst's, with a few rows to type into."""
    rows = (Row((None,) * len(columns)),) * _BLANK_ROWS
    own = tuple(column.name for column in columns)
    return Table(name, title, columns, rows, key, notes=notes, own=own)
