"""A table's filter, taken off while rows change and set again: Excel leaves hidden rows out of much."""

from dataclasses import dataclass
from typing import Any

from les_xl.excel.live import com
from les_xl.excel.live.spot import Spot


@dataclass(frozen=True)
class Filter:
    """What the filter of a table lets through, column by column; without criteria there is none."""

    table: Any
    criteria: tuple[Any, ...]

    @classmethod
    def of(cls, spot: Spot) -> "Filter":
        """Read it as xlwings tells of it."""
        found = spot.table.autofilter.criteria if com.is_filtered(spot.table) else ()
        return cls(spot.table, tuple(one for one in found if one.type != "none"))

    def clear(self) -> None:
        """Show every row."""
        if self.criteria:
            com.show_all(self.table)

    def set_again(self) -> bool:
        """Filter as before, by the new values; False where a criterion cannot be set again."""
        done = [self._set(one) for one in self.criteria]  # each, also after one that cannot be set
        return all(done)

    def _set(self, one: Any) -> bool:
        autofilter = self.table.autofilter
        if one.type == "values" and one.values:
            autofilter.apply_values(one.field, one.values)
        elif one.type == "comparison" and one.operator is not None:
            autofilter.apply_comparison(one.field, one.operator, one.value1, one.value2)
        elif one.type == "top_items" and one.count:
            autofilter.apply_top_items(one.field, one.count)
        elif one.type == "bottom_items" and one.count:
            autofilter.apply_bottom_items(one.field, one.count)
        else:
            return False
        return True
