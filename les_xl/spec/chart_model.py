"""The specification of a metric's XmR chart: which way is better, the target, where limits begin anew."""

from typing import Literal

from pydantic import Field

from les_xl.spec.base import Spec
from les_xl.spec.scalars import Month, Text

Better = Literal["up", "down", "neither"]
"""In which direction a figure improves."""

LEAST_MONTHS = 12
"""Fewer months have no limits, and nothing is said of them."""


class Rebase(Spec):
    """A month from which the limits of a chart are calculated anew, and why."""

    from_: Month = Field(alias="from", description="First month of the new limits.", examples=["2025-10"])
    reason: Text = Field(
        description="What changed in the process, and is there to stay; readers of the chart see it.",
        examples=["a second provider has opened"],
    )


class TrendChart(Spec):
    """How the months of a metric are read by an XmR chart; published metrics and the headline have one."""

    improves: Better | None = Field(
        default=None,
        description="Direction in which delivered improves; that of the `rule: xmr` where left out, or up.",
        examples=["up"],
    )
    target: float | None = Field(
        default=None,
        ge=0,
        description="What the ICB is to deliver each month, for assurance; the plan where left out, as long "
        "as it is one quantity in every month of the year so far.",
        examples=[1332],
    )
    rebase: tuple[Rebase, ...] = Field(
        default=(),
        description="Where limits are calculated anew: after a change that is understood and lasts, never to "
        "make a figure look better; 12 months apart, or there are none in between.",
        examples=[[{"from": "2025-10", "reason": "a second provider has opened"}]],
    )


def direction(chart: TrendChart, rule: Better | None) -> Better:
    """In which direction a metric improves: as its chart says, else a rule of special cause, else up."""
    return chart.improves or rule or "up"
