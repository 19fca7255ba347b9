"""What people call services, metrics and organisations, folded so that details of spelling do not matter."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from les_xl.functions.catalogue import Catalogue, LesEntry, OrgEntry

Meant = TypeVar("Meant")
_LEVELS = {"practice": "practice", "pcn": "PCN", "place": "place", "sub_icb": "Sub ICB Group", "icb": "ICB"}


@dataclass(frozen=True)
class LesName:
    """A LES that a name stands for; `metric` where the name is that of one of its several published rows."""

    les: LesEntry
    metric: str | None = None


def fold(text: str) -> str:
    """Text without what people spell differently: case, spaces, dashes, slashes, brackets, `&` and `and`."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return " ".join(re.sub(r"[^\w\s]|_", " ", re.sub("['’]", "", text)).split())


def fold_code(text: str) -> str:
    """A code without outer spaces and case; codes differ in everything else."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def fold_band(text: str) -> str:
    """A band's label without spaces, percent signs and the kind of its dash: `11 – 25 %` is `11-25`."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s%]", "", re.sub("[‐‑‒–—−]", "-", text))


def fold_word(text: str) -> str:
    """The name of a table or a list without case, spaces, signs, `and`, and a leading `tbl`."""
    return fold(text).replace(" and ", "").replace(" ", "").removeprefix("tbl")


def distinct(org: OrgEntry) -> str:
    """An organisation as it is told from another of its name: `Lark Surgery (ZZ0001)`, `East (place)`."""
    return f"{org.name} ({_LEVELS[org.level] if org.level == 'place' else org.code})"


@dataclass(frozen=True)
class Names:
    """Folded names of one index, each with everything that it may stand for.

    les: slug, title and published label. codes: of organisations (the wider level where two share one),
    but not of places, whose code is their name. orgs: name, alone and with its
    code or level as `distinct` writes it.
    """

    les: Mapping[str, tuple[LesName, ...]]
    codes: Mapping[str, OrgEntry]
    orgs: Mapping[str, tuple[OrgEntry, ...]]

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Names":
        """The names of everything in a catalogue."""
        les: dict[str, list[LesName]] = {}
        for entry in catalogue.services:
            for name, meant in _les_names(entry):
                _add(les, name, meant)
        orgs: dict[str, list[OrgEntry]] = {}
        for org in catalogue.orgs:
            for name in (org.name, distinct(org)):
                _add(orgs, name, org)
        widest_last = sorted(catalogue.orgs, key=lambda org: tuple(_LEVELS).index(org.level))
        codes = {fold_code(org.code): org for org in widest_last if org.level != "place"}
        return cls(_frozen(les), codes, _frozen(orgs))


def _les_names(entry: LesEntry) -> Iterator[tuple[str, LesName]]:
    yield entry.les, LesName(entry)
    yield entry.title, LesName(entry)
    several = len(entry.published) > 1
    for metric in entry.published:
        # The title wins where a published row is called the same.
        if fold(metric.label) not in (fold(entry.les), fold(entry.title)):
            yield metric.label, LesName(entry, metric.id if several else None)


def _add(names: dict[str, list[Meant]], name: str, meant: Meant) -> None:
    known = names.setdefault(fold(name), [])
    if meant not in known:
        known.append(meant)


def _frozen(names: Mapping[str, list[Meant]]) -> Mapping[str, tuple[Meant, ...]]:
    return {name: tuple(meant) for name, meant in names.items()}
