"""`ListObject` of the stand-in, with its rows and its filter."""

from typing import Any

from les_xl.excel.addresses import Area
from tests.live.calls import Com, NotModelledError, bare
from tests.live.ranges import Range
from tests.live.state import Cell, Move, TableState
from tests.live.windows import refusal


class ListObject(Com):
    """`ListObject`."""

    state: TableState

    def get_displayname(self) -> str:
        return self.state.name

    def get_showheaders(self) -> bool:
        return True

    def get_showtotals(self) -> bool:
        return self.state.totals

    def get_sourcetype(self) -> int:
        return self.state.source

    def get_range(self) -> Range:
        return Range(self.excel, sheet=self.state.sheet, area=self.state.area)

    def get_parent(self) -> Com:
        return self.excel.worksheet(self.excel, self.state.sheet)

    def get_autofilter(self) -> "AutoFilter":
        return AutoFilter(self.excel, state=self.state)

    def get_sort(self) -> "Sort":
        return Sort(self.excel, state=self.state)

    def get_listrows(self) -> "ListRows":
        return ListRows(self.excel, state=self.state)

    def do_resize(self, area: Any) -> None:
        if self.state.sheet.protected:
            raise refusal("This command is not available in a protected sheet.")
        if self.state.totals and bare(area).area.bottom > self.state.area.bottom:
            raise NotModelledError("Resize that makes a table with totals longer")
        self.state.resize(bare(area).area)


class Sort(Com):
    """`Sort`, which counts the columns that somebody last sorted the table by."""

    state: TableState

    def get_sortfields(self) -> "SortFields":
        return SortFields(self.excel, state=self.state)


class SortFields(Com):
    """`SortFields`."""

    state: TableState

    def get_count(self) -> int:
        return self.state.sorted_by


class ListRows(Com):
    """`ListRows`."""

    state: TableState

    def do_add(self, **given: Any) -> None:
        table = self.state
        area = table.area
        position = given.pop("Position", None)
        if given != {"AlwaysInsert": False} or (position is None and not table.totals):
            raise NotModelledError("ListRows.Add but for a table with totals or a row between others")
        columns = range(area.left, area.right + 1)
        below = [(area.bottom + 1, column) for column in columns]
        if any(table.sheet.cells.get(place, Cell()).entered() != "" for place in below):
            raise NotModelledError("ListRows.Add with something below")
        top = area.bottom if position is None else area.top + position
        moved = Area(top, area.left, area.bottom, area.right)
        if not table.body.top <= top <= area.bottom or any(one.meets(moved) for one in table.sheet.merged):
            raise NotModelledError("ListRows.Add outside the rows, or with merged cells")
        if table.criteria:
            raise NotModelledError("adding to a table whose filter hides rows")
        for row in range(area.bottom, top - 1, -1):
            for column in columns:
                table.sheet.cells[row + 1, column] = table.sheet.cells.pop((row, column), Cell())
        table.sheet.comments = {
            (row + moved.holds(row, column), column) for row, column in table.sheet.comments
        }
        self.excel.book.follow(table.sheet, _one_down(moved))
        table.area = Area(area.top, area.left, area.bottom + 1, area.right)


def _one_down(rows: Area) -> Move:
    """Rows move by one into the free row below: what ends or begins in them moves, the rest stays."""

    def move(one: Area) -> Area:
        if not rows.left <= one.left <= one.right <= rows.right:
            return one
        top = one.top + (rows.top <= one.top <= rows.bottom)
        return Area(top, one.left, one.bottom + (rows.top <= one.bottom <= rows.bottom), one.right)

    return move


class AutoFilter(Com):
    """`AutoFilter` of a table."""

    state: TableState

    def get_filtermode(self) -> bool:
        return bool(self.state.criteria)

    def do_filters(self, number: int) -> "Filter":
        return Filter(self.excel, criteria=self.state.criteria.get(number))

    def do_showalldata(self) -> None:
        self.state.criteria.clear()


class Filter(Com):
    """`Filter`: the criteria of one column."""

    criteria: tuple[Any, Any] | None

    def get_on(self) -> bool:
        return self.criteria is not None

    def get_operator(self) -> Any:
        return self.criteria[1] if self.criteria else 0

    def get_criteria1(self) -> Any:
        return self.criteria[0] if self.criteria else None

    def get_criteria2(self) -> Any:
        raise refusal("Application-defined or object-defined error")
