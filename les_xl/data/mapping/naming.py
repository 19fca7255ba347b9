"""LES and metrics as suppliers call them, by slug, title or published label, as their slugs."""

import pandas as pd

from les_xl.spec.read import Specs
from les_xl.spec.wildcards import folded


def les_of(text: str, specs: Specs) -> str | None:
    """The slug of the LES that a text names, or None."""
    return _names(specs).get(folded(text))


def les_slugs(texts: "pd.Series[str]", specs: Specs) -> "pd.Series[str]":
    """Slugs of the LES that texts name; what names none stays as it is."""
    names = _names(specs)
    return texts.map({text: names.get(folded(text), text) for text in texts.unique()}).astype("str")


def metric_ids(les: "pd.Series[str]", texts: "pd.Series[str]", specs: Specs) -> "pd.Series[str]":
    """Ids of the metrics of each LES that texts name; what names none stays as it is."""
    names = {
        (service.les, folded(name)): metric.id
        for service in specs.services
        for metric in service.metrics
        for name in (metric.published_as or metric.title, metric.title, metric.id)
    }
    pairs = zip(les, texts, strict=True)
    return pd.Series([names.get((slug, folded(text)), text) for slug, text in pairs], les.index, dtype="str")


def headlines(les: "pd.Series[str]", specs: Specs) -> "pd.Series[str]":
    """The headline metric of each LES; "" for what is no LES."""
    known = {service.les: service.headline.id for service in specs.services}
    return les.map(known).fillna("").astype("str")


def _names(specs: Specs) -> dict[str, str]:
    return {
        folded(name): service.les
        for service in specs.services
        for name in (*(metric.published_as or "" for metric in service.metrics), service.title, service.les)
        if name
    }
