"""`tblChecks`: every footing and tie-out, those that fail first; `tblReturns`: who has not reported what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from les_xl import periods
from les_xl.position import Position
from les_xl.report.figures import Record, organisations, records
from les_xl.report.table import Column, Row, Table
from les_xl.spec.model import Service

PASSED, FAILED = "Passed", "Failed"
MISSING, RECEIVED = "Missing", "Received"

WORTH_PAPER: Mapping[str, tuple[str, str]] = {
    "tblChecks": ("Result", FAILED),
    "tblReturns": ("Latest month", MISSING),
}
"""The column and the word in it that make a row of each table worth paper."""

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
    return Table("tblChecks", "Checks", _COLUMNS, rows, ("Check", "Where"), filtered=True, ranked=("Result",))


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
    found = [one for service in position.specs.services for one in _missing(position, service)]
    found.sort(key=lambda one: (one.late, len(one.months)), reverse=True)
    orgs = {(org["level"], org["org"]): org for org in organisations(position)}
    rows = tuple(_return_row(one, orgs) for one in found)
    title, key, ranked = "Returns that are missing", ("Code", "LES"), ("Latest month",)
    return Table("tblReturns", title, _RETURN_COLUMNS, rows, key, filtered=True, ranked=ranked)


@dataclass(frozen=True)
class _Missing:
    """Months in which a practice counted for a LES and sent nothing; `late` where the latest is one."""

    service: Service
    org: str
    months: tuple[str, ...]
    late: bool


def _missing(position: Position, service: Service) -> Iterator[_Missing]:
    """The practices, in their order, that were silent in some month up to the data month of a LES."""
    last = position.data_months.get(service.les)
    if last is None:
        return
    year = periods.months_of(periods.year_of(position.edition.as_at))
    until = year.index(last) + 1
    silent = _silent(position, service)[:, :until]
    codes, levels = (position.organisations[name].tolist() for name in ("org", "level"))
    for org, level, missing in zip(codes, levels, silent.tolist(), strict=True):
        if level == "practice" and any(missing):
            months = tuple(month for month, is_missing in zip(year, missing, strict=False) if is_missing)
            yield _Missing(service, org, months, late=missing[-1])


def _silent(position: Position, service: Service) -> "npt.NDArray[np.bool_]":
    """Organisation by month: whether it counted, in any metric, and reported nothing in those."""
    pairs = [
        [position.counts(count, service.les, metric) for metric in _heard(service)]
        for count in ("n_expected", "n_reported")
    ]
    counted, heard = (np.array(counts) > 0 for counts in pairs)
    return np.logical_and(counted.any(axis=0), ~(counted & heard).any(axis=0))


def _heard(service: Service) -> tuple[str, ...]:
    """The metrics whose returns are awaited: the published ones and the headline."""
    return tuple(dict.fromkeys(metric.id for metric in (*service.published, service.headline)))


def _return_row(found: _Missing, orgs: Mapping[tuple[str, str], Record]) -> Row:
    practice = orgs["practice", found.org]
    group = orgs.get(("sub_icb", practice["sub_icb"]))
    return Row(
        (
            found.org,
            str(practice["name"]),
            "" if group is None else str(group["name"]),
            found.service.title,
            MISSING if found.late else RECEIVED,
            len(found.months),
            ", ".join(periods.label(month) for month in found.months),
        )
    )
