"""`tblSummary`: a row a published row, in its data month and to date, with the status in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from les_xl.marks import Mark
from les_xl.measures.status import completeness, recovery, status
from les_xl.report import words
from les_xl.report.table import Column, Content, Ref, Row, Table
from les_xl.report.tables import cells
from les_xl.report.view import PositionView, PublishedLine, View, in_month

if TYPE_CHECKING:
    from les_xl.position import Position

TREND = "Delivered by month"
"""The column whose cells hold a sparkline."""

_COLUMNS = (
    Column("LES", "text", 29),
    Column("Contract", "text", 15.5),
    Column("Data to", "month", 8),
    Column("Planned", "number", 8.5),
    Column("Delivered", "number", 9.5),
    Column("% of plan", "percent", 10),
    Column("Variance", "signed", 9.5),
    Column("Change on last month", "signed", 10),
    Column("Planned to date", "number", 10.5),
    Column("Delivered to date", "number", 11),
    Column("% of plan to date", "percent", 10.5),
    Column("Variance to date", "signed", 10),
    Column("Annual target", "number", 10),
    Column("% of annual target", "percent", 10),
    Column("Forecast", "number", 10),
    Column("Status", "text", 16.5),
    Column("Back on plan", "text", 15),
    Column("Practices reported", "text", 11.5),
    Column("Figures", "text", 10.5),
    Column(TREND, "text", 14),
)
_AT = {column.name: index for index, column in enumerate(_COLUMNS)}


def summary(position: Position, org: str | None = None) -> Table:
    """`tblSummary`."""
    return summary_of(PositionView(position, org))


def summary_of(view: View) -> Table:
    """`tblSummary` of a view."""
    rows = tuple(_row(view, line, index) for index, line in enumerate(view.lines))
    return Table("tblSummary", "Summary of all services", _COLUMNS, rows, ("LES",))


def _row(view: View, line: PublishedLine, index: int) -> Row:
    figure = partial(in_month, view, line)

    def at(name: str) -> Ref:
        return Ref(index, _AT[name])

    of_month: tuple[Content, ...] = (
        figure("planned"),
        figure("delivered"),
        cells.share(at("Delivered"), at("Planned"), figure("pct_plan")),
        cells.difference(at("Delivered"), at("Planned"), figure("variance")),
        figure("change"),
    )
    to_date: tuple[Content, ...] = (
        figure("planned_to_date"),
        figure("delivered_to_date"),
        cells.share(at("Delivered to date"), at("Planned to date"), figure("pct_plan_to_date")),
        cells.difference(at("Delivered to date"), at("Planned to date"), figure("variance_to_date")),
        view.value("annual_target", line.les, line.metric),
        cells.share(at("Delivered to date"), at("Annual target"), figure("pct_annual")),
        figure("forecast"),
    )
    outlook = (
        recovery(figure("months_to_recover")),
        _reported(view, line),
        completeness(figure("outstanding_to_date")),
    )
    state = status(figure("pct_plan_to_date"), view.edges)
    month = view.data_month(line.les) or Mark.NOT_REPORTED
    contract = words.CONTRACTS[line.contract]
    return Row((line.label, contract, month, *of_month, *to_date, state, *outlook, None))


def _reported(view: View, line: PublishedLine) -> str:
    """`186 of 191`, or the mark."""
    reported, expected = in_month(view, line, "n_reported"), in_month(view, line, "n_expected")
    if isinstance(reported, Mark) or isinstance(expected, Mark):
        return str(Mark.NOT_REPORTED)
    return f"{int(reported):,} of {int(expected):,}"
