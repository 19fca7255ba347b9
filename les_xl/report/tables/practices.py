"""`tblPractices`: a row a practice, its % of plan to date in every LES, and where it stands in the bands."""

from collections.abc import Mapping, Sequence

from les_xl.marks import Cell, Mark
from les_xl.position import Position
from les_xl.report.figures import Record, org_names, organisations
from les_xl.report.table import Column, Content, Row, Table
from les_xl.report.tables.peers import STANDINGS, standing_cells
from les_xl.spec.read import PublishedRow

_COLUMNS = (
    Column("ODS code", "text", 9.5),
    Column("Practice", "text", 37),
    Column("PCN", "text", 22),
    Column("Place", "text", 9),
    Column("Sub ICB group", "text", 22),
)
_ANNUAL, _BAND = "% of annual target", "band"


def practices(position: Position) -> Table:
    """`tblPractices`: by sub ICB group in the published order, then code."""
    published = position.specs.published_rows()
    columns = (
        *_COLUMNS,
        *(Column(row.label, "percent", _width(row.label)) for row in published),
        *(column for les in position.bandings for column in _banded_columns(position, les)),
        *STANDINGS,
    )
    names = org_names(position)
    shares = [_shares(position, row) for row in published]
    banded = [column for les in position.bandings for column in _banded(position, les)]
    standing, none = standing_cells(position), (Mark.NOT_APPLICABLE,) * len(STANDINGS)
    rows = tuple(
        Row((*_identity(org, names), *cells, *standing.get(str(org["org"]), none)))
        for org, *cells in zip(organisations(position), *shares, *banded, strict=True)
        if org["level"] == "practice"
    )
    notes = (
        "Delivered to date as a share of the plan to date, each LES up to its own last month of data.",
        "Very low and very high: the number of LES in which it is so among its peers; see the sheet Peers.",
    )
    return Table("tblPractices", "Practices", columns, rows, ("ODS code",), notes=notes, filtered=True)


def share_columns(position: Position) -> tuple[str, ...]:
    """The first and the last header of a share of plan to date; empty where no LES is published."""
    published = position.specs.published_rows()
    return (published[0].label, published[-1].label) if published else ()


def _identity(practice: Record, names: Mapping[tuple[str, str], str]) -> tuple[Content, ...]:
    def name(level: str) -> str:
        code = str(practice[level])
        return names.get((level, code), code)

    return practice["org"], practice["name"], name("pcn"), name("place"), name("sub_icb")


def _shares(position: Position, row: PublishedRow) -> list[Cell]:
    # Before any data the as-at month's: its marks tell no plan from no return.
    month = position.data_months.get(row.les)
    return position.by_organisation("pct_plan_to_date", row.les, row.metric, month)


def _banded_columns(position: Position, les: str) -> tuple[Column, Column]:
    title = position.specs.service(les).title
    return Column(f"{title}: {_ANNUAL}", "percent", 10.5), Column(f"{title}: {_BAND}", "text", 10)


def _banded(position: Position, les: str) -> tuple[Sequence[Content], Sequence[Content]]:
    """Share of the annual target, and band, of every organisation."""
    found = position.bandings[les]
    banded = found.practices
    bands = dict(zip(banded["ods_code"].tolist(), banded["band"].tolist(), strict=True))
    orgs = position.organisations["org"].tolist()
    shares = position.by_organisation("pct_annual", les, found.metric, found.month)
    return shares, [bands.get(org, Mark.NOT_APPLICABLE) for org in orgs]


def _width(label: str) -> float:
    """Wide enough for the longest word of the header beside its filter button."""
    longest = max(len(word) for part in label.split() for word in part.split("/"))
    return max(9.0, longest * 1.05 + 3.0)
