"""What several tables and sentences ask of a position: returns received, checks that fail, exceptions."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from les_xl.measures.silence import as_lines
from les_xl.position import Position

Record = Mapping[str, Any]
"""A row of a frame, by column."""


def returns(position: Position, les: str, metric: str) -> tuple[int, int] | None:
    """How many organisations reported and how many were expected to, in the LES's data month."""
    month = position.data_months.get(les)
    if month is None:
        return None
    reported, expected = (
        position.value(measure, les, metric, month=month) for measure in ("n_reported", "n_expected")
    )
    return int(reported), int(expected)


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


def records(frame: pd.DataFrame) -> tuple[Record, ...]:
    """The rows of a frame, made from whole columns: pandas' `to_dict` fetches each text by itself."""
    names = list(frame.columns)
    columns = (frame[name].tolist() for name in names)
    return tuple(dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


@lru_cache(maxsize=1)
def organisations(position: Position) -> tuple[Record, ...]:
    """The rows of `Position.organisations`."""
    return records(position.organisations)


@lru_cache(maxsize=1)
def org_names(position: Position) -> Mapping[tuple[str, str], str]:
    """The name of each organisation and group, by level and code."""
    return {(org["level"], org["org"]): org["name"] for org in organisations(position)}


@lru_cache(maxsize=1)
def exceptions(position: Position) -> tuple[Record, ...]:
    """The rows of `Position.exceptions`, which nearly every sheet of a workbook asks for."""
    return records(position.exceptions)


@lru_cache(maxsize=1)
def exception_lines(position: Position) -> tuple[Record, ...]:
    """The same as the list of exceptions shows them: a silent practice is one line."""
    return tuple(as_lines(exceptions(position)))


@lru_cache(maxsize=1)
def resolved_lines(position: Position) -> tuple[Record, ...]:
    """The rows of `Position.resolved`, with a silent practice as one line."""
    return tuple(as_lines(records(position.resolved)))


@lru_cache(maxsize=1)
def icb_trends(position: Position) -> Mapping[tuple[str, str], list[Record]]:
    """The rows of `Position.trends` of the ICB, by LES and metric."""
    found: dict[tuple[str, str], list[Record]] = {}
    for row in records(position.trends[position.trends["level"] == "icb"]):
        found.setdefault((row["les"], row["metric"]), []).append(row)
    return found
