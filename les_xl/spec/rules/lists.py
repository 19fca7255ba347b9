"""Rules on any list: what names something stands in it once only."""

from collections.abc import Iterable, Iterator

from les_xl.errors import Problem
from les_xl.errors import spec_rules as kinds
from les_xl.spec.rules.spot import Spot


def each_once(words: Iterable[str], spot: Spot, *key: str) -> Iterator[Problem]:
    """A word that stands a second time in a list, or under a key of a list's items (LES141)."""
    lines: dict[str, str] = {}
    for number, word in enumerate(words):
        here = spot.at(number, *key)
        if word in lines:
            yield here.problem(kinds.LISTED_TWICE, word=word, first=lines[word])
        lines.setdefault(word, here.line)
