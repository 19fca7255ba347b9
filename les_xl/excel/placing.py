"""Formulas of a generated table at the places that its rows and columns have in the analyst's workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from les_xl.excel.addresses import Area, address
from les_xl.excel.book import Value, Written
from les_xl.report.table import Formula, Ref


class NowhereError(Exception):
    """A formula speaks of cells that the workbook's table does not have, or has in no single block."""


@dataclass(frozen=True)
class Places:
    """The sheet row of each generated row and the sheet column of each generated column."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]

    def formula(self, formula: Formula) -> Value | Written:
        """The formula with its addresses; only its result where the workbook lacks what it speaks of."""
        try:
            found = [self._address(ref) for ref in formula.refs]
        except (NowhereError, KeyError):
            return formula.value
        # A sum takes a list of blocks; nothing else does.
        if any("," in one for one in found) and formula.text != "=SUM({0})":
            return formula.value
        text = formula.text.format(*found)
        return Written(text if text.startswith("=") else f"={text}", formula.value)

    def _address(self, ref: Ref) -> str:
        if ref.last_row is None and ref.last_column is None:
            return address(self.rows[ref.row], self.columns[ref.column])
        rows = range(ref.row, (ref.row if ref.last_row is None else ref.last_row) + 1)
        columns = range(ref.column, (ref.column if ref.last_column is None else ref.last_column) + 1)
        down = runs([self.rows[row] for row in rows])
        across = runs([self.columns[column] for column in columns])
        areas = [str(Area(top, left, bottom, right)) for top, bottom in down for left, right in across]
        if not areas or len(areas) > 60:
            raise NowhereError
        return ",".join(areas)


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The numbers as first and last of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
