"""The one heavy step, written once as a Narwhals expression: the latest known row of each key."""

import glob
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import narwhals as nw
import pandas as pd

from les_xl.data.partial import coalesced
from les_xl.data.records import INTEGERS, NUMBERS, Record, dtypes

Scan = Callable[[Sequence[str]], "nw.LazyFrame[Any]"]
"""Parquet files in, a lazy frame over them."""

Engine = Callable[[], AbstractContextManager[Scan]]
"""What an engine has to give: it takes long to start, and scans for as long as the context lasts."""


@contextmanager
def duckdb_in_process() -> Iterator[Scan]:
    """DuckDB, in this process."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        # DuckDB reads each path as a pattern: a star in a folder's name must stand for itself.
        yield lambda files: nw.from_native(connection.read_parquet([glob.escape(file) for file in files]))


ENGINES: Mapping[str, Engine] = {"duckdb": duckdb_in_process}


def latest(scan: Scan, files: Sequence[str], record: Record, loads: Sequence[int]) -> pd.DataFrame:
    """The latest known row of each key of `record` among `loads`: its key and facts, sorted by key.
    Of a partial record, each fact is the latest known one by itself.

    `files` are the Parquet files of the record in one version of the store. The answer is the same from every
    engine: keys are never null and are unique within a load, no division and no rounding is done here, and
    nulls of text become "" after the engine.
    """
    if not files or not loads:
        return _typed(pd.DataFrame(columns=list(record.columns)), record)
    rows = scan(files)
    if record.partial:
        told = rows.filter(nw.col("load").is_in(loads)).select("load", *record.columns)
        known = coalesced(told.collect(backend="pandas").to_native().sort_values("load"), record)
    else:
        known = _latest(rows, record, loads).collect(backend="pandas").to_native()
    return _typed(known, record).sort_values(list(record.key), ignore_index=True)


def _latest(rows: "nw.LazyFrame[Any]", record: Record, loads: Sequence[int]) -> "nw.LazyFrame[Any]":
    # A column that joined the key after a store was begun is null in its first rows.
    named = [nw.col(name).fill_null("") for name in record.key if name not in NUMBERS | INTEGERS]
    counted = rows.filter(nw.col("load").is_in(loads)).with_columns(named)
    newest = nw.col("load").max().over(*record.key)
    return counted.filter(nw.col("load") == newest).select(*record.columns)


def _typed(frame: pd.DataFrame, record: Record) -> pd.DataFrame:
    text = [name for name in record.columns if name not in NUMBERS | INTEGERS]
    frame[text] = frame[text].fillna("")
    return frame.astype(dict(dtypes(record.columns)))
