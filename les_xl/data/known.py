"""What the store knows as of one load: the frames that a position is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from les_xl.data.partial import coalesced
from les_xl.data.records import (
    ACTIVITY,
    LIST_SIZE,
    ORGANISATION,
    OTHER_PROVIDER,
    PLANNED,
    SIGNUP,
    TARGET,
    Record,
    dtypes,
)

FRAMES: Mapping[str, Record] = {
    "activity": ACTIVITY,
    "targets": TARGET,
    "planned": PLANNED,
    "organisations": ORGANISATION,
    "signup": SIGNUP,
    "list_sizes": LIST_SIZE,
    "other_providers": OTHER_PROVIDER,
}
"""The record that each frame of `Known` holds the latest rows of."""


def no_rows(record: Record) -> pd.DataFrame:
    """The frame of a record of which nothing is known."""
    return pd.DataFrame(columns=list(record.columns)).astype(dict(dtypes(record.columns)))


@dataclass(frozen=True)
class Known:
    """The latest known values as of a load. Codes and months are text; values are floats.

    activity:       ods_code, les, metric, month, value            (one row a key, latest load wins)
    targets:        ods_code, les, metric, year, from, annual_target  (one row a key; in force from the month
                                                                    `from`, "" = the whole year)
    planned:        ods_code, les, metric, month, planned          (monthly overrides; one row a key)
    organisations:  ods_code, name, type, pcn, pcn_name, sub_icb, sub_icb_name, place, trust,
                    opened, closed, successor, valid_from          (months as text or ""; one row a code and
                                                                    valid_from; "" = since ever)
    signup:         ods_code, les, status, from, to, reason        (status signed_up | not_signed_up; months
                                                                    or "" for open-ended)
    list_sizes:     ods_code, month, list_size
    other_providers: trust, place, indicator, month, value         (what is counted at other providers)
    loads:          load, loaded_at, user, file, kind, sha256, rows, specs, retracts

    `as_of` is the number of the last load taken into account; 0 for an empty store.
    """

    as_of: int
    activity: pd.DataFrame
    targets: pd.DataFrame
    planned: pd.DataFrame
    organisations: pd.DataFrame
    signup: pd.DataFrame
    list_sizes: pd.DataFrame
    loads: pd.DataFrame
    other_providers: pd.DataFrame = field(default_factory=lambda: no_rows(OTHER_PROVIDER))


def learn(known: Known, records: Mapping[Record, pd.DataFrame]) -> Known:
    """What is known once these records are loaded: they restate rows of the same key."""
    frames: dict[str, Any] = {}
    for name, record in FRAMES.items():
        if record in records:
            both = pd.concat([getattr(known, name), records[record].reindex(columns=list(record.columns))])
            newest = _newest(both, record)
            frames[name] = newest.sort_values(list(record.key), ignore_index=True)
    return replace(known, **frames)


def _newest(rows: pd.DataFrame, record: Record) -> pd.DataFrame:
    if not record.partial:
        return rows.drop_duplicates(list(record.key), keep="last")
    return coalesced(rows, record).fillna("").astype("str")
