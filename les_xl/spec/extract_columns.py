"""Our columns by kind of extract, and where a mapping says that the values of each come from."""

from collections.abc import Mapping

from pydantic import Field

from les_xl.spec.base import Spec
from les_xl.spec.scalars import Text

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "activity": ("ods_code", "les", "metric", "month", "value"),
    "plans": ("ods_code", "les", "metric", "year"),
    "organisations": ("ods_code",),
    "list_sizes": ("ods_code", "month", "list_size"),
    "signup": ("ods_code", "les", "status"),
    "other_providers": ("trust", "place", "indicator", "month", "value"),
}
"""Columns that a file of each kind must give, from a column, a constant or elsewhere."""

OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "activity": (),
    "plans": ("annual_target", "from", "month", "planned"),
    "organisations": (
        *("name", "type", "pcn", "pcn_name", "sub_icb", "sub_icb_name", "place", "trust"),
        *("opened", "closed", "successor", "valid_from"),
    ),
    "list_sizes": (),
    "signup": ("from", "to", "reason"),
    "other_providers": (),
}
"""Columns that a file of each kind may give."""

SPREAD: Mapping[str, str] = {
    "activity": "value",
    "plans": "planned",
    "list_sizes": "list_size",
    "other_providers": "value",
}
"""The column whose values stand under the months of a wide layout."""


class Column(Spec):
    """Where the values of one of our columns come from: one of `headings`, `position` and `value`."""

    headings: tuple[Text, ...] = Field(
        default=(),
        description="Headings that the column can have; capitals and spaces make no difference.",
        examples=[["ODS Code", "CDB"]],
    )
    position: int | None = Field(
        default=None, ge=1, description="Position of the column, from 1, in a file without headings."
    )
    value: Text | None = Field(default=None, description="The same value in every row.", examples=["2025-26"])
    values: dict[Text, str] = Field(
        default_factory=dict,
        description="Our words for words of the file; others stay as they are.",
        examples=[{"4": "practice"}],
    )


class Columns(Spec):
    """Our columns and where their values come from; which of them a kind of extract has, `kind` decides."""

    ods_code: Column | None = Field(default=None, description="Code of the practice or provider.")
    les: Column | None = Field(
        default=None,
        description="Slug, title or published label of the LES.",
        examples=[{"value": "dementia"}],
    )
    metric: Column | None = Field(default=None, description="Slug or title of the metric.")
    month: Column | None = Field(default=None, description="The month, or a date in it.")
    year: Column | None = Field(default=None, description="Financial year.", examples=[{"value": "2025-26"}])
    value: Column | None = Field(default=None, description="What was counted.")
    annual_target: Column | None = Field(default=None, description="Target of the year.")
    planned: Column | None = Field(default=None, description="Plan of the month.")
    list_size: Column | None = Field(default=None, description="Registered patients.")
    status: Column | None = Field(default=None, description="signed_up or not_signed_up.")
    from_: Column | None = Field(default=None, alias="from", description="First month of a row.")
    to: Column | None = Field(default=None, description="Last month of a sign-up.")
    reason: Column | None = Field(default=None, description="Reason of a sign-up.")
    name: Column | None = Field(default=None, description="Name of the organisation.")
    type: Column | None = Field(default=None, description="practice or alternative_provider.")
    pcn: Column | None = Field(default=None, description="Code of the PCN.")
    pcn_name: Column | None = Field(default=None, description="Name of the PCN.")
    sub_icb: Column | None = Field(default=None, description="Code of the sub ICB group.")
    sub_icb_name: Column | None = Field(
        default=None, description="Name of the sub ICB group; that of specs/les.yaml where left out."
    )
    place: Column | None = Field(default=None, description="Place.")
    trust: Column | None = Field(default=None, description="Hospital trust.")
    indicator: Column | None = Field(
        default=None,
        description="What is counted at other providers: the slug of a LES that has `shift`, or "
        "<les>.<id> of an indicator of `impact`.",
        examples=[{"value": "vasectomy"}],
    )
    opened: Column | None = Field(default=None, description="Date on which it opened.")
    closed: Column | None = Field(default=None, description="Date on which it closed.")
    successor: Column | None = Field(default=None, description="Code of its successor.")
    valid_from: Column | None = Field(
        default=None, description="Date from which the row holds; since ever where left out."
    )

    def given(self) -> dict[str, Column]:
        """The columns that have a source, by our names."""
        found = {(field.alias or name): getattr(self, name) for name, field in Columns.model_fields.items()}
        return {name: column for name, column in found.items() if column is not None}
