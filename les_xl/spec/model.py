"""The specification of one LES, and the workspace, as frozen models; schema and reference come from them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from les_xl.spec.scalars import Month, Percent, Slug, Text, Year

Contract = Literal["cost_and_volume", "capitated"]
MetricKind = Literal["flow", "stock"]
Level = Literal["practice", "pcn", "place", "sub_icb", "icb"]
Alert = Literal["alert", "advise", "assure"]


class Spec(BaseModel):
    """Base of every spec model: unknown keys are errors, and a read spec never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Metric(Spec):
    """One thing that a LES counts."""

    id: Slug = Field(description="Slug of the metric, unique within its LES.", examples=["reviews"])
    title: Text = Field(description="What is counted, in words.", examples=["Dementia reviews"])
    kind: MetricKind = Field(
        description="flow: events that add up over months; stock: a register, whose last month counts.",
        examples=["flow"],
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
    )
    unit: Text | None = Field(
        default=None, description="What is counted, in the plural.", examples=["assessments"]
    )
    coding: Text | None = Field(
        default=None, description="What practices record for it.", examples=["Dementia annual review"]
    )


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
        default=(), description="Codes of further organisations that are excluded.", examples=[["P81999"]]
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
    """When a figure is flagged."""

    id: Slug = Field(description="Slug of the rule, unique within its LES.", examples=["under_plan"])
    level: tuple[Level, ...] = Field(
        min_length=1, description="Levels at which the rule is applied.", examples=[["icb", "practice"]]
    )
    when: str = Field(
        description="Condition over named measures: < <= > >= == !=, and, or, not, + - * /, brackets.",
        examples=["pct_plan_to_date < 60%"],
    )
    severity: Alert = Field(description="How it is reported in the three As.", examples=["alert"])
    ramp_up_months: int = Field(
        default=0,
        ge=0,
        description="Months from the start of the LES in which an alert is lowered to advise.",
        examples=[6],
    )


class Service(Spec):
    """One Local Enhanced Service: a file of `specs/services/`, named after its `les`."""

    spec: Literal["les/1"] = Field(description="Version of this format.", examples=["les/1"])
    les: Slug = Field(description="Slug of the LES.", examples=["dementia"])
    title: Text = Field(description="Name of the LES in tables and sentences.", examples=["Dementia"])
    contract: Contract = Field(description="How the LES is paid for.", examples=["cost_and_volume"])
    starts: Month = Field(
        description="First month of the LES; activity before it is left out with a warning.",
        examples=["2025-05"],
    )
    ends: Month | None = Field(default=None, description="Last month of the LES.", examples=["2026-03"])
    metrics: tuple[Metric, ...] = Field(min_length=1, description="What is counted.")
    plan: tuple[Plan, ...] = Field(default=(), description="Plans and expected profiles, by year.")
    bands: Bands | None = Field(default=None, description="Bands of achievement, where it is banded.")
    exclude: tuple[Exclusion, ...] = Field(default=(), description="Who is left out of the figures.")
    exceptions: tuple[ExceptionRule, ...] = Field(default=(), description="When a figure is flagged.")
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

    def metric(self, metric_id: str) -> Metric:
        """The metric of that id; KeyError where there is none."""
        for metric in self.metrics:
            if metric.id == metric_id:
                return metric
        raise KeyError(metric_id)


class Named(Spec):
    """A code with its name."""

    code: Text = Field(description="Code, always text.", examples=["00Q"])
    name: Text = Field(description="Name as published.", examples=["Blackburn With Darwen"])


class AsAtRule(Spec):
    """Which month the position stands at where none is asked for."""

    reported: Percent = Field(
        default=0.5,
        description="The latest month counts in which this share of the expected practices has reported.",
        examples=["50%"],
    )


class StatusEdges(Spec):
    """Edges of the status in words, as shares of the plan to date."""

    well_below: Percent = Field(default=0.6, description="Below it: well below plan.", examples=["60%"])
    below: Percent = Field(
        default=0.95, description="Below it: below plan; from it: on plan.", examples=["95%"]
    )
    above: Percent = Field(
        default=1.05, description="Above it: above plan; up to it: on plan.", examples=["105%"]
    )
    well_above: Percent = Field(default=1.5, description="Above it: well above plan.", examples=["150%"])
    within_expectations: Percent = Field(
        default=0.9,
        description="Least share of the expected profile to date that is within expectations.",
        examples=["90%"],
    )


class Workspace(Spec):
    """`specs/les.yaml`: what holds for all services."""

    spec: Literal["workspace/1"] = Field(description="Version of this format.", examples=["workspace/1"])
    icb: Named = Field(description="The integrated care board.")
    year: Year = Field(description="Financial year that is reported.", examples=["2025-26"])
    sub_icbs: tuple[Named, ...] = Field(
        min_length=1,
        description="Sub ICB groups in the published order, by the codes of the organisations file.",
    )
    order: tuple[Slug, ...] = Field(
        min_length=1,
        description="Slugs of all LES in the published order.",
        examples=[["dementia", "diabetes"]],
    )
    as_at: AsAtRule = Field(default_factory=AsAtRule, description="Rule for the default as-at month.")
    status: StatusEdges = Field(default_factory=StatusEdges, description="Edges of the status in words.")
    store: Text = Field(
        default="data/store",
        description="Folder of the store, relative to the workspace.",
        examples=["data/store"],
    )
    extracts: Text = Field(
        default="data/extracts",
        description="Folder where extracts arrive, relative to the workspace.",
        examples=["data/extracts"],
    )
    engine: Literal["duckdb"] = Field(
        default="duckdb", description="Engine of the heavy step.", examples=["duckdb"]
    )
