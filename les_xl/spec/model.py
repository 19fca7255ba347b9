"""The specification of one LES as frozen models; schema and reference come from them."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from les_xl.spec.base import Spec
from les_xl.spec.chart_model import Better, Rebase, TrendChart
from les_xl.spec.metric_model import Cap, Metric, MetricKind, Part, Rate
from les_xl.spec.scalars import EACH_ONCE, Month, Percent, Slug, Text, Year
from les_xl.spec.shift_model import Baseline, Eligible, Impact, Owner, Shift
from les_xl.spec.workspace_model import AsAtRule, Named, StatusEdges, Workspace

__all__ = [
    "Alert",
    "AsAtRule",
    "Bands",
    "Baseline",
    "Better",
    "Cap",
    "Contract",
    "Eligible",
    "ExceptionRule",
    "Exclusion",
    "FlatPlan",
    "FormerBands",
    "Impact",
    "Level",
    "Metric",
    "MetricKind",
    "Named",
    "Owner",
    "Part",
    "Plan",
    "ProfilePlan",
    "Rate",
    "Rebase",
    "Service",
    "Shift",
    "Spec",
    "StatusEdges",
    "TrendChart",
    "Workspace",
]

Contract = Literal["cost_and_volume", "capitated"]
Level = Literal["practice", "pcn", "place", "sub_icb", "icb"]
Alert = Literal["alert", "advise", "assure"]

_ONE_SORT: dict[str, JsonValue] = {
    "oneOf": [
        {"required": ["when"], "properties": {"when": {"type": "string"}}},
        {"required": ["rule"], "properties": {"rule": {"const": "xmr"}}},
    ]
}
"""For editors: an exception rule is a condition or a rule by name, which a rule reports (LES164)."""


class FlatPlan(Spec):
    """The same quantity each month; practices share it in proportion to their annual targets."""

    basis: Literal["flat"] = Field(description="flat: the same quantity each month.", examples=["flat"])
    year: Year = Field(description="Financial year that the plan is for.", examples=["2025-26"])
    metric: Slug | None = Field(
        default=None,
        description="Metric that is planned; the headline where left out.",
        examples=["counselling"],
    )
    per_month: float = Field(
        ge=0, description="Planned quantity each month for the whole ICB.", examples=[1332]
    )
    annual_target: float | None = Field(
        default=None,
        ge=0,
        description="Target of the year for the whole ICB; used where practices' own targets are not loaded. "
        "The sum of the months in service where left out.",
        examples=[76637],
    )
    from_: Month | None = Field(
        default=None,
        alias="from",
        description="First month of the plan; the first in service in its year where left out.",
        examples=["2025-05"],
    )
    to: Month | None = Field(
        default=None,
        description="Last month of the plan; the last in service in its year where left out.",
        examples=["2026-03"],
    )
    source: Text = Field(
        description="Where the figures come from.", examples=["performance report, November 2025"]
    )


class ProfilePlan(Spec):
    """How the annual target is expected to spread over the year."""

    basis: Literal["profile"] = Field(
        description="profile: a share of the annual target for each month.", examples=["profile"]
    )
    year: Year = Field(description="Financial year that the profile is for.", examples=["2025-26"])
    metric: Slug | None = Field(
        default=None, description="Metric that it is for; the headline where left out.", examples=["hha"]
    )
    name: Slug = Field(description="Name of the profile.", examples=["expected"])
    shares: dict[Month, Percent] = Field(
        description="Share of the annual target for each of the year's twelve months; 100% in all.",
        json_schema_extra={"minProperties": 12, "maxProperties": 12},
        examples=[{"2025-04": "0%", "2025-05": "3%"}],
    )
    source: Text = Field(
        description="Where the figures come from.", examples=["monitoring paper, 28 May 2025"]
    )


Plan = Annotated[FlatPlan | ProfilePlan, Field(discriminator="basis")]


class Bands(Spec):
    """Bands of achievement; an upper edge belongs to its band."""

    of: Literal["pct_annual"] = Field(description="Measure that is banded.", examples=["pct_annual"])
    edges: tuple[Percent, ...] = Field(
        min_length=1, description="Upper edges, ascending, each included.", examples=[["25%", "50%", "100%"]]
    )
    labels: tuple[Text, ...] = Field(
        min_length=2,
        description="A label for each band: one more than there are edges, the last for what is above.",
        examples=[["0-25%", "26-50%", "51-100%", "100% +"]],
        json_schema_extra=EACH_ONCE,
    )


class FormerBands(Bands):
    """Bands that held before those of `bands`."""

    to: Month = Field(
        description="Last month in which they held; a position of a later month uses the next.",
        examples=["2025-10"],
    )


class Exclusion(Spec):
    """Who is left out of the figures of this LES, since when, and the footnote that says so.

    An organisation is excluded in a month where its sign-up row in effect carries `rule` as its reason,
    or where its code is in `ods_codes`.
    """

    rule: Slug = Field(
        description="Reason in the sign-up file that excludes an organisation.", examples=["notice_given"]
    )
    footnote: Text = Field(
        description="What the published footnote says.",
        examples=["and a practice that has given notice on its contract"],
    )
    ods_codes: tuple[Text, ...] = Field(
        default=(),
        description="Codes of further organisations that are excluded.",
        examples=[["P81999"]],
        json_schema_extra=EACH_ONCE,
    )
    from_: Month | None = Field(
        default=None,
        alias="from",
        description="First month of the exclusion; since ever where left out.",
        examples=["2025-09"],
    )
    to: Month | None = Field(
        default=None,
        description="Last month of the exclusion; for good where left out.",
        examples=["2026-03"],
    )


class ExceptionRule(Spec):
    """When a figure is flagged: by a condition (`when`), or by special cause in its months (`rule: xmr`)."""

    model_config = ConfigDict(json_schema_extra=_ONE_SORT)

    id: Slug = Field(description="Slug of the rule, unique within its LES.", examples=["under_plan"])
    level: tuple[Level, ...] = Field(
        min_length=1,
        description="Levels at which the rule is applied.",
        examples=[["icb", "practice"]],
        json_schema_extra=EACH_ONCE,
    )
    when: str | None = Field(
        default=None,
        description="Condition over named measures: < <= > >= == !=, and, or, not, + - * /, brackets. "
        "Either this or `rule`.",
        examples=["pct_plan_to_date < 60%"],
    )
    rule: Literal["xmr"] | None = Field(
        default=None,
        description="xmr: special cause in the latest month of delivered activity, by an XmR chart of all "
        "its months; from 12 months with a return. Either this or `when`.",
        examples=["xmr"],
    )
    profile: Literal["nhsr", "mdc"] = Field(
        default="nhsr",
        description="Rules of special cause, with `rule: xmr`: nhsr as NHSRplotthedots, mdc as the Making "
        "Data Count workbook.",
        examples=["nhsr"],
    )
    improves: Better | None = Field(
        default=None,
        description="Direction in which delivered improves, with `rule: xmr`, where the metric's `chart` "
        "does not say it; up where neither does. Special cause of improvement is reported as assure.",
        examples=["up"],
    )
    severity: Alert = Field(description="How it is reported in the three As.", examples=["alert"])
    ramp_up_months: int = Field(
        default=0,
        ge=0,
        description="Months from the start of the LES in which an alert is lowered to advise.",
        examples=[6],
    )
    least: int = Field(
        default=15,
        ge=0,
        description="Numbers too small to judge: where the larger of the two figures of a percentage or a "
        "difference is smaller (with `rule: xmr`, of delivered and its mean), it is left out and counted.",
        examples=[15],
    )
    from_: Month | None = Field(
        default=None,
        alias="from",
        description="First month that is flagged; since ever where left out. One id can have several rules, "
        "one after the other.",
        examples=["2025-11"],
    )
    to: Month | None = Field(
        default=None,
        description="Last month that is flagged; for good where left out.",
        examples=["2025-10"],
    )


class Service(Spec):
    """One Local Enhanced Service: a file of `specs/services/`, named after its `les`."""

    spec: Literal["les/1"] = Field(description="Version of this format.", examples=["les/1"])
    les: Slug = Field(description="Slug of the LES.", examples=["dementia"])
    title: Text = Field(description="Name of the LES in tables and sentences.", examples=["Dementia"])
    also_called: tuple[Text, ...] = Field(
        default=(),
        description="Other names that people write for it; `les-xl check` finds it by them.",
        examples=[["Dementia reviews"]],
        json_schema_extra=EACH_ONCE,
    )
    contract: Contract = Field(description="How the LES is paid for.", examples=["cost_and_volume"])
    starts: Month = Field(
        description="First month of the LES; activity before it is left out with a warning.",
        examples=["2025-05"],
    )
    ends: Month | None = Field(default=None, description="Last month of the LES.", examples=["2026-03"])
    eligible: Eligible = Field(
        default_factory=Eligible,
        description="Who may provide it; every practice and alternative provider where left out.",
    )
    owner: Owner = Field(default_factory=Owner, description="Who answers for it.")
    metrics: tuple[Metric, ...] = Field(min_length=1, description="What is counted.")
    conditions_by_place: dict[Text, Annotated[tuple[Text, ...], Field(min_length=2, max_length=2)]] = Field(
        default_factory=dict,
        description="The two long-term conditions that each place chose, by the place's name in the "
        "organisations file.",
        examples=[{"North": ["Diabetes", "Asthma"]}],
    )
    plan: tuple[Plan, ...] = Field(default=(), description="Plans and expected profiles, by year.")
    bands: Bands | None = Field(default=None, description="Bands of achievement, where it is banded.")
    former_bands: tuple[FormerBands, ...] = Field(
        default=(), description="Bands that held in earlier months, each to its last month."
    )
    exclude: tuple[Exclusion, ...] = Field(default=(), description="Who is left out of the figures.")
    exceptions: tuple[ExceptionRule, ...] = Field(default=(), description="When a figure is flagged.")
    shift: Shift | None = Field(
        default=None, description="How a shift of service to general practice is assessed."
    )
    impact: tuple[Impact, ...] = Field(default=(), description="Indicators of impact on the system.")
    lag_days: int = Field(
        default=20,
        ge=0,
        description="Days after a month's end until its data can be expected.",
        examples=[20],
    )

    @property
    def headline(self) -> Metric:
        """The metric that stands for the LES."""
        return next((metric for metric in self.metrics if metric.headline), self.metrics[0])

    @property
    def published(self) -> tuple[Metric, ...]:
        """The metrics that are rows of the published table, in order."""
        return tuple(metric for metric in self.metrics if metric.published_as)

    def bands_in(self, month: str) -> Bands | None:
        """The bands that hold in a month; None where it is not banded."""
        former = [bands for bands in self.former_bands if month <= bands.to]
        return min(former, key=lambda bands: bands.to, default=self.bands)

    def metric(self, metric_id: str) -> Metric:
        """The metric of that id; KeyError where there is none."""
        for metric in self.metrics:
            if metric.id == metric_id:
                return metric
        raise KeyError(metric_id)
