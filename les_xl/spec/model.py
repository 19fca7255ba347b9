"""The specification of one LES as frozen models; the JSON Schema and the reference page come from them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from les_xl.spec.scalars import Month, Percent, Slug, Year

Contract = Literal["cost_and_volume", "capitated"]
MetricKind = Literal["flow", "stock"]
Level = Literal["practice", "pcn", "place", "sub_icb", "icb"]
Alert = Literal["alert", "advise", "assure"]


class Spec(BaseModel):
    """Base of every spec model: unknown keys are errors, and a read spec never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Metric(Spec):
    """One thing that a LES counts."""

    id: Slug = Field(description="Slug of the metric, unique within its LES.")
    title: str = Field(min_length=1, description="What is counted, in words.")
    kind: MetricKind = Field(
        description="flow: events that add up; stock: a register, the last month counts."
    )
    published_as: str | None = Field(None, description="Label of its row in the published table.")
    headline: bool = Field(False, description="True for the one metric that stands for the LES.")
    sum_of: tuple[Slug, ...] = Field((), description="Metrics of this LES whose sum this one is.")
    unit: str | None = Field(None, description="What one is, in the plural, such as reviews.")
    coding: str | None = Field(None, description="What practices record for it.")


class FlatPlan(Spec):
    """The same quantity each month; practices share it in proportion to their annual targets."""

    basis: Literal["flat"]
    year: Year = Field(description="Financial year that the plan is for.")
    metric: Slug | None = Field(None, description="Metric that is planned; the headline where left out.")
    per_month: float = Field(ge=0, description="Planned quantity each month for the whole ICB.")
    annual_target: float | None = Field(
        None, ge=0, description="Target of the year, where it is its own figure."
    )
    from_: Month | None = Field(
        None, alias="from", description="First month; the LES's start where left out."
    )
    to: Month | None = Field(None, description="Last month; the end of the year where left out.")
    source: str = Field(min_length=1, description="Where the figures come from.")


class ProfilePlan(Spec):
    """How the annual target is expected to spread over the year."""

    basis: Literal["profile"]
    year: Year = Field(description="Financial year that the profile is for.")
    metric: Slug | None = Field(None, description="Metric that it is for; the headline where left out.")
    name: Slug = Field(description="Name of the profile.")
    shares: dict[Month, Percent] = Field(
        description="Share of the annual target for each month; 100% in all."
    )
    source: str = Field(min_length=1, description="Where the figures come from.")


Plan = Annotated[FlatPlan | ProfilePlan, Field(discriminator="basis")]


class Bands(Spec):
    """Bands of achievement; an upper edge belongs to its band."""

    of: Literal["pct_annual"] = Field(description="Measure that is banded.")
    edges: tuple[Percent, ...] = Field(min_length=1, description="Upper edges, ascending, each included.")
    labels: tuple[str, ...] = Field(min_length=2, description="One label more than there are edges.")


class Exclusion(Spec):
    """Who is left out of the figures of this LES, since when, and the footnote that says so.

    An organisation is excluded in a month where its sign-up row in effect carries `rule` as its reason,
    or where its code is in `ods_codes`.
    """

    rule: Slug = Field(description="Reason in the sign-up file that excludes an organisation.")
    footnote: str = Field(min_length=1, description="What the published footnote says.")
    ods_codes: tuple[str, ...] = Field((), description="Organisations excluded by name of their code.")
    from_: Month | None = Field(None, alias="from", description="First month of the exclusion.")
    to: Month | None = Field(None, description="Last month of the exclusion.")


class ExceptionRule(Spec):
    """When a figure is flagged."""

    id: Slug = Field(description="Slug of the rule, unique within its LES.")
    level: tuple[Level, ...] = Field(min_length=1, description="Levels at which the rule is applied.")
    when: str = Field(description="Condition over named measures, such as pct_plan_to_date < 60%.")
    severity: Alert = Field(description="alert, advise or assure.")
    ramp_up_months: int = Field(
        0, ge=0, description="Months from the start in which an alert is lowered to advise."
    )


class Service(Spec):
    """One Local Enhanced Service."""

    spec: Literal["les/1"] = Field(description="Version of this format.")
    les: Slug = Field(description="Slug of the LES.")
    title: str = Field(min_length=1, description="Name of the LES in tables and sentences.")
    contract: Contract = Field(description="How the LES is paid for.")
    starts: Month = Field(description="First month of the LES.")
    ends: Month | None = Field(None, description="Last month of the LES.")
    metrics: tuple[Metric, ...] = Field(min_length=1, description="What is counted.")
    plan: tuple[Plan, ...] = Field((), description="Plans, by year.")
    bands: Bands | None = Field(None, description="Bands of achievement.")
    exclude: tuple[Exclusion, ...] = Field((), description="Who is left out.")
    exceptions: tuple[ExceptionRule, ...] = Field((), description="When a figure is flagged.")
    lag_days: int = Field(20, ge=0, description="Days after a month's end until its data can be expected.")

    @property
    def headline(self) -> Metric:
        """The metric that stands for the LES; the first where several rows are published."""
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

    code: str = Field(min_length=1, description="Code, always text.")
    name: str = Field(min_length=1, description="Name as published.")


class AsAtRule(Spec):
    """Which month the position stands at where none is asked for."""

    reported: Percent = Field(0.5, description="Share of the expected practices that must have reported.")


class StatusEdges(Spec):
    """Edges of the status in words, as shares of the plan to date."""

    well_below: Percent = Field(0.6, description="Below it: well below plan.")
    below: Percent = Field(0.95, description="Below it: below plan; from it: on plan.")
    above: Percent = Field(1.05, description="Above it: above plan; up to it: on plan.")
    well_above: Percent = Field(1.5, description="Above it: well above plan.")
    within_expectations: Percent = Field(0.9, description="Least share of the expected profile to date.")


class Workspace(Spec):
    """`specs/les.yaml`: what holds for all services."""

    spec: Literal["workspace/1"] = Field(description="Version of this format.")
    icb: Named = Field(description="The integrated care board.")
    year: Year = Field(description="Financial year that is reported.")
    sub_icbs: tuple[Named, ...] = Field(min_length=1, description="Sub ICB groups in the published order.")
    order: tuple[Slug, ...] = Field(min_length=1, description="Slugs of all LES in the published order.")
    as_at: AsAtRule = Field(default_factory=AsAtRule, description="Rule for the default as-at month.")
    status: StatusEdges = Field(default_factory=StatusEdges, description="Edges of the status in words.")
    store: str = Field("data/store", description="Folder of the store, relative to the workspace.")
    extracts: str = Field(
        "data/extracts", description="Folder where extracts arrive, relative to the workspace."
    )
    engine: Literal["duckdb"] = Field("duckdb", description="Engine of the heavy step.")
