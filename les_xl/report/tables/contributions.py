"""The line of a LES's sheet that says which sub ICB groups made the change on the month before."""

from collections.abc import Mapping
from functools import lru_cache

from les_xl import periods
from les_xl.marks import Mark
from les_xl.position import Position
from les_xl.report import words
from les_xl.report.figures import Record, records
from les_xl.report.table import Line
from les_xl.spec.model import Metric, Service

_NAMED = 3
"""So many groups are named, those that added or took most."""


def line(position: Position, service: Service, metric: Metric, name: str) -> Line:
    """`Dementia. Change on September 2025: +345, of East Lancashire +210 (+2.1% of that month), …`.

    The percentages are of what the ICB delivered in the month before: those of all groups make its growth.
    """
    said = _change(position, service, metric)
    return Line(f"LesChange_{service.les}_{metric.id}", f"{name}. {said}")


def _change(position: Position, service: Service, metric: Metric) -> str:
    month = position.data_months.get(service.les)
    change = position.value("change", service.les, metric.id, month=month)
    if month is None or isinstance(change, Mark):
        return "Change on the month before: none is known."
    before = periods.long_label(periods.add_months(month, -1))
    parts = [part for part in _parts(position).get((service.les, metric.id, month), []) if part["added"]]
    largest = sorted(parts, key=lambda part: -abs(part["added"]))[:_NAMED]
    named = ", ".join(f"{part['name']} {_signed(part['added'])}{_points(part)}" for part in largest)
    most = f"; largest parts, and their % of the ICB's month before: {named}" if named else ""
    return f"Change on {before}: {_signed(change)}{most}."


def _points(part: Record) -> str:
    if part["points_mark"]:
        return ""
    return f" ({'+' if part['points'] > 0 else ''}{words.percent(part['points'])})"


def _signed(value: float) -> str:
    number = words.rounded(value)
    return f"{number:+,}" if number else "0"


@lru_cache(maxsize=1)
def _parts(position: Position) -> Mapping[tuple[str, str, str], list[Record]]:
    """What each sub ICB group added, by LES, metric and month, where it is known."""
    groups = position.organisations[position.organisations["level"] == "sub_icb"]
    names = dict(zip(groups["org"], groups["name"], strict=True))
    known = position.contributions[position.contributions["added_mark"] == ""]
    found: dict[tuple[str, str, str], list[Record]] = {}
    for row in records(known):
        key = (str(row["les"]), str(row["metric"]), str(row["month"]))
        found.setdefault(key, []).append({**row, "name": names[row["org"]]})
    return found
