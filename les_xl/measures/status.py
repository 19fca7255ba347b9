"""The status in words of a share of the plan to date, by the edges of the workspace."""

import math
from typing import Protocol

from les_xl.marks import Cell, Mark

STATUSES = ("Well below plan", "Below plan", "On plan", "Above plan", "Well above plan")
"""The status words, from least to most delivered."""


class Edges(Protocol):
    """Shares of the plan to date at which the status changes; see `spec.model.StatusEdges`."""

    @property
    def well_below(self) -> float:
        """Below it: well below plan."""

    @property
    def below(self) -> float:
        """Below it: below plan."""

    @property
    def above(self) -> float:
        """Above it: above plan."""

    @property
    def well_above(self) -> float:
        """Above it: well above plan."""


def status(pct_plan_to_date: Cell, edges: Edges) -> str:
    """The status of a fraction of the plan to date, or the mark where there is none.

    Source: DESIGN, "Status"; on plan includes both of its edges.
    """
    if isinstance(pct_plan_to_date, Mark):
        return str(pct_plan_to_date)
    if pct_plan_to_date < edges.well_below:
        return STATUSES[0]
    if pct_plan_to_date < edges.below:
        return STATUSES[1]
    if pct_plan_to_date <= edges.above:
        return STATUSES[2]
    return STATUSES[3] if pct_plan_to_date <= edges.well_above else STATUSES[4]


def completeness(outstanding_to_date: Cell) -> str:
    """`Final` when every return up to the month is in, else `Provisional`; or the mark.

    The figures themselves decide, never the calendar: a return that comes late makes a month final late.
    """
    if isinstance(outstanding_to_date, Mark):
        return str(outstanding_to_date)
    return "Provisional" if outstanding_to_date > 0 else "Final"


def recovery(months_to_recover: Cell) -> str:
    """How long until a LES is back on plan, in words: whole months, rounded up; or the mark."""
    if isinstance(months_to_recover, Mark):
        return str(months_to_recover)
    if math.isinf(months_to_recover):
        return "Not at this rate"
    whole = math.ceil(months_to_recover)
    return "On plan" if whole == 0 else "In 1 month" if whole == 1 else f"In {whole} months"
