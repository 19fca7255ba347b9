"""An extract checked whole against the specs and what is known: its records, and everything found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from les_xl.data import cells, plausible
from les_xl.data.checks import Checks
from les_xl.data.extract import Extract
from les_xl.data.findings import Finding, flatten
from les_xl.data.known import Known
from les_xl.data.mapping.absent import with_zeros
from les_xl.data.organisations import COUNTED_TYPES
from les_xl.data.records import (
    ACTIVITY,
    LIST_SIZE,
    ORGANISATION,
    OTHER_PROVIDER,
    PLANNED,
    SIGNUP,
    TARGET,
    Record,
)
from les_xl.errors import Problem
from les_xl.errors.rows import (
    AFTER_END,
    FUTURE_MONTH,
    MONTH_OUTSIDE_YEAR,
    SUM_LOADED,
    WRONG_ORDER,
)
from les_xl.periods import year_of
from les_xl.spec.read import Specs

STATUSES = ("signed_up", "not_signed_up")


@dataclass(frozen=True)
class Context:
    """What an extract is judged by: the specs, what is known before it, and the month of the load."""

    specs: Specs
    known: Known
    month: str


@dataclass(frozen=True)
class Checked:
    """The records of an extract (columns of each record, and `row`), and every problem found.

    `records` are only to be used where no problem is an error.
    """

    records: Mapping[Record, pd.DataFrame]
    problems: tuple[Problem, ...]

    @property
    def accepted(self) -> bool:
        """True where nothing found is an error."""
        return all(problem.severity == "warning" for problem in self.problems)


def validate(extract: Extract, context: Context) -> Checked:
    """Check every row; warnings that need sound rows are only looked for where there is no error."""
    checks = Checks(extract, context.specs)
    records = _CHECKERS[extract.kind](checks, context)
    findings: list[Finding] = [*extract.findings, *checks.findings]
    if not any(finding.kind.severity == "error" and finding.count for finding in findings):
        if extract.absent_zero:
            records[ACTIVITY], zeros = with_zeros(extract, records[ACTIVITY], context.known, context.specs)
            findings.append(zeros)
        findings += _warnings(extract, records, context)
    in_file = {record: extract.rows_of_file(rows) for record, rows in records.items()}
    return Checked(in_file, flatten(findings))


def _warnings(extract: Extract, records: Mapping[Record, pd.DataFrame], context: Context) -> list[Finding]:
    if extract.kind == "activity":
        return plausible.activity(extract, records[ACTIVITY], context.known, context.specs)
    if extract.kind == "organisations":
        return plausible.organisations(extract, records[ORGANISATION])
    if extract.kind == "other_providers":
        return plausible.other_providers(extract, records[OTHER_PROVIDER], context.known)
    return []


def _activity(checks: Checks, context: Context) -> dict[Record, pd.DataFrame]:
    checks.organisation(context.known)
    checks.metric()
    checks.replace("month", checks.month("month"))
    checks.replace("value", checks.number("value", "write 0 where there was none"))
    frame = checks.frame
    _not_after_the_load(checks, context)
    ends = (
        frame["les"].map({service.les: service.ends or "" for service in context.specs.services}).fillna("")
    )
    late = frame.assign(ends=ends)[(ends != "") & (frame["month"] > ends)]
    checks.find(AFTER_END, late, "month", lambda row: row)
    parts = {
        (s.les, m.id): ", ".join(m.sum_of) for s in context.specs.services for m in s.metrics if m.sum_of
    }
    of_row = pd.Series(list(zip(frame["les"], frame["metric"], strict=True)), index=frame.index, dtype=object)
    sums = frame.assign(parts=of_row.map(parts))
    checks.find(SUM_LOADED, sums[sums["parts"].notna()], "metric", lambda row: row)
    return {ACTIVITY: checks.unique(ACTIVITY)}


def _plans(checks: Checks, context: Context) -> dict[Record, pd.DataFrame]:
    checks.organisation(context.known)
    checks.metric()
    checks.replace("year", checks.year("year"))
    records = {}
    both = {"annual_target", "planned"} <= set(checks.frame.columns)
    if both:
        checks.either("annual_target", "planned")
    if "annual_target" in checks.frame:
        checks.replace("annual_target", checks.number("annual_target", "write 0 for none", optional=both))
        _targets_from(checks)
        records[TARGET] = checks.unique(TARGET, where="annual_target", repeats=both)
    if "planned" in checks.frame:
        checks.replace("planned", checks.number("planned", "write 0 for none", optional=both))
        checks.replace("month", checks.month("month", needed_by="planned"))
        _month_in_year(checks, "month")
        records[PLANNED] = checks.unique(PLANNED, where="planned")
    return records


def _targets_from(checks: Checks) -> None:
    """The month from which a target is in force; empty for the whole year."""
    if "from" in checks.frame:
        checks.replace("from", checks.date("from"))
        _month_in_year(checks, "from")
    else:
        checks.replace("from", pd.Series("", index=checks.frame.index, dtype="str"))


def _month_in_year(checks: Checks, column: str) -> None:
    frame = checks.frame
    dated = frame[(frame[column] != "") & (frame["year"] != "")]
    outside = dated[dated[column].map(year_of) != dated["year"]]
    words = {"month": column, "year": "year"}
    checks.find(
        MONTH_OUTSIDE_YEAR, outside, column, lambda row: {word: row[name] for word, name in words.items()}
    )


def _organisations(checks: Checks, context: Context) -> dict[Record, pd.DataFrame]:
    if "valid_from" not in checks.frame:
        checks.replace("valid_from", pd.Series("", index=checks.frame.index, dtype="str"))
    # A supplier's file may give some of the columns only.
    given = set(checks.frame.columns)
    if "name" in given:
        checks.needed("ods_code", "an organisation is known by its code")
        checks.needed("name", "write the name as it is published")
    else:
        checks.organisation(context.known)
    if "type" in given:
        checks.word("type", COUNTED_TYPES)
    if "sub_icb" in given:
        checks.sub_icb()
    for column in sorted({"opened", "closed", "valid_from"} & given):
        checks.replace(column, checks.date(column))
    if "successor" in given:
        checks.successor(context.known)
    if {"opened", "closed"} <= given:
        _in_order(checks, "opened", "closed")
    return {ORGANISATION: checks.unique(ORGANISATION)}


def _list_sizes(checks: Checks, context: Context) -> dict[Record, pd.DataFrame]:
    checks.organisation(context.known)
    checks.replace("month", checks.month("month"))
    checks.replace("list_size", checks.number("list_size", "write the number of registered patients"))
    _not_after_the_load(checks, context)
    return {LIST_SIZE: checks.unique(LIST_SIZE)}


def _signup(checks: Checks, context: Context) -> dict[Record, pd.DataFrame]:
    checks.organisation(context.known)
    checks.les()
    checks.word("status", STATUSES)
    for column in ("from", "to"):
        checks.replace(column, checks.date(column))
    checks.replace("reason", cells.words(checks.frame["reason"]))
    _in_order(checks, "from", "to")
    return {SIGNUP: checks.unique(SIGNUP)}


def _other_providers(checks: Checks, context: Context) -> dict[Record, pd.DataFrame]:
    checks.trust_and_place(context.known)
    checks.indicator()
    checks.replace("month", checks.month("month"))
    checks.replace("value", checks.number("value", "write 0 where there was none"))
    _not_after_the_load(checks, context)
    return {OTHER_PROVIDER: checks.unique(OTHER_PROVIDER)}


def _not_after_the_load(checks: Checks, context: Context) -> None:
    future = checks.frame[checks.frame["month"] > context.month]
    checks.find(FUTURE_MONTH, future, "month", lambda row: {"month": row["month"], "now": context.month})


def _in_order(checks: Checks, first: str, last: str) -> None:
    frame = checks.frame
    wrong = frame[(frame[first] != "") & (frame[last] != "") & (frame[last] < frame[first])]
    checks.find(
        WRONG_ORDER,
        wrong,
        last,
        lambda row: {"first_name": first, "first": row[first], "last_name": last, "last": row[last]},
    )


_CHECKERS: Mapping[str, Callable[[Checks, Context], dict[Record, pd.DataFrame]]] = {
    "activity": _activity,
    "plans": _plans,
    "organisations": _organisations,
    "list_sizes": _list_sizes,
    "signup": _signup,
    "other_providers": _other_providers,
}
