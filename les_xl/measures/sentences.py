"""What an exception says, and what is no longer one, in plain British English made from its figures."""

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from les_xl.periods import long_label

_SHARES = {
    "pct_plan": "planned in",
    "variance": "planned in",
    "pct_plan_to_date": "planned to",
    "variance_to_date": "planned to",
    "pct_expected_to_date": "expected to",
    "pct_annual": "for the year, by",
}
_QUANTITIES = {
    "planned": "{number} planned in {month}",
    "delivered": "{number} delivered in {month}",
    "planned_to_date": "{number} planned to {month}",
    "delivered_to_date": "{number} delivered to {month}",
    "change": "{number} in {month} against the month before",
    "months_in_service": "month {number} of service in {month}",
    "months_not_reported": "no return for {number} {months} to {month}",
}
_SIDES = {"<": "below", "<=": "at or below", ">": "above", ">=": "at or above", "==": "at", "!=": "not at"}
_MOST_PLACES = 6
SILENCE = "months_not_reported"
"""The measure of an exception that is about a return that did not come."""


@dataclass(frozen=True)
class Flagged:
    """One exception. `terms` are the two figures that a percentage or a difference is made of.

    `threshold` (NaN) and `side` ("") are empty where the condition is more than one comparison with a number.
    """

    les: str
    metric: str
    label: str
    level: str
    org: str
    org_name: str
    rule: str
    measure: str
    value: float
    terms: tuple[float, ...]
    threshold: float
    side: str
    severity: str
    since: str
    month: str

    @property
    def key(self) -> str:
        """What tells it from every other exception of an edition, and is the same in the next."""
        return exception_key(self.les, self.metric, self.rule, self.level, self.org)

    @property
    def who(self) -> str:
        """The LES, and the organisation where it is another than the ICB."""
        return self.label if self.level == "icb" else f"{self.label}, {self.org_name}"


def exception_key(les: str, metric: str, rule: str, level: str, org: str) -> str:
    """`dementia|reviews|under_plan|practice|A1`."""
    return "|".join((les, metric, rule, level, org))


def exception_sentence(flagged: Flagged) -> str:
    """`Dementia: 4,700 of 7,992 planned to October 2025 (58.8%), below 60% since August 2025`.

    An organisation other than the ICB is named after the LES.
    """
    since = long_label(flagged.since)
    edge = _edge(flagged)
    return f"{flagged.who}: {_fact(flagged)}, {f'{edge} since' if edge else 'flagged since'} {since}"


def resolved_sentence(now: Flagged) -> str:
    """`Dementia: 4,900 of 7,992 planned to October 2025 (61.3%), no longer below 60%`."""
    if now.measure == SILENCE and not now.value:
        return f"{now.who}: returned for {long_label(now.month)}, no longer silent"
    return f"{now.who}: {_fact(now)}, no longer {_edge(now) or 'flagged'}"


def unjudged_sentence(before: Flagged, month: str, why: str) -> str:
    """What was flagged the month before and cannot be judged any more, and why that is."""
    return unjudged(before.who, f"{_fact(before)}, {_edge(before) or 'flagged'}", month, why)


def unjudged(who: str, fact: str, month: str, why: str) -> str:
    """`Dementia, Practice A1: …, below 60%; no longer judged in May 2025: it does not count any more`."""
    return f"{who}: {fact}; no longer judged in {long_label(month)}: {why}"


def _fact(flagged: Flagged) -> str:
    month = long_label(flagged.month)
    if flagged.measure in _SHARES:
        of, to = flagged.terms
        return (
            f"{quantity(of)} of {quantity(to)} {_SHARES[flagged.measure]} {month} ({_in_brackets(flagged)})"
        )
    number = signed(flagged.value) if flagged.measure == "change" else quantity(flagged.value)
    months = "month" if flagged.value == 1 else "months"
    return _QUANTITIES[flagged.measure].format(number=number, month=month, months=months)


def _in_brackets(flagged: Flagged) -> str:
    if flagged.measure.startswith("pct_"):
        return percentage(flagged.value, apart_from=flagged.threshold)
    return signed(flagged.value)


def _edge(flagged: Flagged) -> str:
    """`below 60%`; empty where there is no one edge, or it says nothing more."""
    if not flagged.side or flagged.measure == SILENCE:
        return ""
    is_share = flagged.measure.startswith("pct_")
    edge = edge_percentage(flagged.threshold) if is_share else quantity(flagged.threshold)
    return f"{_SIDES[flagged.side]} {edge}"


def quantity(number: float) -> str:
    """`7,992`; below ten with one decimal, where it has any."""
    rounded = round(number, 1)
    if abs(rounded) < 10 and rounded != int(rounded):
        return f"{rounded:,.1f}".replace("-", "−")
    return f"{math.floor(abs(number) + 0.5) * (1 if number >= 0 else -1):,}".replace("-", "−")


def signed(number: float) -> str:
    """`+120` or `−120`: a quantity of which the direction matters."""
    return f"+{quantity(number)}" if number > 0 else quantity(number)


def percentage(fraction: float, apart_from: float = math.nan) -> str:
    """`58.8%`, half up; with as many more decimals as it takes to look different from an edge not reached."""
    text = _shared(fraction, 1)
    for places in range(2, _MOST_PLACES + 1):
        if not math.isfinite(apart_from) or fraction == apart_from or text != _shared(apart_from, places - 1):
            return text
        text = _shared(fraction, places)
    return text


def _shared(fraction: float, places: int) -> str:
    """Half up on the decimal figure, as every other sentence rounds: 5 of 16 is 31.3%."""
    rounded = (Decimal(repr(float(fraction))) * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded}%"


def edge_percentage(fraction: float) -> str:
    """`60%`, `62.5%`: an edge as somebody would write it."""
    return f"{fraction * 100:.{_MOST_PLACES}f}".rstrip("0").rstrip(".") + "%"
