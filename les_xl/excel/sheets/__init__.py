"""The sheets of the master workbook in their order; a new sheet is one module and one line here."""

from les_xl.excel.drawing import Sheet
from les_xl.excel.placed import Placed
from les_xl.excel.sheets import (
    banding,
    choices,
    cover,
    explorer,
    lists,
    logs,
    outcomes,
    peers,
    plan_delivered,
    practices,
    profile,
    quality,
    services,
    shift,
    signup,
    summary,
)
from les_xl.position import Position
from les_xl.report.table import Table

_PUBLISHED: tuple[Sheet, ...] = (
    cover.SHEET,
    summary.SHEET,
    plan_delivered.COST_AND_VOLUME,
    plan_delivered.CAPITATED,
    banding.SHEET,
    profile.SHEET,
)
_MORE: tuple[Sheet, ...] = (
    practices.SHEET,
    peers.SHEET,
    lists.EXCEPTIONS,
    lists.GONE,
    signup.SHEET,
    shift.SHEET,
    shift.MONTHS,
    outcomes.SHEET,
    logs.RESOLVED,
    lists.THREE_AS,
    logs.COMMENTARY,
    logs.ACTIONS_AND_RISKS,
    logs.OMITTED_AND_ESCALATED,
    explorer.SHEET,
    quality.SHEET,
    lists.NOTES,
    choices.SHEET,
)


def sheets(position: Position) -> tuple[Sheet, ...]:
    """Every sheet of a position's workbook; one a LES stands between the published tables and the lists."""
    taken = tuple(sheet.name for sheet in (*_PUBLISHED, *_MORE))
    return (*_PUBLISHED, *services.sheets(position, taken), *_MORE)


def placed(position: Position) -> tuple[tuple[Sheet, tuple[Placed, ...]], ...]:
    """The sheets of a position's workbook, each with its tables; those that would have none are left out."""
    found = ((sheet, sheet.place(position)) for sheet in sheets(position))
    return tuple((sheet, tables) for sheet, tables in found if tables or sheet.without_tables)


def tables(position: Position) -> tuple[Table, ...]:
    """Every table of a position's workbook, in the order of its sheets: what a refresh fills by name."""
    return tuple(one.table for _, found in placed(position) for one in found)
