"""References in formulas are found past strings, names and other files, and follow a table as they should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.excel.addresses import Area, address, letters, number, parse_cell
from les_xl.excel.closed.references import areas, moved, renamed, shifted
from les_xl.excel.closed.shift import Shift

GROWN = Shift("Data", 2, 5, 5, 9, 12, totals=False, rows={row: row for row in range(5, 10)})
"""A table in B4:E9 that grows to row 12."""

CUT = Shift("Data", 2, 5, 5, 9, 7, totals=True, rows={5: 5, 7: 6, 9: 7})
"""A table in B4:E10 with totals in row 10; rows 6 and 8 go."""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(B5:B9)", "SUM(B5:B12)"),
        ("SUM(B4:B9)", "SUM(B4:B12)"),
        ("SUM($B$5:$B$9)*2", "SUM($B$5:$B$12)*2"),
        ("SUM(B5:E9)", "SUM(B5:E12)"),
        ("SUM(Data!B5:B9,'Data'!C5:C9)", "SUM(Data!B5:B12,'Data'!C5:C12)"),
        ("SUM(DATA!b5:b9)", "SUM(DATA!B5:B12)"),
        ("SUM(B6:B9)", "SUM(B6:B9)"),
        ("SUM(B5:B8)", "SUM(B5:B8)"),
        ("SUM(A5:B9)", "SUM(A5:B9)"),
        ("SUM(B5:B20)", "SUM(B5:B20)"),
        ("B9+F9+A1", "B9+F9+A1"),
        ("SUM(Other!B5:B9)", "SUM(Other!B5:B9)"),
        ("SUM([1]Data!B5:B9)", "SUM([1]Data!B5:B9)"),
        ("SUM('[book.xlsx]Data'!B5:B9)", "SUM('[book.xlsx]Data'!B5:B9)"),
        ("SUM('C:\\x\\[book.xlsx]Data'!B5:B9)", "SUM('C:\\x\\[book.xlsx]Data'!B5:B9)"),
        ('"B5:B9"&"say ""B5:B9"""&B5:B9', '"B5:B9"&"say ""B5:B9"""&B5:B12'),
        ("SUM(tbl[B5:B9])", "SUM(tbl[B5:B9])"),
        ("SUM(B:B)+SUM(5:9)", "SUM(B:B)+SUM(5:9)"),
        ("B5:INDEX(B5:B9,2)", "B5:INDEX(B5:B12,2)"),
        ("LOG10(B9)+xB5:B9", "LOG10(B9)+xB5:B9"),
        ("SUM(Data!B5:B9 C5:C9)", "SUM(Data!B5:B12 C5:C12)"),
    ],
)
def test_a_range_over_the_whole_column_grows(before: str, after: str) -> None:
    assert moved(before, "Data", "Data", GROWN.of_formula) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(B5:B9)", "SUM(B5:B7)"),
        ("SUM(B5:B10)", "SUM(B5:B8)"),
        ("B10", "B8"),
        ("B5+B7+B9", "B5+B6+B7"),
        ("B6", "#REF!"),
        ("SUM(B6:B8)", "SUM(B6:B6)"),
        ("SUM(B7:B9)", "SUM(B6:B7)"),
        ("A6+F8", "A6+F8"),
        ("B11", "B11"),
    ],
)
def test_rows_that_go_take_their_references_along(before: str, after: str) -> None:
    assert moved(before, "Data", "Data", CUT.of_formula) == after


