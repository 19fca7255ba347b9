"""What lies on the cells of the stand-in: conditional formats, validations, sparklines and links."""

from les_xl.excel.addresses import Area
from tests.live.calls import Com, Items, NotModelledError, items
from tests.live.ranges import Range, fixed
from tests.live.state import Drawn, SheetState
from tests.live.windows import refusal

ALL_VALIDATED = -4174


class Cells(Com):
    """`Worksheet.Cells`: every cell of a sheet, or one by its row and column."""

    state: SheetState

    def __call__(self, row: int, column: int) -> Range:
        self.excel.calls.arrive("Cells()")
        return Range(self.excel, sheet=self.state, area=Area(row, column, row, column))

    def get_formatconditions(self) -> Items:
        return items(
            self.excel, [Format(self.excel, sheet=self.state, drawn=one) for one in self.state.formats]
        )

    def get_sparklinegroups(self) -> Items:
        one = [Sparkline(self.excel, sheet=self.state, drawn=one) for one in self.state.sparklines]
        return items(self.excel, [items(self.excel, one)] if one else [])

    def do_specialcells(self, kind: int) -> "Places":
        found = [area for one in self.state.validations for area in one.areas]
        if kind != ALL_VALIDATED:
            raise NotModelledError(f"SpecialCells {kind}")
        if not found or self.state.protected:
            raise refusal("No cells were found.")
        touching = any(one.bottom + 1 == other.top for one in found for other in found)
        together = Area(
            min(one.top for one in found), min(one.left for one in found),
            max(one.bottom for one in found), max(one.right for one in found),
        )  # fmt: skip
        # Excel makes one area of neighbours, whatever their validations are.
        return Places(self.excel, sheet=self.state, areas=[together] if touching else found)


class Places(Com):
    """A `Range` of several areas."""

    sheet: SheetState
    areas: list[Area]

    def get_areas(self) -> Items:
        return items(self.excel, [Range(self.excel, sheet=self.sheet, area=area) for area in self.areas])

    def get_address(self) -> str:
        return ",".join(fixed(area) for area in self.areas)


class Format(Com):
    """`FormatCondition`."""

    sheet: SheetState
    drawn: Drawn

    def get_type(self) -> int:
        return self.drawn.kind

    def get_operator(self) -> int:
        if self.drawn.kind != 1:
            raise refusal("Application-defined or object-defined error")
        return self.drawn.operator

    def get_appliesto(self) -> Places:
        return Places(self.excel, sheet=self.sheet, areas=self.drawn.areas)

    def get_formula1(self) -> str:
        if self.drawn.kind not in (1, 2):
            raise refusal("Application-defined or object-defined error")
        return self.drawn.formulas[0]

    def get_formula2(self) -> str:
        if len(self.drawn.formulas) < 2:
            raise refusal("Application-defined or object-defined error")
        return self.drawn.formulas[1]


class Sparkline(Com):
    """`Sparkline`."""

    sheet: SheetState
    drawn: Drawn

    def get_location(self) -> Places:
        return Places(self.excel, sheet=self.sheet, areas=self.drawn.areas)

    def get_sourcedata(self) -> str:
        return self.drawn.formulas[0]


class Link(Com):
    """`Hyperlink`."""

    url: str
    place: str

    def get_address(self) -> str:
        return self.url

    def get_subaddress(self) -> str:
        return self.place
