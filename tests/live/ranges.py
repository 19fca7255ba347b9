"""`Range` and `ListObject` of the stand-in."""

from typing import Any

from les_xl.excel.addresses import Area
from les_xl.excel.closed.references import shifted
from tests.live.calls import Com, Items, NotModelledError, items
from tests.live.state import Cell, Drawn, SheetState
from tests.live.windows import refusal

LONGEST_IN_ARRAY = 8_203
LOOKS, FORMULAS, VALIDATIONS, FILTER_VALUES = -4122, -4123, 6, 7
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

    def get_count(self) -> int:
        return sum(len(row) for row in self._places())

    def get_rows(self) -> Items:
        return items(self.excel, [None] * (self.area.bottom - self.area.top + 1))

    def get_columns(self) -> Items:
        return items(self.excel, [None] * (self.area.right - self.area.left + 1))

    def get_worksheet(self) -> Com:
        return self.excel.worksheet(self.excel, self.sheet)

    def get_address(self) -> str:
        return fixed(self.area)

    def get_validation(self) -> "Validation":
        return Validation(self.excel, sheet=self.sheet, area=self.area)

    def get_value2(self) -> Any:
        return self._answer([[self._cell(place).value for place in row] for row in self._places()])

    def get_formula(self) -> Any:
        return self._answer([[self._cell(place).entered() for place in row] for row in self._places()])

    def get_mergecells(self) -> Any:
        return None if any(one.meets(self.area) for one in self.sheet.merged) else False

    def do_getaddress(self, *given: Any) -> str:
        if given[:3] != (True, True, 1):
            raise NotModelledError(f"GetAddress {given}")
        return fixed(self.area)

    def put_formula(self, contents: Any) -> None:
        places = self._places()
        if isinstance(contents, str) and len(places) == len(places[0]) == 1:
            self._type(contents)
            return
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

    def put_formula2(self, contents: Any) -> None:
        if not isinstance(contents, str):
            raise NotModelledError("Formula2 of more than one cell")
        self._type(contents)

    def _type(self, content: str) -> None:
        """One formula as a person types it; inside a table Excel would fill the column."""
        if any(one.area.meets(self.area) for one in self.sheet.tables):
            raise NotModelledError("one formula typed into a table")
        self._change()
        self.sheet.cell(self.area.top, self.area.left).enter(content)

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
        if self.excel.clipboard is None or given["Paste"] not in (LOOKS, FORMULAS, VALIDATIONS):
            raise NotModelledError(f"PasteSpecial {given}")
        self._change()
        sheet, source = self.excel.clipboard
        if source.right - source.left != self.area.right - self.area.left or source.top != source.bottom:
            raise NotModelledError("pasting another shape")
        for row, column in (place for line in self._places() for place in line):
            place = source.top, source.left + column - self.area.left
            self._paste(given["Paste"], sheet.cells.get(place, Cell()), (row, column), row - source.top)

    def _paste(self, what: int, source: Cell, place: tuple[int, int], down: int) -> None:
        if what == LOOKS:
            self.sheet.cell(*place).look = source.look
        elif what == FORMULAS:
            if source.formula is None:
                raise NotModelledError("pasting the formula of a constant")
            cell = self.sheet.cell(*place)
            cell.formula, cell.value = shifted(source.formula, down, 0), 0.0

    def do_clear(self) -> None:
        self._change()
        for place in (place for line in self._places() for place in line):
            self.sheet.cells.pop(place, None)

    def do_autofilter(self, **given: Any) -> None:
        table = next(one for one in self.sheet.tables if one.area == self.area)
        table.criteria.pop(given["Field"], None)
        if "Criteria1" in given:
            table.criteria[given["Field"]] = given["Criteria1"], given.get("Operator", 0)


class Validation(Com):
    """`Range.Validation`: Excel tells of it where all cells of the range have the same."""

    sheet: SheetState
    area: Area

    def _drawn(self) -> Drawn:
        corners = (self.area.top, self.area.left), (self.area.bottom, self.area.right)
        for one in self.sheet.validations:
            if any(all(area.holds(*corner) for corner in corners) for area in one.areas):
                return one
        raise refusal("Application-defined or object-defined error")

    def get_type(self) -> int:
        return self._drawn().kind

    def get_operator(self) -> int:
        return self._drawn().operator

    def get_formula1(self) -> str:
        return self._drawn().formulas[0]

    def get_formula2(self) -> Any:
        return self._drawn().formulas[1]


def fixed(area: Area) -> str:
    """`$B$2:$D$9`, as Excel writes it."""
    first, _, last = str(area).partition(":")
    return ":".join(_cell(one) for one in (first, last) if one)


def _cell(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell.removeprefix(letters)}"
