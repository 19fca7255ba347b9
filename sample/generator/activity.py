"""Activity of the other LES: each practice at its own pace, months as published, registers that grow."""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sample.generator.chance import between, chance
from sample.generator.practices import NOTICE_GIVEN
from sample.generator.published import LTC, MONTHS, ROUTINE, VASECTOMY, Published, Series
from sample.generator.targets import Targets

Missing = Collection[tuple[str, str, str]]
_AFTER_NOTICE = {"2025-05": 6, "2025-06": 11, "2025-07": 4}


@dataclass(frozen=True, order=True)
class Activity:
    """One row of an activity extract."""

    ods_code: str
    les: str
    metric: str
    month: str
    value: int


def ltc_rows(values: Mapping[tuple[str, str], int]) -> Iterator[Activity]:
    """The LTC LES, and what the practice that had given notice still recorded: it must be left out."""
    for (code, month), value in values.items():
        yield Activity(code, LTC.les, LTC.metric, month, value)
    for month, value in _AFTER_NOTICE.items():
        yield Activity(NOTICE_GIVEN, LTC.les, LTC.metric, month, value)


def other_rows(
    published: Published, targets: Targets, lists: Mapping[str, int], missing: Missing
) -> Iterator[Activity]:
    """Every other LES: its published metric, or the parts of it, and its register."""
    for series in (*VASECTOMY, *ROUTINE):
        own = targets[series.les, series.metric]
        yield from _series(published, series, own, missing)
        if series.register:
            yield from _register(published, series, {code: lists[code] for code in own}, missing)


def _series(
    published: Published, series: Series, targets: Mapping[str, int], missing: Missing
) -> Iterator[Activity]:
    rng = chance(f"activity {series.les} {series.metric}")
    pace = {code: target * _pace(rng) for code, target in sorted(targets.items())}
    for month in published.months(series):
        reporting = [code for code in pace if (code, series.les, month) not in missing]
        weights = {code: pace[code] * rng.randint(75, 125) for code in reporting}
        values = _deal(rng, weights, published.delivered[series.label][month])
        for code in weights:
            yield from _parts(rng, series, code, month, values[code])


def _pace(rng: random.Random) -> int:
    """How fast a practice delivers (100 is usual): one in twenty hardly begins, one does far more."""
    kind = rng.randrange(20)
    if kind == 0:
        return rng.randint(4, 25)
    return rng.randint(230, 380) if kind == 1 else between(rng, 40, 165, 100)


def _deal(rng: random.Random, weights: Mapping[str, int], total: int) -> Mapping[str, int]:
    """`total` dealt one by one, chances in proportion to the weights: small numbers vary as real ones do."""
    return Counter(rng.choices(list(weights), list(weights.values()), k=total))


def _parts(rng: random.Random, series: Series, code: str, month: str, value: int) -> Iterator[Activity]:
    shares = _deal(rng, dict(series.parts), value) if series.parts else {series.metric: value}
    for metric in dict(series.parts) or shares:
        yield Activity(code, series.les, metric, month, shares[metric])


def _register(
    published: Published, series: Series, lists: Mapping[str, int], missing: Missing
) -> Iterator[Activity]:
    rng = chance(f"register {series.les}")
    for code, patients in sorted(lists.items()):
        size = patients * series.register * rng.randint(70, 130) // 1_000_000
        for month in published.months(series):
            size += rng.randint(0, 1 + size // 60)
            if (code, series.les, month) not in missing:
                yield Activity(code, series.les, "register", month, size)


def by_month(rows: Iterable[Activity]) -> dict[str, list[Activity]]:
    """Rows of each month, sorted by code, LES and metric."""
    found: dict[str, list[Activity]] = {month: [] for month in MONTHS}
    for row in sorted(rows):
        found[row.month].append(row)
    return found
