"""The contract of the workbook as a page: every sheet, table, column and named cell of a new one."""

import re
from collections.abc import Iterator

from les_xl import periods
from les_xl.excel.drawing import Sheet
from les_xl.excel.sheets import sheets
from les_xl.position import Position
from les_xl.report.table import Table

NAMES = {
    "LesTitle": "Cover: title of the report",
    "LesIcb": "Cover: name of the ICB",
    "LesAsAt": "Cover: as-at month, a date",
    "LesYear": "Cover: financial year",
    "LesReported": "Cover: returns received, of those expected",
    "LesChecks": "Cover: whether the figures tie out",
    "LesRefreshed": "Cover: when the workbook was made or refreshed",
    "LesAsOf": "Cover: number of the last load taken into account",
    "LesDataVersion": "Cover: beginning of the hash of the specifications",
    "LesFlagUnder": "Cover: share of plan under which a figure is flagged",
    "LesFlagOver": "Cover: share of plan over which a figure is flagged",
    "ExplorerLes": "Explorer: the LES that is chosen; yours",
    "ExplorerOrganisation": "Explorer: the organisation that is chosen, by name or code; yours",
    "ExplorerMonth": "Explorer: the month that is chosen; yours",
}
"""Every named cell, with its sheet and what it holds."""

_HEAD = """# The workbook: what others may rely on

Written anew with `make docs`; a test compares this page with a new workbook of the sample.

A refresh finds tables and named cells by their names, wherever they are moved, and columns by their headers.
Everything else in the workbook is yours. Columns marked *yours* and whole tables marked *yours* are never
overwritten. The key says which columns tell one row from another across refreshes.
"""
_OF_LES = """## One sheet a LES

Named by the title of the LES, made legal for Excel. `<les>` is its slug; there is one of each table for:
{slugs}.
"""


def markdown(position: Position) -> str:
    """The page, for the sheets and tables of a position."""
    parts = [_HEAD]
    listed = False
    for sheet in sheets(position):
        if not sheet.les:
            parts.append("\n".join([f"## {sheet.name}\n", f"{sheet.purpose}.\n", *_tables(position, sheet)]))
        elif not listed:
            slugs = ", ".join(f"`{service.les}`" for service in position.specs.services)
            parts.append("\n".join([_OF_LES.format(slugs=slugs), *_tables(position, sheet)]))
            listed = True
    names = "\n".join(f"| `{name}` | {said} |" for name, said in NAMES.items())
    parts.append(f"## Named cells\n\n| name | where and what |\n|---|---|\n{names}\n")
    return "\n".join(part if part.endswith("\n") else f"{part}\n" for part in parts)


def _tables(position: Position, sheet: Sheet) -> Iterator[str]:
    for placed in sheet.place(position):
        table = placed.table
        name = re.sub(f"_{sheet.les}$", "_<les>", table.name) if sheet.les else table.name
        yours = " All of it is yours." if len(table.own) == len(table.columns) else ""
        key = ", ".join(table.key)
        yield f"### `{name}`\n\n{table.title}. Key: {key}.{yours}\n\n{_columns(position, table)}\n"


def _columns(position: Position, table: Table) -> str:
    """The headers in order; those of the twelve months as one."""
    year = periods.months_of(periods.year_of(position.edition.as_at))
    months = [periods.label(month) for month in year]
    all_own = len(table.own) == len(table.columns)
    said = []
    for column in table.columns:
        if column.name == months[0]:
            said.append(f"{months[0]} … {months[-1]} (a column a month)")
        elif column.name not in months:
            said.append(f"{column.name} (yours)" if column.name in table.own and not all_own else column.name)
    return "Columns: " + " | ".join(said) + "."
