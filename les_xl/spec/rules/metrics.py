"""Rules on the metrics of a LES: one headline, ids that stand once, sums, rates, caps, months in service."""

from collections.abc import Iterator

from les_xl.errors import Problem, nearest
from les_xl.errors import spec_rules as kinds
from les_xl.spec.model import Metric, Service
from les_xl.spec.rules.lists import each_once
from les_xl.spec.rules.spot import Spot


def one_headline(service: Service, spot: Spot) -> Iterator[Problem]:
    """Exactly one metric stands for the LES (LES140)."""
    headlines = [number for number, metric in enumerate(service.metrics) if metric.headline]
    if not headlines:
        yield spot.at("metrics").key_problem(kinds.HEADLINE, count="no")
    elif len(headlines) > 1:
        second = spot.at("metrics", headlines[1], "headline")
        yield second.problem(kinds.HEADLINE, count=str(len(headlines)))


def names_once(service: Service, spot: Spot) -> Iterator[Problem]:
    """No other name of a LES is listed twice (LES141)."""
    yield from each_once(service.also_called, spot.at("also_called"))


def ids_once(service: Service, spot: Spot) -> Iterator[Problem]:
    """No two metrics and no two indicators of impact share an id (LES141)."""
    yield from each_once((metric.id for metric in service.metrics), spot.at("metrics"), "id")
    yield from each_once((one.id for one in service.impact), spot.at("impact"), "id")


def conditions_once(service: Service, spot: Spot) -> Iterator[Problem]:
    """No place chose one condition twice (LES141)."""
    for place, conditions in service.conditions_by_place.items():
        yield from each_once(conditions, spot.at("conditions_by_place", place))


def unknown_metric(service: Service, name: str, spot: Spot) -> Problem:
    """The problem that a name is no metric of the LES (LES143)."""
    known = tuple(metric.id for metric in service.metrics)
    near = nearest(name, known)
    hint = f"did you mean '{near}'?" if near else f"its metrics are {', '.join(known)}"
    return spot.problem(kinds.UNKNOWN_METRIC, metric=name, hint=hint)


def sums(service: Service, spot: Spot) -> Iterator[Problem]:
    """What a metric is the sum of: known, loaded, of its kind, each once (LES141, LES143 to LES146)."""
    metrics = {metric.id: metric for metric in reversed(service.metrics)}
    circles: set[frozenset[str]] = set()
    for number, metric in enumerate(service.metrics):
        here = spot.at("metrics", number, "sum_of")
        yield from each_once(metric.sum_of, here)
        circle = _circle(metric.id, metrics)
        if circle and frozenset(circle) not in circles:
            circles.add(frozenset(circle))
            path = " → ".join((*circle, metric.id))
            yield here.key_problem(kinds.SUM_OF_ITSELF, metric=metric.id, path=path)
        for place, name in enumerate(metric.sum_of):
            part = metrics.get(name)
            if part is None:
                yield unknown_metric(service, name, here.at(place))
            elif name not in circle:
                yield from _part(metric, part, here.at(place))


def _part(metric: Metric, part: Metric, spot: Spot) -> Iterator[Problem]:
    if part.sum_of:
        yield spot.problem(kinds.SUM_OF_SUMS, part=part.id, parts=", ".join(part.sum_of))
    if part.kind != metric.kind:
        yield spot.problem(
            kinds.SUM_OF_KINDS, metric=metric.id, mine=metric.kind, part=part.id, other=part.kind
        )


def _circle(start: str, metrics: dict[str, Metric]) -> tuple[str, ...]:
    """The way from a metric through sums back to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        metric = metrics.get(way[-1])
        for name in metric.sum_of if metric else ():
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()


def rates(service: Service, spot: Spot) -> Iterator[Problem]:
    """What a metric is a share of: another metric, known, of its kind (LES143, LES147, LES148)."""
    metrics = {metric.id: metric for metric in reversed(service.metrics)}
    for number, metric in enumerate(service.metrics):
        if metric.rate is None:
            continue
        here, per = spot.at("metrics", number, "rate", "per"), metrics.get(metric.rate.per)
        yield from _another(service, metric, metric.rate.per, here)
        if per is not None and per.kind != metric.kind:
            words = {"metric": metric.id, "mine": metric.kind, "per": per.id, "other": per.kind}
            yield here.problem(kinds.RATE_KINDS, **words)


def caps(service: Service, spot: Spot) -> Iterator[Problem]:
    """What counts those above a cap, and the patients: another metric, known (LES143, LES148)."""
    for number, metric in enumerate(service.metrics):
        named = {"breaches": metric.cap.breaches, "patients": metric.cap.patients} if metric.cap else {}
        for key, name in named.items():
            if name is not None:
                yield from _another(service, metric, name, spot.at("metrics", number, "cap", key))


def _another(service: Service, metric: Metric, name: str, spot: Spot) -> Iterator[Problem]:
    if name == metric.id:
        yield spot.problem(kinds.OF_ITSELF, metric=name, key=spot.key.text if spot.key else "")
    elif all(name != known.id for known in service.metrics):
        yield unknown_metric(service, name, spot)


def counted_in_service(service: Service, spot: Spot) -> Iterator[Problem]:
    """No metric is counted before the LES starts or after it ends (LES149)."""
    for number, metric in enumerate(service.metrics):
        for key, month in (("from", metric.from_), ("to", metric.to)):
            if month is not None and (reason := out_of_service(service, month)):
                words = {"metric": metric.id, "key": key, "month": month, "what": reason}
                yield spot.at("metrics", number, key).problem(kinds.METRIC_OUT_OF_SERVICE, **words)


def out_of_service(part: Service | Metric, month: str) -> str:
    """Why a LES or a metric does not run in a month, in words; empty where it does."""
    first, last = (part.starts, part.ends) if isinstance(part, Service) else (part.from_, part.to)
    if first and month < first:
        return f"starts in {first}"
    return f"ends in {last}" if last and month > last else ""
