"""An index from a position: the same numbers in the order in which they are looked up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from les_xl.functions.catalogue import (
    BandEntry,
    Catalogue,
    LesEntry,
    MetricEntry,
    OrgEntry,
    ProfileEntry,
    SignupEntry,
    StatusEntry,
)
from les_xl.functions.index import EACH_EXCEPTION, MARKS, Grid, Index, metric_keys
from les_xl.functions.results import Table
from les_xl.functions.spilled import spilled
from les_xl.marks import Cell, Mark

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from les_xl.measures.banding import Banding
    from les_xl.position import Position
    from les_xl.spec.model import Service

BANDED_LEVELS = ("pcn", "place", "sub_icb", "icb")
"""Groups whose practices are counted by band."""

_MARKS = {mark.value: mark for mark in Mark}


def build_index(position: "Position") -> Index:
    """The index of a position. Raises ValueError where the position's grid has holes or repeats a row."""
    import numpy as np

    from les_xl.position import COUNTS, MEASURES

    catalogue = make_catalogue(position)
    monthly = _laid_out(position.monthly, catalogue, catalogue.months)
    annual = _laid_out(position.annual, catalogue, ())
    grids = {measure: _grid(monthly[measure], monthly[f"{measure}_mark"]) for measure in MEASURES}
    grids |= {count: _counts(monthly[count]) for count in COUNTS}
    every_month = np.repeat(np.arange(len(annual)), len(catalogue.months))
    target, mark = (annual[name].iloc[every_month] for name in ("annual_target", "annual_target_mark"))
    grids["annual_target"] = _grid(target, mark)
    return Index(catalogue, grids)


def make_catalogue(position: "Position", tables: Mapping[str, Table] | None = None) -> Catalogue:
    """Everything of a position's index but its grids; `tables` are those of `make_tables`, unless given."""
    return Catalogue(
        as_at=position.edition.as_at,
        as_of=position.edition.as_of,
        data_version=position.edition.data_version,
        months=tuple(sorted(position.monthly["month"].unique())),
        services=tuple(
            _les(service, position.data_months.get(service.les)) for service in position.specs.services
        ),
        orgs=make_orgs(position),
        bands=tuple(_bands(position, banding) for banding in position.bandings.values()),
        signup=_signup(position),
        status=_status(position),
        profile=_profile(position),
        tables=make_tables(position) if tables is None else tables,
    )


def make_orgs(position: "Position") -> tuple[OrgEntry, ...]:
    """The organisations of a position, in its order."""
    columns = ["level", "org", "name", "pcn", "place", "sub_icb"]
    rows = position.organisations[columns].itertuples(index=False, name=None)
    return tuple(OrgEntry(*row) for row in rows)


def _les(service: "Service", data_month: str | None) -> LesEntry:
    metrics = (
        MetricEntry(
            metric.id,
            metric.title,
            metric.published_as or "",
            metric.id == service.headline.id,
            metric.kind,
            metric.unit or "",
        )
        for metric in service.metrics
    )
    return LesEntry(service.les, service.title, service.starts, data_month, service.contract, tuple(metrics))


def _bands(position: "Position", banding: "Banding") -> BandEntry:
    """Each practice's band, and practices per band, in each month with data."""
    number = {label: at for at, label in enumerate(banding.labels)}
    history = banding.history.assign(icb=position.specs.workspace.icb.code)
    # Whole columns first: pandas fetches each text by itself.
    months, codes, bands = (history[name].tolist() for name in ("month", "ods_code", "band"))
    practices: dict[str, dict[str, int]] = {}
    for month, code, band in zip(months, codes, bands, strict=True):
        practices.setdefault(month, {})[code] = number[band]
    counts: dict[str, dict[str, dict[str, tuple[int, ...]]]] = {}
    for level in BANDED_LEVELS:
        found = Counter(zip(months, history[level].tolist(), bands, strict=True))
        for month, group in sorted({(month, group) for month, group, _ in found}):
            row = tuple(found[month, group, band] for band in banding.labels)
            counts.setdefault(month, {}).setdefault(level, {})[group] = row
    return BandEntry(banding.les, banding.labels, counts, practices)


def _signup(position: "Position") -> tuple[SignupEntry, ...]:
    rates = position.signup[position.signup["month"] == position.edition.as_at]
    average = position.signup_average[position.signup_average["month"] == position.edition.as_at]
    by_les: dict[str, list[Cell]] = {}
    for les, rate in zip(rates["les"].tolist(), _rates(rates), strict=True):
        by_les.setdefault(les, []).append(rate)
    by_les[""] = _rates(average)
    return tuple(SignupEntry(les, tuple(found)) for les, found in by_les.items())


def _rates(signup: "pd.DataFrame") -> list[Cell]:
    shown = zip(signup["signup_pct"].tolist(), signup["signup_pct_mark"].tolist(), strict=True)
    return [_MARKS[mark] if mark else float(value) for value, mark in shown]


def _status(position: "Position") -> StatusEntry:
    edges = position.specs.workspace.status
    return StatusEntry(edges.well_below, edges.below, edges.above, edges.well_above)


def _profile(position: "Position") -> ProfileEntry | None:
    from les_xl.report.view import PositionView

    found = PositionView(position).profiled
    return ProfileEntry(found.les, found.metric, found.title, found.source) if found else None


def make_tables(position: "Position") -> dict[str, Table]:
    """Tables of the workbook that are of the whole ICB and not made from the grids."""
    from les_xl.report.tables.bands import banding
    from les_xl.report.tables.cover import data_dates
    from les_xl.report.tables.flagged import OWN, each_exception, exceptions
    from les_xl.report.tables.outcomes import quality
    from les_xl.report.tables.signup import coverage, notices, signup

    people = (signup(position), coverage(position), notices(position), quality(position))
    made = (banding(position), data_dates(position), *people)
    tables = {table.name: spilled(table) for table in made if table is not None}
    flagged = {"tblExceptions": exceptions(position), EACH_EXCEPTION: each_exception(position)}
    return tables | {name: spilled(table, OWN) for name, table in flagged.items()}


def _laid_out(frame: "pd.DataFrame", catalogue: Catalogue, months: tuple[str, ...]) -> "pd.DataFrame":
    """The frame's rows in the index's order, whatever order they came in; no `months`: one row a year."""
    import numpy as np

    lines = _places(frame[["les", "metric"]], metric_keys(catalogue))
    orgs = _places(frame[["level", "org"]], [(org.level, org.code) for org in catalogue.orgs])
    rows = lines * len(catalogue.orgs) + orgs
    if months:
        codes, found = frame["month"].factorize()
        rows = rows * len(months) + np.array([months.index(month) for month in found])[codes]
    wanted = len(metric_keys(catalogue)) * len(catalogue.orgs) * max(len(months), 1)
    if np.array_equal(rows, np.arange(wanted)):
        return frame
    order = np.argsort(rows, kind="stable")
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
    """Where each row's pair of keys stands in the order; -1 where it is not in it."""
    import numpy as np

    (first, firsts), (second, seconds) = (keys[name].factorize() for name in keys.columns)
    place = {pair: at for at, pair in enumerate(order)}
    places = np.array([[place.get((one, other), -1) for other in seconds] for one in firsts], dtype=np.intp)
    found: npt.NDArray[np.intp] = places[first, second]
    return found


def _counts(values: "pd.Series") -> Grid:
    import numpy as np

    numbers = np.ascontiguousarray(values, dtype="float64")
    return Grid(numbers.data.cast("B").cast("d"), np.zeros(len(numbers), "uint8").data.cast("B"))


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
