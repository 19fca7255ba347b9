"""How a supplier's file maps to our columns, as frozen models: a file of `specs/extracts/`."""

from typing import Literal

from pydantic import Field

from les_xl.spec.base import Spec
from les_xl.spec.extract_columns import Columns
from les_xl.spec.scalars import Month, Slug, Text, Year

ExtractKind = Literal["activity", "plans", "organisations", "list_sizes", "signup", "other_providers"]
DateFormat = Literal["yyyymmdd", "yyyymm", "dd/mm/yyyy", "dd/mm/yy", "mm/dd/yyyy", "dd-mmm-yyyy", "mmm-yy"]


class NameMatch(Spec):
    """A file name that the mapping is for."""

    file: Text = Field(
        description="File name, with * for any letters and ? for one; capitals make no difference.",
        examples=["dementia reviews*.csv"],
    )
    les: Slug | None = Field(
        default=None, description="LES of every row, where the file holds one LES.", examples=["dementia"]
    )
    metric: Slug | None = Field(
        default=None, description="Metric of every row, where the file holds one.", examples=["reviews"]
    )


class SheetChoice(Spec):
    """Which sheets of a workbook are read; the only sheet with anything in it where left out."""

    like: tuple[Text, ...] = Field(
        default=(), description="Names of the sheets, with * and ?; every visible one where left out."
    )
    each: Literal["les"] | None = Field(
        default=None, description="les: each sheet holds one LES and is named after it.", examples=["les"]
    )
    named: dict[Text, Slug] = Field(
        default_factory=dict,
        description="LES of the sheets whose name is neither the slug nor the title of one.",
        examples=[{"Bundle": "spiro_feno"}],
    )
    ignore: tuple[Text, ...] = Field(
        default=(), description="Names of sheets that hold no figures, with * and ?.", examples=[["Notes"]]
    )


class HeaderRow(Spec):
    """Which row holds the headings: one of `row`, `find` and `none`; what is above it is passed over."""

    row: int | None = Field(default=None, ge=1, description="Number of the row.", examples=[4])
    find: Text | None = Field(
        default=None,
        description="A heading; the first row that holds it has the headings.",
        examples=["ODS Code"],
    )
    within: int = Field(default=20, ge=1, description="How many rows are searched for `find`.", examples=[10])
    none: bool = Field(
        default=False,
        description="True where the file has no headings; its columns are then given by position.",
        examples=[True],
    )


class TotalsRow(Spec):
    """Rows below the data, left out: a row of totals is held against the sum of the rows above it."""

    heading: Text | None = Field(
        default=None, description="Heading of the column that tells it.", examples=["Organisation"]
    )
    position: int | None = Field(
        default=None, ge=1, description="Position of that column, from 1, in place of its heading."
    )
    texts: tuple[Text, ...] = Field(
        min_length=1,
        description="What stands there, with * and ?; capitals make no difference.",
        examples=[["Total*"]],
    )
    optional: bool = Field(
        default=False,
        description="True where a file without it is whole too; otherwise such a file is refused as cut off.",
    )
    end: bool = Field(
        default=False, description="True where everything below it is left out too, as notes are."
    )


class Indicator(Spec):
    """What a code of the supplier stands for."""

    code: tuple[Text, ...] = Field(
        min_length=1,
        description="The texts that stand under the headings, in their order.",
        examples=[["DEM001", "Numerator"]],
    )
    les: Slug = Field(description="LES.", examples=["dementia"])
    metric: Slug = Field(description="Metric of that LES.", examples=["reviews"])


class Indicators(Spec):
    """Codes of the supplier that tell LES and metric."""

    headings: tuple[Text, ...] = Field(
        min_length=1, description="Headings of the code's parts.", examples=[["IND_CODE", "FIELD_NAME"]]
    )
    metrics: tuple[Indicator, ...] = Field(min_length=1, description="What each code stands for.")
    ignore: tuple[tuple[Text, ...], ...] = Field(
        default=(),
        description="Codes whose rows are left out and counted, with * and ?; another code refuses the file.",
        examples=[[["DEM001", "Denominator"]]],
    )


