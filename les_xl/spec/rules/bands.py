"""Rules on bands: edges ascend, and each band has a label of its own."""

from collections.abc import Iterator
from itertools import pairwise

from les_xl.errors import Problem
from les_xl.errors import spec_rules as kinds
from les_xl.spec.model import Bands, Service
from les_xl.spec.rules.lists import each_once
from les_xl.spec.rules.spot import Spot


def edges_ascend(bands: Bands, spot: Spot) -> Iterator[Problem]:
    """Each upper edge is above the one before it (LES160)."""
    for number, (before, edge) in enumerate(pairwise(bands.edges), start=1):
        if edge <= before:
            here = spot.at("edges", number)
            yield here.problem(kinds.EDGES, edge=f"{edge * 100:g}%", before=f"{before * 100:g}%")


def one_at_a_time(service: Service, spot: Spot) -> Iterator[Problem]:
    """No two former bands held to the same month (LES141)."""
    yield from each_once((bands.to for bands in service.former_bands), spot.at("former_bands"), "to")


def labels_fit(bands: Bands, spot: Spot) -> Iterator[Problem]:
    """There is one label more than there are edges, and no two are the same (LES141, LES161)."""
    edges, labels = len(bands.edges), len(bands.labels)
    if labels != edges + 1:
        words = {"edges": str(edges), "bands": str(edges + 1), "labels": str(labels)}
        yield spot.at("labels").problem(kinds.LABELS, **words)
    yield from each_once(bands.labels, spot.at("labels"))
