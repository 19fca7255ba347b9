"""`tblChecks`: every footing and tie-out, those that fail first; `tblReturns`: who has not reported what."""

import pandas as pd

from les_xl import periods
from les_xl.position import Position
from les_xl.report.figures import Record, records
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
    "bands_make_group": "Bands add up to the practices of each sub ICB group",
    "change_makes_bands": "Last month and change add up to this month's bands",
    "profile_makes_target": "The expected profile adds up to the annual target",
    "returns_within_expected": "No more returns than are expected",
    "signed_up_make_counted": "Practices signed up are those that count in the figures",
    "signed_up_within_eligible": "No more signed up than could be",
    "covered_within_registered": "No more patients covered than are registered",
    "share_within_whole": "A share is within what it is a share of",
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
    rows = tuple(_row(check) for check in records(ordered))
    return Table("tblChecks", "Checks", _COLUMNS, rows, ("Check", "Where"), filtered=True)


def said(check: str) -> str:
    """What a check holds against what, in words."""
    return _WORDS.get(check, check.replace("_", " ").capitalize())


def _row(check: Record) -> Row:
    figures = (float(check["left"]), float(check["right"]), float(check["difference"]))
    name = said(str(check["check"]))
    return Row((PASSED if check["ok"] else FAILED, name, str(check["scope"]).replace("_", " "), *figures))


_RETURN_COLUMNS = (
    Column("Code", "text", 10),
    Column("Organisation", "text", 37),
    Column("Sub ICB group", "text", 24),
    Column("LES", "text", 29),
    Column("Latest month", "text", 16),
    Column("Months missing", "number", 12),
    Column("Which", "long_text", 42),
)


def returns(position: Position) -> Table:
    """`tblReturns`: a row a practice and LES with months, up to the LES's last, without any return.

    Those that lack the latest month come first, and among them those that lack most.
    """
    missing = _missing(position)
    orgs = position.organisations
    practices = orgs[orgs["level"] == "practice"].set_index("org")
    groups = orgs[orgs["level"] == "sub_icb"].set_index("org")["name"]
    missing["name"] = missing["org"].map(practices["name"])
    missing["group"] = missing["org"].map(practices["sub_icb"]).map(groups).fillna("")
    rows = tuple(_return_row(position, found) for found in records(missing))
    columns, key = _RETURN_COLUMNS, ("Code", "LES")
    return Table("tblReturns", "Returns that are missing", columns, rows, key, filtered=True)


def _missing(position: Position) -> pd.DataFrame:
    """les, org, months (of the year, up to the data month, in which it counts and reported nothing), late."""
    kept = {(row.les, row.metric) for row in position.specs.published_rows()}
    kept |= {(service.les, service.headline.id) for service in position.specs.services}
    rows = position.of_metrics(kept, ("les", "level", "org", "month", "n_expected", "n_reported"))
    reached = rows["month"] <= rows["les"].map(position.data_months).fillna("")
    rows = rows[reached & (rows["level"] == "practice") & (rows["n_expected"] > 0)]
    heard = rows.groupby(["les", "org", "month"], sort=False)["n_reported"].sum()
    silent = heard[heard == 0].reset_index()
    found = silent.groupby(["les", "org"], sort=False)["month"].agg(list).rename("months").reset_index()
    found["late"] = found["months"].str[-1] == found["les"].map(position.data_months)
    found["count"] = found["months"].map(len)
    return found.sort_values(["late", "count"], ascending=False, kind="stable")


def _return_row(position: Position, found: Record) -> Row:
    return Row(
        (
            str(found["org"]),
            str(found["name"]),
            str(found["group"]),
            position.specs.service(found["les"]).title,
            "Missing" if found["late"] else "Received",
            len(found["months"]),
            ", ".join(periods.label(month) for month in found["months"]),
        )
    )
