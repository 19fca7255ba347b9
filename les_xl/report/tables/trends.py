"""Rows of `tblGroups_…` that say how the ICB's months vary, and the line above the chart that shows them."""

import math

from les_xl import periods
from les_xl.marks import Cell, Mark
from les_xl.measures.spc import LEAST_POINTS, PROFILES, Profile
from les_xl.measures.trends import profile_in
from les_xl.position import Position
from les_xl.report import figures, words
from les_xl.report.figures import Record
from les_xl.report.table import Content, Line, Row
from les_xl.spec.model import Metric, Service

LIMITS = {"Mean": "mean", "Lower limit": "lower", "Upper limit": "upper"}
"""Measures of `tblGroups_…` that are drawn as lines, and the columns of `Position.trends` that they show."""

CAUSE = "Special cause"
_NONE = "none"


def rows(position: Position, service: Service, metric: Metric, name: str) -> list[Row]:
    """Mean, limits and special cause by month, of the ICB.

    Mean and limits stand in every month in service, so that they can be drawn; until there are any, their
    cells are empty, because a chart draws a mark as 0.
    """
    icb = position.specs.workspace.icb.name
    points = _points(position, service, metric)
    months = periods.months_of(periods.year_of(position.edition.as_at))
    delivered = {month: position.value("delivered", service.les, metric.id, month=month) for month in months}
    found: list[Row] = []
    for measure, column in LIMITS.items():
        limit = points[-1][column] if _limited(points) else None
        cells = [Mark.NOT_APPLICABLE if _not_there(delivered[month]) else limit for month in months]
        found.append(Row((name, measure, icb, *cells, Mark.NOT_APPLICABLE), tint=True, starts=not found))
    causes = {point["month"]: point["cause"] or _NONE for point in points} if _limited(points) else None
    said = [_said(causes, month, delivered[month]) for month in months]
    found.append(Row((name, CAUSE, icb, *said, Mark.NOT_APPLICABLE), tint=True))
    return found


def line(position: Position, service: Service, metric: Metric, name: str) -> Line:
    """Forecast, limits and special cause in words, above the chart of a metric."""
    said = f"{name}. {_forecast(position, service, metric)}{limits_in_words(position, service, metric)}"
    return Line(f"LesLine_{service.les}_{metric.id}", said)


def limits_in_words(position: Position, service: Service, metric: Metric) -> str:
    """Mean, limits and the latest month, with the rules they are read by; or that there are none yet."""
    points, rules = _points(position, service, metric), profile(position, service).title
    if not _limited(points):
        few = f"fewer than {LEAST_POINTS} months with a return ({len(points)}), so none yet"
        return f"Limits: {few} ({rules})."
    last = points[-1]
    limits = f"{words.count(last['lower'])} to {words.count(last['upper'])}"
    trial = "trial limits" if last["trial"] else "limits"
    cause = last["cause"] or "no special cause"
    return (
        f"Mean {words.count(last['mean'])} a month, {trial} {limits}, from {len(points)} months ({rules}). "
        f"{periods.long_label(last['month'])}: {cause}."
    )


def limited(position: Position, service: Service, metric: Metric) -> bool:
    """True where the ICB has enough months for limits."""
    return _limited(_points(position, service, metric))


def profile(position: Position, service: Service) -> Profile:
    """The rules by which special cause of the ICB is judged."""
    month = position.data_months.get(service.les) or position.edition.as_at
    return PROFILES[profile_in(service, "icb", month)]


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


def _limited(points: list[Record]) -> bool:
    return bool(points) and not math.isnan(points[-1]["mean"])


def _not_there(delivered: Cell) -> bool:
    return delivered is Mark.NOT_APPLICABLE


def _said(causes: dict[str, str] | None, month: str, delivered: Cell) -> Content:
    if causes is None or _not_there(delivered):
        return Mark.NOT_APPLICABLE
    return _SHORT.get(causes[month], causes[month]) if month in causes else Mark.NOT_REPORTED


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
