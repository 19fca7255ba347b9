"""Where a table stands on its sheet, and the addresses that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_cell_to_rowcol, xl_range_abs, xl_rowcol_to_cell

from les_xl.excel.addresses import Area
from les_xl.report.table import Formula, Ref, Table


@dataclass(frozen=True)
class Placed:
    """A table with its sheet and the cell (counted from 0) where its header row begins."""

    sheet: str
    table: Table
    row: int
    column: int = 0

    @property
    def first_row(self) -> int:
        """The sheet row of the first body row."""
        return self.row + 1

    @property
    def last_row(self) -> int:
        """The sheet row of the last body row; a table without rows has one empty one, as Excel wants."""
        return self.row + max(1, len(self.table.rows))

    @property
    def last_column(self) -> int:
        """The sheet column of the last column."""
        return self.column + len(self.table.columns) - 1

    def sheet_column(self, name: str) -> int:
        """The sheet column of a column by its header."""
        return self.column + self.table.index(name)

    def address(self, ref: Ref) -> str:
        """`F7`, or `C6:I6` for a block, of body cells on this sheet."""
        top, left = self.first_row + 1, self.column + 1
        last_row = ref.row if ref.last_row is None else ref.last_row
        last_column = ref.column if ref.last_column is None else ref.last_column
        return str(Area(top + ref.row, left + ref.column, top + last_row, left + last_column))

    def formula(self, formula: Formula) -> str:
        """The text of a formula with its addresses filled in."""
        return formula.text.format(*(self.address(ref) for ref in formula.refs))

    def body(self) -> tuple[int, int, int, int]:
        """First row, first column, last row and last column of the body, as conditional formats want them."""
        return self.first_row, self.column, self.last_row, self.last_column

    def column_body(self, name: str) -> tuple[int, int, int, int]:
        """The body of one column, as conditional formats want it."""
        column = self.sheet_column(name)
        return self.first_row, column, self.last_row, column

    def absolute(self, first: Ref, last: Ref) -> str:
        """`='Cost and volume'!$C$20:$N$20`: a block for a chart or a sparkline."""
        block = xl_range_abs(
            self.first_row + first.row,
            self.column + first.column,
            self.first_row + last.row,
            self.column + last.column,
        )
        return f"={quote_sheetname(self.sheet)}!{block}"

    def list_source(self) -> str:
        """`=Lists!$A$6:$A$23`: the first column, for a drop-down list; it follows when the table grows."""
        return self.absolute(Ref(0, 0), Ref(max(0, len(self.table.rows) - 1), 0))

    def header_cell(self, name: str) -> str:
        """`='LTC banding'!$C$8`: the cell of a header, for the name of a chart's series."""
        cell = xl_rowcol_to_cell(self.row, self.sheet_column(name), row_abs=True, col_abs=True)
        return f"={quote_sheetname(self.sheet)}!{cell}"


Placements = Mapping[str, Placed]
"""Every placed table of a workbook, by its name."""


def cell_name(sheet: str, cell: str) -> str:
    """`=Cover!$B$4`: what a defined name points at."""
    row, column = xl_cell_to_rowcol(cell)
    return f"={quote_sheetname(sheet)}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"