class MonthFrom(Spec):
    """A month that stands in no column: one of `title`, `file` and `value`."""

    title: Text | None = Field(
        default=None,
        description="A cell above the headings; {month} stands for a month or a date, * for any text.",
        examples=["Run date: {month}"],
    )
    file: Text | None = Field(
        default=None,
        description="The file name, with {month} and *; capitals make no difference.",
        examples=["list sizes {month}.csv"],
    )
    value: Month | None = Field(default=None, description="The month itself.", examples=["2025-10"])
    earlier: int = Field(
        default=0,
        ge=0,
        description="Months by which the data's month is earlier: 1 for a run date in the month after.",
        examples=[1],
    )


class WideMonths(Spec):
    """How months are written as headings; real dates are read in any case."""

    heading: Text = Field(
        default="{month}",
        description="The heading, with {month} for the month and * for any text.",
        examples=["{month} actual"],
    )
    year: Year | None = Field(
        default=None,
        description="Financial year of months that are written without one, such as Apr.",
        examples=["2025-26"],
    )


class Only(Spec):
    """A column by which rows are kept: one of `heading` and `position`."""

    heading: Text | None = Field(default=None, description="Heading of the column.", examples=["Status"])
    position: int | None = Field(default=None, ge=1, description="Position of the column, from 1.")
    among: tuple[str, ...] = Field(
        min_length=1,
        description='Texts that are kept, with * and ?; "" is an empty cell.',
        examples=[["Active"]],
    )


class ExtractMapping(Spec):
    """How files of one supplier map to our columns: a file of `specs/extracts/`."""

    spec: Literal["extract/1"] = Field(description="Version of this format.", examples=["extract/1"])
    mapping: Slug = Field(description="Slug of the mapping.", examples=["cqrs"])
    title: Text = Field(description="What the file is, in words.", examples=["CQRS achievement extract"])
    kind: ExtractKind = Field(description="What the rows are.", examples=["activity"])
    matches: tuple[NameMatch, ...] = Field(min_length=1, description="Names of the files.")
    requires: tuple[Text, ...] = Field(
        default=(),
        description="Headings without which a file of such a name is not one of these.",
        examples=[["IND_CODE"]],
    )
    encoding: Literal["auto", "utf-8", "cp1252"] = Field(
        default="auto", description="Letters of a CSV file; auto: UTF-8 where it is that, else Windows-1252."
    )
    delimiter: Literal["comma", "semicolon", "tab", "pipe"] = Field(
        default="comma", description="What separates the columns of a CSV file.", examples=["semicolon"]
    )
    sheets: SheetChoice | None = Field(default=None, description="Which sheets of a workbook are read.")
    header: HeaderRow = Field(
        default_factory=HeaderRow,
        description="Which row holds the headings; the first that holds anything where left out.",
    )
    footer: TotalsRow | None = Field(default=None, description="Rows of totals.")
    layout: Literal["long", "wide"] = Field(
        default="long", description="long: a row a value; wide: a row an organisation, a column a month."
    )
    columns: Columns = Field(description="Our columns and where their values come from.")
    indicators: Indicators | None = Field(
        default=None, description="Codes that tell LES and metric, in place of those columns."
    )
    month: MonthFrom | None = Field(default=None, description="The month, where no column tells it.")
    months: WideMonths | None = Field(default=None, description="Headings of a wide layout's months.")
    date_format: DateFormat | None = Field(
        default=None,
        description="How dates are written; 2025-10-31, 31/10/2025 and Oct-25 where left out.",
        examples=["yyyymmdd"],
    )
    absent: Literal["not_reported", "zero"] = Field(
        default="not_reported",
        description="What it means that an organisation that counts has no row: it reported nothing, or 0.",
        examples=["zero"],
    )
    not_reported: tuple[Text, ...] = Field(
        default=(),
        description="Texts in place of a value that mean not reported; in a wide layout empty cells do too.",
        examples=[["-", "n/a"]],
    )
    drop: tuple[Text, ...] = Field(
        default=(),
        description="Codes of organisations that are left out and listed, such as dummies; with * and ?.",
        examples=[["Y99999", "DUMMY*"]],
    )
    only: tuple[Only, ...] = Field(default=(), description="Which rows are kept; the others are counted.")
    organisation_columns: tuple[Text, ...] = Field(
        default=(),
        description="Headings that are names, addresses or postcodes of organisations, with * and ?.",
        examples=[["Practice name", "Postcode"]],
    )
    ignore: tuple[Text, ...] = Field(
        default=(), description="Headings that are passed over, with * and ?.", examples=[["Parent", "%*"]]
    )
