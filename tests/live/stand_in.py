"""Excel's objects as COM shows them, in memory and strict: whatever is not modelled here is an error.

What each behaviour is taken from is written down in docs/live-book.md.
"""

from typing import Any

from les_xl.excel.addresses import Area
from tests.live.calls import Com, Excel, Items, NotModelledError, bare, items
from tests.live.drawn import Cells, Link
from tests.live.paged import PageSetup, Properties, Series, shapes
from tests.live.ranges import Range
from tests.live.state import BookState, SheetState
from tests.live.tables import ListObject
from tests.live.windows import refusal


def started(book: BookState) -> tuple[Excel, "Workbook"]:
    """Excel with a workbook open."""
    excel = Excel(book, lambda one, sheet: Worksheet(one, state=sheet))
    return excel, Workbook(excel)


class Application(Com):
    """`Application`: its settings, and what shows whether Excel takes orders."""

    def get_ready(self) -> bool:
        return self.excel.book.ready

    def get_hwnd(self) -> int:
        return 1

    def get_autocorrect(self) -> "Settings":
        return Settings(self.excel)

    def get_selection(self) -> Any:
        found = self.excel.book.selected
        if found is None:
            raise refusal("Object doesn't support this property or method")
        sheet = next(one for one in self.excel.book.sheets if one.name == found[0])
        return Range(self.excel, sheet=sheet, area=Area(found[1], found[2], found[1], found[2]))

    def do_calculatefull(self) -> None:
        if self.excel.book.settings["Interactive"] is not True:
            raise NotModelledError("calculating while Excel takes no input")

    def get_protectedviewwindows(self) -> Items:
        shown = [View(self.excel)] if self.excel.book.protected_view else []
        return items(self.excel, shown)


class Settings(Com):
    """`Application.AutoCorrect`."""


def _setting(kind: type[Com], name: str) -> None:
    def get(self: Com) -> Any:
        return self.excel.book.settings[name]

    def put(self: Com, value: Any) -> None:
        self.excel.book.settings[name] = value

    setattr(kind, f"get_{name.lower()}", get)
    setattr(kind, f"put_{name.lower()}", put)


for _name in ("Interactive", "DisplayAlerts", "ScreenUpdating", "EnableEvents", "Calculation", "StatusBar"):
    _setting(Application, _name)
_setting(Application, "CutCopyMode")
_setting(Application, "PrintCommunication")
_setting(Settings, "AutoFillFormulasInLists")


class View(Com):
    """`ProtectedViewWindow`."""

    def get_workbook(self) -> "Workbook":
        return Workbook(self.excel)


class Workbook(Com):
    """`Workbook`."""

    def get_name(self) -> str:
        return "les_master.xlsx"

    def get_fullname(self) -> str:
        return self.excel.book.path

    def get_application(self) -> Application:
        return Application(self.excel)

    def get_worksheets(self) -> Items:
        sheets = self.excel.book.sheets
        found = [Worksheet(self.excel, state=sheet) for sheet in sheets]
        return items(self.excel, found, [sheet.name for sheet in sheets])

    def get_names(self) -> Items:
        names = self.excel.book.names
        return items(self.excel, [Name(self.excel, name=name) for name in names], list(names))

    def get_readonly(self) -> bool:
        return self.excel.book.read_only

    def get_multiuserediting(self) -> bool:
        return self.excel.book.shared

    def get_builtindocumentproperties(self) -> Properties:
        return Properties(self.excel)

    def get_date1904(self) -> bool:
        return self.excel.book.date1904


class Name(Com):
    """`Name`."""

    name: str

    def get_name(self) -> str:
        return self.name

    def get_refersto(self) -> str:
        return f"={self.excel.book.names[self.name]}"


class Worksheet(Com):
    """`Worksheet`."""

    state: SheetState

    def get_name(self) -> str:
        return self.state.name

    def get_parent(self) -> Workbook:
        return Workbook(self.excel)

    def get_protectcontents(self) -> bool:
        return self.state.protected

    def get_listobjects(self) -> Items:
        tables = self.state.tables
        return items(self.excel, [ListObject(self.excel, state=table) for table in tables])

    def get_usedrange(self) -> "Range":
        return Range(self.excel, sheet=self.state, area=self.state.used())

    def get_comments(self) -> Items:
        places = sorted(self.state.comments)
        return items(self.excel, [Comment(self.excel, sheet=self.state, place=one) for one in places])

    def get_commentsthreaded(self) -> Items:
        return items(self.excel, [])

    def do_chartobjects(self) -> Items:
        return items(self.excel, [Chart(self.excel, formulas=self.state.charts)])

    def get_pagesetup(self) -> PageSetup:
        return PageSetup(self.excel, sheet=self.state)

    def get_shapes(self) -> Items:
        return shapes(self.excel, self.state)

    def get_protectdrawingobjects(self) -> bool:
        return self.state.protected

    def get_cells(self) -> "Cells":
        return Cells(self.excel, state=self.state)

    def get_hyperlinks(self) -> Items:
        links = [Link(self.excel, url=url, place=place) for url, place in self.state.links]
        return items(self.excel, links)

    def do_range(self, first: Any, last: Any) -> "Range":
        one, other = bare(first).area, bare(last).area
        return Range(self.excel, sheet=self.state, area=Area(one.top, one.left, other.bottom, other.right))


class Chart(Com):
    """`ChartObject`, its `Chart` and its series in one."""

    formulas: list[str]

    def get_chart(self) -> "Chart":
        return self

    def do_seriescollection(self) -> Items:
        return items(self.excel, [Series(self.excel, text=text) for text in self.formulas])


class Comment(Com):
    """`Comment`; its parent is its cell."""

    sheet: SheetState
    place: tuple[int, int]

    def get_parent(self) -> "Range":
        row, column = self.place
        return Range(self.excel, sheet=self.sheet, area=Area(row, column, row, column))
