"""Numbers and names as a sentence says them: half up on the decimal figure, percentages to one decimal."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from les_xl.marks import Cell, Mark

if TYPE_CHECKING:
    from les_xl.spec.model import Contract

CONTRACTS: dict[Contract, str] = {"cost_and_volume": "Cost and volume", "capitated": "Capitated"}
"""How the kinds of contract are written."""


SEVERITIES = {"alert": "alert", "advise": "advisory", "assure": "assurance"}
"""What an exception of each severity is called."""

LEVELS = {
    "practice": "Practice",
    "pcn": "PCN",
    "place": "Place",
    "sub_icb": "Sub ICB group",
    "icb": "ICB",
}
"""How levels of organisations are written."""


UNDER, OVER = "▼", "▲"
"""The signs of a share of plan that is far under or far over."""


def rounded(value: float, decimals: int = 0) -> Decimal:
    """The figure rounded half up as it is written down: 0.285 to two decimals is 0.29."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def count(value: Cell) -> str:
    """`44,608`, or the mark."""
    return str(value) if isinstance(value, Mark) else f"{rounded(value):,}"


def percent(value: Cell) -> str:
    """A fraction as `56.4%`, or the mark."""
    if isinstance(value, Mark):
        return str(value)
    return f"{(Decimal(repr(float(value))) * 100).quantize(Decimal('0.1'), ROUND_HALF_UP):,}%"


def edge(value: float) -> str:
    """A threshold as people write it: `60%`, `12.5%`."""
    return f"{(Decimal(repr(float(value))) * 100).normalize():f}%"


def points(change: float) -> str:
    """A difference of two fractions as `up 12.3 percentage points`, `down …` or `no change`."""
    size = (Decimal(repr(float(change))) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if size == 0:
        return "no change"
    noun = "percentage point" if abs(size) == 1 else "percentage points"
    return f"{'up' if size > 0 else 'down'} {abs(size)} {noun}"


def fewer_or_more(change: float) -> str:
    """A change of a count as `26 fewer`, `3 more` or `as many`."""
    if change == 0:
        return "as many"
    return f"{count(abs(change))} {'more' if change > 0 else 'fewer'}"


def plural(number: int, one: str, many: str = "") -> str:
    """`1 check`, `2 checks`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
