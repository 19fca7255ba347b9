"""What a formula refers to, read from its text: by hand, and for any text at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.excel.addresses import address
from les_xl.excel.lint.areas import Area, cell_position, parse_area
from les_xl.excel.lint.formula import Located, Structured, read_formula
from les_xl.excel.lint.functions import known_by, plain, stored_as


def test_functions_sheets_areas_and_names() -> None:
    found = read_formula("IF(Rate>0,SUM('Léa''s sheet'!$A$1:B9),Jan:Mar!C3)*LOG10(A1)+lesAsAt")
    assert found.functions == ("IF", "SUM", "LOG10")
    assert found.sheets == ("Léa's sheet", "Jan:Mar")
    assert found.areas == (Located("Léa's sheet", "$A$1:B9"), Located("Jan:Mar", "C3"), Located("", "A1"))
    assert found.names == (Located("", "Rate"), Located("", "lesAsAt"))


def test_text_is_not_looked_into() -> None:
    found = read_formula('"SUM(A1) ""quoted"" Sheet9!A1 #REF! [@x]"&TRUE&1.5E+3&#N/A')
    assert (found.functions, found.areas, found.names, found.sheets) == ((), (), (), ())
    assert (found.structured, found.broken) == ((), False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tblX[Planned]", Structured("tblX", ("Planned",), False, False)),
        ("tblX[]", Structured("tblX", (), False, False)),
        ("tblX[#All]", Structured("tblX", (), False, False)),
        ("tblX[[#Headers],[A]:[B]]", Structured("tblX", ("A", "B"), False, False)),
        ("tblX[[#This Row],[% of plan]]", Structured("tblX", ("% of plan",), False, False)),
        ("tblX[a'[x'] '# ''s]", Structured("tblX", ("a[x] # 's",), False, False)),
        ("tblX[@Planned]", Structured("tblX", ("Planned",), True, False)),
        ("[@[To date]]", Structured("", ("To date",), True, False)),
        ("[Planned]", Structured("", ("Planned",), False, True)),
        ("[[#This Row],Planned]", Structured("", ("Planned",), False, True)),
        ("tblX[[#This Row],Planned]", Structured("tblX", ("Planned",), False, True)),
        (r"\_tbl.1[Planned]", Structured(r"\_tbl.1", ("Planned",), False, False)),
        ("tblX[never closed", Structured("tblX", ("never closed",), False, False)),
    ],
)
def test_references_to_tables(text: str, expected: Structured) -> None:
    assert read_formula(text).structured == (expected,)


def test_links_and_deleted_cells() -> None:
    assert read_formula('HYPERLINK("#\'Cost & volume\'!A1","go")').links == ("'Cost & volume'!A1",)
    assert read_formula('HYPERLINK("https://www.england.nhs.uk/#top","go")').links == ()
    assert read_formula("SUM(Plan!#REF!)").broken


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    read_formula(text)
    parse_area(text)


@pytest.mark.parametrize(
    "text", ["'" * 300_000, '"a' * 100_001, "[" * 100_000, "a." * 100_000, "['" * 100_000]
)
def test_a_hostile_text_is_read_in_linear_time(text: str) -> None:
    assert not read_formula(text).broken


@given(st.integers(1, 1_048_576), st.integers(1, 16_384), st.integers(0, 99), st.integers(0, 99))
def test_an_area_is_what_its_text_says(top: int, left: int, down: int, right: int) -> None:
    area = Area(top, left, min(top + down, 1_048_576), min(left + right, 16_384))
    assert parse_area(str(area)) == area
    assert cell_position(address(top, left)) == (top, left)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("$B$2:C9", Area(2, 2, 9, 3)),
        ("C9:B2", Area(2, 2, 9, 3)),
        ("A:C", Area(1, 1, 1_048_576, 3)),
        ("$3:5", Area(3, 1, 5, 16_384)),
        ("XFD1048576", Area(1_048_576, 16_384, 1_048_576, 16_384)),
        *((text, None) for text in ("XFE1", "A1048577", "A0", "A", "7", "A1:B", "A:3", "", "A1:", "Sheet1")),
    ],
)
def test_areas(text: str, area: Area | None) -> None:
    assert parse_area(text) == area


def test_functions_and_how_they_are_stored() -> None:
    assert (stored_as("SUMIFS"), stored_as("IFNA")) == ("SUMIFS", "_xlfn.IFNA")
    assert (stored_as("FILTER"), plain("_xlfn._xlws.filter")) == ("_xlfn._xlws.FILTER", "FILTER")
    assert "XLOOKUP" in known_by("later")
    assert {"SUM", "IFERROR", "EOMONTH"} <= known_by("2007")
    every = [known_by(version) for version in ("2007", "2016", "later")]
    assert len(frozenset().union(*every)) == sum(map(len, every)), "a function is of one version"
