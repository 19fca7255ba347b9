"""What the stand-in remembers: cells, tables and what points at them, and how Excel reads what is entered."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from les_xl.excel.addresses import Area
from les_xl.excel.closed.references import moved
from tests.live.windows import refusal

ERRORS = {"#N/A": -2146826246, "#REF!": -2146826265, "#DIV/0!": -2146826281}
_DATE = re.compile(
    r"[0-9]{1,2}[-/][0-9]{1,2}([-/][0-9]{2,4})?|[A-Za-z]{3}[- ][0-9]{2,4}|[0-9]{1,2} [A-Za-z]{3,9}"
)


@dataclass
class Cell:
    """A cell: its value, its formula, whether an apostrophe marks it, and its number format."""

    value: Any = None
    formula: str | None = None
    mark: str = ""
    look: str = "General"

    def entered(self) -> Any:
        """What `Formula` answers."""
        if self.formula is not None:
            return self.formula
        if isinstance(self.value, bool):
            return str(self.value).upper()
        if isinstance(self.value, int):
            return next(text for text, number in ERRORS.items() if number == self.value)
        return (
            "" if self.value is None else self.value if isinstance(self.value, str) else f"{self.value:.15g}"
        )

    def enter(self, content: Any) -> None:
        """Read a content as Excel reads what is typed."""
        self.formula, self.mark = None, ""
        if isinstance(content, str):
            self._read(content)
        elif self.look == "@" and not isinstance(content, bool) and content is not None:
            self.value = f"{content:g}"
        else:
            self.value = content

    def _read(self, text: str) -> None:
        if len(text.removeprefix("'")) > 32_767:
            raise refusal("Text is too long.")
        if text.startswith("'"):
            self.value, self.mark = text[1:], "'"
        elif self.look == "@" or text == "":
            self.value = text or None
        elif text[0] in "=+-@" and _number(text) is None:
            self.formula, self.value = "=" + text.lstrip("=+@"), 0.0
        else:
            self.value = _constant(text)


def _constant(text: str) -> Any:
    if text in ERRORS:
        return ERRORS[text]
    if text.strip().casefold() in ("true", "false"):
        return text.strip().casefold() == "true"
    if _DATE.fullmatch(text.strip()):
        return 45_000.0
    number = _number(text)
    return text if number is None else number


def _number(text: str) -> float | None:
    percent = text.strip().endswith("%")
    try:
        number = float(text.strip().lstrip("£").replace(",", "").removesuffix("%"))
    except ValueError:
        return None
    return number / 100 if percent else number


@dataclass
class TableState:
    """A table: its area with header and totals, its filter's criteria by field, and whether it was sorted."""

    name: str
    sheet: "SheetState"
    area: Area
    totals: bool = False
    source: int = 1
    criteria: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    sorted_by: int = 0

    @property
    def body(self) -> Area:
        """Its body rows."""
        return Area(self.area.top + 1, self.area.left, self.area.bottom - self.totals, self.area.right)

    def resize(self, area: Area) -> None:
        """As `ListObject.Resize`; calculated columns go on in the new rows."""
        if (area.top, area.left, area.right) != (self.area.top, self.area.left, self.area.right):
            raise refusal("The table's header must stay in its row.")
        if any(one is not self and one.area.meets(area) for one in self.sheet.tables):
            raise refusal("A table cannot overlap another table.")
        self.area = area


@dataclass
class Drawn:
    """A conditional format (`kind` by COM's number), a validation or a sparkline: where, and its formulas."""

    areas: list[Area]
    formulas: list[str]
    kind: int = 2
    operator: int = 3


@dataclass
class ShapeState:
    """A shape: its name, its alternative text, and the series of the chart that it holds (None: none)."""

    name: str
    text: str = ""
    series: list[str] | None = None


