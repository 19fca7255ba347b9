"""Columns of text made into numbers, months and years, with what could not be read told apart."""

import re
from collections.abc import Callable
from datetime import date

import pandas as pd

from les_xl.periods import is_year, month_of, parse_month

_NUMBER = r"[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,15})?"


def numbers(texts: "pd.Series[str]") -> "pd.Series[float]":
    """The numbers that the texts are (`12`, `1,200`, `12.5`); NaN for anything else, never a guess."""
    readable = texts.str.fullmatch(_NUMBER)
    return pd.to_numeric(texts.where(readable, "").str.replace(",", ""), errors="coerce").astype("float64")


def months(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The months (`2025-10`) that the texts are or lie in; "" for anything else."""
    return _each(texts, parse_month)


def dates(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The months that the dates lie in, however long ago; "" for what is neither a date nor a month."""
    return _each(texts, _dated)


def years(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The financial years (`2025-26`, also written `2025/26`) that the texts are; "" for anything else."""
    return _each(texts, _year)


def words(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The texts as slugs: `Signed up` is `signed_up`."""
    return texts.str.casefold().str.replace(r"[\W_]+", "_", regex=True).str.strip("_")


def _dated(text: str) -> str:
    # Practices opened long before the first month that can be reported.
    written = re.fullmatch(r"(?:([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}))", text)
    if written is None:
        return parse_month(text)
    year, month, day = written.group(1, 2, 3) if written[1] else written.group(6, 5, 4)
    return month_of(date(int(year), int(month), int(day)))


def _year(text: str) -> str:
    written = re.sub(r"[/\u2010-\u2015]", "-", text)
    if not is_year(written):
        raise ValueError(f"'{text}' is not a financial year")
    return written


def _each(texts: "pd.Series[str]", read: Callable[[str], str]) -> "pd.Series[str]":
    # A file has few different months: each is read once.
    known = {text: _read(text, read) for text in texts.unique()}
    return texts.map(known).astype("str")


def _read(text: str, read: Callable[[str], str]) -> str:
    try:
        return read(text)
    except ValueError:
        return ""
