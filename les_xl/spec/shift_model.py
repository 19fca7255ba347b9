"""Who may provide a LES, how a shift of service is assessed, indicators of impact, and who owns it."""

from typing import Literal

from pydantic import Field

from les_xl.spec.base import Spec
from les_xl.spec.scalars import EACH_ONCE, Month, Slug, Text

Provider = Literal["practice", "alternative_provider"]
Mechanism = Literal["active", "passive"]
GpRecord = Literal[
    "episodes_of_care", "referral_activity", "care_activity", "medication_issues", "register_numbers"
]
OtherRecord = Literal["episodes_of_care", "opa", "nel"]


class Eligible(Spec):
    """Who may provide the LES; an organisation counts only if it also signed up and is not excluded."""

    types: tuple[Provider, ...] = Field(
        default=("practice", "alternative_provider"),
        min_length=1,
        description="Types of organisation that may provide it.",
        examples=[["practice"]],
        json_schema_extra=EACH_ONCE,
    )
    ods_codes: tuple[Text, ...] = Field(
        default=(),
        description="Codes of the named providers, of those types; everybody of them where left out.",
        examples=[["P81001", "P81002"]],
        json_schema_extra=EACH_ONCE,
    )


class Baseline(Spec):
    """The months that a shift is measured against."""

    from_: Month = Field(alias="from", description="First month of the baseline.", examples=["2024-05"])
    to: Month = Field(description="Last month of the baseline.", examples=["2025-04"])


class Shift(Spec):
    """How it is assessed that activity moved from other providers to general practice.

    In a file of other providers the slug of the LES names what is counted, `other` says what that is.
    """

    mechanism: tuple[Mechanism, ...] = Field(
        min_length=1,
        description="active: general practice activity shows a reduction at other providers directly; "
        "passive: general practice activity is watched after another service was decommissioned.",
        examples=[["active", "passive"]],
        json_schema_extra=EACH_ONCE,
    )
    gp_records: tuple[GpRecord, ...] = Field(
        min_length=1,
        description="What general practice records.",
        examples=[["episodes_of_care", "referral_activity"]],
        json_schema_extra=EACH_ONCE,
    )
    other: OtherRecord = Field(
        description="Data of other providers: episodes of care, outpatient attendances (opa) or non-elective "
        "admissions (nel). In their file, `indicator` is the slug of the LES.",
        examples=["opa"],
    )
    baseline: Baseline = Field(description="Months that both sides are compared with.")
    stable_from: Month = Field(
        description="First month whose activity is stable enough to be compared, on both sides.",
        examples=["2025-08"],
    )
    decommissioned: Month | None = Field(
        default=None,
        description="Month in which the other service was decommissioned; a passive mechanism compares the "
        "months after it, and cannot be assessed without it.",
        examples=["2025-07"],
    )
    lag_months: int = Field(
        default=3,
        ge=0,
        description="Months after the activity from which its impact can be assessed.",
        examples=[3],
    )
    extra_lag_months: int = Field(
        default=0,
        ge=0,
        description="Further months before the data is published, as for medicines.",
        examples=[2],
    )


class Impact(Spec):
    """One indicator of what the LES changes in the system.

    The months since the LES began are compared with the twelve before it.
    """

    id: Slug = Field(
        description="Slug of the indicator, unique within its LES; in a file of other providers, `indicator` "
        "is `<les>.<id>`, such as `ltc.non_elective`.",
        examples=["non_elective"],
    )
    title: Text = Field(description="Name of the indicator.", examples=["Non-elective Activity"])
    measured_by: Text = Field(
        description="What is measured, in words.",
        examples=["Hospital discharge as recorded in GP clinical system"],
    )
    status: Text | None = Field(
        default=None, description="How far its measurement is.", examples=["Feasibility assessment"]
    )
    lag_months: int = Field(
        default=3,
        ge=0,
        description="Months after the activity from which its impact can be assessed.",
        examples=[3],
    )


class Owner(Spec):
    """Who answers for the LES; printed at the head of its section."""

    chair: Text | None = Field(default=None, description="Chair of the group that receives it.")
    sro: Text | None = Field(default=None, description="Senior responsible officer.")
    clinical_lead: Text | None = Field(default=None, description="Clinical lead, or leads.")
