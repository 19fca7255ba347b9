"""The frame of a position's workbook: footers, document properties, charts in words, what is printed."""

import re
from datetime import UTC, datetime

from les_xl import periods
from les_xl.excel.frame import EDITION, Chart, Frame, Property
from les_xl.excel.papers import PAPERS
from les_xl.excel.reference import NAMES
from les_xl.excel.sheets.cover import TITLE
from les_xl.position import Position
from les_xl.report.table import Table
from les_xl.report.tables import outcomes, services, shift, texts
from les_xl.report.tables.plan_delivered import MEASURES

_MONTHLY = re.compile(rf"{re.escape(TITLE)}, [A-Z][a-z]+ [0-9]{{4}}")
_COMMENT = re.compile(rf"Edition {EDITION}")


def frame(position: Position, tables: tuple[Table, ...], now: datetime) -> Frame:
    """What a refresh brings up to date around the `tables` of a position."""
    title, comments = document(position)
    return Frame(
        str(position.edition),
        frozenset(name.casefold() for name in (*NAMES, *(table.name for table in tables))),
        {"title": Property(title, _MONTHLY), "description": Property(comments, _COMMENT)},
        now.astimezone(UTC) if now.tzinfo else now,
        texts.NAME,
        tuple(_charts(position, {table.name: table for table in tables})),
        PAPERS,
    )


def document(position: Position) -> tuple[str, str]:
    """Title and comments among the document properties."""
    return f"{TITLE}, {periods.long_label(position.edition.as_at)}", f"Edition {position.edition}"


def _charts(position: Position, tables: dict[str, Table]) -> list[Chart]:
    said = texts.chart_texts(position)
    drawn = {texts.BANDING: "tblBanding", texts.PROFILE: "tblProfile"}
    drawn |= dict.fromkeys(texts.PLANS.values(), "tblSummary")
    found = [Chart(name, table, said[name]) for name, table in drawn.items() if name in said]
    for service in shift.charted(position):
        name = texts.shift_chart(service)
        found.append(Chart(name, "tblShiftMonths", said[name]))
    rates = {texts.rate_chart(*rated): "tblQuality" for rated in outcomes.rated(position)}
    rates |= {texts.SIGNED_UP: "tblSignup", texts.NOT_COVERED: "tblSignup"}
    found += [Chart(name, table, said[name]) for name, table in rates.items() if name in said]
    for service in position.specs.services:
        table = tables[f"tblGroups_{service.les}"]
        for metric in services.shown(service):
            name, first = texts.service_chart(service, metric), _first(table, services.label(service, metric))
            found.append(Chart(name, table.name, said[name], first))
    return found


def _first(table: Table, label: str) -> str:
    rows = (services.icb_row(table, label, measure) for measure in MEASURES[:2])
    return table.columns[services.first_month(table, *rows)].name
