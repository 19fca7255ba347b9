"""The three tables of one LES: its metrics, its sub ICB groups by month, and what is flagged of them."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

from les_xl import periods
from les_xl.marks import Cell, Mark
from les_xl.position import Position
from les_xl.report import figures
from les_xl.report.figures import Record
from les_xl.report.table import Column, Content, Line, Ref, Row, Table, result
from les_xl.report.tables import cells, contributions, trends
from les_xl.report.tables.plan_delivered import MEASURES
from les_xl.spec.model import Metric, Service

GROUP_LEVEL = "sub_icb"
FIRST_MONTH = 3
"""Index of April's column in `tblGroups_…`."""

_NEAR = 1e-4
"""Shares of a plan are kept to six decimals, and so may add up to a little more or less."""
_METRIC_COLUMNS = (
    Column("Metric", "long_text", 34),
    Column("Kind", "text", 10),
    Column("Data to", "month", 9),
    Column("Planned", "number", 9.5),
    Column("Delivered", "number", 10),
    Column("% of plan", "percent", 10.5),
    Column("Planned to date", "number", 11),
    Column("Delivered to date", "number", 13),
    Column("% of plan to date", "percent", 11.5),
    Column("Annual target", "number", 10),
    Column("% of annual target", "percent", 13),
)
_AT = {column.name: index for index, column in enumerate(_METRIC_COLUMNS)}
_FLAG_COLUMNS = (
    Column("Severity", "text", 10),
    Column("Organisation", "long_text", 30),
    Column("Finding", "long_text", 56),
    Column("Since", "month", 9),
    Column("Key", "key", 6),
)


def metrics(position: Position, service: Service) -> Table:
    """`tblLes_<slug>`: a row a metric, in the last month of the LES's data and to date."""
    rows = tuple(_metric_row(position, service, metric, at) for at, metric in enumerate(service.metrics))
    title = "Every metric, in the latest month and to date"
    lines = tuple(trend_lines(position, service))
    return Table(f"tblLes_{service.les}", title, _METRIC_COLUMNS, rows, ("Metric",), lines=lines)


def trend_lines(position: Position, service: Service) -> Iterator[Line]:
    """For each chart of a LES its forecast and limits, its assurance, and who made the latest change."""
    for metric in shown(service):
        yield from trends.lines(position, service, metric, label(service, metric))
        yield contributions.line(position, service, metric, label(service, metric))


def groups(position: Position, service: Service) -> Table:
    """`tblGroups_<slug>`: planned, delivered and % of plan by sub ICB group and month, then the ICB.

    Under each metric: mean, limits and special cause of the ICB.
    """
    months = _months(position)
    columns = (
        Column("LES", "text", 29),
        Column("Measure", "text", 18),
        Column("Sub ICB group", "long_text", 49),
        *(Column(periods.label(month), "number", 9) for month in months),
        Column("To date", "number", 11),
    )
    rows: list[Row] = []
    for metric in shown(service):
        rows += _Blocks(position, service, metric, len(rows)).rows()
        rows += trends.rows(position, service, metric, label(service, metric))
    title = "By sub ICB group and month"
    return Table(f"tblGroups_{service.les}", title, columns, tuple(rows), ("LES", "Measure", "Sub ICB group"))


def flags(position: Position, service: Service) -> Table:
    """`tblFlags_<slug>`: exceptions of the ICB and its sub ICB groups, worst first."""
    rows = tuple(
        _flag_row(found)
        for found in figures.exceptions(position)
        if found["les"] == service.les and found["level"] in ("icb", GROUP_LEVEL)
    )
    title = "Exceptions of the ICB and its sub ICB groups"
    return Table(f"tblFlags_{service.les}", title, _FLAG_COLUMNS, rows, ("Key",), ranked=("Key",))


def shown(service: Service) -> tuple[Metric, ...]:
    """The metrics that are shown by group and month: the published ones, or else the headline."""
    return service.published or (service.headline,)


def label(service: Service, metric: Metric) -> str:
    """What the published table calls a metric; the LES's title where it is not published."""
    return metric.published_as or service.title


def first_month(table: Table, *rows: int) -> int:
    """The index of the first month's column in which one of the rows is in service."""
    columns = range(FIRST_MONTH, len(table.columns) - 1)
    in_service = (
        column
        for column in columns
        if any(result(table.rows[row].cells[column]) != str(Mark.NOT_APPLICABLE) for row in rows)
    )
    return next(in_service, FIRST_MONTH)


def icb_row(table: Table, name: str, measure: str) -> int:
    """The row of `tblGroups_…` that holds a measure of the whole ICB: the last of its block."""
    return max(at for at, row in enumerate(table.rows) if row.cells[:2] == (name, measure))


