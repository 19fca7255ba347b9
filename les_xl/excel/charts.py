"""The native charts: bars of % of plan, stacked bands, and delivered against its plan lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.chart import Chart

from les_xl.excel import theme
from les_xl.excel.drawing import Drawing
from les_xl.excel.placed import Placed
from les_xl.report.table import Ref
from les_xl.report.tables.texts import BANDING, PROFILE

_FONT = {"name": theme.FONT, "size": theme.SIZE, "color": theme.BLACK}
_AS_PLANNED = 1
"""Where bars begin: at 100% of plan, so that each shows how far it is from it."""
_LIGHT_GRID = {"visible": True, "line": {"color": theme.LINE, "width": 0.75}}


def shares_of_plan(drawing: Drawing, name: str, summary: Placed, rows: tuple[int, int], title: str) -> Chart:
    """Columns: % of plan in the month and to date, of the first to the last of `rows` of `tblSummary`."""
    first, last = rows
    chart = drawing.workbook.add_chart({"type": "column", "name": name})
    looks = (
        ("% of plan", "% of plan in the month", theme.BANDS[2].fill),
        ("% of plan to date", "% of plan to date", theme.DARK_BLUE),
    )
    for header, shown, colour in looks:
        column = summary.table.index(header)
        chart.add_series(
            {
                "name": shown,
                "categories": summary.absolute(Ref(first, 0), Ref(last, 0)),
                "values": summary.absolute(Ref(first, column), Ref(last, column)),
                "fill": {"color": colour},
                "border": {"color": theme.DARK_BLUE, "width": 0.75},
                "gap": 60,
                "overlap": 0,
                "data_labels": {"value": True, "num_format": "0.0%", "font": _FONT},
            }
        )
    _title(chart, title)
    plan = {"color": theme.PLAN_LINE, "width": 2}
    chart.set_x_axis({"num_font": _FONT, "label_position": "low", "line": plan, "major_tick_mark": "none"})
    chart.set_y_axis(
        {
            "crossing": _AS_PLANNED,
            "min": 0,
            "num_format": "0%",
            "num_font": _FONT,
            "major_gridlines": {"visible": False},
            "line": {"none": True},
        }
    )
    chart.set_legend({"position": "top", "font": _FONT})
    return chart


def stacked_bands(drawing: Drawing, bands: Placed, labels: tuple[str, ...], groups: int) -> Chart:
    """100%-stacked bars, one a group, from the lowest band (pale) to the highest (dark), counts inside."""
    chart = drawing.workbook.add_chart({"type": "bar", "subtype": "percent_stacked", "name": BANDING})
    for index, label in enumerate(labels):
        pair = theme.band(index, len(labels))
        column = bands.table.index(label)
        chart.add_series(
            {
                "name": bands.header_cell(label),
                "categories": bands.absolute(Ref(0, 0), Ref(groups - 1, 0)),
                "values": bands.absolute(Ref(0, column), Ref(groups - 1, column)),
                "fill": {"color": pair.fill},
                "border": {"color": theme.DARK_BLUE, "width": 0.75},
                "gap": 35,
                "data_labels": {
                    "value": True,
                    "num_format": "0;;",
                    "font": {**_FONT, "color": pair.text},
                },
            }
        )
    _title(chart, "Practices in each band, by sub ICB group")
    chart.set_y_axis(
        {"reverse": True, "num_font": _FONT, "line": {"none": True}, "major_gridlines": {"visible": False}}
    )
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": _FONT})
    return chart


def delivered_and_plans(drawing: Drawing, profile: Placed) -> Chart:
    """Columns of delivered by month, with the flat plan and the expected profile as lines."""
    columns = drawing.workbook.add_chart({"type": "column", "name": PROFILE})
    columns.add_series(
        {
            **_monthly(profile, "Delivered"),
            "fill": {"color": theme.BANDS[2].fill},
            "border": {"color": theme.DARK_BLUE, "width": 0.75},
            "gap": 50,
        }
    )
    lines = drawing.workbook.add_chart({"type": "line"})
    lines.add_series(
        {
            **_monthly(profile, "Flat plan"),
            "line": {"color": theme.PLAN_LINE, "width": 1.75, "dash_type": "dash"},
            "marker": {"type": "none"},
        }
    )
    lines.add_series(
        {
            **_monthly(profile, "Expected"),
            "line": {"color": theme.DARK_BLUE, "width": 2.25},
            "marker": _dot(theme.DARK_BLUE),
        }
    )
    columns.combine(lines)
    _title(columns, "Delivered by month against flat plan and expected profile")
    _by_month(columns, {"num_format": "mmm-yy", "num_font": {**_FONT, "rotation": -45}})
    return columns


@dataclass(frozen=True)
class Monthly:
    """What a chart of one metric shows: rows of `tblGroups_…`, and the first column of its months.

    `planned` is None without a plan, `target` without one of its own. `limits` are the rows of mean and
    limits by name, and `limited` whether they have figures yet; without any they are drawn as nothing, and
    named once a refresh has filled them.
    """

    title: str
    delivered: int
    planned: int | None
    target: int | None
    limits: Mapping[str, int]
    limited: bool
    first: int


def delivered_and_plan(drawing: Drawing, name: str, groups: Placed, shown: Monthly) -> Chart:
    """Columns of the ICB's delivered by month, with lines of its plan and of its mean and limits."""
    last = len(groups.table.columns) - 2
    months = groups.absolute(Ref(-1, shown.first), Ref(-1, last))

    def row(said: str, at: int) -> dict[str, Any]:
        values = groups.absolute(Ref(at, shown.first), Ref(at, last))
        return {"name": said, "categories": months, "values": values}

    chart = _columns(drawing, name, row("Delivered", shown.delivered))
    lines = drawing.workbook.add_chart({"type": "line"})
    if shown.planned is not None:
        _add_line(lines, row("Planned", shown.planned), theme.PLAN_LINE, 2, "dash")
    if shown.target is not None:
        _add_line(lines, row("Target", shown.target), theme.PLAN_LINE, 1.5, "long_dash_dot")
    for said, at in shown.limits.items():
        dash = "solid" if said == "Mean" else "round_dot"
        _add_line(lines, row(said, at), theme.DARK_BLUE, 1.5, dash)
    chart.combine(lines)
    _title(chart, shown.title)
    before = 1 + sum(at is not None for at in (shown.planned, shown.target))
    unnamed = () if shown.limited else range(before, before + len(shown.limits))
    _by_month(chart, {"num_font": _FONT}, unnamed)
    return chart


