"""What a well-formed specification must also be: small rules, each from a model and its place to problems."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from les_xl.errors import Problem
from les_xl.spec.model import Bands, ExceptionRule, Exclusion, FlatPlan, ProfilePlan, Service, Workspace
from les_xl.spec.nodes import Document, Sequence, plain
from les_xl.spec.rules import across, bands, exceptions, metrics, planning, plans
from les_xl.spec.rules.spot import Spot

Rule = Callable[[Any, Spot], Iterator[Problem]]

PART_RULES: tuple[tuple[str, type[BaseModel], tuple[Rule, ...]], ...] = (
    ("plan", FlatPlan, (plans.flat_months,)),
    ("plan", ProfilePlan, (plans.profile_months, plans.profile_shares)),
    ("bands", Bands, (bands.edges_ascend, bands.labels_fit)),
    ("exclude", Exclusion, (plans.forwards,)),
    ("exceptions", ExceptionRule, (exceptions.levels_once, exceptions.condition_reads)),
)
"""Rules on a part by itself: they hold for each part that can be read, whatever else the file has wrong."""

SERVICE_RULES: tuple[Rule, ...] = (
    metrics.one_headline,
    metrics.ids_once,
    metrics.sums,
    planning.ends_after_start,
    planning.planned_metrics,
    planning.in_service,
    planning.year_in_service,
    planning.no_overlap,
    planning.one_target,
    planning.profiles,
)

WORKSPACE_RULES: tuple[Rule, ...] = (across.listed_once, across.status_ascends)


def check_parts(document: Document) -> Iterator[Problem]:
    """What is wrong with the parts of a service by themselves."""
    top = Spot.top(document)
    for key, model, rules in PART_RULES:
        for spot in _parts(top, key):
            part = _read(model, spot)
            if part is not None:
                yield from _applied(rules, part, spot)


def check_service(service: Service, document: Document) -> Iterator[Problem]:
    """What is wrong with a service as a whole."""
    yield from _applied(SERVICE_RULES, service, Spot.top(document))


def check_workspace(workspace: Workspace, document: Document) -> Iterator[Problem]:
    """What is wrong with the workspace by itself."""
    yield from _applied(WORKSPACE_RULES, workspace, Spot.top(document))


def _applied(rules: tuple[Rule, ...], model: BaseModel, spot: Spot) -> Iterator[Problem]:
    for rule in rules:
        yield from rule(model, spot)


def _parts(top: Spot, key: str) -> Iterator[Spot]:
    part = top.at(key)
    if part.key is None:
        return
    if isinstance(part.node, Sequence):
        yield from (part.at(number) for number in range(len(part.node.items)))
    else:
        yield part


def _read(model: type[BaseModel], spot: Spot) -> BaseModel | None:
    try:
        return model.model_validate(plain(spot.node), strict=True)
    except ValidationError:
        return None
