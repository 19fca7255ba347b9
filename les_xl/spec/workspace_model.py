"""The specification of the workspace as frozen models: what holds for all services."""

from typing import Literal

from pydantic import Field

from les_xl.spec.base import Spec
from les_xl.spec.scalars import EACH_ONCE, Percent, Slug, Text, Year


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
        json_schema_extra=EACH_ONCE,
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
