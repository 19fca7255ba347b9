"""Exceptions as a list shows them: a practice that sends no returns is one line, not one a service."""

import pandas as pd

from les_xl.measures.sentences import SILENCE, exception_key
from les_xl.periods import long_label
from les_xl.spec.wording import count, listed

ANY = "*"
"""Stands for LES and metric in the key of a silent practice, which is the same whichever LES are silent."""

_SEVERITIES = ("alert", "advise", "assure")
_RESOLVED = "resolved"
_MOST_NAMED = 3


def as_lines(exceptions: pd.DataFrame) -> pd.DataFrame:
    """Rows of `Position.exceptions` (or of `Position.resolved`), those of one silence as one, in their order.

    One silence are the rows of one rule about missing returns, of one organisation. Its line has the key
    `*|*|rule|level|org`, so that what is written beside it stays when a LES falls silent or returns; the most
    months, the earliest `since`, the worst severity, and is new where all of it is new. `les` and `metric`
    are those of its first row, `label` says how many services there are. What is not judged any more is no
    silence.
    """
    silent = (exceptions["measure"] == SILENCE) & ~(
        (exceptions["status"] == _RESOLVED) & (exceptions["severity"] != _SEVERITIES[-1])
    )
    lines = exceptions[~silent].copy()
    for _, rows in exceptions[silent].groupby(["rule", "level", "org"], sort=False):
        lines.loc[rows.index[0]] = _line(rows)
    return lines.sort_index().reset_index(drop=True)


def _line(rows: pd.DataFrame) -> pd.Series:
    line = rows.iloc[0].copy()
    line["key"] = exception_key(ANY, ANY, line["rule"], line["level"], line["org"])
    if len(rows) == 1:
        return line
    services = count(rows["les"].nunique(), "service")
    line["label"] = services
    line["value"], line["since"], line["month"] = rows["value"].max(), rows["since"].min(), rows["month"].max()
    line["severity"] = min(rows["severity"], key=_SEVERITIES.index)
    if (rows["status"] != "new").any():
        line["status"] = rows.loc[rows["status"] != "new", "status"].iloc[0]
    line["sentence"] = _sentence(line, services, _named(rows))
    return line


def _sentence(line: pd.Series, services: str, named: str) -> str:
    month = long_label(line["month"])
    if line["status"] == _RESOLVED:
        return f"{line['org_name']}: returned {services} for {month}, no longer silent ({named})"
    months = count(int(line["value"]), "month")
    since = f"flagged since {long_label(line['since'])}"
    return f"{line['org_name']}: no return of {services} for {months} to {month}, {since} ({named})"


def _named(rows: pd.DataFrame) -> str:
    """`Dementia, Diabetes, ECGs and 9 more`."""
    labels = rows["label"].tolist()
    more = len(labels) - _MOST_NAMED
    return listed(labels if more <= 1 else [*labels[:_MOST_NAMED], f"{more} more"])
