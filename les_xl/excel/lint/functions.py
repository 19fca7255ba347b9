"""The functions of Excel (functions.csv), which of them Excel 2016 has, and how a file must spell each."""

import csv
from functools import cache
from importlib.resources import files

_WORKSHEET = frozenset({"FILTER", "PY", "SORT"})


@cache
def known_by(version: str) -> frozenset[str]:
    """Functions that came with `2007` (stored plainly), by `2016`, or `later` (both stored with a prefix)."""
    text = files(__package__).joinpath("functions.csv").read_text(encoding="utf-8")
    return frozenset(
        row["function"] for row in csv.DictReader(text.splitlines()) if row["known_by"] == version
    )


def stored_as(name: str) -> str:
    """How a file must spell a function: `IFNA` is `_xlfn.IFNA`, `SORT` is `_xlfn._xlws.SORT`."""
    if name in _WORKSHEET:
        return f"_xlfn._xlws.{name}"
    return name if name in known_by("2007") else f"_xlfn.{name}"


def plain(stored: str) -> str:
    """A function's name without the prefixes of files, in capitals."""
    return stored.upper().removeprefix("_XLFN.").removeprefix("_XLWS.")
