"""What arguments mean in one index, remembered: a sheet of 10,000 cells asks for the same few names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from les_xl.errors import LesError, Problem
from les_xl.functions.arguments import Argument, find_les, find_metric, find_month, find_org
from les_xl.functions.catalogue import Catalogue, LesEntry, MetricEntry, OrgEntry
from les_xl.functions.names import Names

Found = TypeVar("Found")
_REMEMBERED = 4096


@dataclass(frozen=True)
class _Refused:
    problems: tuple[Problem, ...]


def _remembering(find: Callable[..., Found]) -> Callable[..., Found]:
    """The same function, which remembers its answers and refusals: the nearest name takes milliseconds."""

    @lru_cache(_REMEMBERED, typed=True)
    def known(*asked: Argument) -> Found | _Refused:
        try:
            return find(*asked)
        except LesError as error:
            return _Refused(error.problems)

    def ask(*asked: Argument) -> Found:
        found = known(*asked)
        if isinstance(found, _Refused):
            raise LesError(*found.problems)
        return found

    return ask


class Finder:
    """The meaning of arguments in one index. Every method raises LesError (LES501 to LES510)."""

    def __init__(self, catalogue: Catalogue) -> None:
        names = Names.of(catalogue)
        icb = next(org for org in catalogue.orgs if org.level == "icb")

        def les(given: Argument) -> LesEntry:
            return find_les(names, given).les

        def metric(given_les: Argument, given: Argument) -> tuple[LesEntry, MetricEntry]:
            name = find_les(names, given_les)
            return name.les, find_metric(name, given_les, given)

        def month(given: Argument) -> str:
            return find_month(catalogue.months, catalogue.as_at, given)

        def org(given: Argument) -> OrgEntry:
            return find_org(names, icb, given)

        # What is remembered belongs to one index and goes with it.
        self.les: Callable[[Argument], LesEntry] = _remembering(les)
        self.metric: Callable[[Argument, Argument], tuple[LesEntry, MetricEntry]] = _remembering(metric)
        self.month: Callable[[Argument], str] = _remembering(month)
        self.org: Callable[[Argument], OrgEntry] = _remembering(org)
