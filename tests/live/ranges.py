"""`Range` and `ListObject` of the stand-in."""

from typing import Any

from les_xl.excel.addresses import Area
from les_xl.excel.closed.references import shifted
from tests.live.calls import Com, Items, NotModelledError, bare, items
from tests.live.state import Cell, Move, SheetState, TableState
from tests.live.windows import refusal

LONGEST_IN_ARRAY = 8_203
FILL_COPY, LOOKS, VALIDATIONS, FILTER_VALUES = 1, -4122, 6, 7
DOWN, UP = -4121, -4162


class Range(Com):
    """`Range`: one rectangle of cells."""

    sheet: SheetState
    area: Area

    def _places(self) -> list[list[tuple[int, int]]]:
        rows = range(self.area.top, self.area.bottom + 1)
        return [[(row, column) for column in range(self.area.left, self.area.right + 1)] for row in rows]

    def _answer(self, rows: list[list[Any]]) -> Any:
        alone = len(rows) == 1 and len(rows[0]) == 1
        return rows[0][0] if alone else tuple(tuple(row) for row in rows)

    def _cell(self, place: tuple[int, int]) -> Cell:
        return self.sheet.cells.get(place) or Cell()

    def get_row(self) -> int:
        return self.area.top

    def get_column(self) -> int:
        return self.area.left

    def get_rows(self) -> Items:
        return items(self.excel, [None] * (self.area.bottom - self.area.top + 1))

    def get_columns(self) -> Items:
        return items(self.excel, [None] * (self.area.right - self.area.left + 1))

    def get_worksheet(self) -> Com:
        return self.excel.worksheet(self.excel, self.sheet)

    def get_value2(self) -> Any:
        return self._answer([[self._cell(place).value for place in row] for row in self._places()])

    def get_formula(self) -> Any:
        return self._answer([[self._cell(place).entered() for place in row] for row in self._places()])

    def get_mergecells(self) -> Any:
        return None if any(one.meets(self.area) for one in self.sheet.merged) else False

    def put_formula(self, contents: Any) -> None:
        places = self._places()
        if not isinstance(contents, tuple) or len(contents) != len(places):
            raise NotModelledError("an array of another size")
        texts = [one for row in contents for one in row if isinstance(one, str)]
        if any(len(text) > LONGEST_IN_ARRAY for text in texts):
            raise refusal("Application-defined or object-defined error")
        if self.excel.book.settings["AutoFillFormulasInLists"] or self.excel.book.settings["EnableEvents"]:
            raise NotModelledError("filling while Excel fills columns and raises events itself")
        self._change()
        for row, given in zip(places, contents, strict=True):
            for place, content in zip(row, given, strict=True):
                if content is None or type(content) is int:
                    raise NotModelledError(f"a cell that gets {content!r}")
                self.sheet.cell(*place).enter(content)

    def put_value2(self, content: Any) -> None:
        if not isinstance(content, str) or self.area.top != self.area.bottom:
            raise NotModelledError("Value2 of more than a cell with a text")
        self._change()
        self.sheet.cell(self.area.top, self.area.left).enter(content)

    def _change(self) -> None:
        if self.sheet.protected:
            raise refusal("The cell or chart you're trying to change is on a protected sheet.")
        if any(one.criteria and one.area.meets(self.area) for one in self.sheet.tables):
            raise NotModelledError("changing a table whose filter hides rows")

    def do_delete(self, **given: Any) -> None:
        if given != {"Shift": UP}:
            raise NotModelledError(f"Delete {given}")
        self._change()
        body = next((one.body for one in self.sheet.tables if one.body.meets(self.area)), None)
        if body is not None and self.area.top <= body.top and self.area.bottom >= body.bottom:
            raise NotModelledError("a table left without rows")
        self.excel.book.shift(self.sheet, self.area, -1)

    def do_insert(self, **given: Any) -> None:
        if given != {"Shift": DOWN, "CopyOrigin": 1}:
            raise NotModelledError(f"Insert {given}")
        self._change()
        self.excel.book.shift(self.sheet, self.area, 1)

    def do_copy(self, **given: Any) -> None:
        if given != {"Destination": None}:
            raise NotModelledError("Copy to a place")
        self.excel.clipboard = self.sheet, self.area

    def do_pastespecial(self, **given: Any) -> None:
        if self.excel.clipboard is None or given["Paste"] not in (LOOKS, VALIDATIONS):
            raise NotModelledError(f"PasteSpecial {given}")
        self._change()
        sheet, source = self.excel.clipboard
        if source.right - source.left != self.area.right - self.area.left or source.top != source.bottom:
            raise NotModelledError("pasting another shape")
        if given["Paste"] == LOOKS:
            for row, column in (place for line in self._places() for place in line):
                look = sheet.cells.get((source.top, source.left + column - self.area.left), Cell()).look
                self.sheet.cell(row, column).look = look

    def do_autofill(self, **given: Any) -> None:
        target = bare(given["Destination"]).area
        if given["Type"] != FILL_COPY or (target.top, target.left) != (self.area.top, self.area.left):
            raise NotModelledError(f"AutoFill {given}")
        self._change()
        source = self._cell((self.area.top, self.area.left))
        for row in range(self.area.top + 1, target.bottom + 1):
            cell = self.sheet.cell(row, self.area.left)
            cell.formula = shifted(source.formula or "", row - self.area.top, 0)
            cell.value, cell.look = 0.0, source.look

    def do_clear(self) -> None:
        self._change()
        for place in (place for line in self._places() for place in line):
            self.sheet.cells.pop(place, None)

    def do_autofilter(self, **given: Any) -> None:
        table = next(one for one in self.sheet.tables if one.area == self.area)
        table.criteria.pop(given["Field"], None)
        if "Criteria1" in given:
            table.criteria[given["Field"]] = given["Criteria1"], given.get("Operator", 0)


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

    def get_listrows(self) -> "ListRows":
        return ListRows(self.excel, state=self.state)

    def do_resize(self, area: Any) -> None:
        if self.state.sheet.protected:
            raise refusal("This command is not available in a protected sheet.")
        if self.state.totals and bare(area).area.bottom > self.state.area.bottom:
            raise NotModelledError("Resize that makes a table with totals longer")
        self.state.resize(bare(area).area)


class ListRows(Com):
    """`ListRows`."""

    state: TableState

    def do_add(self, **given: Any) -> None:
        table = self.state
        area = table.area
        if given != {"AlwaysInsert": False} or not table.totals:
            raise NotModelledError("ListRows.Add but for a table with totals")
        below = [(area.bottom + 1, column) for column in range(area.left, area.right + 1)]
        if any(table.sheet.cells.get(place, Cell()).entered() != "" for place in below):
            raise NotModelledError("ListRows.Add with something below")
        for row, column in below:
            table.sheet.cells[row, column] = table.sheet.cells.pop((row - 1, column), Cell())
        self.excel.book.follow(table.sheet, _one_down(area))
        table.area = Area(area.top, area.left, area.bottom + 1, area.right)


def _one_down(table: Area) -> Move:
    totals = Area(table.bottom, table.left, table.bottom, table.right)

    def move(one: Area) -> Area:
        inside = totals.meets(one) and one.top == one.bottom
        return Area(one.top + 1, one.left, one.bottom + 1, one.right) if inside else one

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
