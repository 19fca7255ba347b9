"""One sheet a LES: its metrics and exceptions under a chart of the months, its sub ICB groups beside them."""

from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from les_xl.excel import theme
from les_xl.excel.charts import Monthly, delivered_and_plan
from les_xl.excel.conditional import colour_words, flag_share_rows, flag_shares
from les_xl.excel.drawing import Drawing, Sheet
from les_xl.excel.page import chart_width, place_above
from les_xl.excel.placed import Placed
from les_xl.excel.regions import draw_side_by_side, place_side_by_side
from les_xl.excel.titles import sheet_names
from les_xl.measures.spc import LEAST_POINTS
from les_xl.position import Position
from les_xl.report.table import Table
from les_xl.report.tables import services, trends
from les_xl.report.tables.plan_delivered import MEASURES
from les_xl.report.tables.texts import flags_line, service_chart
from les_xl.spec.model import Metric, Service

_CHART_ROWS = 16
_LEAST = 17.0
_NOTES = (
    "A register shows its last month; its months are never added up.",
    "Mean and limits of the ICB stand under its months, and are empty until there are any.",
    "Exceptions of practices are on the Exceptions sheet. An empty list here: nothing is flagged.",
)


def sheets(position: Position, taken: tuple[str, ...]) -> tuple[Sheet, ...]:
    """A sheet for each LES in the published order, named by its title; `taken` are names of other sheets."""
    names = titles(position, taken)
    return tuple(_sheet(service, names[service.les]) for service in position.specs.services)


def titles(position: Position, taken: tuple[str, ...]) -> dict[str, str]:
    """The name of each LES's sheet, by slug."""
    found = position.specs.services
    names = sheet_names((service.title for service in found), taken)
    return {service.les: name for service, name in zip(found, names, strict=True)}


def _sheet(service: Service, name: str) -> Sheet:
    def place(position: Position) -> tuple[Placed, ...]:
        tables = (
            _flagged(services.metrics(position, service), position),
            services.flags(position, service),
            services.groups(position, service),
        )
        return place_side_by_side(name, tables, _NOTES, _CHART_ROWS)

    def draw(drawing: Drawing, sheet: Worksheet) -> None:
        placed = tuple(found for found in drawing.tables.values() if found.sheet == name)
        metrics, flags, groups = placed
        pages = ((metrics, flags), (groups,))
        draw_side_by_side(drawing, sheet, service.title, pages, _NOTES, _LEAST)
        for column in ("% of plan", "% of plan to date"):
            flag_shares(drawing, sheet, metrics, column)
        colour_words(drawing, sheet, flags, "Severity", theme.SEVERITY)
        flag_share_rows(drawing, sheet, groups, "Measure", MEASURES[2])
        _add_charts(drawing, sheet, service, placed)
        sheet.freeze_panes(2, 0)

    purpose = f"{service.title}: metrics, exceptions, sub ICB groups by month"
    return Sheet(name, purpose, place, draw, service.les)


def _flagged(table: Table, position: Position) -> Table:
    return replace(table, lines=(flags_line(position), *table.lines))


def _add_charts(drawing: Drawing, sheet: Worksheet, service: Service, placed: tuple[Placed, ...]) -> None:
    """A chart for each metric that is shown by month, next to each other over metrics and exceptions."""
    metrics, flags, groups = placed
    shown = services.shown(service)
    each = (chart_width(metrics) + chart_width(flags)) // len(shown)
    for at, metric in enumerate(shown):
        name = service_chart(service, metric)
        chart = delivered_and_plan(drawing, name, groups, _shown(drawing.position, service, metric, groups))
        place_above(sheet, metrics, chart, drawing.texts[name], _CHART_ROWS, (at * each, each))


def _shown(position: Position, service: Service, metric: Metric, groups: Placed) -> Monthly:
    name = services.label(service, metric)

    def row(measure: str) -> int:
        return services.icb_row(groups.table, name, measure)

    delivered, planned = row(MEASURES[1]), row(MEASURES[0])
    flat = [plan.metric or service.headline.id for plan in service.plan if plan.basis == "flat"]
    against = " against plan" if metric.id in flat else ""
    rules = f"limits from {LEAST_POINTS} months by {trends.profile(position, service).title}"
    return Monthly(
        title=f"{name}: delivered by month{against}; {rules}",
        delivered=delivered,
        planned=planned if metric.id in flat else None,
        target=None if metric.chart.target is None else row(trends.TARGET),
        limits={measure: row(measure) for measure in trends.LIMITS},
        limited=trends.limited(position, service, metric),
        first=services.first_month(groups.table, planned, delivered),
    )
