"""What an exception says, in plain British English made from the figures."""

import math
from typing import Any

from les_xl.periods import long_label
from les_xl.spec.conditions import Condition

_TERMS = {
    "pct_plan": "planned in",
    "variance": "planned in",
    "pct_plan_to_date": "planned to",
    "variance_to_date": "planned to",
    "pct_expected_to_date": "expected to",
    "pct_annual": "for the year, to",
}
_QUANTITIES = {
    "planned": "{number} planned in {month}",
    "delivered": "{number} delivered in {month}",
    "planned_to_date": "{number} planned to {month}",
    "delivered_to_date": "{number} delivered to {month}",
    "change": "a change of {number} in {month} on the month before",
    "months_in_service": "{number} months in service by {month}",
}
_SIDES = {"<": "below", "<=": "at or below", ">": "above", ">=": "at or above", "==": "at", "!=": "not at"}


def exception_sentence(row: Any, condition: Condition, of: float, to: float) -> str:
    """`Dementia: 4,700 of 7,992 planned to October 2025 (58.8%), below 60% since August 2025`.

    `row` has the columns of `Position.exceptions`; `of` and `to` are the two figures that its measure is made
    of, NaN where it is not made of two. An organisation other than the ICB is named after the LES.
    """
    who = row.label if row.level == "icb" else f"{row.label}, {row.org_name}"
    return f"{who}: {_fact(row, of, to)}, {_judgement(row, condition)}"


def _fact(row: Any, of: float, to: float) -> str:
    month = long_label(row.month)
    if row.measure in _TERMS:
        return f"{quantity(of)} of {quantity(to)} {_TERMS[row.measure]} {month} ({_ratio(row)})"
    if row.measure == "months_not_reported":
        return f"no return for {quantity(row.value)} {'month' if row.value == 1 else 'months'} to {month}"
    return _QUANTITIES[row.measure].format(number=quantity(row.value), month=month)


def _ratio(row: Any) -> str:
    if not row.measure.startswith("pct_"):
        return f"{'+' if row.value > 0 else ''}{quantity(row.value)}"
    return percentage(row.value, apart_from=row.threshold)


def _judgement(row: Any, condition: Condition) -> str:
    since = f"since {long_label(row.since)}"
    threshold = condition.threshold
    if threshold is None:
        return f"flagged by the rule '{row.rule}' {since}"
    if row.measure == "months_not_reported":
        return f"flagged {since}"
    is_share = row.measure.startswith("pct_")
    edge = percentage(threshold.value, decimals=0) if is_share else quantity(threshold.value)
    return f"{_SIDES[threshold.op]} {edge} {since}"


def quantity(number: float) -> str:
    """`7,992`; a plan of less than ten with its first decimal, where it has one."""
    rounded = round(number, 1)
    if abs(rounded) < 10 and rounded != int(rounded):
        return f"{rounded:,.1f}"
    return f"{_half_up(number):,}"


def percentage(fraction: float, decimals: int = 1, apart_from: float = math.nan) -> str:
    """`58.8%`; with as many more decimals as it takes to differ from an edge that it is not at."""
    for places in range(decimals, 7):
        text = f"{fraction:.{places}%}"
        same = not math.isnan(apart_from) and fraction != apart_from and text == f"{apart_from:.{places}%}"
        exact = decimals > 0 or abs(fraction - float(text[:-1]) / 100) < 1e-9
        if exact and not same:
            return text
    return text


def _half_up(number: float) -> int:
    return math.floor(abs(number) + 0.5) * (1 if number >= 0 else -1)
