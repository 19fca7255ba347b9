"""Rules on the plans of a LES together: known metrics, months in service, no overlap, annual targets."""

from collections.abc import Iterator

from les_xl.errors import Problem
from les_xl.errors import spec_rules as kinds
from les_xl.periods import month_range, months_of
from les_xl.spec.model import FlatPlan, Metric, ProfilePlan, Service
from les_xl.spec.rules.metrics import out_of_service, unknown_metric
from les_xl.spec.rules.plans import backwards
from les_xl.spec.rules.spot import Spot


def ends_after_start(service: Service, spot: Spot) -> Iterator[Problem]:
    """The LES does not end before it starts (LES154)."""
    if service.ends and service.ends < service.starts:
        yield backwards(spot.at("ends"), "ends", service.ends, "starts", service.starts)


def planned_metrics(service: Service, spot: Spot) -> Iterator[Problem]:
    """What is planned is a metric of the LES (LES143)."""
    known = {metric.id for metric in service.metrics}
    for number, plan in enumerate(service.plan):
        if plan.metric is not None and plan.metric not in known:
            yield unknown_metric(service, plan.metric, spot.at("plan", number, "metric"))


def in_service(service: Service, spot: Spot) -> Iterator[Problem]:
    """Nothing is planned before the LES, or the metric, starts or after it ends (LES153)."""
    for number, plan in enumerate(service.plan):
        here = spot.at("plan", number)
        months = _flat_edges(plan) if isinstance(plan, FlatPlan) else _shared_months(plan)
        for month, path in months:
            if reason := _not_in_service(service, plan, month):
                yield here.at(*path).problem(kinds.NOT_IN_SERVICE, month=month, what=reason)


def _flat_edges(plan: FlatPlan) -> Iterator[tuple[str, tuple[str, ...]]]:
    if plan.from_:
        yield plan.from_, ("from",)
    if plan.to:
        yield plan.to, ("to",)


def _shared_months(plan: ProfilePlan) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((month, ("shares", month)) for month, share in plan.shares.items() if share > 0)


def _not_in_service(service: Service, plan: FlatPlan | ProfilePlan, month: str) -> str:
    if reason := out_of_service(service, month):
        return f"the LES {reason}"
    metric = _planned(service, plan)
    reason = out_of_service(metric, month) if metric else ""
    return f"'{plan.metric or service.headline.id}' {reason}" if reason else ""


def _planned(service: Service, plan: FlatPlan | ProfilePlan) -> Metric | None:
    name = plan.metric or service.headline.id
    return next((metric for metric in service.metrics if metric.id == name), None)


def year_in_service(service: Service, spot: Spot) -> Iterator[Problem]:
    """The LES and the metric run in some month of each plan's year (LES153)."""
    for number, plan in enumerate(service.plan):
        months = months_of(plan.year)
        reasons = [_not_in_service(service, plan, month) for month in months]
        if all(reasons):
            here = spot.at("plan", number, "year")
            yield here.problem(kinds.NOT_IN_SERVICE, month=f"a month of {plan.year}", what=reasons[-1])


def no_overlap(service: Service, spot: Spot) -> Iterator[Problem]:
    """A month of a metric has one flat plan (LES155)."""
    taken: dict[tuple[str, str], str] = {}
    for number, plan in enumerate(service.plan):
        if not isinstance(plan, FlatPlan):
            continue
        here, metric = spot.at("plan", number), plan.metric or service.headline.id
        months = _months_planned(service, plan)
        if both := [month for month in months if (metric, month) in taken]:
            words = {"metric": metric, "month": both[0], "first": taken[metric, both[0]]}
            yield here.at("from").problem(kinds.OVERLAP, **words)
        taken |= {(metric, month): here.line for month in months if (metric, month) not in taken}


def _months_planned(service: Service, plan: FlatPlan) -> tuple[str, ...]:
    months, metric = months_of(plan.year), _planned(service, plan)
    since, until = (metric.from_, metric.to) if metric else (None, None)
    first = plan.from_ or max(months[0], service.starts, since or service.starts)
    last = plan.to or min(months[-1], service.ends or months[-1], until or months[-1])
    return month_range(first, last)


def targets_said(service: Service, spot: Spot) -> Iterator[Problem]:
    """Flat plans that change within a year each say what its annual target then is (LES159, a warning).

    Whether the later part was planned from the start or the contract changed cannot be told from the plans.
    """
    parts: dict[tuple[str, str], list[tuple[FlatPlan, Spot]]] = {}
    for number, plan in enumerate(service.plan):
        if isinstance(plan, FlatPlan):
            metric = plan.metric or service.headline.id
            parts.setdefault((metric, plan.year), []).append((plan, spot.at("plan", number)))
    for (metric, year), plans in parts.items():
        months = [month for plan, _ in plans for month in _months_planned(service, plan)]
        changes = len({(plan.per_month, plan.annual_target) for plan, _ in plans}) > 1
        if changes and len(set(months)) == len(months):
            unsaid = [here for plan, here in plans if plan.annual_target is None]
            yield from (here.problem(kinds.TARGET_UNSAID, metric=metric, year=year) for here in unsaid)


def profiles(service: Service, spot: Spot) -> Iterator[Problem]:
    """A profile has an annual target, and a name of its own in its metric and year (LES157, LES158)."""
    lines: dict[tuple[str, str, str], str] = {}
    for number, plan in enumerate(service.plan):
        if not isinstance(plan, ProfilePlan):
            continue
        metric, here = plan.metric or service.headline.id, spot.at("plan", number, "name")
        words = {"metric": metric, "name": plan.name, "year": plan.year}
        if not _has_target(service, metric, plan.year):
            yield here.problem(kinds.NO_TARGET, **words)
        key = (metric, plan.name, plan.year)
        if key in lines:
            yield here.problem(kinds.TWO_PROFILES, **words, first=lines[key])
        lines.setdefault(key, here.line)


def _has_target(service: Service, metric: str, year: str) -> bool:
    return any(
        isinstance(plan, FlatPlan)
        and plan.annual_target is not None
        and (plan.metric or service.headline.id) == metric
        and plan.year == year
        for plan in service.plan
    )
