"""What trusts still do themselves, by trust, place and month: a service that moved, and some that did not."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sample.generator.chance import chance
from sample.generator.practices import Practice
from sample.generator.published import MONTHS

BEFORE = (
    *("2024-05", "2024-06", "2024-07", "2024-08", "2024-09", "2024-10", "2024-11", "2024-12"),
    *("2025-01", "2025-02", "2025-03"),
)
_HOLIDAYS = {"08": 94, "12": 90}
_MOVED = {"2025-05": 90, "2025-06": 72, "2025-07": 58, "2025-08": 55, "2025-09": 52, "2025-10": 50}


@dataclass(frozen=True)
class Other:
    """One indicator: how many a month the trusts had before, and what share (%) of it is left in a month.

    `stays` is the place in which nothing moved, because no practice there provides it.
    """

    indicator: str
    per_month: int
    left: Mapping[str, int]
    stays: str = ""


OTHERS = (
    Other("vasectomy", 168, _MOVED, stays="North"),
    Other("ring_pessary", 264, {}),
    Other("phlebotomy", 3400, {"2025-08": 95, "2025-09": 94, "2025-10": 94}),
    Other("ecgs", 930, {"2025-09": 97, "2025-10": 97}),
)


@dataclass(frozen=True)
class OtherRow:
    """One row of a file of other providers."""

    trust: str
    place: str
    indicator: str
    month: str
    value: int


def other_providers(practices: Sequence[Practice]) -> Iterator[OtherRow]:
    """Rows of May 2024 to October 2025 for every trust and place that has practices, by month."""
    patients: dict[tuple[str, str], int] = defaultdict(int)
    for practice in practices:
        patients[practice.trust, practice.place] += practice.list_april
    everybody = sum(patients.values())
    found = [
        row
        for other in OTHERS
        for (trust, place), listed in sorted(patients.items())
        for row in _dealt(other, trust, place, other.per_month * listed // everybody)
    ]
    yield from sorted(found, key=lambda row: (row.month, row.indicator, row.trust, row.place))


def _dealt(other: Other, trust: str, place: str, per_month: int) -> Iterator[OtherRow]:
    """A total dealt one by one among the months, so that small counts vary as real ones do."""
    rng = chance(f"other providers {other.indicator} {trust} {place}")
    left = {} if place == other.stays else other.left
    months = (*BEFORE, *MONTHS)
    weights = [_HOLIDAYS.get(month[5:], 100) * left.get(month, 100) for month in months]
    dealt = Counter(rng.choices(months, weights, k=per_month * sum(weights) // 10_000))
    for month in months:
        yield OtherRow(trust, place, other.indicator, month, dealt[month])