def _metric_row(position: Position, service: Service, metric: Metric, index: int) -> Row:
    month = position.data_months.get(service.les)

    def figure(measure: str) -> Cell:
        # Before any data the as-at month's: its marks tell no plan from no return.
        return position.value(measure, service.les, metric.id, month=month)

    def share(part: str, whole: str, measure: str) -> Content:
        return cells.share(Ref(index, _AT[part]), Ref(index, _AT[whole]), figure(measure))

    return Row(
        (
            metric.title,
            "Activity" if metric.kind == "flow" else "Register",
            month or Mark.NOT_REPORTED,
            figure("planned"),
            figure("delivered"),
            share("Delivered", "Planned", "pct_plan"),
            figure("planned_to_date"),
            figure("delivered_to_date"),
            share("Delivered to date", "Planned to date", "pct_plan_to_date"),
            position.value("annual_target", service.les, metric.id),
            share("Delivered to date", "Annual target", "pct_annual"),
        ),
        emphasis=metric == service.headline and len(service.metrics) > 1,
    )


def _flag_row(found: Record) -> Row:
    return Row(
        (
            str(found["severity"]).capitalize(),
            str(found["org_name"]),
            str(found["sentence"]),
            str(found["since"]),
            str(found["key"]),
        )
    )


def _months(position: Position) -> tuple[str, ...]:
    return periods.months_of(periods.year_of(position.edition.as_at))


@lru_cache(maxsize=1)
def _groups(position: Position) -> tuple[tuple[str, str], ...]:
    """Code and name of the sub ICB groups, which the sheet of every LES asks for."""
    orgs = position.organisations
    groups = orgs[orgs["level"] == GROUP_LEVEL]
    return tuple(zip(groups["org"].tolist(), groups["name"].tolist(), strict=True))


class _Blocks:
    """The three blocks of one metric: a row a group and then the ICB, for each of the three measures."""

    def __init__(self, position: Position, service: Service, metric: Metric, first: int) -> None:
        self.position, self.service, self.metric, self.first = position, service, metric, first
        month = position.data_months.get(service.les)
        self.month = None if month is None else _months(position).index(month)
        self.until = _months(position).index(month or position.edition.as_at)
        icb = position.specs.workspace.icb
        self.orgs = (*_groups(position), (icb.code, icb.name))
        self._known: dict[tuple[str, str], list[Cell]] = {}

    def rows(self) -> list[Row]:
        """All rows of the metric."""
        return [*self._amounts(0, "planned"), *self._amounts(1, "delivered"), *self._shares()]

    def _amounts(self, block: int, measure: str) -> list[Row]:
        size = len(self.orgs)
        top = self.first + block * size
        found = []
        for at, (code, name) in enumerate(self.orgs):
            values: Sequence[Content] = self._values(measure, code)
            total = self._to_date(measure, code, top + at)
            if at == size - 1 and size > 1:
                values = self._sums(top, measure)
            cells_of = (label(self.service, self.metric), MEASURES[block], name, *values, total)
            found.append(Row(cells_of, emphasis=at == size - 1, starts=at == 0))
        return found

    def _sums(self, top: int, measure: str) -> list[Content]:
        """The ICB's figures as sums of the groups above them; a plan that nobody shares is its own."""
        last = top + len(self.orgs) - 2
        by_month = zip(*(self._values(measure, code) for code, _ in self.orgs), strict=True)
        sums: list[Content] = []
        for column, (*groups, value) in enumerate(by_month, FIRST_MONTH):
            added = sum(part for part in groups if not isinstance(part, Mark))
            adds_up = not isinstance(value, Mark) and math.isclose(added, value, abs_tol=_NEAR)
            sums.append(cells.total(Ref(top, column, last, column), value) if adds_up else value)
        return sums

    def _shares(self) -> list[Row]:
        size = len(self.orgs)
        found = []
        for at, (code, name) in enumerate(self.orgs):
            whole, part = self.first + at, self.first + size + at
            values: list[Content] = [
                cells.share(Ref(part, column), Ref(whole, column), value)
                for column, value in enumerate(self._values("pct_plan", code), FIRST_MONTH)
            ]
            column = FIRST_MONTH + len(values)
            share = self._up_to("pct_plan_to_date", code)
            values.append(cells.share(Ref(part, column), Ref(whole, column), share))
            cells_of = (label(self.service, self.metric), MEASURES[2], name, *values)
            last = at == size - 1
            found.append(Row(cells_of, kind="percent", emphasis=last, tint=True, starts=at == 0))
        return found

    def _to_date(self, measure: str, code: str, row: int) -> Content:
        value = self._up_to(f"{measure}_to_date", code)
        if self.month is None:
            return value
        last = FIRST_MONTH + self.month
        if measure == "delivered" and self.metric.kind == "stock":
            return cells.same(Ref(row, last), value)
        return cells.total(Ref(row, FIRST_MONTH, row, last), value)

    def _up_to(self, measure: str, code: str) -> Cell:
        return self._values(measure, code)[self.until]

    def _values(self, measure: str, code: str) -> list[Cell]:
        """A measure of an organisation in every month of the year."""
        found = self._known.get((measure, code))
        if found is None:
            found = self.position.months(measure, self.service.les, self.metric.id, code)
            self._known[measure, code] = found
        return found
