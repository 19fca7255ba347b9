"""XlsxWriter as the master needs it: in British English, and quick with the usual formulas and cells."""

import re
from io import BytesIO, StringIO
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet

LANGUAGE = "en-GB"
_AMERICAN = '"en-US"'
_CORE = "docProps/core.xml"
_TITLE_END = "</dc:title>"
_CALLED = re.compile(r"([A-Z0-9._]+)\(")
_USUAL = frozenset(
    ("AND", "AVERAGE", "IF", "IFERROR", "INDEX", "ISERROR", "ISNUMBER", "MATCH", "SUM", "TEXT")
)
"""Functions that Excel has long had, and so stores under the name that people type."""

_ROWS_OF_A_SPAN = 16


class _Worksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter is not typed
    """A worksheet that knows most formulas to be stored as they are typed, and most cells to be plain.

    XlsxWriter looks in every formula for each of some thirty newer functions, stored with a prefix, in every
    cell's address and the number of its format for characters that XML has no room for, and in every row for
    each column. Here cells are written by row and column number only, not by `A1`.
    The result of a formula may be an empty text; XlsxWriter takes that for none.
    """

    def write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        """Write a text."""
        return int(self._write_string(row, col, string, cell_format))

    def write_number(self, row: int, col: int, number: float, cell_format: Format | None = None) -> int:
        """Write a number."""
        return int(self._write_number(row, col, number, cell_format))

    def _calculate_spans(self) -> None:
        if self.comments:
            super()._calculate_spans()
            return
        spans: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                first, last = spans.get(row // _ROWS_OF_A_SPAN, (self.xls_colmax, 0))
                spans[row // _ROWS_OF_A_SPAN] = min(first, *cells), max(last, *cells)
        self.row_spans = {block: f"{first + 1}:{last + 1}" for block, (first, last) in spans.items()}

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        if formula.startswith("=") and all(map(_is_stored_as_typed, _CALLED.findall(formula))):
            return formula[1:]
        prepared: str = super()._prepare_formula(formula, expand_future_functions)
        return prepared

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if self.constant_memory or not cell.format:
            super()._write_cell(row, col, cell)
            return
        tag = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
        kind = type(cell).__name__
        if kind == "String":
            self.fh.write(f'{tag} t="s"><v>{cell.string}</v></c>')
        elif kind in ("Number", "Datetime"):
            self.fh.write(f"{tag}><v>{cell.number:.16G}</v></c>")
        elif kind == "Blank":
            self.fh.write(f"{tag}/>")
        elif kind == "Formula" and cell.value == "":
            self.fh.write(f'{tag} t="str"><f>{escape(cell.formula)}</f><v></v></c>')
        else:
            super()._write_cell(row, col, cell)


class _Packager(Packager):  # type: ignore[misc]
    """Says that the workbook is in British English: in its properties and in the texts of its charts.

    XlsxWriter has no setting for either.
    """

    def _create_package(self) -> list[tuple[StringIO | BytesIO, str, bool]]:
        return [(_in_british(file, name), name, binary) for file, name, binary in super()._create_package()]


class MasterWorkbook(Workbook):  # type: ignore[misc]
    """A workbook of XlsxWriter, made in memory, with the above."""

    worksheet_class = _Worksheet

    def _get_packager(self) -> Packager:
        return _Packager()


def _is_stored_as_typed(function: str) -> bool:
    return function in _USUAL or function.startswith("LES_")


def _in_british(file: StringIO | BytesIO, name: str) -> StringIO | BytesIO:
    if isinstance(file, BytesIO):
        return file
    if name == _CORE:
        said = f"{_TITLE_END}<dc:language>{LANGUAGE}</dc:language>"
        return StringIO(file.getvalue().replace(_TITLE_END, said, 1))
    if name.startswith(("xl/charts/", "xl/drawings/")):
        return StringIO(file.getvalue().replace(_AMERICAN, f'"{LANGUAGE}"'))
    return file
