"""Explicit zeros for organisations that a supplier leaves out because they did nothing (`absent: zero`)."""

import pandas as pd

from les_xl.data.extract import NO_ROW, Extract
from les_xl.data.findings import Finding
from les_xl.data.known import Known
from les_xl.data.organisations import counting
from les_xl.errors.mapping import TAKEN_AS_ZERO
from les_xl.spec.read import Specs

_SERIES = ["les", "metric", "month"]
_KEY = ["ods_code", *_SERIES]


def with_zeros(
    extract: Extract, rows: pd.DataFrame, known: Known, specs: Specs
) -> tuple[pd.DataFrame, Finding]:
    """The activity rows and a 0 for each organisation that counts and is absent, and what was added (LES293).

    Only months, LES and metrics of which the file has a row are looked at, only organisations that count for
    the LES in that month, and none whose row says that nothing was reported.
    """
    present = rows[_KEY]
    if extract.unreported is not None and len(extract.unreported):
        present = pd.concat([present, extract.unreported[_KEY]])
    series = rows[_SERIES].drop_duplicates()
    due = series.merge(counting(known, specs, list(series["month"].unique())), on=["les", "month"])
    there = pd.MultiIndex.from_frame(present)
    absent = due[~pd.MultiIndex.from_frame(due[_KEY]).isin(there)][_KEY]
    zeros = absent.assign(value=0.0, row=NO_ROW).sort_values(_KEY)
    problems = tuple(
        TAKEN_AS_ZERO.at(
            extract.place(),
            count=len(group),
            s="s" if len(group) != 1 else "",
            codes=", ".join(group["ods_code"]),
            **dict(zip(_SERIES, map(str, key), strict=True)),
        )
        for key, group in zeros.groupby(_SERIES)
        if isinstance(key, tuple)
    )
    both = pd.concat([rows, zeros[list(rows.columns)]], ignore_index=True)
    return both, Finding(TAKEN_AS_ZERO, problems, len(problems))
