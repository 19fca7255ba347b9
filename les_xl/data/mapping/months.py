"""Months as suppliers write them: in headings, in titles, in names of files, and dates in a given format."""

import calendar
import re
from collections.abc import Mapping
from datetime import date

import pandas as pd

from les_xl.periods import months_of, parse_month
from les_xl.spec.wildcards import PLACEHOLDER, folded, month_in

_DAY, _MONTH, _YEAR = r"(?P<d>[0-9]{1,2})", r"(?P<m>[0-9]{1,2})", r"(?P<y>[0-9]{4})"
_FORMATS: Mapping[str, str] = {
    "yyyymmdd": r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    "yyyymm": r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})",
    "dd/mm/yyyy": f"{_DAY}/{_MONTH}/{_YEAR}",
    "dd/mm/yy": f"{_DAY}/{_MONTH}/(?P<y>[0-9]{{2}})",
    "mm/dd/yyyy": f"{_MONTH}/{_DAY}/{_YEAR}",
    "dd-mmm-yyyy": f"{_DAY}-(?P<m>[A-Za-z]{{3}})-{_YEAR}",
    "mmm-yy": r"(?P<m>[A-Za-z]{3})-(?P<y>[0-9]{2})",
}
_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: .*)?"
_TIME = r"(?:[ T].*)?"
_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_FULL_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}


def heading_month(heading: str, pattern: str = PLACEHOLDER, year: str | None = None) -> str | None:
    """The month (`2025-04`) that a heading is, or None.

    Read are real dates (`2025-04-01`, as a workbook's date cells come), Excel's serial numbers of dates that
    were not formatted as such, and months where the pattern has `{month}`: `Apr-25`, `April 2025`, `04/2025`.
    With a financial year, `Apr` and `April` alone are of it.
    """
    text = " ".join(heading.split())
    if re.fullmatch(_ISO, text):
        return _parsed(text)
    if re.fullmatch(r"[0-9]{5}", text):
        return _parsed(int(text))
    before, _, after = folded(pattern).partition(PLACEHOLDER)
    inner = month_in(pattern, text)
    if inner is not None:
        return _parsed(inner)
    if year is not None and len(text) > len(before) + len(after):
        return _bare(folded(text).removeprefix(before).removesuffix(after), year)
    return None


def _bare(name: str, year: str) -> str | None:
    name = name.strip()
    number = _NAMES.get(name) or _FULL_NAMES.get(name) or (9 if name == "sept" else None)
    return next((month for month in months_of(year) if int(month[5:]) == number), None)


def _parsed(value: str | int) -> str | None:
    try:
        return parse_month(value)
    except ValueError:
        return None


def written_month(pattern: str, text: str, date_format: str | None = None) -> str | None:
    """The month that stands in a text where the pattern has `{month}`, or None."""
    found = month_in(pattern, text)
    if found is None:
        return None
    formats = [date_format] if date_format else ["yyyymmdd", "yyyymm"]
    iso = next((known for name in formats if (known := _iso(found, name))), None)
    return _parsed(iso or found.replace("_", " "))


def iso_dates(texts: "pd.Series[str]", date_format: str) -> "pd.Series[str]":
    """Dates in that format as `2025-10-31` (or `2025-10` where it has no day); other texts as they are."""
    known = {text: _iso(text, date_format) or text for text in texts.unique()}
    return texts.map(known).astype("str")


def otherwise_written(texts: "pd.Series[str]", date_format: str) -> "pd.Series[bool]":
    """Which texts are dates or months, but neither in that format nor a workbook's own."""
    odd = {
        text: _iso(text, date_format) is None
        and re.fullmatch(_ISO, text) is None
        and _parsed(text) is not None
        for text in texts.unique()
    }
    return texts.map(odd).astype(bool)


def _iso(text: str, date_format: str) -> str | None:
    found = re.fullmatch(_FORMATS[date_format] + _TIME, text)
    if found is None:
        return None
    parts = found.groupdict()
    month = _NAMES.get(parts["m"].casefold()) if parts["m"].isalpha() else int(parts["m"])
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    day = int(parts["d"]) if "d" in parts else 1
    try:
        written = date(year, month or 0, day).isoformat()
    except ValueError:
        return None
    return written if "d" in parts else written[:7]
