"""What a table held before it was touched, from which every cell can be entered again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from les_xl.excel.addresses import Area
from les_xl.excel.live import com, entry
from les_xl.excel.live.spot import Spot


@dataclass(frozen=True)
class Image:
    """The body's `Value2` and `Formula`, row by row."""

    values: com.Rows
    formulas: com.Rows

    @classmethod
    def of(cls, spot: Spot, area: Area | None = None) -> "Image":
        """Read it, in two calls."""
        cells = spot.cells(area or spot.body)
        return cls(com.values(cells), com.formulas(cells))

    def again(self, row: int, column: int) -> com.Raw:
        """What is put into a cell so that it holds what it held; row and column from 0."""
        return entry.again(self.values[row][column], self.formulas[row][column])

    def has_formula(self, row: int, column: int) -> bool:
        """True where the cell held a formula."""
        return entry.has_formula(self.values[row][column], self.formulas[row][column])

    def is_as(self, other: "Image") -> bool:
        """True where every cell has the same formula, or the same value of the same type."""
        if self.formulas != other.formulas:
            return False
        places = [(row, column) for row, values in enumerate(self.values) for column in range(len(values))]
        return all(self.again(*place) == other.again(*place) for place in places)


def enter(spot: Spot, area: Area, contents: Sequence[Sequence[com.Raw]]) -> None:
    """Fill an area in one call, and then the texts that are too long for an array, one by one."""
    carried = [["" if entry.is_long(one) else one for one in row] for row in contents]
    com.enter(spot.cells(area), carried)
    for down, row in enumerate(contents):
        for across, content in enumerate(row):
            if entry.is_long(content):
                place = Area(area.top + down, area.left + across, area.top + down, area.left + across)
                com.enter_text(spot.cells(place), content)


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken run of ascending numbers."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]
