"""Practices per achievement band, by sub-ICB group, with totals, the % row and the change on last month."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes
from les_xl.measures.groups import GROUPINGS, Groups
from les_xl.measures.marked import NOT_APPLICABLE, settled
from les_xl.spec.model import Bands


@dataclass(frozen=True)
class Banding:
    """Practices per band of one LES at one month.

    groups: index = sub-ICB code in the published order; columns = `total` then the band labels (int).
    total, last_month, change: Series over the same columns (the latter two are None in the first month).
    share: Series over the band labels, fraction of the practices counted.
    practices: ods_code, pcn, place, sub_icb, pct_annual (NaN = never reported), band (label), reported.
    history: the same with the month before it, for every month of the year with data, in these bands.
    over_half, over_three_quarters: fractions of practices; `…_last_month` the same a month before (or None).
    no_target: practices counted that have no target and so no band.
    """

    les: str
    metric: str
    month: str
    labels: tuple[str, ...]
    groups: pd.DataFrame
    total: pd.Series
    share: pd.Series
    last_month: pd.Series | None
    change: pd.Series | None
    practices: pd.DataFrame
    history: pd.DataFrame
    over_half: float
    over_three_quarters: float
    over_half_last_month: float | None
    over_three_quarters_last_month: float | None
    no_target: int


@dataclass(frozen=True)
class _Month:
    """The practices of one month, banded, and how many have no target."""

    practices: pd.DataFrame
    no_target: int


def make_bandings(
    axes: Axes, groups: Groups, figures: Figures, months: Mapping[str, str | None]
) -> dict[str, Banding]:
    """For each LES with bands that has data, its practices per band in its data month.

    Earlier months are put into the same bands, so that a change compares like with like. Each has the
    practices that counted then, with the targets that they answered for then.
    """
    return {
        service.les: _banding(axes, groups, figures, axes.position(service.les, service.headline.id), month)
        for service in axes.services
        if (month := months[service.les]) is not None and service.bands_in(month) is not None
    }


def band_of(bands: Bands, fraction: "pd.Series[float]") -> "pd.Series[str]":
    """The label of the band of each fraction; an upper edge belongs to its band, no number to the lowest."""
    at = np.searchsorted(np.array(bands.edges), fraction.fillna(-np.inf).to_numpy(), side="left")
    return pd.Series(np.array(bands.labels)[at], index=fraction.index, dtype="str")


def _banding(axes: Axes, groups: Groups, figures: Figures, line: int, month: str) -> Banding:
    service, metric = axes.lines[line].service, axes.lines[line].metric
    at = axes.year_months.index(month)
    bands = service.bands_in(month)
    begun = [place for place in range(at + 1) if axes.year_months[place] >= service.starts]
    banded = {axes.year_months[place]: _banded(axes, groups, figures, line, place, bands) for place in begun}
    now, before = banded[month], banded.get(axes.year_months[at - 1] if at else "")
    history = pd.concat([of.practices.assign(month=name) for name, of in banded.items()], ignore_index=True)
    labels = bands.labels if bands else ()
    counts = _by_group(groups, now.practices, labels)
    total = _total(now.practices, labels)
    last = None if before is None else _total(before.practices, labels)
    return Banding(
        les=service.les,
        metric=metric.id,
        month=month,
        labels=labels,
        groups=counts,
        total=total,
        share=(total[list(labels)] / total["total"]).rename("share"),
        last_month=last,
        change=None if last is None else total - last,
        practices=now.practices,
        history=history[["month", *now.practices.columns]],
        over_half=_over(now, 0.5),
        over_three_quarters=_over(now, 0.75),
        over_half_last_month=None if before is None else _over(before, 0.5),
        over_three_quarters_last_month=None if before is None else _over(before, 0.75),
        no_target=now.no_target,
    )


def _banded(axes: Axes, groups: Groups, figures: Figures, line: int, at: int, bands: Bands | None) -> _Month:
    """Practices that count in a month, by the targets that they answer for in that month."""
    here = groups.practices
    counted = figures.n_expected[line, here, at] > 0
    pct = (
        figures.measures["delivered_to_date"]
        .part(line, here, at)
        .over(figures.plans.annual.part(line, here, at))
    )
    has_target = pct.marks != NOT_APPLICABLE  # nor has one that does not count
    practices = groups.organisations[here].loc[has_target, ["org", *GROUPINGS]]
    practices = practices.rename(columns={"org": "ods_code"}).reset_index(drop=True)
    practices["pct_annual"] = settled(pct.values)[has_target]
    if bands is not None:
        practices["band"] = band_of(bands, practices["pct_annual"])
    practices["reported"] = pct.known[has_target]
    return _Month(practices, int((counted & ~has_target).sum()))


def _by_group(groups: Groups, practices: pd.DataFrame, labels: tuple[str, ...]) -> pd.DataFrame:
    codes = groups.organisations.loc[groups.organisations["level"] == "sub_icb", "org"]
    counts = practices.groupby(["sub_icb", "band"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=list(codes), columns=list(labels), fill_value=0).astype(int)
    counts.insert(0, "total", counts.sum(axis=1))
    return counts.rename_axis(index="sub_icb", columns=None)


def _total(practices: pd.DataFrame, labels: tuple[str, ...]) -> "pd.Series[int]":
    counts = practices["band"].value_counts().reindex(list(labels), fill_value=0).astype(int)
    return pd.concat([pd.Series({"total": len(practices)}), counts]).rename("total").rename_axis(None)


def _over(month: _Month, fraction: float) -> float:
    """Share of the banded practices that are strictly above a fraction of their target; NaN of none."""
    return float((month.practices["pct_annual"] > fraction).astype(float).mean())
