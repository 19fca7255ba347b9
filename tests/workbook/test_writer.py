"""The writer stores formulas as XlsxWriter does, whichever way it takes to find out."""

import io

import pytest
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
    ],
)
def test_a_formula_is_stored_under_the_names_that_excel_reads(formula: str, stored: str) -> None:
    sheet = MasterWorkbook(io.BytesIO()).add_worksheet()
    assert sheet._prepare_formula(formula) == stored
    assert Worksheet()._prepare_formula(formula) == stored
