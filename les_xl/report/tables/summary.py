"""`tblSummary`: a row a published row, in its data month and to date, with the status in words."""

from functools import partial

from les_xl.marks import Cell, Mark
from les_xl.measures.status import status
from les_xl.position import Position
from les_xl.report import words
from les_xl.report.figures import returns
from les_xl.report.table import Column, Content, Ref, Row, Table
from les_xl.report.tables import cells
from les_xl.spec.model import Contract
from les_xl.spec.read import PublishedRow

TREND = "Delivered by month"
"""The column whose cells hold a sparkline."""

_COLUMNS = (
    Column("LES", "text", 31),
    Column("Contract", "text", 17),
    Column("Data to", "month", 9),
    Column("Planned", "number", 9),
    Column("Delivered", "number", 10),
    Column("% of plan", "percent", 10),
    Column("Variance", "signed", 9.5),
    Column("Change on last month", "signed", 12),
    Column("Planned to date", "number", 11),
    Column("Delivered to date", "number", 12),
    Column("% of plan to date", "percent", 11),
    Column("Variance to date", "signed", 11),
    Column("Annual target", "number", 9.5),
    Column("% of annual target", "percent", 11),
    Column("Status", "text", 17.5),
    Column("Practices reported", "text", 12.5),
    Column(TREND, "text", 15),
)
_AT = {column.name: index for index, column in enumerate(_COLUMNS)}


def summary(position: Position) -> Table:
    """`tblSummary`."""
    rows = tuple(
        _row(position, published, index, position.specs.service(published.les).contract)
        for index, published in enumerate(position.specs.published_rows())
    )
    return Table("tblSummary", "Summary of all services", _COLUMNS, rows, ("LES",))


def _row(position: Position, row: PublishedRow, index: int, contract: Contract) -> Row:
    month = position.data_months.get(row.les)
    figure = partial(_figure, position, row, month)
    target = position.value("annual_target", row.les, row.metric)

    def at(name: str) -> Ref:
        return Ref(index, _AT[name])

    in_month: tuple[Content, ...] = (
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
        target,
        cells.share(at("Delivered to date"), at("Annual target"), figure("pct_annual")),
    )
    state = status(figure("pct_plan_to_date"), position.specs.workspace.status)
    reported = returns(position, row.les, row.metric)
    said = f"{reported[0]:,} of {reported[1]:,}" if reported else str(Mark.NOT_REPORTED)
    shown_month = month or Mark.NOT_REPORTED
    return Row((row.label, words.CONTRACTS[contract], shown_month, *in_month, *to_date, state, said, None))


def _figure(position: Position, row: PublishedRow, month: str | None, measure: str) -> Cell:
    if month is None:
        return Mark.NOT_REPORTED
    return position.value(measure, row.les, row.metric, month=month)