@dataclass
class SheetState:
    """A sheet: its cells by row and column, tables, comments and merged areas, and what is drawn on them."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    tables: list[TableState] = field(default_factory=list)
    comments: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    formats: list[Drawn] = field(default_factory=list)
    validations: list[Drawn] = field(default_factory=list)
    sparklines: list[Drawn] = field(default_factory=list)
    protected: bool = False
    sections: dict[str, str] = field(default_factory=dict)
    print_area: str = ""
    shapes: list["ShapeState"] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell:
        """A cell, made where there was none."""
        return self.cells.setdefault((row, column), Cell())

    def used(self) -> Area:
        """The area that holds anything."""
        filled = [place for place, cell in self.cells.items() if cell.entered() != ""] or [(1, 1)]
        rows, columns = [row for row, _ in filled], [column for _, column in filled]
        return Area(min(rows), min(columns), max(rows), max(columns))


Move = Callable[[Area], Area | None]


@dataclass
class BookState:
    """The workbook; `settings` are those of the application."""

    sheets: list[SheetState]
    names: dict[str, str] = field(default_factory=dict)
    date1904: bool = False
    read_only: bool = False
    shared: bool = False
    protected_view: bool = False
    ready: bool = True
    path: str = "les_master.xlsx"
    selected: tuple[str, int, int] | None = None
    properties: dict[str, str] = field(default_factory=dict)
    printer: bool = True
    settings: dict[str, Any] = field(
        default_factory=lambda: {
            "Interactive": True, "DisplayAlerts": True, "ScreenUpdating": True, "EnableEvents": True,
            "Calculation": -4105, "StatusBar": False, "CutCopyMode": 0, "AutoFillFormulasInLists": True,
            "PrintCommunication": True,
        }
    )  # fmt: skip

    def shift(self, sheet: SheetState, area: Area, by: int) -> None:
        """Delete an area (`by` is -1) or insert cells there (1): the columns below move."""
        step = by * (area.bottom - area.top + 1)
        for one in sheet.tables:
            below = (
                one.area.bottom >= area.top and one.area.left <= area.right and one.area.right >= area.left
            )
            if below and not area.left <= one.area.left <= one.area.right <= area.right:
                raise refusal("This operation is not allowed. It would shift cells in a table.")
        merges = (one for one in sheet.merged if one.bottom >= area.top)
        if any(one.left < area.left or one.right > area.right for one in merges if one.right >= area.left):
            raise refusal("To do this, all the merged cells need to be the same size.")
        move = _down(area) if by > 0 else _up(area)
        cells = {place: cell for place, cell in sheet.cells.items() if _is_from(area, place)}
        kept = {place: cell for place, cell in sheet.cells.items() if place not in cells}
        for (row, column), cell in cells.items():
            if by > 0 or row > area.bottom:
                kept[row + step, column] = cell
        sheet.cells = kept
        sheet.comments = {
            (row + step, column) if _is_from(area, (row, column)) else (row, column)
            for row, column in sheet.comments
            if by > 0 or not area.holds(row, column)
        }
        for table in sheet.tables:
            table.area = _table(table.area, area, by)
        self.follow(sheet, move)

    def follow(self, sheet: SheetState, move: Move) -> None:
        """Every formula, name and chart goes on pointing at the same cells."""
        for host in self.sheets:
            for cell in host.cells.values():
                if cell.formula is not None:
                    cell.formula = moved(cell.formula, host.name, sheet.name, move)
            host.charts = [moved(text, "", sheet.name, move) for text in host.charts]
            host.links = [(url, moved(text, host.name, sheet.name, move)) for url, text in host.links]
            for one in (*host.formats, *host.validations, *host.sparklines):
                one.formulas = [moved(text, host.name, sheet.name, move) for text in one.formulas]
                if host is sheet:
                    one.areas = [after for area in one.areas if (after := move(area)) is not None]
        self.names = {name: moved(text, "", sheet.name, move) for name, text in self.names.items()}

    def tables(self) -> Iterator[TableState]:
        """Every table."""
        return (table for sheet in self.sheets for table in sheet.tables)


def _is_from(area: Area, place: tuple[int, int]) -> bool:
    return place[0] >= area.top and area.left <= place[1] <= area.right


def _down(area: Area) -> Move:
    count = area.bottom - area.top + 1

    def move(one: Area) -> Area:
        if not area.left <= one.left <= one.right <= area.right:
            return one
        top = one.top + count if one.top >= area.top else one.top
        bottom = one.bottom + count if one.bottom >= area.top else one.bottom
        return Area(top, one.left, bottom, one.right)

    return move


def _up(area: Area) -> Move:
    count = area.bottom - area.top + 1

    def move(one: Area) -> Area | None:
        if not area.left <= one.left <= one.right <= area.right:
            return one
        if area.top <= one.top and one.bottom <= area.bottom:
            return None
        top = one.top if one.top < area.top else max(area.top, one.top - count)
        if one.bottom < area.top:
            return one
        bottom = one.bottom - count if one.bottom > area.bottom else area.top - 1
        return Area(top, one.left, bottom, one.right)

    return move


def _table(table: Area, area: Area, by: int) -> Area:
    """A table grows by cells inserted between its header and its end, and shrinks by rows taken out of it."""
    inside = area.left <= table.left <= table.right <= area.right
    if not inside or area.top > table.bottom:
        return table
    count = area.bottom - area.top + 1
    if area.top <= table.top:
        return Area(table.top + by * count, table.left, table.bottom + by * count, table.right)
    return Area(table.top, table.left, table.bottom + by * count, table.right)
