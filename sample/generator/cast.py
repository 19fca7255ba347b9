"""Who plays which part in the LTC LES: October bands, edges of bands, returns that stop."""

from collections.abc import Callable, Mapping, Sequence
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

    bands: the October band, 0 (lowest) to 5. pinned: total to October where it is 0, on an edge of a band or
    just above one. silent_from: first month without a return. risers: small practices that leave the lowest
    band in October and pass over the second. on_quarter: the practice at exactly 25 %.
    """

    bands: dict[str, int] = field(default_factory=dict)
    pinned: dict[str, int] = field(default_factory=dict)
    silent_from: dict[str, str] = field(default_factory=dict)
    risers: set[str] = field(default_factory=set)
    on_quarter: str = ""

    def has_part(self, code: str) -> bool:
        """True where the practice already has a story of its own."""
        return code in self.pinned or code in self.silent_from or code in self.risers

    def lowest_in_september(self) -> set[str]:
        """Codes in the lowest band a month before.

        They are the two lowest bands of October and the risers. Left out is the practice at exactly 25 %: it
        could only have come from below 10 % by doing most of its work in October.
        """
        low = {code for code, band in self.bands.items() if band <= LOW}
        return (low - {self.on_quarter}) | self.risers


@dataclass(frozen=True)
class _Casting:
    """The cast in the making: codes in a random order, and the bands still free in each one's group."""

    cast: Cast
    order: Sequence[str]
    targets: Mapping[str, int]
    slots: Mapping[str, list[int]]

    def give(self, band: int, suits: Callable[[int], bool]) -> str:
        """The first practice without a band whose group has this one free and whose target suits takes it."""
        code = next(
            code
            for code in self.order
            if code not in self.cast.bands and band in self.slots[code] and suits(self.targets[code])
        )
        self.slots[code].remove(band)
        self.cast.bands[code] = band
        return code

    def pick(self, band: int, least_target: int = 0) -> str:
        """The first practice in the band that has no part of its own yet."""
        return next(
            code
            for code in self.order
            if self.cast.bands[code] == band
            and self.targets[code] >= least_target
            and not self.cast.has_part(code)
        )


def make_cast(published: Published, groups: Mapping[str, str], targets: Mapping[str, int]) -> Cast:
    """Bands shuffled inside each sub-ICB (`groups`: its name by code), and the special parts given out."""
    rng = chance("ltc bands")
    order = rng.sample(sorted(targets), len(targets))
    free = {name: _slots(counts) for name, counts in published.bands.items()}
    for bands in free.values():
        rng.shuffle(bands)
    casting = _Casting(Cast(), order, targets, {code: free[groups[code]] for code in order})
    _risers(casting, published)
    _on_edges(casting)
    casting.cast.bands |= {
        code: casting.slots[code].pop() for code in order if code not in casting.cast.bands
    }
    _above_edges(casting)
    for band, month in _STOPS:
        casting.cast.silent_from[casting.pick(band)] = month
    casting.cast.pinned[casting.pick(LOWEST)] = 0
    return casting.cast


def _slots(counts: Sequence[int]) -> list[int]:
    return [band for band, count in enumerate(counts) for _ in range(count)]


def _risers(casting: _Casting, published: Published) -> None:
    lowest, low = (sum(counts[band] for counts in published.bands.values()) for band in (LOWEST, LOW))
    for _ in range(LOWEST_IN_SEPTEMBER - lowest - (low - 1)):
        casting.cast.risers.add(casting.give(MIDDLE, lambda target: target <= _SMALL_TARGET))


def _on_edges(casting: _Casting) -> None:
    for band, edge in enumerate(EDGES):
        code = casting.give(band, _can_stand_on(edge))
        casting.cast.pinned[code] = casting.targets[code] * edge // 100
        if band == LOW:
            casting.cast.on_quarter = code


def _can_stand_on(edge: int) -> Callable[[int], bool]:
    return lambda target: target >= _ORDINARY_TARGET and target * edge % 100 == 0


def _above_edges(casting: _Casting) -> None:
    for band, edge in enumerate(EDGES, start=1):
        code = casting.pick(band, _ORDINARY_TARGET)
        casting.cast.pinned[code] = casting.targets[code] * edge // 100 + 1
