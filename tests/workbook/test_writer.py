"""The writer stores formulas and cells as XlsxWriter does, whichever way it takes to do so."""

import io
import zipfile
from datetime import date

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.excel.writer import MasterWorkbook


@pytest.mark.parametrize(
    ("formula", "stored"),
    [
        ("=SUM(C5:C8)", "SUM(C5:C8)"),
        ('=IFERROR(D4/C4,"[z]")', 'IFERROR(D4/C4,"[z]")'),
        ("=B2", "B2"),
        ("=SUM(FILTER(A1:A9,B1:B9))", "SUM(_xlfn._xlws.FILTER(A1:A9,B1:B9))"),
        ('=IFERROR(XLOOKUP(A1,B:B,C:C),"")', 'IFERROR(_xlfn.XLOOKUP(A1,B:B,C:C),"")'),
        ("=IF(_xlfn.SINGLE(A1),1,2)", "IF(_xlfn.SINGLE(A1),1,2)"),
        ("{=SUM(A1:A3*B1:B3)}", "SUM(A1:A3*B1:B3)"),
        (
            '=IF(ISNUMBER(A1),LES_PLAN("LTC"),INDEX(B:B,MATCH(A1,C:C,0)))',
            'IF(ISNUMBER(A1),LES_PLAN("LTC"),INDEX(B:B,MATCH(A1,C:C,0)))',
        ),
    ],
)
def test_a_formula_is_stored_under_the_names_that_excel_reads(formula: str, stored: str) -> None:
    sheet = MasterWorkbook(io.BytesIO()).add_worksheet()
    assert sheet._prepare_formula(formula) == stored
    assert Worksheet()._prepare_formula(formula) == stored


CELLS = (
    0, -1, 7.25, 1e300, 1 / 3, 123456789012345678, True, "plain", "<&>\"'", "=A1", "", None, date(2025, 4, 1),
)  # fmt: skip
"""What a cell may hold."""


def _sheet(kind: type[Workbook], options: dict[str, object], *, commented: bool = False) -> bytes:
    """The part of a sheet with every kind of cell: with its own format, its row's or column's, or none.

    Further down are single cells, at other columns in each block of 16 rows.
    """
    file = io.BytesIO()
    with kind(file, {"in_memory": True, "default_date_format": "dd/mm/yy", **options}) as book:
        bold, red, plain = (book.add_format(look) for look in ({"bold": True}, {"font_color": "red"}, {}))
        sheet = book.add_worksheet()
        sheet.set_row(2, 20, red)
        sheet.set_column(30, 30, 9, red)
        for row, style in enumerate((bold, plain, None, None)):
            for column, content in enumerate(CELLS):
                sheet.write(row, column, content, style)
            sheet.write_string(row, 20, "=1", style)
            sheet.write_rich_string(row, 21, "a", bold, "b", *([style] if style else []))
            sheet.write_formula(row, 22, "=1<2", style, True)
            sheet.write_formula(row, 23, '="a&b"', style, "a&b")
            sheet.write_formula(row, 24, "=1/0", style, "#DIV/0!")
            sheet.write_array_formula(row, 25, row, 25, "{=SUM(A1:A2*1)}", style, 3)
            sheet.write_url(row, 26, "internal:Sheet1!A1", style, "here")
            sheet.write_number(row, 30, 5, style)
        for row, column in ((17, 50), (18, 2), (31, 9), (70, 3)):
            sheet.write_number(row, column, 1, bold)
        if commented:
            sheet.write_comment(72, 60, "beside no cell")
    with zipfile.ZipFile(file) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}, {"strings_to_formulas": False}])
def test_every_kind_of_cell_is_stored_as_xlsxwriter_stores_it(options: dict[str, object]) -> None:
    assert _sheet(MasterWorkbook, options) == _sheet(Workbook, options)


def test_a_sheet_with_comments_is_stored_as_xlsxwriter_stores_it() -> None:
    assert _sheet(MasterWorkbook, {}, commented=True) == _sheet(Workbook, {}, commented=True)
