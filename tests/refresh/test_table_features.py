"""Totals rows, filters, sorts, shared formulas, sparklines and links of a refreshed table; unusual XML."""

import re
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.excel.refresh import refresh_file
from les_xl.report.table import Column, Row, Table
from tests.refresh.opened import parts, plan, values
from tests.workbooks.inject import write_parts
from tests.workbooks.simple import write_simple

HEADERS = ("LES", "Apr-25", "May-25", "Jun-25")
ROWS = (("a", 1, 2, 3), ("b", 4, 5, 6), ("c", 7, 8, 9))
GROWN = plan(*ROWS, ("d", 10, 11, 12), ("e", 13, 14, 15))
SHEET, TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"


def _groups(*rows: tuple[str, float]) -> Table:
    columns = (Column("Group"), Column("Count", "number"))
    return Table("tblTotals", "", columns, tuple(Row(row) for row in rows), ("Group",))


def test_a_totals_row_moves_and_what_speaks_of_it_follows(rich: Path) -> None:
    grown = _groups(("East", 1), ("West", 2), ("North", 3), ("South", 4))
    refresh_file(rich, [grown])
    assert values(rich, "Data", "P4:Q9", formulas=True) == [
        ["Group", "Count"], ["East", 1], ["West", 2], ["North", 3], ["South", 4],
        ["Total", "=SUBTOTAL(109,[Count])"],
    ]  # fmt: skip
    assert values(rich, "Data", "S4:S5", formulas=True) == [["=Q9/2"], ["=SUM(Q5:Q8)"]]
    table = parts(rich)["xl/tables/table2.xml"]
    assert b'ref="P4:Q9" totalsRowCount="1"' in table
    assert b'<autoFilter ref="P4:Q8"/>' in table
    refresh_file(rich, [_groups(("East", 1))])
    assert values(rich, "Data", "P4:Q9", formulas=True)[:4] == [
        ["Group", "Count"], ["East", 1], ["Total", "=SUBTOTAL(109,[Count])"], [None, None],
    ]  # fmt: skip
    assert values(rich, "Data", "S4:S5", formulas=True) == [["=Q6/2"], ["=SUM(Q5:Q5)"]]


def _filtered(path: Path, criteria: str | list[str], column: int = 0) -> Path:
    options: dict[str, Any] = {}
    write_simple(path, HEADERS, ROWS, options=options)
    held = parts(path)
    values_ = "".join(f'<filter val="{value}"/>' for value in criteria)
    inner = f"<filters>{values_}</filters>" if isinstance(criteria, list) else criteria
    held[TABLE] = re.sub(
        rb'<autoFilter ref="([^"]+)"/>',
        rb'<autoFilter ref="\1"><filterColumn colId="%d">%s</filterColumn></autoFilter>'
        % (column, inner.encode()),
        held[TABLE],
    )
    held[SHEET] = held[SHEET].replace(b'<row r="5"', b'<row r="5" hidden="1"')
    write_parts(path, held)
    return path


def _hidden(path: Path) -> list[int]:
    found = re.findall(rb'<row [^>]*?r="(\d+)"[^>]*hidden="1"', parts(path)[SHEET])
    return [int(row) for row in found]


def test_a_filter_on_a_list_of_values_is_worked_out_again(tmp_path: Path) -> None:
    path = _filtered(tmp_path / "les.xlsx", ["a", "c", "e"])
    result = refresh_file(path, [GROWN])
    assert _hidden(path) == [5, 7]
    assert result.warnings == ()
    assert b'<filter val="e"/>' in parts(path)[TABLE]


def test_a_filter_on_plain_numbers_is_worked_out_again(tmp_path: Path) -> None:
    path = _filtered(tmp_path / "les.xlsx", ["1", "40"], column=1)
    refresh_file(path, [plan(("a", 2, 2, 3), ("b", 40, 5, 6), ("c", 1, 8, 9))])
    assert _hidden(path) == [4]


