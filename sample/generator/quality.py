"""Quality beside activity: shares of the assessments and samples that the practices recorded, and the cap."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sample.generator.activity import Activity
from sample.generator.chance import between, chance
from sample.generator.practices import NOTICE_GIVEN

_SENDS_NONE = 25
"""One practice in so many records the activity and leaves the quality out."""

_OVER_CAP = 9
"""In one return of so many is a patient above the cap of ring pessary visits."""


@dataclass(frozen=True)
class _Share:
    """A quality metric: of which activity, and per thousand of it, at least, at most and most often."""

    les: str
    metric: str
    of: str
    low: int
    high: int
    most: int


_SHARES = (
    _Share("ltc", "consent_to_share", "hha", 780, 990, 940),
    _Share("ltc", "ethnicity", "hha", 860, 1000, 975),
    _Share("ltc", "falls", "hha", 30, 190, 90),
    _Share("phlebotomy", "failed", "samples", 8, 75, 22),
)


def quality_rows(activity: Iterable[Activity]) -> Iterator[Activity]:
    """Rows for every return of the activity that they are a share of, of the practices that send them."""
    found = sorted(row for row in activity if row.ods_code != NOTICE_GIVEN)
    for share in _SHARES:
        yield from _share(share, [row for row in found if (row.les, row.metric) == (share.les, share.of)])
    yield from _over_cap([row for row in found if (row.les, row.metric) == ("ring_pessary", "change")])


def _share(share: _Share, activity: list[Activity]) -> Iterator[Activity]:
    rng = chance(f"quality {share.les} {share.metric}")
    for code, rows in _by_code(activity):
        thousandths = between(rng, share.low, share.high, share.most)
        for row in rows:
            here = min(1000, thousandths * rng.randint(93, 107) // 100)
            value = _whole(rng, row.value * here)
            yield Activity(code, share.les, share.metric, row.month, value)


def _over_cap(activity: list[Activity]) -> Iterator[Activity]:
    rng = chance("quality ring_pessary over_cap")
    for code, rows in _by_code(activity):
        for row in rows:
            value = int(row.value > 0 and rng.randrange(_OVER_CAP) == 0)
            yield Activity(code, "ring_pessary", "over_cap", row.month, value)


def _by_code(activity: list[Activity]) -> Iterator[tuple[str, list[Activity]]]:
    """The rows of each practice that sends quality at all."""
    silent = chance("quality that is not sent")
    codes = sorted({row.ods_code for row in activity})
    for code in codes:
        if silent.randrange(_SENDS_NONE):
            yield code, [row for row in activity if row.ods_code == code]


def _whole(rng: random.Random, thousandths: int) -> int:
    """Thousandths as a whole number, up or down by chance, so that small practices are not all at 0."""
    return (thousandths + rng.randrange(1000)) // 1000
