"""What the plans of a LES come to month by month, as the specification alone gives it."""

from collections.abc import Mapping

from les_xl.periods import month_range, months_of
from les_xl.spec.model import FlatPlan, Metric, ProfilePlan, Service


def first_month(service: Service, metric: Metric) -> str:
    """First month in which a metric is counted."""
    return max(service.starts, metric.from_ or "")


def last_month(service: Service, metric: Metric) -> str | None:
    """Last month in which a metric is counted; None where it has no end."""
    return min(filter(None, (service.ends, metric.to)), default=None)


def flat_plans(service: Service, metric: Metric) -> tuple[FlatPlan, ...]:
    """The flat plans of a metric, by the month in which they begin."""
    plans = [
        plan
        for plan in service.plan
        if isinstance(plan, FlatPlan) and (plan.metric or service.headline.id) == metric.id
    ]
    return tuple(sorted(plans, key=lambda plan: months_of_plan(service, plan)[:1]))


def profiles(service: Service, metric: Metric) -> tuple[ProfilePlan, ...]:
    """The profiles of a metric, by year."""
    plans = [
        plan
        for plan in service.plan
        if isinstance(plan, ProfilePlan) and (plan.metric or service.headline.id) == metric.id
    ]
    return tuple(sorted(plans, key=lambda plan: plan.year))


def plan_years(service: Service, metric: Metric) -> tuple[str, ...]:
    """Financial years for which a metric has a flat plan or a profile."""
    flat = {plan.year for plan in flat_plans(service, metric)}
    return tuple(sorted(flat | {plan.year for plan in profiles(service, metric)}))


def plan_sources(service: Service, metric: Metric) -> tuple[str, ...]:
    """Where the plans and profiles of a metric come from, each once."""
    flat = (plan.source for plan in flat_plans(service, metric))
    return tuple(dict.fromkeys((*flat, *(plan.source for plan in profiles(service, metric)))))


def months_of_plan(service: Service, plan: FlatPlan) -> tuple[str, ...]:
    """The months of a flat plan: as it says, and where it does not, all of its year that are in service."""
    known = {metric.id: metric for metric in service.metrics}
    metric = known.get(plan.metric or service.headline.id, service.headline)
    months = months_of(plan.year)
    first = plan.from_ or max(months[0], first_month(service, metric))
    last = plan.to or min(months[-1], last_month(service, metric) or months[-1])
    return month_range(first, last) if first <= last else ()


def per_month(service: Service, metric: Metric) -> Mapping[str, float]:
    """Planned quantity by month, over all years; a month without a plan is left out."""
    return {
        month: plan.per_month
        for plan in flat_plans(service, metric)
        for month in months_of_plan(service, plan)
    }


def targets(service: Service, metric: Metric) -> Mapping[str, float]:
    """The annual target that the plan in force in each month gives; months without one are left out."""
    return {
        month: plan.annual_target
        for plan in flat_plans(service, metric)
        for month in months_of_plan(service, plan)
        if plan.annual_target is not None
    }
