"""What is accepted and listed all the same: rows that do not count, unlikely, missing and restated ones."""

from dataclasses import replace

import pandas as pd

from les_xl.data.extract import Extract
from les_xl.data.findings import Finding, found
from les_xl.data.known import Known
from les_xl.data.organisations import counting, open_organisations
from les_xl.errors.rows import (
    BEFORE_START,
    CLOSED,
    MISSING_PRACTICE,
    NOT_SIGNED_UP,
    OUTLIER,
    RESTATED,
    SUCCESSOR_OF_OPEN,
)
from les_xl.periods import add_months
from les_xl.spec.read import Specs

OUTLIER_TIMES = 10
"""From how many times its own median a value is listed."""

_LEAST_USUAL = 5
"""A median under it counts as so much: of small numbers, ten times as many is chance."""

_NAMED = 12
"""So many organisations that are missing are named, and the others counted."""

_LEAST_HISTORY = 3
_SERIES = ["ods_code", "les", "metric"]
_KEY = [*_SERIES, "month"]
_RETURN = ["ods_code", "les", "month"]


def activity(extract: Extract, rows: pd.DataFrame, known: Known, specs: Specs) -> list[Finding]:
    """Warnings over the rows (columns of ACTIVITY, and row) of an activity extract that has no errors."""
    return [
        _before_start(extract, rows, specs),
        *_not_counting(extract, rows, known, specs),
        _outliers(extract, rows, known),
        _missing(extract, rows, known, specs),
        _restated(extract, rows, known),
    ]


def organisations(extract: Extract, rows: pd.DataFrame) -> list[Finding]:
    """Warnings over the rows of an organisations extract that has no errors."""
    if not {"successor", "closed"} <= set(rows.columns):
        return []
    odd = rows[(rows["successor"] != "") & (rows["closed"] == "")]
    return [
        found(
            SUCCESSOR_OF_OPEN,
            extract,
            odd,
            "successor",
            lambda row: {"code": row["ods_code"], "successor": row["successor"]},
        )
    ]


def other_providers(extract: Extract, rows: pd.DataFrame, known: Known) -> list[Finding]:
    """Warnings over the rows (columns of OTHER_PROVIDER, and row) of an extract that has no errors."""
    own = _as_activity(rows)
    before = replace(known, activity=_as_activity(known.other_providers))
    return [
        _outliers(extract, own, before),
        _row_missing(extract, own, before.activity),
        _restated(extract, own, before),
    ]