def test_a_body_of_one_row_stretches_for_rules_only() -> None:
    one = Shift("Data", 2, 5, 5, 5, 8, totals=False, rows={5: 5})
    assert one.of_formula(Area.parse("B5")) == Area.parse("B5")
    assert one.of_range(Area.parse("B5")) == Area.parse("B5:B8")
    assert one.of_formula(Area.parse("B4:B5")) == Area.parse("B4:B8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A1:K9", "A1:K12"),
        ("A1:K10", "A1:K12"),
        ("A1:K20", "A1:K20"),
        ("A1:K8", "A1:K8"),
        ("C1:K9", "C1:K12"),
        ("A1:D9", "A1:D12"),
        ("F1:K9", "F1:K9"),
        ("B5:E9", "B5:E9"),
    ],
)
def test_a_print_area_may_be_wider_than_the_table_or_leave_out_columns(before: str, after: str) -> None:
    assert GROWN.of_print(Area.parse(before)) == Area.parse(after)


@pytest.mark.parametrize(
    ("text", "rows", "columns", "after"),
    [
        ("B5*$C$1+D$2+$E5", 3, 1, "C8*$C$1+E$2+$E8"),
        ("SUM(Data!B5:B9)", 1, 0, "SUM(Data!B6:B10)"),
        ("A1", -1, 0, "#REF!"),
        (r"\A1+A1", 1, 0, r"\A1+A2"),
        ("SUM(B:C,$D:D,5:6)", 1, 1, "SUM(C:D,$D:E,6:7)"),
        ("tbl[@Apr-25]*2&\"A1\"", 5, 5, "tbl[@Apr-25]*2&\"A1\""),
    ],
)  # fmt: skip
def test_a_copied_formula(text: str, rows: int, columns: int, after: str) -> None:
    assert shifted(text, rows, columns) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(tblPlan[Apr-25])", "SUM(tblPlan[Apr-26])"),
        ("TBLPLAN[[#This Row],[apr-25]]*2", "TBLPLAN[[#This Row],[Apr-26]]*2"),
        ("SUM(tblPlan[[Apr-25]:[May-25]])", "SUM(tblPlan[[Apr-26]:[May-26]])"),
        ("tblPlan[@Apr-25]", "tblPlan[@Apr-26]"),
        ("tblPlan[[#Headers],[Apr-25]]", "tblPlan[[#Headers],[Apr-26]]"),
        ("SUM(tblOther[Apr-25])", "SUM(tblOther[Apr-25])"),
        ("SUM(mytblPlan[Apr-25])", "SUM(mytblPlan[Apr-25])"),
        ('"tblPlan[Apr-25]"&tblPlan[LES]', '"tblPlan[Apr-25]"&tblPlan[LES]'),
        ("tblPlan[a'[b']]+tblPlan[Apr-25]", "tblPlan[a'[b']]+tblPlan[Apr-26]"),
    ],
)
def test_a_column_is_renamed(before: str, after: str) -> None:
    assert renamed(before, "tblPlan", {"Apr-25": "Apr-26", "May-25": "May-26"}) == after


def test_inside_the_table_its_name_may_be_left_out() -> None:
    names = {"Apr-25": "Apr-26"}
    assert renamed("[[#This Row],[Apr-25]]+1", "tblPlan", names) == "[[#This Row],[Apr-25]]+1"
    assert renamed("[[#This Row],[Apr-25]]+1", "tblPlan", names, inside=True) == "[[#This Row],[Apr-26]]+1"
    assert renamed("tblOther[Apr-25]", "tblPlan", names, inside=True) == "tblOther[Apr-25]"


def test_references_are_listed_with_their_sheets() -> None:
    found = areas("SUM(B5:B9,'My ''own'' sheet'!$C$1)&\"D4\"", "Data")
    assert found == (("Data", Area(5, 2, 9, 2)), ("My 'own' sheet", Area(1, 3, 1, 3)))


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_addresses_there_and_back(row: int, column: int) -> None:
    assert parse_cell(address(row, column)) == (row, column)
    assert number(letters(column)) == column


@given(st.text(max_size=60))
def test_any_text_is_a_formula_that_can_be_read(text: str) -> None:
    assert moved(text, "A", "B", lambda _: None) == moved(text, "A", "B", lambda _: None)
    shifted(text, 1, 1)
    renamed(text, "t", {"a": "b"}, inside=True)
