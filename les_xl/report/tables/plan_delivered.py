"""`tblCostVolume` and `tblCapitated`: planned, delivered and % of plan by month, a block a published row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from les_xl import periods
from les_xl.marks import Mark
from les_xl.report.table import Column, Content, Formula, Ref, Row, Table
from les_xl.report.tables import cells
from les_xl.report.view import PositionView, PublishedLine, View, in_month

if TYPE_CHECKING:
    from les_xl.position import Position
    from les_xl.spec.model import Contract

MEASURES = ("Planned activity", "Delivered activity", "% of plan")
_MONTHS_FROM = 2
"""Index of April's column."""


def cost_and_volume(position: Position, org: str | None = None) -> Table:
    """`tblCostVolume`: the services paid for by cost and volume."""
    return cost_and_volume_of(PositionView(position, org))


def capitated(position: Position, org: str | None = None) -> Table:
    """`tblCapitated`: the services paid for by capitation."""
    return capitated_of(PositionView(position, org))


def cost_and_volume_of(view: View) -> Table:
    """`tblCostVolume` of a view."""
    return _plan_delivered(view, "cost_and_volume", "tblCostVolume", "Cost and volume contracts")


def capitated_of(view: View) -> Table:
    """`tblCapitated` of a view."""
    return _plan_delivered(view, "capitated", "tblCapitated", "Capitated contracts")


def delivered_row(table: Table, label: str) -> int:
    """The index of a published row's delivered activity; KeyError where it has none."""
    for index, row in enumerate(table.rows):
        if row.cells[:2] == (label, MEASURES[1]):
            return index
    raise KeyError(label)


def _plan_delivered(view: View, contract: Contract, name: str, title: str) -> Table:
    columns = (
        Column("LES", "text", 31),
        Column("Measure", "text", 18),
        *(Column(periods.label(month), "number", 9) for month in view.months),
        Column("To date", "number", 12),
    )
    rows: list[Row] = []
    for line in view.lines:
        rows += _block(view, line, len(rows)) if line.contract == contract else []
    return Table(name, title, columns, tuple(rows), ("LES", "Measure"))


def _block(view: View, line: PublishedLine, first: int) -> list[Row]:
    """The three rows of a published row; `first` is the index of the first of them."""
    figure = partial(view.value, les=line.les, metric=line.metric)
    planned = [figure("planned", month=month) for month in view.months]
    delivered = [figure("delivered", month=month) for month in view.months]
    shares = [
        cells.share(Ref(first + 1, column), Ref(first, column), figure("pct_plan", month=month))
        for column, month in enumerate(view.months, _MONTHS_FROM)
    ]
    return [
        Row((line.label, MEASURES[0], *planned, _to_date(view, line, "planned", first)), starts=True),
        Row((line.label, MEASURES[1], *delivered, _to_date(view, line, "delivered", first + 1))),
        Row(
            (line.label, MEASURES[2], *shares, _share_to_date(view, line, first)),
            kind="percent",
            tint=True,
        ),
    ]


def _to_date(view: View, line: PublishedLine, measure: str, index: int) -> Content:
    month = view.data_month(line.les)
    if month not in view.months:
        return Mark.NOT_REPORTED
    value, last = in_month(view, line, f"{measure}_to_date"), _MONTHS_FROM + view.months.index(month)
    if measure == "delivered" and line.kind == "stock":
        return cells.same(Ref(index, last), value)
    return cells.total(Ref(index, _MONTHS_FROM, index, last), value)


def _share_to_date(view: View, line: PublishedLine, first: int) -> Formula:
    column = _MONTHS_FROM + len(view.months)
    return cells.share(Ref(first + 1, column), Ref(first, column), in_month(view, line, "pct_plan_to_date"))