@pytest.mark.parametrize(
    "criteria",
    ['<top10 val="2"/>', '<customFilters><customFilter operator="greaterThan" val="1"/></customFilters>'],
)
def test_any_other_filter_is_cleared_and_told(tmp_path: Path, criteria: str) -> None:
    path = _filtered(tmp_path / "les.xlsx", criteria)
    result = refresh_file(path, [GROWN])
    assert [warning.code for warning in result.warnings] == ["LES436"]
    assert _hidden(path) == []
    assert b"filterColumn" not in parts(path)[TABLE]
    assert b'<autoFilter ref="B3:E8">' in parts(path)[TABLE]


@pytest.mark.parametrize(
    "formula",
    ["C4*2", "C4/SUM($C$4:$C$6)", "SUM($C$4:C4)", "D4-C4+Plan!E4", "C4-E3", "[@[Apr-25]]*2", "C4*$H$1"],
)
def test_a_calculated_column_is_written_for_the_first_row_whichever_that_is(
    tmp_path: Path, formula: str
) -> None:
    """Excel stores it as it reads in the first row of the body, and fills new rows from it."""
    path = tmp_path / "les.xlsx"
    write_simple(path, (*HEADERS, "Mine"), [(*row, None) for row in ROWS])
    held = parts(path)
    column = b'<tableColumn id="5" name="Mine"'
    assert column + b"/>" in held[TABLE]
    held[TABLE] = held[TABLE].replace(
        column + b"/>",
        column + b"><calculatedColumnFormula>%s</calculatedColumnFormula></tableColumn>" % formula.encode(),
    )
    write_parts(path, held)
    refresh_file(path, [plan(*ROWS[1:])])
    stored = re.findall(rb"<calculatedColumnFormula>(.*?)<", parts(path)[TABLE])
    assert stored == [formula.replace("$C$6", "$C$5").encode()]


def test_a_sort_is_resized(tmp_path: Path) -> None:
    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS)
    held = parts(path)
    sort = b'<sortState ref="B4:E6"><sortCondition ref="C4:C6"/></sortState><tableColumns'
    held[TABLE] = held[TABLE].replace(b"<tableColumns", sort)
    write_parts(path, held)
    refresh_file(path, [GROWN])
    assert b'<sortState ref="B4:E8"><sortCondition ref="C4:C8"/></sortState>' in parts(path)[TABLE]


def test_shared_formulas_are_written_out_where_they_are_concerned(tmp_path: Path) -> None:
    path = write_simple(tmp_path / "les.xlsx", (*HEADERS, "Mine"), [(*row, "=0") for row in ROWS])
    held = parts(path)
    leader, follower = b'<f t="shared" ref="F4:F6" si="0">C4*2+$A$1</f>', b'<f t="shared" si="0"/>'
    for formula in (leader, follower, follower):
        held[SHEET] = held[SHEET].replace(b"<f>0</f>", formula, 1)
    write_parts(path, held)
    refresh_file(path, [plan(ROWS[0], ROWS[2], ("d", 1, 1, 1))])
    assert values(path, "Plan", "B4:F6", formulas=True) == [
        ["a", 1, 2, 3, "=C4*2+$A$1"], ["c", 7, 8, 9, "=C5*2+$A$1"], ["d", 1, 1, 1, "=C6*2+$A$1"],
    ]  # fmt: skip


def test_sparklines_rules_and_links_of_a_row_that_goes_go_with_it(tmp_path: Path) -> None:
    def more(book: Workbook, sheet: Worksheet) -> None:
        for row in (4, 5, 6):
            sheet.add_sparkline(f"F{row}", {"range": f"Plan!C{row}:E{row}"})
        sheet.write_url("B5", "internal:Plan!A1", string="b")
        sheet.write_url("B6", "internal:Plan!B6", string="c")
        sheet.conditional_format(
            "C5:E5", {"type": "cell", "criteria": ">", "value": 3, "format": book.add_format()}
        )
        sheet.data_validation("C5", {"validate": "integer", "criteria": ">", "value": 0})

    rows = [(*row, None) for row in ROWS]
    path = write_simple(tmp_path / "les.xlsx", (*HEADERS, "Trend"), rows, more=more)
    refresh_file(path, [plan(ROWS[0], ROWS[2])])
    sheet = parts(path)[SHEET].decode()
    assert sorted(re.findall(r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)</xm:sqref>", sheet)) == [
        ("Plan!C4:E4", "F4"), ("Plan!C5:E5", "F5"),
    ]  # fmt: skip
    assert re.findall(r'<hyperlink ref="(\w+)" location="(.*?)"', sheet) == [("B5", "Plan!B5")]
    assert "conditionalFormatting" not in sheet
    assert "dataValidation" not in sheet


