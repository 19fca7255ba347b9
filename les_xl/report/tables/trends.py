"""Rows of `tblGroups_…` that say how the ICB's months vary, and the line above the chart that shows them."""

import math
from collections.abc import Mapping

from les_xl import periods
from les_xl.marks import Cell, Mark
from les_xl.measures.spc import LEAST_POINTS, Profile
from les_xl.measures.trends import profile_in
from les_xl.position import Position
from les_xl.report import figures, words
from les_xl.report.figures import Record
from les_xl.report.table import Content, Line, Row
from les_xl.spec.model import Metric, Service

LIMITS = {"Mean": "mean", "Lower limit": "lower", "Upper limit": "upper"}
"""Measures of `tblGroups_…` that are drawn as lines, and the columns of `Position.trends` that they show."""

CAUSE = "Special cause"
TARGET = "Target"
_NONE = "none"


def rows(position: Position, service: Service, metric: Metric, name: str) -> list[Row]:
    """Mean, limits and special cause by month, of the ICB; its target, where the specification names one.

    Mean and limits stand in every month in service, so that they can be drawn; until there are any, their
    cells are empty, because a chart draws a mark as 0.
    """
    icb = position.specs.workspace.icb.name
    months = periods.months_of(periods.year_of(position.edition.as_at))
    delivered = {month: position.value("delivered", service.les, metric.id, month=month) for month in months}
    points = _points(position, service, metric)
    in_force = {month: _in_force(points, month) for month in months}

    def row(measure: str, shown: Mapping[str, Content]) -> Row:
        cells = (Mark.NOT_APPLICABLE if _not_there(delivered[month]) else shown[month] for month in months)
        return Row((name, measure, icb, *cells, Mark.NOT_APPLICABLE), tint=True, starts=measure == "Mean")

    found = [
        row(measure, {month: _number(point, column) for month, point in in_force.items()})
        for measure, column in LIMITS.items()
    ]
    by_month = {point["month"]: point for point in points}
    found.append(row(CAUSE, {month: _said(by_month.get(month), in_force[month]) for month in months}))
    if metric.chart.target is not None:
        found.append(row(TARGET, dict.fromkeys(months, metric.chart.target)))
    return found


def lines(position: Position, service: Service, metric: Metric, name: str) -> tuple[Line, Line]:
    """Above the chart of a metric: forecast, limits and special cause; then assurance and changed limits."""
    named = f"{service.les}_{metric.id}"
    varies = f"{_forecast(position, service, metric)}{_variation(position, service, metric)}"
    anew, points = _since_anew(_points(position, service, metric))
    return (
        Line(f"LesLine_{named}", f"{name}. {varies}"),
        Line(f"LesAssurance_{named}", f"{name}. Assurance: {_assurance(points)}.{anew}"),
    )


def limits_in_words(position: Position, service: Service, metric: Metric) -> str:
    """Mean, limits, the latest month and what it assures, with the rules; or that there are none yet."""
    anew, points = _since_anew(_points(position, service, metric))
    assured = f" Assurance: {_assurance(points)}." if points and points[-1]["assurance"] else ""
    return f"{_variation(position, service, metric)}{assured}{anew}"


def _variation(position: Position, service: Service, metric: Metric) -> str:
    _, points = _since_anew(_points(position, service, metric))
    rules = profile(position, service).title
    if not _has_limits(points):
        few = f"fewer than {LEAST_POINTS} months with a return ({len(points)}), so none yet"
        return f"Limits: {few} ({rules})."
    last = points[-1]
    limits = f"{words.count(last['lower'])} to {words.count(last['upper'])}"
    trial = "trial limits" if last["trial"] else "limits"
    cause = f"{last['variation']} ({last['cause']})" if last["cause"] else last["variation"]
    return (
        f"Mean {words.count(last['mean'])} a month, {trial} {limits}, from {len(points)} months ({rules}). "
        f"{periods.long_label(last['month'])}: {cause}."
    )


def _assurance(points: list[Record]) -> str:
    """Whether the target is met, or why nothing is said of it."""
    if not _has_limits(points):
        return f"none under {LEAST_POINTS} months with a return"
    last = points[-1]
    if math.isnan(last["target"]):
        return "none without a target or a plan of one quantity a month"
    if not last["assurance"]:
        return "none, since neither more nor less is better"
    return f"{last['assurance']}, {words.count(last['target'])} a month"


def _since_anew(points: list[Record]) -> tuple[str, list[Record]]:
    """That limits were calculated anew, and why; and the points since then."""
    at = max((at for at, point in enumerate(points) if point["rebased"]), default=0)
    if not at:
        return "", points
    since, reason = periods.long_label(points[at]["month"]), points[at]["rebased"].rstrip(".")
    return f" Limits calculated anew from {since}: {reason}.", points[at:]


def limited(position: Position, service: Service, metric: Metric) -> bool:
    """True where the ICB has limits in the latest month, or had them earlier in the year."""
    points, year = _points(position, service, metric), periods.year_of(position.edition.as_at)
    shown = [point for point in points if periods.year_of(point["month"]) == year]
    return any(_has_limits([point]) for point in (*shown, *points[-1:]))


def profile(position: Position, service: Service) -> Profile:
    """The rules by which special cause of the ICB is judged."""
    return profile_in(service, "icb", position.data_months.get(service.les) or position.edition.as_at)


def _forecast(position: Position, service: Service, metric: Metric) -> str:
    month = position.data_months.get(service.les)
    forecast = position.value("forecast", service.les, metric.id, month=month)
    if isinstance(forecast, Mark):
        return ""
    target = position.value("annual_target", service.les, metric.id)
    of = "" if isinstance(target, Mark) else f", against a target of {words.count(target)}"
    return f"At the rate so far the year comes to {words.count(forecast)}{of}. "


def _points(position: Position, service: Service, metric: Metric) -> list[Record]:
    return figures.icb_trends(position).get((service.les, metric.id), [])


def _in_force(points: list[Record], month: str) -> Record | None:
    """The point whose limits hold in a month: the latest up to it, else the first; None without any."""
    return next((point for point in reversed(points) if point["month"] <= month), next(iter(points), None))


def _number(point: Record | None, column: str) -> float | None:
    return None if point is None or math.isnan(point[column]) else float(point[column])


def _has_limits(points: list[Record]) -> bool:
    return bool(points) and not math.isnan(points[-1]["mean"])


def _not_there(delivered: Cell) -> bool:
    return delivered is Mark.NOT_APPLICABLE


def _said(point: Record | None, in_force: Record | None) -> Content:
    """The cause of a month; `[z]` where there are no limits, `[x]` where nothing was returned."""
    if in_force is None or not _has_limits([in_force]):
        return Mark.NOT_APPLICABLE
    return Mark.NOT_REPORTED if point is None else _SHORT.get(point["cause"], point["cause"] or _NONE)


_SHORT = {
    "above the upper limit": "above",
    "below the lower limit": "below",
    "rising trend": "rising",
    "falling trend": "falling",
    "two of three near the upper limit": "near top",
    "two of three near the lower limit": "near low",
    "run above the mean": "run high",
    "run below the mean": "run low",
}
"""Causes as they fit in the column of a month."""
