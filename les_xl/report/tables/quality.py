"""`tblChecks`: every footing and tie-out of the position, those that fail first."""

from typing import Any

from les_xl.position import Position
from les_xl.report.table import Column, Row, Table

PASSED, FAILED = "Passed", "Failed"

_WORDS = {
    "practices_make_pcn": "Practices add up to their PCN",
    "practices_make_place": "Practices add up to their place",
    "practices_make_sub_icb": "Practices add up to their sub ICB group",
    "sub_icbs_make_icb": "Sub ICB groups add up to the ICB",
    "months_make_to_date": "Months add up to the figure to date",
    "shares_make_plan": "Practices' shares add up to the plan of the month",
    "plan_year": "Monthly plans add up to the annual target",
    "parts_make_sum": "Parts add up to the metric that sums them",
    "targets_make_plan": "Practices' targets add up to the annual target",
    "bands_make_practices": "Bands add up to the practices counted",
    "groups_make_bands": "Sub ICB groups add up to the bands",
    "band_shares_make_one": "Shares of the bands add up to 100%",
    "one_code_one_organisation": "Each code stands for one organisation",
}

_COLUMNS = (
    Column("Result", "text", 11),
    Column("Check", "text", 50),
    Column("Where", "text", 50),
    Column("Figure", "exact", 15),
    Column("Compared with", "exact", 15),
    Column("Difference", "exact", 15),
)


def checks(position: Position) -> Table:
    """`tblChecks`."""
    ordered = position.checks.sort_values("ok", kind="stable")
    rows = tuple(_row(check) for check in ordered.to_dict("records"))
    notes = ("A figure that does not tie out is shown here and on the Cover, never published in silence.",)
    return Table("tblChecks", "Data quality", _COLUMNS, rows, ("Check", "Where"), notes=notes, filtered=True)


def _row(check: dict[Any, Any]) -> Row:
    figures = (float(check["left"]), float(check["right"]), float(check["difference"]))
    name = str(check["check"])
    said = _WORDS.get(name, name.replace("_", " ").capitalize())
    return Row((PASSED if check["ok"] else FAILED, said, str(check["scope"]).replace("_", " "), *figures))
