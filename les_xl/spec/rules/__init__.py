"""What a well-formed specification must also be: small rules, each from a model and its place to problems."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from les_xl.errors import Problem
from les_xl.spec.audience_model import Audience
from les_xl.spec.extract_model import ExtractMapping
from les_xl.spec.model import (
    Bands,
    Eligible,
    ExceptionRule,
    Exclusion,
    FlatPlan,
    FormerBands,
    Metric,
    ProfilePlan,
    Service,
    Shift,
    Workspace,
)
from les_xl.spec.nodes import Document, Sequence, plain
from les_xl.spec.rules import (
    across,
    audiences,
    bands,
    charts,
    exceptions,
    mappings,
    metrics,
    planning,
    plans,
    provision,
)
from les_xl.spec.rules.spot import Spot

Rule = Callable[[Any, Spot], Iterator[Problem]]

PART_RULES: tuple[tuple[str, type[BaseModel], tuple[Rule, ...]], ...] = (
    ("eligible", Eligible, (provision.providers_once,)),
    ("metrics", Metric, (plans.forwards,)),
    ("plan", FlatPlan, (plans.flat_months,)),
    ("plan", ProfilePlan, (plans.profile_months, plans.profile_shares)),
    ("bands", Bands, (bands.edges_ascend, bands.labels_fit)),
    ("former_bands", FormerBands, (bands.edges_ascend, bands.labels_fit)),
    ("exclude", Exclusion, (plans.forwards, provision.excluded_once)),
    (
        "exceptions",
        ExceptionRule,
        (exceptions.levels_once, exceptions.one_sort, exceptions.condition_reads, plans.forwards),
    ),
    ("shift", Shift, (provision.records_once, provision.baseline_before, provision.decommissioned)),
)
"""Rules on a part by itself: they hold for each part that can be read, whatever else the file has wrong."""

SERVICE_RULES: tuple[Rule, ...] = (
    metrics.one_headline,
    metrics.names_once,
    metrics.ids_once,
    exceptions.one_at_a_time,
    bands.one_at_a_time,
    metrics.conditions_once,
    metrics.sums,
    metrics.rates,
    metrics.caps,
    metrics.counted_in_service,
    charts.charted,
    charts.rebased,
    planning.ends_after_start,
    planning.planned_metrics,
    planning.in_service,
    planning.year_in_service,
    planning.no_overlap,
    planning.targets_said,
    planning.profiles,
)

WORKSPACE_RULES: tuple[Rule, ...] = (across.listed_once, across.status_ascends)

MAPPING_RULES: tuple[Rule, ...] = (
    mappings.named_as_file,
    mappings.columns_of_kind,
    mappings.columns_sourced,
    mappings.one_source,
    mappings.headings_or_positions,
    mappings.patterns,
    mappings.no_contradiction,
    mappings.listed_once,
)

AUDIENCE_RULES: tuple[Rule, ...] = (
    audiences.lists_once,
    audiences.for_whom,
    audiences.form_fits,
    audiences.own_figures_only,
)


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


def check_mapping(mapping: ExtractMapping, document: Document) -> Iterator[Problem]:
    """What is wrong with a mapping by itself."""
    yield from _applied(MAPPING_RULES, mapping, Spot.top(document))


def check_audience(audience: Audience, document: Document) -> Iterator[Problem]:
    """What is wrong with an audience by itself."""
    yield from _applied(AUDIENCE_RULES, audience, Spot.top(document))


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
