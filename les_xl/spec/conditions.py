"""The safe language of `when:`: a condition over named measures, parsed once, evaluated over whole frames."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from les_xl.spec.grammar import (
    Comparator,
    Comparison,
    Joined,
    Measure,
    Not,
    Number,
    Quantity,
    Truth,
    constant,
    names_in,
    read_condition,
)
from les_xl.spec.tokens import MEASURE_NAMES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MEASURE_NAMES", "Condition", "Threshold", "parse"]

_TURNED: dict[Comparator, Comparator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_COMPARE: dict[Comparator, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True)
class Threshold:
    """A condition as simple as `pct_plan < 60%`: the measure, the comparison, and the number (a fraction)."""

    measure: str
    op: Comparator
    value: float


@dataclass(frozen=True)
class Condition:
    """When something is so. Equal where the text means the same tree."""

    tree: Truth

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that it names, each once, in the order of their first use."""
        return names_in(self.tree)

    @property
    def threshold(self) -> Threshold | None:
        """The measure, comparison and number where it is no more than that; None where it is."""
        if not isinstance(self.tree, Comparison):
            return None
        left, right, sign = self.tree.left, self.tree.right, self.tree.sign
        if isinstance(left, Measure) and (number := constant(right)):
            return Threshold(left.name, sign, number.value)
        if isinstance(right, Measure) and (number := constant(left)):
            return Threshold(right.name, _TURNED[sign], number.value)
        return None

    def evaluate(self, frame: Mapping[str, pd.Series]) -> pd.Series[bool]:
        """Where it is known to be so, over the index of the measures' series.

        A missing number makes what depends on it unknown, as does a division by 0; unknown is not so, under
        `not` and `!=` too, unless the rest decides (`known or unknown` is so). Raises KeyError for a measure
        that the frame does not have.
        """
        series = {name: frame[name].astype("float64") for name in self.measures}
        return _truth(self.tree, series).yes


def parse(text: str) -> Condition:
    """Read a condition. Raises LesError (LES170 to LES174), its place the column in `text`, from 1."""
    return Condition(read_condition(text))


class _Known(NamedTuple):
    """Three-valued truth as two series: where it is so, and where it is not; neither where unknown."""

    yes: pd.Series[bool]
    no: pd.Series[bool]


def _truth(tree: Truth, series: Mapping[str, pd.Series]) -> _Known:
    if isinstance(tree, Comparison):
        return _compared(tree, series)
    if isinstance(tree, Not):
        of = _truth(tree.of, series)
        return _Known(of.no, of.yes)
    return _joined(tree, series)


def _joined(tree: Joined, series: Mapping[str, pd.Series]) -> _Known:
    left, right = _truth(tree.left, series), _truth(tree.right, series)
    if tree.word == "and":
        return _Known(left.yes & right.yes, left.no | right.no)
    return _Known(left.yes | right.yes, left.no & right.no)


def _compared(tree: Comparison, series: Mapping[str, pd.Series]) -> _Known:
    left, right = _quantity(tree.left, series), _quantity(tree.right, series)
    known = left.notna() & right.notna()
    so = _COMPARE[tree.sign](left, right)
    return _Known(so & known, ~so & known)


def _quantity(tree: Quantity, series: Mapping[str, pd.Series]) -> pd.Series[float]:
    if isinstance(tree, Measure):
        return series[tree.name]
    if isinstance(tree, Number):
        import pandas as pd

        return pd.Series(tree.value, index=next(iter(series.values())).index)
    left, right = _quantity(tree.left, series), _quantity(tree.right, series)
    if tree.sign == "/":
        return left / right.where(right != 0)
    if tree.sign == "*":
        return left * right
    return left + right if tree.sign == "+" else left - right