def test_new_rows_get_sparklines_as_the_others_have(rich: Path) -> None:
    refresh_file(rich, [plan(("Dementia", 10, 20, 30), ("Vasectomy", 1, 2, 3), ("Wound Care", 4, 5, 6))])
    sheet = parts(rich)[SHEET].decode()
    found = sorted(
        re.findall(r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)</xm:sqref>", sheet.partition("sparkline")[2])
    )
    assert [one for one in found if one[1].startswith("I")] == [
        (f"Data!C{row}:E{row}", f"I{row}") for row in range(5, 10)
    ]


def test_a_newer_validation_that_reads_another_sheet_follows(tmp_path: Path) -> None:
    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS)
    held = parts(path)
    main = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    newer = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{main}">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>Plan!$B$4:$B$6</xm:f></x14:formula1>'
        "<xm:sqref>H1</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    held[SHEET] = held[SHEET].replace(b"</worksheet>", newer.encode())
    write_parts(path, held)
    refresh_file(path, [GROWN])
    assert newer.replace("$B$6", "$B$8").encode() in parts(path)[SHEET]


def test_prefixed_and_pretty_printed_xml_is_read_and_written_alike(tmp_path: Path) -> None:
    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS)
    held = parts(path)
    for name in (SHEET, TABLE, "xl/workbook.xml", "xl/sharedStrings.xml"):
        text = re.sub(r"<(/?)(\w+)(?=[\s/>])", r"<\1x:\2", held[name].decode())
        held[name] = re.sub(
            r">\s*<x:(row|c|tableColumn)\b", r">\n  <x:\1", text.replace("xmlns=", "xmlns:x=")
        ).encode()
    write_parts(path, held)
    assert not refresh_file(path, [plan(*ROWS)]).written
    refresh_file(path, [GROWN], {})
    assert values(path, "Plan", "B7:E8") == [["d", 10, 11, 12], ["e", 13, 14, 15]]
    assert not refresh_file(path, [GROWN]).written
    assert b'<x:c r="B8" t="inlineStr"><x:is><x:t>e</x:t></x:is></x:c>' in parts(path)[SHEET]


def test_cells_that_do_not_say_where_they_are(tmp_path: Path) -> None:
    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS, at=(0, 0))
    held = parts(path)
    held[SHEET] = re.sub(rb'(<(?:row|c))( [^>]*?)? r="[A-Z]*\d+"', rb"\1\2", held[SHEET])
    write_parts(path, held)
    assert b' r="' not in held[SHEET].replace(b' r:id="', b"")
    refresh_file(path, [plan(("a", 1, 2, 30), *ROWS[1:], ("d", 0, 0, 0))])
    assert values(path, "Plan", "A2:D5") == [["a", 1, 2, 30], ["b", 4, 5, 6], ["c", 7, 8, 9], ["d", 0, 0, 0]]


def test_a_row_or_column_gives_its_look_to_a_cell_that_was_not_there(tmp_path: Path) -> None:
    def more(book: Workbook, sheet: Worksheet) -> None:
        sheet.set_column("D:D", 9, book.add_format({"bold": True}))
        book.add_worksheet("Facts").set_row(0, None, book.add_format({"italic": True}))
        book.define_name("LesAsAt", "=Facts!$B$1")

    path = write_simple(tmp_path / "les.xlsx", HEADERS, [(*ROWS[0][:2], None, 3)], more=more)
    refresh_file(path, [plan(ROWS[0])], {"LesAsAt": "2025-04"})
    after = parts(path)
    assert b'<c r="D4" s="1"><v>2</v></c>' in after[SHEET]
    assert b'<c r="B1" s="2" t="inlineStr"><is><t>2025-04</t></is></c>' in after["xl/worksheets/sheet2.xml"]