def _as_activity(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of other providers in the columns of activity, so that both are looked at alike."""
    who = rows["trust"] + ", " + rows["place"]
    return rows.assign(ods_code=who, les="other providers", metric=rows["indicator"])


def _row_missing(extract: Extract, rows: pd.DataFrame, known: pd.DataFrame) -> Finding:
    """Who gave an indicator for the month before, but has no row of it in a month of the file."""
    key = ["ods_code", "metric", "month"]
    told = pd.concat([known[key], rows[key]]).drop_duplicates()
    loaded = rows[["metric", "month"]].drop_duplicates()
    loaded = loaded.assign(before=loaded["month"].map(lambda month: add_months(month, -1)))
    due = told.rename(columns={"month": "before"}).merge(loaded, on=["metric", "before"])
    missing = due[~_matches(due, told, key)].sort_values(["month", "ods_code", "metric"])
    return _missing_lines(extract, missing.rename(columns={"metric": "les"}))


def _before_start(extract: Extract, rows: pd.DataFrame, specs: Specs) -> Finding:
    starts = rows["les"].map({service.les: service.starts for service in specs.services})
    early = rows.assign(starts=starts)[rows["month"] < starts]
    return found(BEFORE_START, extract, early, "month", lambda row: row)


def _not_counting(extract: Extract, rows: pd.DataFrame, known: Known, specs: Specs) -> list[Finding]:
    """One warning for each organisation, LES and month, at the first of its rows."""
    returns = rows.drop_duplicates(_RETURN)
    months = list(returns["month"].unique())
    opened = _matches(returns, open_organisations(known, months), ["ods_code", "month"])
    counted = _matches(returns, counting(known, specs, months), _RETURN)
    starts = returns["les"].map({service.les: service.starts for service in specs.services})
    left_out = opened & ~counted & (returns["month"] >= starts)
    return [
        found(kind, extract, returns[which], "ods_code", lambda row: {**row, "code": row["ods_code"]})
        for kind, which in ((CLOSED, ~opened), (NOT_SIGNED_UP, left_out))
    ]


def _outliers(extract: Extract, rows: pd.DataFrame, known: Known) -> Finding:
    """The median is over the other months of the series: those of the file, and those known before.

    It counts as `_LEAST_USUAL` at least; one of 0 is none.
    """
    own = pd.concat([known.activity, rows[[*_KEY, "value"]]]).drop_duplicates(_KEY, keep="last")
    lowest = own.groupby(_SERIES)["value"].min().reset_index(name="lowest")
    # No median is below the lowest value: this leaves few rows to look at with their whole history.
    high = rows.merge(lowest, on=_SERIES)
    high = high[(high["value"] > 0) & (high["value"] >= OUTLIER_TIMES * high["lowest"])]
    others = high[[*_KEY, "row", "value"]].merge(own, on=_SERIES, suffixes=("", "_other"))
    others = others[others["month"] != others["month_other"]]
    usual = others.groupby([*_KEY, "row", "value"])["value_other"].agg(["median", "count"]).reset_index()
    usual = usual[(usual["count"] >= _LEAST_HISTORY) & (usual["median"] > 0)]
    far = usual[usual["value"] >= OUTLIER_TIMES * usual["median"].clip(lower=_LEAST_USUAL)]
    return found(
        OUTLIER,
        extract,
        far.sort_values("row"),
        "value",
        lambda row: {
            **row,
            "code": row["ods_code"],
            "text": f"{row['value']:g}",
            "median": f"{row['median']:g}",
            "times": f"{row['value'] / row['median']:.1f}",
            "least": OUTLIER_TIMES * _LEAST_USUAL,
        },
    )


def _missing(extract: Extract, rows: pd.DataFrame, known: Known, specs: Specs) -> Finding:
    """Who counts and returned a LES for the month before, but has not for a month of the file.

    Those who miss the same services in a month are one line: a silent practice stands by itself.
    """
    returned = pd.concat([known.activity[_RETURN], rows[_RETURN]]).drop_duplicates()
    loaded = rows[["les", "month"]].drop_duplicates()
    loaded = loaded.assign(before=loaded["month"].map(lambda month: add_months(month, -1)))
    due = returned.rename(columns={"month": "before"}).merge(loaded, on=["les", "before"])
    due = due[_matches(due, counting(known, specs, list(loaded["month"])), _RETURN)]
    missing = due[~_matches(due, returned, _RETURN)].sort_values(["month", "ods_code", "les"])
    return _missing_lines(extract, missing)


def _missing_lines(extract: Extract, missing: pd.DataFrame) -> Finding:
    """One problem for all who miss the same services or indicators (`les`) in a month."""
    by_return = missing.groupby(["ods_code", "month", "before"], sort=False)["les"].agg(", ".join)
    by_services = by_return.reset_index().groupby(["month", "before", "les"], sort=False)["ods_code"]
    lines = by_services.agg(list).reset_index(name="who")
    return found(MISSING_PRACTICE, extract, lines, None, lambda row: {**row, "who": _named(row["who"])})


def _named(codes: list[str]) -> str:
    """`2 organisations (P81001; P81002)`, of many the first ones; one by itself as it is."""
    if len(codes) == 1:
        return codes[0]
    more = f"; {len(codes) - _NAMED} more" if len(codes) > _NAMED else ""
    return f"{len(codes)} organisations ({'; '.join(codes[:_NAMED])}{more})"


def _restated(extract: Extract, rows: pd.DataFrame, known: Known) -> Finding:
    both = rows.merge(known.activity, on=_KEY, suffixes=("", "_was"))
    changed = both[both["value"] != both["value_was"]]
    return found(
        RESTATED,
        extract,
        changed,
        "value",
        lambda row: {
            **row,
            "code": row["ods_code"],
            "was": f"{row['value_was']:g}",
            "now": f"{row['value']:g}",
        },
    )


def _matches(rows: pd.DataFrame, among: pd.DataFrame, key: list[str]) -> "pd.Series[bool]":
    known = pd.MultiIndex.from_frame(among[key])
    return pd.Series(pd.MultiIndex.from_frame(rows[key]).isin(known), index=rows.index)
