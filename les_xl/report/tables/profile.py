"""`tblProfile`: flat plan, expected profile and delivered by month, and to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from les_xl.marks import Cell
from les_xl.report.table import Column, Content, Line, Ref, Row, Table
from les_xl.report.tables import cells
from les_xl.report.view import PositionView, Profiled, View

if TYPE_CHECKING:
    from les_xl.position import Position

_MEASURES = ("planned", "expected", "delivered")
_NAMES = ("Flat plan", "Expected", "Delivered")


def profile(position: Position, org: str | None = None) -> Table | None:
    """`tblProfile`, of the first LES with an expected profile; None where no LES has one."""
    return profile_of(PositionView(position, org))


def profile_of(view: View) -> Table | None:
    """`tblProfile` of a view."""
    found = view.profiled
    if found is None:
        return None
    columns = (
        Column("Month", "month", 10),
        *(Column(name, "number", 11) for name in _NAMES),
        *(Column(f"{name} to date", "number", 13) for name in _NAMES),
    )
    rows = tuple(_row(view, found, index) for index in range(len(view.months)))
    title = f"{found.title}: delivered against the flat plan and the expected profile"
    return Table("tblProfile", title, columns, rows, ("Month",), lines=lines_of(view))


def lines(position: Position) -> tuple[Line, ...]:
    """The line above the table: where the profile is from."""
    return lines_of(PositionView(position))


def lines_of(view: View) -> tuple[Line, ...]:
    """The same of a view."""
    found = view.profiled
    return () if found is None else (Line("LesLine_ProfileSource", f"Expected profile: {found.source}."),)


def _row(view: View, profiled: Profiled, index: int) -> Row:
    month = view.months[index]

    def figure(measure: str) -> Cell:
        return view.value(measure, profiled.les, profiled.metric, month)

    to_date: list[Content] = [
        cells.total(Ref(0, column, index, column), figure(f"{measure}_to_date"))
        for column, measure in enumerate(_MEASURES, 1)
    ]
    return Row((month, *(figure(measure) for measure in _MEASURES), *to_date))
