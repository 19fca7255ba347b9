"""An index from a position: the same numbers in the order in which they are looked up."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from les_xl.functions.catalogue import BandEntry, Catalogue, LesEntry, MetricEntry, OrgEntry
from les_xl.functions.index import MARKS, Grid, Index, metric_keys
from les_xl.marks import Mark

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from les_xl.position import Position
    from les_xl.spec.model import Bands, Service

BANDED_LEVELS = ("pcn", "place", "sub_icb", "icb")
"""Groups whose practices are counted by band."""


def build_index(position: "Position") -> Index:
    """The index of a position. Raises ValueError where the position's grid has holes or repeats a row."""
    import numpy as np

    from les_xl.position import MEASURES

    catalogue = make_catalogue(position)
    monthly = _laid_out(position.monthly, catalogue, catalogue.months)
    annual = _laid_out(position.annual, catalogue, ())
    grids = {measure: _grid(monthly[measure], monthly[f"{measure}_mark"]) for measure in MEASURES}
    repeated = annual.iloc[np.repeat(np.arange(len(annual)), len(catalogue.months))]
    grids["annual_target"] = _grid(repeated["annual_target"], repeated["annual_target_mark"])
    return Index(catalogue, grids)


def make_catalogue(position: "Position") -> Catalogue:
    """Everything of a position's index but its numbers."""
    orgs = position.organisations[["level", "org", "name"]].itertuples(index=False, name=None)
    return Catalogue(
        as_at=position.edition.as_at,
        as_of=position.edition.as_of,
        data_version=position.edition.data_version,
        months=tuple(sorted(position.monthly["month"].unique())),
        services=tuple(
            _les(service, position.data_months.get(service.les)) for service in position.specs.services
        ),
        orgs=tuple(OrgEntry(level, code, name) for level, code, name in orgs),
        bands=tuple(
            _bands(position, service, bands)
            for service in position.specs.services
            if (bands := service.bands_in(_reached(position, service)))
        ),
    )


def _les(service: "Service", data_month: str | None) -> LesEntry:
    metrics = (
        MetricEntry(metric.id, metric.title, metric.published_as or "", metric.id == service.headline.id)
        for metric in service.metrics
    )
    return LesEntry(service.les, service.title, service.starts, data_month, tuple(metrics))


def _reached(position: "Position", service: "Service") -> str:
    return position.data_months.get(service.les) or position.edition.as_at


def _bands(position: "Position", service: "Service", bands: "Bands") -> BandEntry:
    """Practices per band in each month with data, of the practices that count then and have a target."""
    labels = bands.labels
    banded = _banded(position, service, bands)
    counts: dict[str, dict[str, dict[str, tuple[int, ...]]]] = {}
    for level in BANDED_LEVELS:
        by_band = banded.groupby(["month", level, "band"]).size().unstack(fill_value=0)
        rows = by_band.reindex(columns=list(labels), fill_value=0).itertuples(name=None)
        for (month, group), *row in rows:
            counts.setdefault(month, {}).setdefault(level, {})[group] = tuple(map(int, row))
    return BandEntry(service.les, labels, counts)


def _banded(position: "Position", service: "Service", bands: "Bands") -> "pd.DataFrame":
    """Columns month, pcn, place, sub_icb, icb, band; one row a month and practice."""
    from les_xl.measures.banding import band_of

    rows = position.monthly
    of_les = (rows["les"] == service.les) & (rows["metric"] == service.headline.id)
    rows = rows[of_les & (rows["level"] == "practice") & (rows["n_expected"] > 0)]
    reached = position.data_months.get(service.les) or ""
    rows = rows[(rows["month"] <= reached) & (rows["pct_annual_mark"] != Mark.NOT_APPLICABLE.value)]
    practices = position.organisations[position.organisations["level"] == "practice"]
    rows = rows.merge(practices[["org", "pcn", "place", "sub_icb"]], on="org")
    rows["icb"] = position.specs.workspace.icb.code
    rows["band"] = band_of(bands, rows["pct_annual"])
    return rows


def _laid_out(frame: "pd.DataFrame", catalogue: Catalogue, months: tuple[str, ...]) -> "pd.DataFrame":
    """The frame's rows in the index's order, whatever order they came in; no `months`: one row a year."""
    import numpy as np
    import pandas as pd

    lines = _places(frame[["les", "metric"]], metric_keys(catalogue))
    orgs = _places(frame[["level", "org"]], [(org.level, org.code) for org in catalogue.orgs])
    rows = lines * len(catalogue.orgs) + orgs
    if months:
        rows = rows * len(months) + pd.Index(months).get_indexer(pd.Index(frame["month"]))
    order = np.argsort(rows, kind="stable")
    wanted = len(metric_keys(catalogue)) * len(catalogue.orgs) * max(len(months), 1)
    if (
        len(rows) != wanted
        or (lines < 0).any()
        or (orgs < 0).any()
        or (rows[order] != np.arange(wanted)).any()
    ):
        raise ValueError(
            f"the position has not one row for each of {wanted:,} metrics, organisations and months"
        )
    return frame.iloc[order]


def _places(keys: "pd.DataFrame", order: Sequence[tuple[str, str]]) -> "npt.NDArray[np.intp]":
    import pandas as pd

    return pd.MultiIndex.from_tuples(order).get_indexer(pd.MultiIndex.from_frame(keys))


def _grid(values: "pd.Series", marks: "pd.Series") -> Grid:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pa.array(["" if mark is None else mark.value for mark in MARKS])
    codes = pc.index_in(pa.array(marks), value_set=texts).fill_null(len(MARKS)).to_numpy().astype("uint8")
    numbers = np.ascontiguousarray(values, dtype="float64")
    if (codes == len(MARKS)).any() or (np.isnan(numbers) != (codes != 0)).any():
        raise ValueError(f"{values.name} has a number with a mark, or neither")
    return Grid(numbers.data.cast("B").cast("d"), codes.data.cast("B"))
