"""Rules on the workspace and on all services together: order, files, labels, and a plan for each row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from les_xl.errors import Problem, nearest
from les_xl.errors import spec_rules as kinds
from les_xl.periods import months_of
from les_xl.spec.model import FlatPlan, Service, Workspace
from les_xl.spec.nodes import Document, Scalar
from les_xl.spec.rules.lists import each_once
from les_xl.spec.rules.spot import Spot

Checked = Sequence[tuple[Service, Spot]]


def listed_once(workspace: Workspace, spot: Spot) -> Iterator[Problem]:
    """No LES stands twice in the order, and no sub-ICB code twice (LES141)."""
    yield from each_once(workspace.order, spot.at("order"))
    yield from each_once((group.code for group in workspace.sub_icbs), spot.at("sub_icbs"), "code")


def status_ascends(workspace: Workspace, spot: Spot) -> Iterator[Problem]:
    """The edges of the status in words ascend (LES134)."""
    status = workspace.status
    edges = (
        ("well_below", status.well_below),
        ("below", status.below),
        ("above", status.above),
        ("well_above", status.well_above),
    )
    for (before, lower), (key, edge) in pairwise(edges):
        if edge <= lower:
            yield spot.at("status", key).key_problem(kinds.STATUS_EDGES, key=key, before=before)


def slug_of(document: Document) -> str | None:
    """The LES that a file says it is of, also where the file is wrong otherwise."""
    entry = document.root.entry("les")
    return entry.value.text if entry and isinstance(entry.value, Scalar) and entry.value.text else None


def order_known(workspace: Workspace, spot: Spot, known: Iterable[str]) -> Iterator[Problem]:
    """Each LES of the order has a specification (LES130)."""
    slugs = tuple(known)
    for number, les in enumerate(workspace.order):
        if les not in slugs:
            near = nearest(les, [slug for slug in slugs if slug not in workspace.order])
            hint = f"did you mean '{near}'?" if near else f"write specs/services/{les}.yaml, or take it out"
            yield spot.at("order", number).problem(kinds.NO_SUCH_SERVICE, les=les, hint=hint)


def in_order(workspace: Workspace, spots: Iterable[Spot]) -> Iterator[Problem]:
    """Each specification is in the order (LES131)."""
    for spot in spots:
        les = slug_of(spot.document)
        if les is not None and les not in workspace.order:
            yield spot.at("les").problem(kinds.NOT_IN_ORDER, les=les)


def one_file_each(spots: Iterable[Spot]) -> Iterator[Problem]:
    """A LES has one file, named after it (LES132, LES133)."""
    files: dict[str, str] = {}
    for spot in spots:
        les = slug_of(spot.document)
        if les is None:
            continue
        if les in files:
            yield spot.at("les").problem(kinds.TWO_FILES, les=les, other=files[les])
        elif not spot.file.endswith(f"/{les}.yaml"):
            yield spot.at("les").problem(kinds.FILE_NAME, les=les)
        files.setdefault(les, spot.file)


def labels_once(services: Checked) -> Iterator[Problem]:
    """No two rows of the published table have one label, whatever their case (LES142)."""
    seen: dict[str, Spot] = {}
    for service, spot in _first_of_each(services):
        for number, metric in enumerate(service.metrics):
            if not metric.published_as:
                continue
            here = spot.at("metrics", number, "published_as")
            first = seen.setdefault(metric.published_as.casefold(), here)
            if first is not here:
                other = f"line {first.line}" if first.file == here.file else f"{first.file}:{first.line}"
                yield here.problem(kinds.PUBLISHED_TWICE, label=metric.published_as, other=other)


def _first_of_each(services: Checked) -> Checked:
    # A second file of one LES is told as such; that its labels are the same says nothing more.
    first: dict[str, tuple[Service, Spot]] = {}
    for service, spot in services:
        first.setdefault(service.les, (service, spot))
    return tuple(first.values())


def rows_planned(year: str, services: Checked) -> Iterator[Problem]:
    """Each row that is published has a flat plan for the year that is reported (LES156, a warning)."""
    months = months_of(year)
    for service, spot in services:
        if service.starts > months[-1] or (service.ends and service.ends < months[0]):
            continue
        planned = {
            plan.metric or service.headline.id
            for plan in service.plan
            if isinstance(plan, FlatPlan) and plan.year == year
        }
        for number, metric in enumerate(service.metrics):
            if metric.published_as and metric.id not in planned:
                here = spot.at("metrics", number, "published_as")
                yield here.problem(kinds.NO_PLAN, metric=metric.id, year=year)
