"""Numbers with the reason where there is none: arithmetic in which a mark never becomes 0."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from les_xl.marks import Mark

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]

NUMBER, NOT_REPORTED, NOT_APPLICABLE = 0, 1, 2
"""Codes of `Marked.marks`, in order of strength: what is not applicable cannot have been reported either."""

MARK_TEXTS = ("", Mark.NOT_REPORTED.value, Mark.NOT_APPLICABLE.value)
"""The mark that each code stands for."""


@dataclass(frozen=True)
class Marked:
    """An array of numbers; `values` is NaN exactly where `marks` is not 0 and says why."""

    values: Floats
    marks: Codes

    @property
    def known(self) -> Flags:
        """True where there is a number."""
        known: Flags = self.marks == NUMBER
        return known

    @property
    def or_zero(self) -> Floats:
        """The numbers with 0 where there is none: for adding up only, never for showing."""
        return np.where(self.known, self.values, 0.0)

    def minus(self, other: "Marked") -> "Marked":
        """The difference; the stronger mark where either has no number."""
        return _marked(self.or_zero - other.or_zero, np.maximum(self.marks, other.marks))

    def over(self, other: "Marked") -> "Marked":
        """The quotient, as a fraction; what is divided by 0 is not applicable."""
        nothing = other.known & (other.values == 0)
        marks = np.where(nothing, NOT_APPLICABLE, np.maximum(self.marks, other.marks))
        quotient = self.or_zero / np.where(other.known & ~nothing, other.values, 1.0)
        return _marked(quotient, marks)

    def up_to(self, reached: Flags) -> "Marked":
        """The same until the last month of data; not reported after it."""
        return _marked(self.or_zero, np.maximum(self.marks, np.where(reached, NUMBER, NOT_REPORTED)))

    def to_date(self, reached: Flags) -> "Marked":
        """Running sums over the months (last axis) until the last month of data.

        A month without a number adds nothing; before the first applicable month it is not applicable.
        """
        begun = np.logical_or.accumulate(self.marks != NOT_APPLICABLE, axis=-1)
        some = np.logical_or.accumulate(self.known, axis=-1)
        return marked(np.cumsum(self.or_zero, axis=-1), applicable=begun, known=some & reached)

    def change(self, months: int = 1) -> "Marked":
        """The difference from so many months before (last axis); the first months have none before them."""
        none = (*self.values.shape[:-1], months)
        before = Marked(
            np.concatenate([np.full(none, np.nan), self.values[..., :-months]], axis=-1),
            np.concatenate([np.full(none, NOT_APPLICABLE, np.int8), self.marks[..., :-months]], axis=-1),
        )
        return self.minus(before)

    def rounded(self, decimals: int = 6) -> "Marked":
        """Rounded for showing; nothing is computed from it. Minus zero becomes zero."""
        return Marked(np.round(self.values, decimals) + 0.0, self.marks)

    def where(self, chosen: Flags, other: "Marked") -> "Marked":
        """Itself where `chosen`, the other elsewhere."""
        return Marked(
            np.where(chosen, self.values, other.values),
            np.where(chosen, self.marks, other.marks).astype(np.int8),
        )

    def part(self, *index: slice | int | npt.NDArray[np.intp] | None) -> "Marked":
        """The same part of numbers and marks."""
        return Marked(self.values[index], self.marks[index])


def settled(values: Floats) -> Floats:
    """Rounded to 12 decimals, for a figure that meets an edge: binary noise must not decide its side."""
    rounded: Floats = np.round(values, 12)
    return rounded


def marked(values: Floats, *, applicable: Flags, known: Flags | bool = True) -> Marked:
    """Numbers where they are applicable and known; the mark that says which of the two fails elsewhere."""
    return _marked(values, np.where(applicable, np.where(known, NUMBER, NOT_REPORTED), NOT_APPLICABLE))


def _marked(values: Floats, marks: npt.NDArray[np.integer]) -> Marked:
    codes = marks.astype(np.int8)
    return Marked(np.where(codes == NUMBER, values, np.nan), codes)
