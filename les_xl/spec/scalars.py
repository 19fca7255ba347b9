"""The scalar types of the spec model: slugs, months, financial years, percentages with their sign."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from les_xl.periods import MONTH_PATTERN, YEAR_PATTERN, is_year

_PERCENT = re.compile(r"^-?[0-9]+(\.[0-9]+)?%$")


def _percent(value: Any) -> Any:
    if isinstance(value, str) and _PERCENT.match(value.replace(" ", "")):
        return float(Decimal(value.replace(" ", "")[:-1]) / 100)
    raise ValueError("expected a percentage with its sign, such as 60%")


def _real_year(value: str) -> str:
    if not is_year(value):
        raise ValueError(
            f"'{value}' is not a financial year; its second part must follow the first, as 2025-26"
        )
    return value


Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""A name in lower case: letters, digits and underscores, beginning with a letter."""

Month = Annotated[str, Field(pattern=MONTH_PATTERN)]
"""A month, as `2025-10`."""

Year = Annotated[str, Field(pattern=YEAR_PATTERN), AfterValidator(_real_year)]
"""A financial year, April to March, as `2025-26`."""

Percent = Annotated[
    float,
    BeforeValidator(_percent),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)? ?%$"}),
]
"""A percentage written with its sign (`60%`), held as a fraction (0.6)."""
