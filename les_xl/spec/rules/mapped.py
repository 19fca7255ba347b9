"""Rules on mappings beside services and beside each other: LES and metrics that there are, names apart."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from les_xl.errors import Problem, nearest
from les_xl.errors import spec_mappings as kinds
from les_xl.spec.extract_model import ExtractMapping
from les_xl.spec.model import Service
from les_xl.spec.rules.spot import Spot
from les_xl.spec.wildcards import folded, overlap

Services = Mapping[str, Service | None]
"""Services by slug; None for one whose file is wrong, of which nothing more is known."""

Checked = Sequence[tuple[ExtractMapping, Spot]]


def words_known(mapping: ExtractMapping, spot: Spot, services: Services) -> Iterator[Problem]:
    """Every LES and metric that a mapping names is one that is loaded (LES185, LES186)."""
    for les, metric, here in _named(mapping, spot):
        if les is not None and les not in services:
            near = nearest(les, services)
            hint = f"did you mean '{near}'?" if near else f"the LES are {', '.join(services)}"
            at = here if les == _text(here) else here.at("les")
            yield at.problem(kinds.UNKNOWN_LES, les=les, hint=hint)
        elif les is not None and metric is not None and (service := services[les]) is not None:
            at = here if metric == _text(here) else here.at("metric")
            yield from _metric(service, metric, at)


def _text(spot: Spot) -> str | None:
    return getattr(spot.node, "text", None)


def _named(mapping: ExtractMapping, spot: Spot) -> Iterator[tuple[str | None, str | None, Spot]]:
    """Every LES with its metric (each None where it is not told here), and where it stands."""
    columns = mapping.columns
    les = columns.les.value if columns.les else None
    metric = columns.metric.value if columns.metric else None
    if les:
        yield les, None, spot.at("columns", "les", "value")
    if les and metric:
        yield les, metric, spot.at("columns", "metric", "value")
    for word, slug in columns.les.values.items() if columns.les else ():
        yield slug, None, spot.at("columns", "les", "values", word)
    for number, match in enumerate(mapping.matches):
        yield match.les or les, match.metric, spot.at("matches", number)
    for number, indicator in enumerate(mapping.indicators.metrics if mapping.indicators else ()):
        yield indicator.les, indicator.metric, spot.at("indicators", "metrics", number)
    for sheet, slug in mapping.sheets.named.items() if mapping.sheets else ():
        yield slug, None, spot.at("sheets", "named", sheet)


def _metric(service: Service, name: str, spot: Spot) -> Iterator[Problem]:
    known = {metric.id: metric for metric in service.metrics}
    if name not in known:
        near = nearest(name, known)
        hint = f"did you mean '{near}'?" if near else f"its metrics are {', '.join(known)}"
        yield spot.problem(
            kinds.UNKNOWN_METRIC, metric=name, reason=f"is no metric of {service.les}", hint=hint
        )
    elif parts := known[name].sum_of:
        reason = f"of {service.les} is the sum of others and is never loaded itself"
        yield spot.problem(kinds.UNKNOWN_METRIC, metric=name, reason=reason, hint=f"load {', '.join(parts)}")


def names_apart(mappings: Checked) -> Iterator[Problem]:
    """No file can be of two mappings by its name, unless required headings tell them apart (LES187)."""
    for (one, first), (other, second) in combinations(mappings, 2):
        if not _told_apart(one, other):
            yield from _shared(one, other, first, second)


def _told_apart(one: ExtractMapping, other: ExtractMapping) -> bool:
    mine, theirs = set(map(folded, one.requires)), set(map(folded, other.requires))
    return not mine <= theirs and not theirs <= mine


def _shared(one: ExtractMapping, other: ExtractMapping, first: Spot, second: Spot) -> Iterator[Problem]:
    for number, match in enumerate(other.matches):
        for earlier in one.matches:
            if overlap(match.file, earlier.file):
                here = second.at("matches", number, "file")
                yield here.problem(kinds.SAME_NAMES, pattern=earlier.file, other=first.file)
                break
