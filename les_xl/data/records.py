"""The records that the store keeps: what identifies a row of each, and the type of every column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Record:
    """One kind of row: `key` identifies it, so that a later load restates it; `facts` are what it says.

    `partial`: a load may give some of the facts only, and the latest load that gives a fact tells it. What it
    does not give is null in the store, and "" where it says that there is none.
    """

    name: str
    key: tuple[str, ...]
    facts: tuple[str, ...]
    partial: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Key and facts."""
        return self.key + self.facts


ACTIVITY = Record("activity", ("ods_code", "les", "metric", "month"), ("value",))
TARGET = Record("target", ("ods_code", "les", "metric", "year", "from"), ("annual_target",))
PLANNED = Record("planned", ("ods_code", "les", "metric", "month"), ("planned",))
ORGANISATION = Record(
    "organisation",
    ("ods_code", "valid_from"),
    (
        "name",
        "type",
        "pcn",
        "pcn_name",
        "sub_icb",
        "sub_icb_name",
        "place",
        "trust",
        "opened",
        "closed",
        "successor",
    ),
    partial=True,
)
SIGNUP = Record("signup", ("ods_code", "les", "from"), ("status", "to", "reason"))
LIST_SIZE = Record("list_size", ("ods_code", "month"), ("list_size",))
OTHER_PROVIDER = Record("other_provider", ("trust", "place", "indicator", "month"), ("value",))
LOAD = Record("load", ("load",), ("loaded_at", "user", "file", "kind", "sha256", "rows", "specs", "retracts"))

DATA_RECORDS = (ACTIVITY, TARGET, PLANNED, ORGANISATION, SIGNUP, LIST_SIZE, OTHER_PROVIDER)

NUMBERS = frozenset({"value", "annual_target", "planned", "list_size"})
INTEGERS = frozenset({"load", "row", "rows", "retracts"})

COLUMNS: tuple[str, ...] = tuple(
    dict.fromkeys(
        ("record", "load", "row", *(name for record in (*DATA_RECORDS, LOAD) for name in record.columns))
    )
)
"""Every column of the store's one table; `row` is the row of the file that the record was read from."""


def dtypes(columns: tuple[str, ...]) -> Mapping[str, str]:
    """The pandas type of each column: text unless it is a number or an integer."""
    return {
        name: "float64" if name in NUMBERS else "int64" if name in INTEGERS else "str" for name in columns
    }


def arrow_schema() -> "pa.Schema":
    """The store's table as an Arrow schema."""
    import pyarrow as pa

    def kind(name: str) -> pa.DataType:
        return pa.float64() if name in NUMBERS else pa.int64() if name in INTEGERS else pa.string()

    return pa.schema([(name, kind(name)) for name in COLUMNS])
