"""Rules on the charts of a LES's metrics: of charted metrics, limits calculated anew where they can be."""

from collections.abc import Iterator

from les_xl.errors import Problem
from les_xl.errors import spec_rules as kinds
from les_xl.periods import add_months, months_between
from les_xl.spec.chart_model import LEAST_MONTHS
from les_xl.spec.model import Metric, Service
from les_xl.spec.planned import first_month, last_month
from les_xl.spec.rules.spot import Spot


def charted(service: Service, spot: Spot) -> Iterator[Problem]:
    """What has a chart is published, or the headline (LES169)."""
    for number, metric in enumerate(service.metrics):
        here = spot.at("metrics", number, "chart")
        if here.key is not None and here.key.text == "chart" and not metric.charted:
            yield here.key_problem(kinds.NO_CHART, metric=metric.id)


def rebased(service: Service, spot: Spot) -> Iterator[Problem]:
    """Limits begin anew within the months of a metric, one after the other, 12 apart (LES166 to LES168)."""
    for number, metric in enumerate(service.metrics):
        yield from _rebased(service, metric, spot.at("metrics", number, "chart", "rebase"))


def _rebased(service: Service, metric: Metric, spot: Spot) -> Iterator[Problem]:
    first, last = first_month(service, metric), last_month(service, metric)
    since, stands = first, spot
    for number, one in enumerate(metric.chart.rebase):
        here = spot.at(number, "from")
        if one.from_ <= first or (last and one.from_ > last):
            what = f"it is counted from {first} on" if one.from_ <= first else f"{last} is its last month"
            yield here.problem(kinds.REBASE_AT_START, metric=metric.id, month=one.from_, what=what)
        elif one.from_ <= since:
            yield here.problem(kinds.REBASE_ORDER, month=one.from_, before=since)
        else:
            yield from _short(metric, since, one.from_, here)
            since, stands = one.from_, here
    if last and since != first:
        yield from _short(metric, since, add_months(last, 1), stands)


def _short(metric: Metric, since: str, until: str, spot: Spot) -> Iterator[Problem]:
    """A warning where there are too few months from one to before another."""
    months = months_between(since, until)
    if months < LEAST_MONTHS:
        words = {"first": since, "last": add_months(until, -1), "months": str(months)}
        yield spot.problem(kinds.REBASE_SHORT, metric=metric.id, least=str(LEAST_MONTHS), **words)
