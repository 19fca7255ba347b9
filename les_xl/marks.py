"""The marks shown where a cell holds no number; three different facts, none of which is 0."""

from enum import StrEnum


class Mark(StrEnum):
    """A mark of the UK government's spreadsheet guidance."""

    NOT_REPORTED = "[x]"
    NOT_APPLICABLE = "[z]"
    SUPPRESSED = "[c]"


MEANING: dict[Mark, str] = {
    Mark.NOT_REPORTED: "not reported, or not available yet",
    Mark.NOT_APPLICABLE: "not applicable: before the LES began, not signed up, or no plan",
    Mark.SUPPRESSED: "suppressed, because the count is small",
}

Cell = float | Mark
"""What a measure gives: a number, or the reason why there is none."""
