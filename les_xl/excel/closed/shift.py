"""Where the cells of a table go when it grows or shrinks, and what becomes of the ranges that lie on them."""

from collections.abc import Mapping
from dataclasses import dataclass

from les_xl.excel.addresses import Area


@dataclass(frozen=True)
class Shift:
    """A table's body before and after, in rows of its sheet; `rows`: where each row that stays goes."""

    sheet: str
    left: int
    right: int
    first: int
    last: int
    new_last: int
    totals: bool
    rows: Mapping[int, int]

    @property
    def moves(self) -> bool:
        """True where any range may have to follow: a row came, went, or stands elsewhere."""
        went = len(self.rows) <= self.last - self.first
        return went or self.last != self.new_last or any(old != new for old, new in self.rows.items())

    @property
    def before(self) -> Area:
        """Header, body and totals as they were."""
        return Area(self.first - 1, self.left, self.last + self.totals, self.right)

    @property
    def after(self) -> Area:
        """Header, body and totals as they become."""
        return Area(self.first - 1, self.left, self.new_last + self.totals, self.right)

    def place(self, row: int) -> int | None:
        """Where a row of the table goes; None where it goes away."""
        if self.totals and row == self.last + 1:
            return self.new_last + 1
        return row if row < self.first else self.rows.get(row)

    def of_formula(self, area: Area) -> Area | None:
        """The range of a formula, chart or name; None where all its rows went away."""
        return self._follow(area, stretches_one=False)

    def of_range(self, area: Area) -> Area | None:
        """A range that a format or rule applies to: on a body of one row it means the whole body."""
        return self._follow(area, stretches_one=True)

    def of_print(self, area: Area) -> Area:
        """A print area: it may be wider than the table or leave out columns, and never cuts one that grew."""
        beside = area.right < self.left or self.right < area.left or area.top >= self.first
        if beside or area.bottom < self.before.bottom:
            return area
        ends_with_it = area.bottom == self.before.bottom
        bottom = self.after.bottom if ends_with_it else max(area.bottom, self.after.bottom)
        return Area(area.top, area.left, bottom, area.right)

    def _follow(self, area: Area, *, stretches_one: bool) -> Area | None:
        beside = area.left < self.left or area.right > self.right
        if beside or area.bottom < self.first or area.bottom > self.before.bottom:
            return area
        if area.top == area.bottom:
            if stretches_one and area.top == self.first == self.last:
                return Area(self.first, area.left, self.new_last, area.right)
            row = area.top if self.first == area.top == self.last else self.place(area.top)
            return None if row is None else Area(row, area.left, row, area.right)
        return self._follow_rows(area)

    def _follow_rows(self, area: Area) -> Area | None:
        stay = [new for old, new in self.rows.items() if area.top <= old <= area.bottom]
        if area.bottom > self.last:
            bottom = self.new_last + 1
        elif area.top <= self.first and area.bottom == self.last:
            bottom = self.new_last
        else:
            bottom = max(stay, default=self.first - 1)
        top = area.top if area.top <= self.first else min(stay, default=bottom)
        return Area(top, area.left, bottom, area.right) if top <= bottom else None
