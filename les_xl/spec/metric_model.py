"""The specification of one metric: what is counted, how practices record it, and what is worked out of it."""

from typing import Literal

from pydantic import Field

from les_xl.spec.base import Spec
from les_xl.spec.chart_model import TrendChart
from les_xl.spec.scalars import EACH_ONCE, Month, Slug, Text

MetricKind = Literal["flow", "stock"]
Part = Literal["activity", "quality", "outcomes"]


class Rate(Spec):
    """What a metric is shown as a share of."""

    per: Slug = Field(
        description="Metric of this LES that it is divided by; both are flows, or both stocks.",
        examples=["samples"],
    )


class Cap(Spec):
    """The most that is paid for; what is above it is listed, never left out of the figures."""

    at_most: int = Field(ge=1, description="Largest number that the contract allows.", examples=[4])
    per: Literal["patient"] = Field(description="For whom the number is counted.", examples=["patient"])
    months: int = Field(ge=1, description="Length in months of the period that it is for.", examples=[12])
    breaches: Slug | None = Field(
        default=None,
        description="Metric of this LES that counts those above the cap, where extracts have one; activity "
        "by practice does not show whom it was for.",
        examples=["over_cap"],
    )
    patients: Slug | None = Field(
        default=None,
        description="Metric of this LES that counts the patients. Without a count of those above the cap, "
        "what goes beyond the cap for each of them is shown, as a proxy.",
        examples=["first_fit"],
    )


class Metric(Spec):
    """One thing that a LES counts."""

    id: Slug = Field(description="Slug of the metric, unique within its LES.", examples=["reviews"])
    title: Text = Field(description="What is counted, in words.", examples=["Dementia reviews"])
    kind: MetricKind = Field(
        description="flow: events that add up over months; stock: a register, whose last month counts.",
        examples=["flow"],
    )
    part: Part = Field(
        default="activity",
        description="Part of the dashboard that it belongs to; quality is shown beside activity.",
        examples=["quality"],
    )
    published_as: Text | None = Field(
        default=None,
        description="Label of its row in the published table; left out where it is not published.",
        examples=["Dementia"],
    )
    headline: bool = Field(
        default=False, description="True for the one metric that stands for the LES.", examples=[True]
    )
    sum_of: tuple[Slug, ...] = Field(
        default=(),
        description="Metrics of this LES whose sum this one is; they are loaded, and the sum never is.",
        examples=[["first_fit", "change"]],
        json_schema_extra=EACH_ONCE,
    )
    unit: Text | None = Field(
        default=None, description="What is counted, in the plural.", examples=["assessments"]
    )
    data_item: Text | None = Field(
        default=None,
        description="Name of the reporting data item that it is counted from.",
        examples=["Dementia reviews completed"],
    )
    coding: Text | None = Field(
        default=None,
        description="What practices record for it, in words that continue 'Recorded as'.",
        examples=["a completed dementia annual review, on the day of the review"],
    )
    frequency: Literal["monthly"] = Field(
        default="monthly", description="How often it is monitored.", examples=["monthly"]
    )
    lag_days: int | None = Field(
        default=None,
        ge=0,
        description="Days after a month's end until its data can be expected; those of the LES where left "
        "out.",
        examples=[56],
    )
    extra_lag_months: int = Field(
        default=0,
        ge=0,
        description="Further months before it is published, as medicines data has.",
        examples=[2],
    )
    final_in: Literal["Q1", "Q2", "Q3", "Q4"] | None = Field(
        default=None,
        description="Quarter of the financial year in which achievement is final; every month where left "
        "out.",
        examples=["Q4"],
    )
    rate: Rate | None = Field(default=None, description="What it is shown as a share of.")
    cap: Cap | None = Field(default=None, description="The most that is paid for.")
    chart: TrendChart = Field(
        default_factory=TrendChart, description="How its months are read by an XmR chart."
    )
    tariff: float | None = Field(
        default=None, ge=0, description="Pounds paid for each unit, where it is known.", examples=[12.5]
    )
    from_: Month | None = Field(
        default=None,
        alias="from",
        description="First month in which it is counted; that of the LES where left out.",
        examples=["2025-10"],
    )
    to: Month | None = Field(
        default=None,
        description="Last month in which it is counted; that of the LES where left out.",
        examples=["2026-03"],
    )

    @property
    def charted(self) -> bool:
        """True for a metric that has an XmR chart and exceptions: one that is published, or the headline."""
        return bool(self.published_as or self.headline)
