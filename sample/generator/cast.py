"""Who plays which part in the LTC LES: the October band of every practice, edges of bands, returns that stop."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sample.generator.chance import chance
from sample.generator.published import EDGES, LOWEST_IN_SEPTEMBER, Published

LOWEST, LOW, MIDDLE, OVER_HALF, HIGH, FULL = range(6)

_SMALL_TARGET = 108  # so small that a quarter of it is under 30 assessments
_ORDINARY_TARGET = 120
# Band of the practices whose returns stop, and the first month that is missing; the first never reported.
_STOPS = (
    (LOWEST, "2025-04"),
    (LOWEST, "2025-08"),
    (MIDDLE, "2025-09"),
    (HIGH, "2025-09"),
    (HIGH, "2025-10"),
    (FULL, "2025-10"),
)


@dataclass
class Cast:
    """Parts by code.

    bands: the October band, 0 (lowest) to 5. pinned: total to October where it is on an edge of a band, just
    above one, or 0. silent_from: first month without a return. risers: small practices that leave the lowest band
    in October and pass over the second.
    """

    bands: dict[str, int] = field(default_factory=dict)
    pinned: dict[str, int] = field(default_factory=dict)
    silent_from: dict[str, str] = field(default_factory=dict)
    risers: set[str] = field(default_factory=set)

    def free(self, code: str) -> bool:
        """True where the practice has no part of its own yet."""
        return code not in self.pinned and code not in self.silent_from and code not in self.risers

    def lowest_in_september(self) -> set[str]:
        """Codes in the lowest band a month before: all of the two lowest but the one at exactly 25 %, and the risers."""
        low = {code for code, band in self.bands.items() if band <= LOW}
        return (low - {self._on_quarter()}) | self.risers

    def _on_quarter(self) -> str:
        # The practice just above 10 % is pinned in this band too, with the smaller share; it was given second.
        return next(code for code in self.pinned if self.bands[code] == LOW)


def make_cast(published: Published, groups: Mapping[str, str], targets: Mapping[str, int]) -> Cast:
    """Bands shuffled inside each sub-ICB (`groups`: its name by code), and the special parts given out."""
    rng, cast = chance("ltc bands"), Cast()
    order = sorted(targets)
    rng.shuffle(order)
    slots = {name: _slots(counts) for name, counts in published.bands.items()}
    _cast_risers(cast, order, groups, targets, slots)
    _cast_on_edges(cast, order, groups, targets, slots)
    for name in slots:
        rng.shuffle(slots[name])
    cast.bands |= {code: slots[groups[code]].pop() for code in order if code not in cast.bands}
    _cast_above_edges(cast, order, targets)
    for band, month in _STOPS:
        cast.silent_from[_first(cast, order, band)] = month
    cast.pinned[_first(cast, order, LOWEST)] = 0
    return cast


def _slots(counts: Sequence[int]) -> list[int]:
    return [band for band, count in enumerate(counts) for _ in range(count)]


def _cast_risers(
    cast: Cast,
    order: Sequence[str],
    groups: Mapping[str, str],
    targets: Mapping[str, int],
    slots: Mapping[str, list[int]],
) -> None:
    bands = [band for places in slots.values() for band in places]
    wanted = LOWEST_IN_SEPTEMBER - bands.count(LOWEST) - (bands.count(LOW) - 1)
    for code in order:
        if len(cast.risers) < wanted and targets[code] <= _SMALL_TARGET and MIDDLE in slots[groups[code]]:
            slots[groups[code]].remove(MIDDLE)
            cast.bands[code] = MIDDLE
            cast.risers.add(code)


def _cast_on_edges(
    cast: Cast,
    order: Sequence[str],
    groups: Mapping[str, str],
    targets: Mapping[str, int],
    slots: Mapping[str, list[int]],
) -> None:
    for band, edge in enumerate(EDGES):
        code = next(
            code
            for code in order
            if code not in cast.bands
            and targets[code] >= _ORDINARY_TARGET
            and targets[code] * edge % 100 == 0
            and band in slots[groups[code]]
        )
        slots[groups[code]].remove(band)
        cast.bands[code] = band
        cast.pinned[code] = targets[code] * edge // 100


def _cast_above_edges(cast: Cast, order: Sequence[str], targets: Mapping[str, int]) -> None:
    ordinary = [code for code in order if targets[code] >= _ORDINARY_TARGET]
    for band, edge in enumerate(EDGES, start=1):
        code = _first(cast, ordinary, band)
        cast.pinned[code] = targets[code] * edge // 100 + 1


def _first(cast: Cast, order: Sequence[str], band: int) -> str:
    return next(_free_in(cast, order, band))


def _free_in(cast: Cast, order: Sequence[str], band: int) -> Iterator[str]:
    return (code for code in order if cast.bands[code] == band and cast.free(code))
