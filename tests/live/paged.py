"""What stands around the cells of the stand-in: page set-up, shapes, and the document's properties."""

from typing import Any

from tests.live.calls import Com, Items, NotModelledError, items
from tests.live.state import BookState, ShapeState, SheetState
from tests.live.windows import refusal

SECTIONS = ("LeftHeader", "CenterHeader", "RightHeader", "LeftFooter", "CenterFooter", "RightFooter")
_KNOWN = ("Title", "Subject", "Author", "Comments")


class PageSetup(Com):
    """`PageSetup`; without a printer it answers nothing, and what is set waits for the printer."""

    sheet: SheetState

    def get_printarea(self) -> str:
        self._ask()
        return self.sheet.print_area

    def put_printarea(self, areas: str) -> None:
        self._ask(sets=True)
        self.sheet.print_area = areas

    def _ask(self, *, sets: bool = False) -> None:
        if not self.excel.book.printer:
            raise refusal("Unable to get the property of the PageSetup class")
        if not sets and self.excel.book.settings["PrintCommunication"] is not True:
            raise NotModelledError("reading page set-up that waits for the printer")


def _section(name: str) -> None:
    def get(self: PageSetup) -> str:
        self._ask()
        return self.sheet.sections.get(name, "")

    def put(self: PageSetup, text: str) -> None:
        self._ask(sets=True)
        if len(text) > 255:
            raise refusal("Unable to set the property of the PageSetup class")
        self.sheet.sections[name] = text

    setattr(PageSetup, f"get_{name.lower()}", get)
    setattr(PageSetup, f"put_{name.lower()}", put)


for _name in SECTIONS:
    _section(_name)


def shapes(excel: Any, sheet: SheetState) -> Items:
    """`Worksheet.Shapes`."""
    return items(excel, [Shape(excel, sheet=sheet, state=one) for one in sheet.shapes])


class Shape(Com):
    """`Shape`, and the `Chart` that it holds."""

    sheet: SheetState
    state: ShapeState

    def get_name(self) -> str:
        return self.state.name

    def get_haschart(self) -> int:
        return -1 if self.state.series is not None else 0

    def get_chart(self) -> "Shape":
        if self.state.series is None:
            raise refusal("This member can only be accessed for a chart")
        return self

    def get_alternativetext(self) -> str:
        return self.state.text

    def put_alternativetext(self, text: str) -> None:
        if self.sheet.protected:
            raise refusal("The object is protected")
        self.state.text = text

    def do_seriescollection(self) -> Items:
        found = [Series(self.excel, text=text) for text in self.state.series or ()]
        return items(self.excel, found)


class Series(Com):
    """`Series`."""

    text: str

    def get_formula(self) -> str:
        return self.text


class Properties(Com):
    """`Workbook.BuiltinDocumentProperties`."""

    def __call__(self, name: str) -> "Property":
        self.excel.calls.arrive("BuiltinDocumentProperties()")
        if name not in _KNOWN:
            raise NotModelledError(f"the document property {name}")
        return Property(self.excel, held=self.excel.book, name=name)


class Property(Com):
    """`DocumentProperty`; one that was never set has no value."""

    held: BookState
    name: str

    def get_value(self) -> str | None:
        return self.held.properties.get(self.name)

    def put_value(self, text: str) -> None:
        self.held.properties[self.name] = text
