"""Look-ups in a position's frames that several tables need: targets, returns, groups' names."""

from typing import cast

import pandas as pd

from les_xl.marks import Cell, Mark
from les_xl.position import Position


def annual_target(position: Position, les: str, metric: str) -> Cell:
    """The ICB's target of the year for a metric, or the mark in its place."""
    annual = position.annual
    rows = annual[(annual["les"] == les) & (annual["metric"] == metric) & (annual["level"] == "icb")]
    if rows.empty or pd.isna(rows["annual_target"].iloc[0]):
        return Mark(rows["annual_target_mark"].iloc[0]) if len(rows) else Mark.NOT_APPLICABLE
    return float(rows["annual_target"].iloc[0])


def returns(position: Position, les: str, metric: str) -> tuple[int, int] | None:
    """How many organisations reported and how many were expected to, in the LES's data month."""
    month = position.data_months.get(les)
    monthly = position.monthly
    rows = monthly[
        (monthly["les"] == les)
        & (monthly["metric"] == metric)
        & (monthly["level"] == "icb")
        & (monthly["month"] == month)
    ]
    if rows.empty:
        return None
    return int(rows["n_reported"].iloc[0]), int(rows["n_expected"].iloc[0])


def all_returns(position: Position) -> tuple[int, int]:
    """Returns received and expected over the headline of every LES, each in its own data month."""
    found = [
        returns(position, service.les, service.headline.id)
        for service in position.specs.services
        if service.published
    ]
    pairs = [pair for pair in found if pair is not None]
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def failed_checks(position: Position) -> int:
    """How many footings and tie-outs fail."""
    return int((~position.checks["ok"].astype(bool)).sum())


def organisation_names(position: Position) -> dict[str, str]:
    """The name of every organisation and group by its code."""
    organisations = position.organisations
    return cast("dict[str, str]", dict(zip(organisations["org"], organisations["name"], strict=True)))
