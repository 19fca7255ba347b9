"""What a sentence is about: services by any of their names, kinds of contract, organisations, months."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from les_xl.periods import parse_month
from les_xl.position import Position
from les_xl.spec.model import Contract, Service
from les_xl.spec.read import PublishedRow

_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
MONTH = rf"{_MONTH_NAME}[\s\-’']*(?:20)?\d\d(?!\d)"
"""A month with its year in a text, in lower case: `october 2025`, `oct-25`."""

_GENERIC = {"les", "lese", "contract", "local", "enhanced", "service"}
_CONTRACT_WORDS: dict[Contract, tuple[str, ...]] = {
    "cost_and_volume": ("cost and volume", "routine les", "routine local enhanced service"),
    "capitated": ("capitated", "capitation", "capitated budget"),
}


@dataclass(frozen=True)
class About:
    """Subjects of a sentence. `rows` are published rows in the order in which they are named."""

    rows: tuple[PublishedRow, ...] = ()
    contract: Contract | None = None
    org: str | None = None
    month: str | None = None

    def or_else(self, wider: "About") -> "About":
        """Itself, with what it leaves open taken from what is said around it."""
        if not (self.rows or self.contract):
            return replace(self, rows=wider.rows, contract=wider.contract, month=self.month or wider.month)
        return self


class Subjects:
    """Every name that a position's services and groups go by."""

    def __init__(self, position: Position) -> None:
        self.position, self.specs = position, position.specs
        self._known: dict[str, About] = {}

    def about(self, text: str) -> About:
        """What a text names: the longest names win, each part of the text once."""
        if text not in self._known:
            self._known[text] = self._named(text)
        return self._known[text]

    def _named(self, text: str) -> About:
        folded = f" {fold(text)} "
        rows: dict[PublishedRow, int] = {}
        for name, meant in self._names:
            while (at := folded.find(f" {name} ")) >= 0:
                for row in meant:
                    rows.setdefault(row, at)
                folded = f"{folded[: at + 1]}{'·' * len(name)}{folded[at + 1 + len(name) :]}"
        named = tuple(sorted(rows, key=lambda row: rows[row]))
        return About(named, self._contract(folded), self._org(folded), month_in(text))

    def organisation(self, name: str) -> str | None:
        """The code of the only organisation of a name, at any level; None where there is none or several."""
        found = self._codes.get(fold(name), ())
        return found[0] if len(found) == 1 else None

    def _contract(self, folded: str) -> Contract | None:
        named = [
            (at, contract)
            for contract, all_words in _CONTRACT_WORDS.items()
            for word in all_words
            if (at := folded.find(f" {word} ")) >= 0
        ]
        return min(named)[1] if named else None

    def _org(self, folded: str) -> str | None:
        """A group that is named anywhere; practices are found by `organisation` only."""
        for name, codes in self._groups:
            if f" {name} " in folded and len(codes) == 1:
                return codes[0]
        return None

    @cached_property
    def _names(self) -> list[tuple[str, tuple[PublishedRow, ...]]]:
        """Folded names with the rows they stand for, the longest first."""
        found: dict[str, dict[PublishedRow, None]] = {}
        for service in self.specs.services:
            for name, row in _names_of(service):
                if not set(name.split()) <= _GENERIC:
                    found.setdefault(name, {})[row] = None
        return sorted(((name, tuple(rows)) for name, rows in found.items()), key=lambda pair: -len(pair[0]))

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        orgs = self.position.organisations
        for code, name in zip(orgs["org"], orgs["name"], strict=True):
            found.setdefault(fold(str(name)), {})[str(code)] = None
        return {name: tuple(codes) for name, codes in found.items()}

    @cached_property
    def _groups(self) -> list[tuple[str, tuple[str, ...]]]:
        orgs = self.position.organisations
        names = {fold(str(name)) for name in orgs.loc[orgs["level"] == "sub_icb", "name"]}
        return sorted(((name, self._codes[name]) for name in names), key=lambda pair: -len(pair[0]))


def _names_of(service: Service) -> Iterator[tuple[str, PublishedRow]]:
    """Names of a service, each with the row it may stand for; one of several rows has its own label."""
    rows = [PublishedRow(service.les, one.id, one.published_as or "") for one in service.published]
    rows = rows or [PublishedRow(service.les, service.headline.id, service.title)]
    for row in rows:
        for name in (service.title, service.les.replace("_", " "), *service.also_called):
            yield fold(name), row
            yield re.sub(r" les$", "", fold(name)), row
        for name in (row.label, service.metric(row.metric).title):
            yield fold(name), row
    shown = {row.metric for row in rows}
    for metric in service.metrics:
        if metric.id not in shown:
            yield fold(metric.title), PublishedRow(service.les, metric.id, metric.title)


def month_in(text: str) -> str | None:
    """The last month that a text names with its year; None where it names none."""
    found = re.findall(MONTH, text.lower())
    try:
        return parse_month(found[-1].replace("’", " ")) if found else None
    except ValueError:
        return None


def fold(text: str) -> str:
    """Text without case, signs and the plural's s, so that names are met as people write them."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    words = re.sub(r"[^\w\s]|_", " ", re.sub("['’]", "", text)).split()
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)
