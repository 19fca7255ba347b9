"""The specification of one audience: who receives what, in which form, as a frozen model."""

from typing import Literal, get_args

from pydantic import Field

from les_xl.spec.base import Spec
from les_xl.spec.scalars import EACH_ONCE, Slug, Text
from les_xl.spec.shift_model import Owner

AudienceKind = Literal["group", "committee", "meeting", "board", "place", "practice", "trust"]
Form = Literal["full", "summary_3as", "by_exception", "place", "practice", "midpoint", "impact", "trust"]
Section = Literal[
    "summary",
    "cost_and_volume",
    "capitated",
    "ltc_banding",
    "ltc_profile",
    "les",
    "practices",
    "exceptions",
    "signup",
    "service_shift",
    "impact",
    "quality",
    "commentary",
    "actions",
    "escalations",
    "data_quality",
    "notes",
]
Format = Literal["workbook", "pdf", "slides", "page"]
Suppression = Literal["none", "hes"]
Each = Literal["place", "practice", "trust"]

SECTIONS: tuple[Section, ...] = get_args(Section)
"""Sections that a pack can have, in the order in which it shows them."""


class Audience(Spec):
    """Who receives what: a file of `specs/audiences/`, named after its `audience`."""

    spec: Literal["audience/1"] = Field(description="Version of this format.", examples=["audience/1"])
    audience: Slug = Field(description="Slug of the audience.", examples=["quality_and_outcomes_committee"])
    name: Text = Field(
        description="Name of the audience on its packs.", examples=["Quality & Outcomes Committee"]
    )
    kind: AudienceKind = Field(description="What sort of body it is.", examples=["committee"])
    formal: bool = Field(
        default=True,
        description="False for a body that is called a committee and is no formal committee of the ICB.",
        examples=[False],
    )
    for_each: Each | None = Field(
        default=None,
        description="A pack of its own for each place, practice or trust, with its own figures; "
        "one pack for all where left out.",
        examples=["practice"],
    )
    receives: Form = Field(
        description="Form of the pack: full; summary_3as: alert, advise, assure; by_exception: what is "
        "flagged; place: delivery by place and exceptions; practice: own figures against peers; midpoint: "
        "April to September by practice; impact: system impact and service shift; trust: what "
        "concerns one trust.",
        examples=["summary_3as"],
    )
    appended: Form | None = Field(
        default=None,
        description="Form of the report that is appended to the pack; none where left out.",
        examples=["full"],
    )
    sections: tuple[Section, ...] = Field(
        min_length=1,
        description="Sections of the pack, in the order in which they stand.",
        examples=[["summary", "exceptions", "commentary"]],
        json_schema_extra=EACH_ONCE,
    )
    les: tuple[Slug, ...] = Field(
        default=(),
        description="LES that the pack is about; all where left out.",
        examples=[["ltc"]],
        json_schema_extra=EACH_ONCE,
    )
    formats: tuple[Format, ...] = Field(
        min_length=1,
        description="Files that are made.",
        examples=[["workbook", "pdf"]],
        json_schema_extra=EACH_ONCE,
    )
    suppression: Suppression = Field(
        default="none",
        description="What becomes of small counts. none: shown; hes: 1 to 7 are [c], others rounded to 5.",
        examples=["hes"],
    )
    routine: bool = Field(
        default=True,
        description="True where the pack is made each month; false where it is made only when asked for.",
        examples=[False],
    )
    escalates_to: Slug | None = Field(
        default=None,
        description="Audience that receives what this one escalates.",
        examples=["quality_and_outcomes_committee"],
    )
    escalated_from: tuple[Slug, ...] = Field(
        default=(),
        description="Audiences whose escalated metrics this one receives, as extracts and details.",
        examples=[["primary_care_quality_group"]],
        json_schema_extra=EACH_ONCE,
    )
    owns: tuple[Slug, ...] = Field(
        default=(),
        description="LES whose metrics this audience answers for.",
        examples=[["ltc", "dementia"]],
        json_schema_extra=EACH_ONCE,
    )
    owner: Owner = Field(
        default_factory=Owner,
        description="Who answers for the metrics that it owns, where a LES names nobody.",
    )
