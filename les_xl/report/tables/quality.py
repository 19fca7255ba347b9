"""`tblChecks`: every footing and tie-out of the position, those that fail first."""

from typing import Any

from les_xl.position import Position
from les_xl.report.table import Column, Row, Table

PASSED, FAILED = "Passed", "Failed"

_COLUMNS = (
    Column("Result", "text", 11),
    Column("Check", "long_text", 52),
    Column("Where", "long_text", 52),
    Column("Figure", "exact", 13),
    Column("Compared with", "exact", 13),
    Column("Difference", "exact", 13),
)


def checks(position: Position) -> Table:
    """`tblChecks`."""
    ordered = position.checks.sort_values("ok", kind="stable")
    rows = tuple(_row(check) for check in ordered.to_dict("records"))
    notes = ("A figure that does not tie out is shown here and on the Cover, never published in silence.",)
    return Table("tblChecks", "Data quality", _COLUMNS, rows, ("Check", "Where"), notes=notes, filtered=True)


def _row(check: dict[Any, Any]) -> Row:
    figures = (float(check["left"]), float(check["right"]), float(check["difference"]))
    return Row((PASSED if check["ok"] else FAILED, str(check["check"]), str(check["scope"]), *figures))
