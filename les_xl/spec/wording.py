"""Conditions and values of specifications in plain British English."""

from collections.abc import Iterable

from les_xl.errors import LesError
from les_xl.periods import long_label
from les_xl.spec.conditions import parse
from les_xl.spec.grammar import Comparison, Joined, Measure, Not, Number, Quantity, Truth, read_condition

_MEASURES = {
    "pct_plan": "% of plan in the month",
    "pct_plan_to_date": "% of plan to date",
    "pct_annual": "% of the annual target",
    "pct_expected_to_date": "% of the expected profile to date",
    "planned": "planned activity in the month",
    "delivered": "delivered activity in the month",
    "planned_to_date": "planned activity to date",
    "delivered_to_date": "delivered activity to date",
    "variance": "the difference from plan in the month",
    "variance_to_date": "the difference from plan to date",
    "change": "the change on the month before",
    "months_not_reported": "the number of months in a row without a return",
    "months_in_service": "the number of months since the start",
}
_SIDES = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "exactly", "!=": "not"}
_SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}


def condition_in_words(when: str) -> str:
    """`pct_plan_to_date < 60%` as `% of plan to date is below 60%`; a text that is no condition, quoted."""
    try:
        return _truth(read_condition(when), inside=False)
    except LesError:
        return f"'{when}'"


def flagged_when(when: str | None, profile: str) -> str:
    """`when % of plan to date is below 60%`, or by which rules a month is special cause."""
    if when is not None:
        return f"when {condition_in_words(when)}"
    return f"when delivered in the latest month is special cause by an XmR chart (profile {profile})"


def same_condition(one: str, other: str) -> bool:
    """True where two texts mean the same condition."""
    try:
        return parse(one) == parse(other)
    except LesError:
        return one == other


def _truth(tree: Truth, inside: bool) -> str:
    if isinstance(tree, Comparison):
        return f"{_quantity(tree.left)} is {_SIDES[tree.sign]} {_quantity(tree.right)}"
    if isinstance(tree, Not):
        return f"it is not so that {_truth(tree.of, inside=True)}"
    words = f" {tree.word} ".join(_within(part, tree) for part in (tree.left, tree.right))
    return f"({words})" if inside else words


def _within(part: Truth, tree: Joined) -> str:
    # `a and b and c` needs no brackets; where and stands beside or, they say what belongs together.
    return _truth(part, inside=isinstance(part, Joined) and part.word != tree.word)


def _quantity(tree: Quantity, inside: bool = False) -> str:
    if isinstance(tree, Measure):
        return _MEASURES.get(tree.name, tree.name.replace("_", " "))
    if isinstance(tree, Number):
        return percent(tree.value) if tree.percent else number(tree.value)
    words = f"{_quantity(tree.left, True)} {_SIGNS[tree.sign]} {_quantity(tree.right, True)}"
    return f"({words})" if inside else words


def number(value: float) -> str:
    """`1,332`, or `12.5`: as many places as it has."""
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def percent(fraction: float) -> str:
    """`60%`, or `2.5%`."""
    return f"{number(round(fraction * 100, 9))}%"


def listed(words: Iterable[str], joined: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    every = list(words)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} {joined} {every[-1]}"


def period(first: str | None, last: str | None) -> str:
    """`from May 2025`, `to March 2026`, `in May 2025`, `from May 2025 to March 2026`, or nothing."""
    if first and first == last:
        return f"in {long_label(first)}"
    ends = [f"from {long_label(first)}"] if first else []
    ends += [f"to {long_label(last)}"] if last else []
    return " ".join(ends)


def count(number_of: int, word: str) -> str:
    """`1 day`, `20 days`."""
    return f"{number_of:,} {word}" + ("" if number_of == 1 else "s")


def sentence(words: str) -> str:
    """With a capital and a full stop."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")
