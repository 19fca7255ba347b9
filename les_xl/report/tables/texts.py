"""`tblTexts`: what stands outside of tables and is another text in another edition, each by its name."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from les_xl.position import Position
from les_xl.report import narrative, words
from les_xl.report.profiled import profiled
from les_xl.report.table import Column, Line, Row, Table
from les_xl.report.tables import bands, outcomes, profile
from les_xl.report.tables.flagged import line as exceptions_line
from les_xl.report.tables.outcomes import chart_text, rated
from les_xl.report.tables.services import shown, trend_lines
from les_xl.report.tables.shift import chart_words, charted
from les_xl.report.tables.signup import is_known, not_covered_text, signup_text
from les_xl.report.tables.trends import limits_in_words
from les_xl.spec.model import Contract, Metric, Service

NAME = "tblTexts"
_COLUMNS = (Column("Name", "text", 44), Column("Text", "text", 100))

PLANS: Mapping[Contract, str] = {
    "cost_and_volume": "LesChart_CostVolume",
    "capitated": "LesChart_Capitated",
}
BANDING, PROFILE = "LesChart_Banding", "LesChart_Profile"
SIGNED_UP, NOT_COVERED = "LesChart_Signup", "LesChart_NotCovered"
"""The names of charts; those of a LES are made by `service_chart`, those of a rate by `rate_chart`."""


def texts(position: Position) -> Table:
    """`tblTexts`: the lines above tables that change, and in words what each chart shows (its alt text)."""
    found = [(line.name, line.text) for line in lines(position)] + list(chart_texts(position).items())
    rows = tuple(Row((name, text or None)) for name, text in found)
    return Table(NAME, "Texts outside of tables", _COLUMNS, rows, ("Name",))


@lru_cache(maxsize=1)
def lines(position: Position) -> tuple[Line, ...]:
    """The lines above tables that are others in another edition."""
    found = (*bands.lines(position), *profile.lines(position), *outcomes.lines(position))
    trends = (line for service in position.specs.services for line in trend_lines(position, service))
    return (*found, exceptions_line(position), *trends, flags_line(position))


def flags_line(position: Position) -> Line:
    """What the signs of shares of plan mean."""
    edges = position.specs.workspace.status
    under, over = words.edge(edges.well_below), words.edge(edges.well_above)
    return Line("LesLine_Flags", f"{words.UNDER} under {under} of plan. {words.OVER} over {over} of plan.")


@lru_cache(maxsize=1)
def chart_texts(position: Position) -> Mapping[str, str]:
    """What each chart shows, for those who do not see it, by the name of the chart."""
    return MappingProxyType(dict(_charts(position)))


def service_chart(service: Service, metric: Metric) -> str:
    """The name of a LES's chart of a metric."""
    return f"LesChart_{service.les}_{metric.id}"


def shift_chart(service: Service) -> str:
    """The name of a LES's chart of other providers by month."""
    return f"LesChart_Shift_{service.les}"


def rate_chart(les: str, metric: str) -> str:
    """The name of the chart of a rate."""
    return f"LesChart_Rate_{les}_{metric}"


def _charts(position: Position) -> Iterator[tuple[str, str]]:
    for contract in words.CONTRACTS:
        if position.specs.published_rows(contract):
            yield PLANS[contract], narrative.plan_chart(position, contract)
    for banded in list(position.bandings.values())[:1]:
        yield BANDING, narrative.banding_chart(banded)
    if profiled(position) is not None:
        yield PROFILE, narrative.profile_chart(position)
    for service in position.specs.services:
        for metric in shown(service):
            said = narrative.service_chart(position, service, metric)
            yield service_chart(service, metric), f"{said} {limits_in_words(position, service, metric)}"
    if is_known(position):
        yield SIGNED_UP, signup_text(position)
        yield NOT_COVERED, not_covered_text(position)
    for service in charted(position):
        yield shift_chart(service), chart_words(position, service)
    for les, metric_id in rated(position):
        yield rate_chart(les, metric_id), chart_text(position, les, metric_id)
