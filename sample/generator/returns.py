"""Returns that are missing: practices that stopped reporting, months left out, single gaps."""

from collections.abc import Mapping, Sequence

from sample.generator.cast import Cast
from sample.generator.chance import chance
from sample.generator.published import LTC, MONTHS, ROUTINE

_ONE_IN = 90
_GAPS = ("2025-05", "2025-06", "2025-08", "2025-08")


def missing_returns(cast: Cast, joined: Mapping[str, Sequence[str]]) -> set[tuple[str, str, str]]:
    """(code, les, month) of each return that never came; vasectomy's few providers are complete."""
    rng = chance("returns")
    found = {
        (code, les, month)
        for code, first in cast.silent_from.items()
        for les in _stopped(first)
        for month in MONTHS
        if month >= first
    }
    ordinary = [code for code in joined[LTC.les] if not cast.has_part(code)]
    *gaps, two_les = rng.sample(ordinary, len(_GAPS) + 1)
    found |= {(code, les, month) for code, month in zip(gaps, _GAPS, strict=True) for les in _all()}
    found |= {(two_les, les, month) for les in ("ecgs", "phlebotomy") for month in MONTHS[-2:]}
    for les in _all():
        # A practice's last month of LTC is the difference of two totals, so single gaps lie before it.
        months = MONTHS[:-1] if les == LTC.les else MONTHS
        found |= {(code, les, month) for code in ordinary for month in months if rng.randrange(_ONE_IN) == 0}
    return found


def _stopped(first: str) -> tuple[str, ...]:
    """The practice that never reported LTC does report the rest."""
    return (LTC.les,) if first == MONTHS[0] else _all()


def _all() -> tuple[str, ...]:
    return (LTC.les, *(series.les for series in ROUTINE))
