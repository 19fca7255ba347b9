"""Which LES has an expected profile."""

from les_xl import periods
from les_xl.position import Position
from les_xl.spec.model import ProfilePlan, Service


def profiled(position: Position) -> tuple[Service, ProfilePlan] | None:
    """The first service with an expected profile for the year of the position, and that profile."""
    year = periods.year_of(position.edition.as_at)
    for service in position.specs.services:
        for plan in service.plan:
            if isinstance(plan, ProfilePlan) and plan.year == year:
                return service, plan
    return None
