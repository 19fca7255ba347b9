"""Patterns of names: `*` for any letters, `?` for one, `{month}` for a month; nothing else is special."""

import re
from functools import lru_cache

PLACEHOLDER = "{month}"

_MONTH_NAME = r"[A-Za-z]{3,9}[-/ ,'_]*(?:[0-9]{4}|[0-9]{2})"
_NUMBER = r"(?:0?[1-9]|1[0-2])"
# What could be the tail of a longer date is not taken for a month, and 2025-26 is no month at all.
_MONTH = (
    r"(?<![0-9A-Za-z/.\-])("
    rf"(?:[0-9]{{1,2}}[-/ ])?{_MONTH_NAME}"
    rf"|[0-9]{{4}}[-/]{_NUMBER}(?:[-/][0-9]{{1,2}})?"
    rf"|(?:[0-9]{{1,2}}[-/.])?{_NUMBER}[-/.][0-9]{{4}}"
    r"|[0-9]{8}|[0-9]{6}"
    r")(?![0-9A-Za-z/\-])"
)


def folded(text: str) -> str:
    """A heading or name as it is compared: without regard to capitals, and to how it is spaced."""
    return " ".join(text.split()).casefold()


def fits(pattern: str, text: str) -> bool:
    """True where the text is what the pattern says; capitals and runs of spaces make no difference."""
    return _regex(folded(pattern)).fullmatch(folded(text)) is not None


def fits_any(patterns: tuple[str, ...], text: str) -> bool:
    """True where the text fits one of the patterns."""
    return any(fits(pattern, text) for pattern in patterns)


def month_in(pattern: str, text: str) -> str | None:
    """The text that stands where the pattern has `{month}`; None where the text does not fit."""
    found = _regex(folded(pattern)).fullmatch(" ".join(text.split()))
    return found[1] if found else None


@lru_cache(maxsize=1024)
def _regex(pattern: str) -> re.Pattern[str]:
    # Lazy stars: `*{month}` must not swallow the first digits of a date.
    wild = {"*": ".*?", "?": ".", PLACEHOLDER: _MONTH}
    pieces = re.split(r"(\*|\?|\{month\})", re.sub(r"\*+", "*", pattern))
    return re.compile("".join(wild.get(piece, re.escape(piece)) for piece in pieces), re.IGNORECASE)


def overlap(first: str, second: str) -> bool:
    """True where some name fits both patterns (of `*` and `?`)."""
    one, other = folded(first), folded(second)
    # reach: the places in `other` that can be reached once the letters of `one` so far are used.
    reach = _past_stars({0}, other)
    for letter in one:
        reach = _past_stars(_after(letter, reach, other), other)
    return len(other) in reach


def _after(letter: str, reach: set[int], other: str) -> set[int]:
    if letter == "*":
        return set(range(min(reach), len(other) + 1)) if reach else set()
    after = set()
    for at in reach:
        if at < len(other):
            mine = other[at]
            if mine == "*":
                after.add(at)
            elif mine == "?" or letter in ("?", mine):
                after.add(at + 1)
    return after


def _past_stars(reach: set[int], other: str) -> set[int]:
    passed = set(reach)
    for at, letter in enumerate(other):
        if letter == "*" and at in passed:
            passed.add(at + 1)
    return passed