def before_and_since(
    drawing: Drawing, name: str, months: Placed, columns: tuple[str, str], title: str
) -> Chart:
    """Columns by month from `tblShiftMonths`: pale before, dark since, in one place each."""
    before, since = columns
    chart = _columns(drawing, name, {**_monthly(months, before), "name": "Before", "overlap": 100})
    dark = {"fill": {"color": theme.DARK_BLUE}, "border": {"color": theme.DARK_BLUE, "width": 0.75}}
    chart.add_series({**_monthly(months, since), "name": "Since", **dark})
    _title(chart, f"{title}: other providers")
    _by_month(chart, {"num_format": "mmm-yy", "num_font": {**_FONT, "rotation": -90}})
    return chart


def bars_of(
    drawing: Drawing,
    name: str,
    placed: Placed,
    rows: tuple[int, int],
    columns: tuple[str, str],
    title: str,
    shown: str,
) -> Chart:
    """Horizontal bars from 0 of one column by another, the first row on top; `shown` formats the labels."""
    (first, last), (category, value) = rows, columns
    chart = drawing.workbook.add_chart({"type": "bar", "name": name})
    names, values = placed.table.index(category), placed.table.index(value)
    chart.add_series(
        {
            "name": title,
            "categories": placed.absolute(Ref(first, names), Ref(last, names)),
            "values": placed.absolute(Ref(first, values), Ref(last, values)),
            "fill": {"color": theme.BANDS[2].fill},
            "border": {"color": theme.DARK_BLUE, "width": 0.75},
            "gap": 40,
            "data_labels": {"value": True, "num_format": shown, "font": _FONT},
        }
    )
    _title(chart, title)
    plain = {"line": {"none": True}, "major_gridlines": {"visible": False}}
    chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": _FONT, **plain})
    chart.set_x_axis({"min": 0, "visible": False, **plain})
    chart.set_legend({"none": True})
    return chart


def explored(
    drawing: Drawing, sheet: str, rows: tuple[int, int], columns: tuple[int, int, int], header: int
) -> Chart:
    """The same of the cells of the Explorer: `columns` are those of month, delivered and planned."""

    def column(at: int) -> dict[str, Any]:
        return {
            "name": [sheet, header, at],
            "categories": [sheet, rows[0], columns[0], rows[1], columns[0]],
            "values": [sheet, rows[0], at, rows[1], at],
        }

    chart = _columns(drawing, "LesChart_Explorer", column(columns[1]))
    chart.combine(_line(drawing, column(columns[2])))
    _title(chart, "What is chosen: delivered by month against plan")
    _by_month(chart, {"num_font": _FONT})
    return chart


def _columns(drawing: Drawing, name: str, series: dict[str, Any]) -> Chart:
    chart = drawing.workbook.add_chart({"type": "column", "name": name})
    border = {"color": theme.DARK_BLUE, "width": 0.75}
    chart.add_series({**series, "fill": {"color": theme.BANDS[2].fill}, "border": border, "gap": 50})
    return chart


def _line(drawing: Drawing, series: dict[str, Any]) -> Chart:
    chart = drawing.workbook.add_chart({"type": "line"})
    _add_line(chart, series, theme.PLAN_LINE, 2, "dash")
    return chart


def _add_line(chart: Chart, series: dict[str, Any], colour: str, width: float, dash: str) -> None:
    line = {"color": colour, "width": width, "dash_type": dash}
    chart.add_series({**series, "line": line, "marker": {"type": "none"}})


def _by_month(chart: Chart, months: dict[str, Any], unnamed: Iterable[int] = ()) -> None:
    """Axes and legend of a chart whose columns are months; the series of these numbers have no name in it."""
    chart.set_x_axis({"text_axis": True, **months, **_plain_line()})
    counts = {"min": 0, "num_format": "#,##0", "num_font": _FONT, "major_gridlines": _LIGHT_GRID}
    chart.set_y_axis({**counts, **_plain_line()})
    chart.set_legend({"position": "bottom", "font": _FONT, "delete_series": list(unnamed)})


def _monthly(profile: Placed, name: str) -> dict[str, Any]:
    last, column = len(profile.table.rows) - 1, profile.table.index(name)
    return {
        "name": profile.header_cell(name),
        "categories": profile.absolute(Ref(0, 0), Ref(last, 0)),
        "values": profile.absolute(Ref(0, column), Ref(last, column)),
    }


def _dot(colour: str) -> dict[str, Any]:
    return {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": colour}}


def _plain_line() -> dict[str, Any]:
    return {"line": {"color": theme.STRONG_LINE}}


def _title(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    chart.set_chartarea({"border": {"none": True}})
