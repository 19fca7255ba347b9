"""The LTC LES practice by practice: totals to October and to September inside their bands, then months."""

from collections.abc import Collection, Mapping

from sample.generator.cast import FULL, LOW, LOWEST, OVER_HALF, Cast
from sample.generator.chance import between, chance
from sample.generator.published import EDGES, LTC, MONTHS, OVER_HALF_IN_SEPTEMBER, Published
from sample.generator.rounding import STEPS, Room, fit, round_table, slide

_SMALL_TOTAL = 30
_MOST_IN_A_MONTH = 55  # per cent of a practice's total, where that is not small
_HIGHEST = 175  # per cent of the target
_BEFORE = MONTHS[:-1]
_LAST = MONTHS[-1]


def ltc_activity(
    published: Published, cast: Cast, targets: Mapping[str, int], missing: Collection[tuple[str, str, str]]
) -> dict[tuple[str, str], int]:
    """Assessments by (code, month) of the practices that reported; months and bands come out as published."""
    october = _to_october(published, cast, targets)
    september = _to_september(published, cast, targets, october)
    found = _months(published, september, missing)
    found |= {(code, _LAST): october[code] - september[code] for code in october}
    return {key: value for key, value in found.items() if (key[0], LTC.les, key[1]) not in missing}


def _to_october(published: Published, cast: Cast, targets: Mapping[str, int]) -> dict[str, int]:
    rng = chance("ltc to October")
    total = sum(published.delivered[LTC.label].values())
    rooms: dict[str, Room] = {}
    for code, target in sorted(targets.items()):
        low, high = _october_room(cast, code, target)
        peak = STEPS // 4 if cast.bands[code] == FULL else STEPS // 2
        rooms[code] = Room(low, high, between(rng, 0, STEPS, peak))
    return slide(rooms, total, rng)


def _october_room(cast: Cast, code: str, target: int) -> tuple[int, int]:
    if code in cast.pinned:
        return cast.pinned[code], cast.pinned[code]
    if cast.silent_from.get(code) == MONTHS[0]:
        return 0, 0
    band = cast.bands[code]
    low = 1 if band == LOWEST else target * EDGES[band - 1] // 100 + 1
    high = target * (EDGES[band] if band < FULL else _HIGHEST) // 100
    if code in cast.risers:
        return low, _SMALL_TOTAL - 1
    if band == LOW:
        high = max(
            total for total in range(low, high + 1) if _least_before(total) <= target * EDGES[0] // 100
        )
    return low, high


def _least_before(total: int) -> int:
    """The least that must have been done by September, so that October is not most of the practice's work."""
    return 0 if total < _SMALL_TOTAL else total - total * _MOST_IN_A_MONTH // 100


def _to_september(
    published: Published, cast: Cast, targets: Mapping[str, int], october: Mapping[str, int]
) -> dict[str, int]:
    rng = chance("ltc to September")
    total = sum(published.delivered[LTC.label][month] for month in _BEFORE)
    lowest, over_half = cast.lowest_in_september(), _over_half_in_september(cast, targets, october)
    rooms: dict[str, Room] = {}
    for code, target in sorted(targets.items()):
        low, high = _least_before(october[code]), october[code]
        if code in cast.silent_from:
            low = high
        elif code in lowest:
            high = min(high, target * EDGES[0] // 100)
            low = max(low, high * 3 // 4)
        elif code in over_half:
            low = max(low, target // 2 + 1)
        else:
            low, high = max(low, target * EDGES[0] // 100 + 1), min(high, target // 2)
        rooms[code] = Room(low, high, between(rng, STEPS // 3, STEPS, STEPS * 7 // 10))
    return slide(rooms, total, rng)


def _over_half_in_september(cast: Cast, targets: Mapping[str, int], october: Mapping[str, int]) -> set[str]:
    """Those over half in October but for the ones that passed it by least."""
    able = [code for code in sorted(targets) if cast.bands[code] >= OVER_HALF]
    able.sort(key=lambda code: (code not in cast.silent_from, -october[code] * 10_000 // targets[code]))
    return set(able[:OVER_HALF_IN_SEPTEMBER])


def _months(
    published: Published, september: Mapping[str, int], missing: Collection[tuple[str, str, str]]
) -> dict[tuple[str, str], int]:
    rng, codes = chance("ltc months"), sorted(september)
    columns = [published.delivered[LTC.label][month] for month in _BEFORE]
    rows = [september[code] for code in codes]
    seed = [
        [
            0 if (code, LTC.les, month) in missing else column * rng.randint(65, 135)
            for month, column in zip(_BEFORE, columns, strict=True)
        ]
        for code in codes
    ]
    cells = round_table(fit(seed, rows, columns), rows, columns, rng)
    return {
        (code, month): value
        for code, line in zip(codes, cells, strict=True)
        for month, value in zip(_BEFORE, line, strict=True)
    }
