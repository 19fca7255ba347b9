"""The scalar types of the spec model: slugs, months, financial years, percentages with their sign."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, WithJsonSchema
from pydantic_core import PydanticCustomError

from les_xl.periods import is_year

SLUG_PATTERN = r"^[a-z][a-z0-9_]*$"
MONTH_PATTERN = r"^(199[0-9]|20[0-9]{2})-(0[1-9]|1[0-2])$"
YEAR_PATTERN = r"^(199[0-9]|20[0-9]{2})-[0-9]{2}$"
TEXT_PATTERN = r"\S"
PERCENT_PATTERN = r"^[0-9]{1,9}(\.[0-9]{1,9})? ?%$"

_IN_DECADE = "|".join(rf"{unit}-\1[{unit + 1}]" for unit in range(9))
_NEXT_DECADE = "|".join(f"{ten}9-{(ten + 1) % 10}0" for ten in range(10))
_NINETIES = "|".join(f"{unit}-{(91 + unit) % 100:02}" for unit in range(10))
REAL_YEAR_PATTERN = f"^(?:20([0-9])(?:{_IN_DECADE})|20(?:{_NEXT_DECADE})|199(?:{_NINETIES}))$"
"""For editors: a financial year whose second part follows the first."""

_PERCENT = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,9})?) ?%")


def _percent(value: Any) -> Any:
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("percentage", "expected a percentage with its sign, such as 60%")
    return float(Decimal(found[1]) / 100)


def _real_year(value: str) -> str:
    if not is_year(value):
        raise PydanticCustomError("financial_year", "expected a year followed by the next, as 2025-26")
    return value


Text = Annotated[str, Field(pattern=TEXT_PATTERN)]
"""Text that is not blank."""

Slug = Annotated[str, Field(pattern=SLUG_PATTERN)]
"""A name in lower case: letters, digits and underscores, beginning with a letter."""

Month = Annotated[str, Field(pattern=MONTH_PATTERN)]
"""A month, as `2025-10`."""

Year = Annotated[
    str,
    Field(pattern=YEAR_PATTERN),
    AfterValidator(_real_year),
    WithJsonSchema({"type": "string", "pattern": REAL_YEAR_PATTERN}),
]
"""A financial year, April to March, as `2025-26`."""

Percent = Annotated[
    float,
    Field(ge=0),
    BeforeValidator(_percent),
    WithJsonSchema({"type": "string", "pattern": PERCENT_PATTERN}),
]
"""A percentage written with its sign (`60%`), held as a fraction (0.6); never below 0."""

EACH_ONCE: dict[str, JsonValue] = {"uniqueItems": True}
"""For a list whose words stand once each: an editor flags what a rule reports (LES141)."""
