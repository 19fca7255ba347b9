"""Exceptions as a list shows them: a practice that sends no returns is one line, not one a service."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from les_xl.measures.sentences import SILENCE, exception_key
from les_xl.periods import long_label
from les_xl.spec.wording import count, listed

ANY = "*"
"""Stands for LES and metric in the key of a silent practice, which is the same whichever LES are silent."""

_SEVERITIES = ("alert", "advise", "assure")
_RESOLVED = "resolved"
_MOST_NAMED = 3

Record = Mapping[Any, Any]


def as_lines(exceptions: Iterable[Record]) -> list[Record]:
    """Rows of `Position.exceptions` (or of `Position.resolved`), those of one silence as one, in their order.

    One silence are the rows of one rule about missing returns, of one organisation. Its line has the key
    `*|*|rule|level|org`, so that what is written beside it stays when a LES falls silent or returns; the most
    months, the earliest `since`, the worst severity, and is new where all of it is new. `les` and `metric`
    are those of its first row; `label` says how many services there are. A silence that cannot be judged any
    more is a row as every other.
    """
    silences: dict[tuple[str, ...], list[Record]] = {}
    for found in exceptions:
        silences.setdefault(_silence(found), []).append(found)
    return [_line(rows) if key[0] == ANY else rows[0] for key, rows in silences.items()]


def _silence(found: Record) -> tuple[str, ...]:
    unjudged = found["status"] == _RESOLVED and found["severity"] != _SEVERITIES[-1]
    if found["measure"] != SILENCE or unjudged:
        return (found["key"],)
    return ANY, found["rule"], found["level"], found["org"]


def _line(rows: Sequence[Record]) -> Record:
    first = rows[0]
    line = {**first, "key": exception_key(ANY, ANY, first["rule"], first["level"], first["org"])}
    if len(rows) == 1:
        return line
    old = [row["status"] for row in rows if row["status"] != "new"]
    services = count(len({row["les"] for row in rows}), "service")
    line |= {
        "label": services,
        "value": max(row["value"] for row in rows),
        "severity": min((row["severity"] for row in rows), key=_SEVERITIES.index),
        "since": min(row["since"] for row in rows),
        "month": max(row["month"] for row in rows),
        "status": old[0] if old else "new",
    }
    return line | {"sentence": _sentence(line, services, _named([row["label"] for row in rows]))}


def _sentence(line: Record, services: str, named: str) -> str:
    month = long_label(line["month"])
    if line["status"] == _RESOLVED:
        return f"{line['org_name']}: returned {services} for {month}, no longer silent ({named})"
    months = count(int(line["value"]), "month")
    since = f"flagged since {long_label(line['since'])}"
    return f"{line['org_name']}: no return of {services} for {months} to {month}, {since} ({named})"


def _named(labels: Sequence[str]) -> str:
    """`Dementia, Diabetes, ECGs and 9 more`."""
    more = len(labels) - _MOST_NAMED
    return listed(labels if more <= 1 else [*labels[:_MOST_NAMED], f"{more} more"])
