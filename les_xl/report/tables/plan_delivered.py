"""`tblCostVolume` and `tblCapitated`: planned, delivered and % of plan by month, a block a published row."""

from functools import partial

from les_xl import periods
from les_xl.marks import Cell, Mark
from les_xl.position import Position
from les_xl.report.table import Column, Content, Formula, Ref, Row, Table
from les_xl.report.tables import cells
from les_xl.spec.model import Contract
from les_xl.spec.read import PublishedRow

MEASURES = ("Planned activity", "Delivered activity", "% of plan")
_MONTHS_FROM = 2
"""Index of April's column."""


def cost_and_volume(position: Position) -> Table:
    """`tblCostVolume`: the services paid for by cost and volume."""
    return _plan_delivered(position, "cost_and_volume", "tblCostVolume", "Cost and volume contracts")


def capitated(position: Position) -> Table:
    """`tblCapitated`: the services paid for by capitation."""
    return _plan_delivered(position, "capitated", "tblCapitated", "Capitated contracts")


def delivered_row(table: Table, label: str) -> int:
    """The index of a published row's delivered activity; KeyError where it has none."""
    for index, row in enumerate(table.rows):
        if row.cells[:2] == (label, MEASURES[1]):
            return index
    raise KeyError(label)


def _plan_delivered(position: Position, contract: Contract, name: str, title: str) -> Table:
    months = periods.months_of(periods.year_of(position.edition.as_at))
    columns = (
        Column("LES", "text", 31),
        Column("Measure", "text", 18),
        *(Column(periods.label(month), "number", 9) for month in months),
        Column("To date", "number", 12),
    )
    rows: list[Row] = []
    for published in position.specs.published_rows(contract):
        rows += _block(position, published, months, len(rows))
    return Table(name, title, columns, tuple(rows), ("LES", "Measure"))


def _block(position: Position, row: PublishedRow, months: tuple[str, ...], first: int) -> list[Row]:
    """The three rows of a published row; `first` is the index of the first of them."""
    figure = partial(position.value, les=row.les, metric=row.metric)
    last = position.data_months.get(row.les)
    up_to = months.index(last) if last in months else None
    planned = [figure("planned", month=month) for month in months]
    delivered = [figure("delivered", month=month) for month in months]
    shares = [
        cells.share(Ref(first + 1, column), Ref(first, column), figure("pct_plan", month=month))
        for column, month in enumerate(months, _MONTHS_FROM)
    ]
    return [
        Row(
            (row.label, MEASURES[0], *planned, _to_date(position, row, "planned", first, up_to)), starts=True
        ),
        Row((row.label, MEASURES[1], *delivered, _to_date(position, row, "delivered", first + 1, up_to))),
        Row(
            (row.label, MEASURES[2], *shares, _share_to_date(position, row, first, len(months))),
            kind="percent",
            tint=True,
        ),
    ]


def _to_date(position: Position, row: PublishedRow, measure: str, index: int, up_to: int | None) -> Content:
    if up_to is None:
        return Mark.NOT_REPORTED
    month = position.data_months[row.les]
    value: Cell = position.value(f"{measure}_to_date", row.les, row.metric, month=month)
    if measure == "delivered" and position.specs.metric(row.les, row.metric).kind == "stock":
        return cells.same(Ref(index, _MONTHS_FROM + up_to), value)
    return cells.total(Ref(index, _MONTHS_FROM, index, _MONTHS_FROM + up_to), value)


def _share_to_date(position: Position, row: PublishedRow, first: int, months: int) -> Formula:
    month = position.data_months.get(row.les)
    value: Cell = Mark.NOT_REPORTED
    if month is not None:
        value = position.value("pct_plan_to_date", row.les, row.metric, month=month)
    column = _MONTHS_FROM + months
    return cells.share(Ref(first + 1, column), Ref(first, column), value)
