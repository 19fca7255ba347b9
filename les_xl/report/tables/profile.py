"""`tblProfile`: flat plan, expected profile and delivered by month, and to date."""

from les_xl import periods
from les_xl.marks import Cell
from les_xl.position import Position
from les_xl.report.table import Column, Content, Line, Ref, Row, Table
from les_xl.report.tables import cells
from les_xl.spec.model import ProfilePlan, Service

_MEASURES = ("planned", "expected", "delivered")
_NAMES = ("Flat plan", "Expected", "Delivered")


def profiled(position: Position) -> tuple[Service, ProfilePlan] | None:
    """The first service with an expected profile for the year of the position, and that profile."""
    year = periods.year_of(position.edition.as_at)
    for service in position.specs.services:
        for plan in service.plan:
            if isinstance(plan, ProfilePlan) and plan.year == year:
                return service, plan
    return None


def profile(position: Position) -> Table | None:
    """`tblProfile`, of the first LES with an expected profile; None where no LES has one."""
    found = profiled(position)
    if found is None:
        return None
    service, plan = found
    metric = plan.metric or service.headline.id
    months = periods.months_of(plan.year)
    columns = (
        Column("Month", "month", 10),
        *(Column(name, "number", 11) for name in _NAMES),
        *(Column(f"{name} to date", "number", 12) for name in _NAMES),
    )
    rows = tuple(_row(position, service.les, metric, months, index) for index in range(len(months)))
    title = f"{service.title}: delivered against the flat plan and the expected profile"
    source = Line("LesLine_ProfileSource", f"Expected profile: {plan.source}.")
    return Table("tblProfile", title, columns, rows, ("Month",), lines=(source,))


def _row(position: Position, les: str, metric: str, months: tuple[str, ...], index: int) -> Row:
    month = months[index]

    def figure(measure: str) -> Cell:
        return position.value(measure, les, metric, month=month)

    to_date: list[Content] = [
        cells.total(Ref(0, column, index, column), figure(f"{measure}_to_date"))
        for column, measure in enumerate(_MEASURES, 1)
    ]
    return Row((month, *(figure(measure) for measure in _MEASURES), *to_date))
