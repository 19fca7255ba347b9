"""The status in words of a share of the plan to date, by the edges of the workspace."""

from les_xl.marks import Cell, Mark
from les_xl.spec.model import StatusEdges

STATUSES = ("Well below plan", "Below plan", "On plan", "Above plan", "Well above plan")
"""The status words, from least to most delivered."""


def status(pct_plan_to_date: Cell, edges: StatusEdges) -> str:
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
