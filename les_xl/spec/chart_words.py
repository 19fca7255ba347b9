"""How the XmR charts of a service are read, in plain English."""

from collections.abc import Iterator

from les_xl.periods import long_label
from les_xl.spec.chart_model import Better, direction
from les_xl.spec.model import Metric, Service
from les_xl.spec.planned import flat_plans
from les_xl.spec.wording import number, sentence

BETTER: dict[Better, str] = {
    "up": "more is better",
    "down": "less is better",
    "neither": "neither more nor less is better",
}
"""In which direction a figure improves, in words."""


def chart_words(service: Service) -> Iterator[str]:
    """For each metric that has a chart its direction, its target, and where limits are calculated anew."""
    said = next((rule.improves for rule in service.exceptions if rule.rule == "xmr"), None)
    for metric in (metric for metric in service.metrics if metric.charted):
        better = direction(metric.chart, said)
        yield sentence(f"{metric.title}: {BETTER[better]}; {_target(service, metric, better)}")
        for rebase in metric.chart.rebase:
            since = long_label(rebase.from_)
            yield sentence(f"Limits of {metric.title} are calculated anew from {since}: {rebase.reason}")


def _target(service: Service, metric: Metric, better: Better) -> str:
    if better == "neither":
        return "so nothing is said of a target"
    if metric.chart.target is not None:
        return f"the target of the ICB is {number(metric.chart.target)} a month"
    if flat_plans(service, metric):
        return "the target is the plan, as long as it is one quantity in every month of the year so far"
    return "there is no target"
