"""What to write instead of a value that was refused, worked out from the value itself."""

import re
from collections.abc import Iterable

from les_xl.periods import is_year, parse_month

_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def month(written: str, example: str) -> str:
    """`May-25` as `2025-05`; the example where no month can be read from it."""
    dated = re.fullmatch(r"([0-9]{4}-[0-9]{2})-[0-9]{2}", written)
    try:
        return parse_month(dated[1] if dated else written)
    except ValueError:
        return example


def slug(written: str, example: str) -> str:
    """`Dementia Reviews` as `dementia_reviews`; the example where nothing is left of it."""
    found = re.sub(r"[^a-z0-9]+", "_", written.casefold()).strip("_")
    return found if re.match(r"[a-z]", found) else example


def year(written: str, example: str) -> str:
    """`2025/26` as `2025-26`, and `2025` as `2025-26`; the example where no year can be read from it."""
    first = re.match(r"(199[0-9]|20[0-9]{2})\b", written)
    meant = f"{first[1]}-{(int(first[1]) + 1) % 100:02}" if first else ""
    return meant if is_year(meant) else example


def number(written: str, quoted: bool) -> str:
    """How a number is written where `1,332`, `60%` or `"12"` stands."""
    plain = written.replace(",", "").replace(" ", "")
    if written != plain and _DIGITS.fullmatch(plain):
        return f"write it without commas and spaces: {plain}"
    if quoted and _DIGITS.fullmatch(written):
        return f"take the quotation marks away: {written}"
    if written.endswith("%"):
        return "write a plain number here, not a percentage"
    return "write digits only, with a point before decimals: 1332.5"


def keys(known: Iterable[str]) -> str:
    """What keys and values look like where something else stands."""
    names = tuple(known)
    return (
        f"write its keys below it, indented: {', '.join(names)}"
        if names
        else "write keys and values below it"
    )


def choice(choices: Iterable[str]) -> str:
    """All that may be written."""
    every = list(choices)
    return f"write {every[0]}" if len(every) == 1 else f"write {', '.join(every[:-1])} or {every[-1]}"
