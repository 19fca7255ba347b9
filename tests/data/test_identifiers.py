"""Patient identifiers: what is one, and that none of them is ever repeated anywhere."""

import io
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from les_xl.data.identifiers import has_identifier, is_nhs_number, names_patients, withhold
from les_xl.errors import render
from tests.data.world import ACTIVITY_HEADER, ORGANISATIONS, World, codes

# All of the range that is kept for tests, their last digits worked out by hand:
# 999 000 001: 9×10 + 9×9 + 9×8 + 1×2 = 245 = 22×11 + 3, and 11 − 3 = 8.
# 999 123 456: 243 + 7 + 12 + 15 + 16 + 15 + 12 = 320 = 29×11 + 1, 11 − 1 = 10: there is no such number.
# 999 123 457: 320 + 2 = 322 = 29×11 + 3, and 11 − 3 = 8.
# 999 000 100: 243 + 1×4 = 247 = 22×11 + 5, and 11 − 5 = 6.
REAL = ("9990000018", "9991234578", "9990001006")


@pytest.mark.parametrize("number", REAL)
@pytest.mark.parametrize(
    "form", ["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", " {0}{1} {2} ", "NHS no. {0}{1}{2}!", "{0}{1}{2}.0"]
)
def test_a_number_that_passes_is_found_in_any_form(number: str, form: str) -> None:
    text = form.format(number[:3], number[3:6], number[6:])
    assert has_identifier(text)
    assert number[6:] not in withhold(text)


@pytest.mark.parametrize(
    "text", ["9990000019", "9991234560", "999000001", "99900000180", "999000001A", "", "0"]
)
def test_other_numbers_are_none(text: str) -> None:
    assert not is_nhs_number(text)
    assert not has_identifier(text)


@pytest.mark.parametrize(
    "text", ["2025-04-01 00:00:00", "01/04/2025", "2025-10", "12345.67", "01E105", "7,664"]
)
def test_what_extracts_hold_is_none(text: str) -> None:
    assert not has_identifier(text)


@settings(deadline=None)
@given(st.integers(0, 999_999_999))
def test_of_nine_digits_one_last_digit_passes_or_none(nine: int) -> None:
    passing = [digit for digit in range(10) if is_nhs_number(f"{nine:09d}{digit}")]
    total = sum((10 - at) * int(digit) for at, digit in enumerate(f"{nine:09d}"))
    expected = {0: [0], 1: []}.get(total % 11, [11 - total % 11])
    assert passing == expected


NAMING = """
NHS Number|nhs_no|Patient Name|Forename|SURNAME|DOB|DOB (dd/mm/yyyy)|Date of Birth|birth_date
Postcode|Patient postcode|gp_patient_postcode|name|Address
"""


@pytest.mark.parametrize("heading", NAMING.strip().replace("\n", "|").split("|"))
def test_headings_that_name_patients_details(heading: str) -> None:
    assert names_patients(heading, organisations=False)


@pytest.mark.parametrize(
    "heading", ["practice_name", "Practice postcode", "PCN name", "ods_code", "value", "patients"]
)
def test_headings_that_do_not(heading: str) -> None:
    assert not names_patients(heading, organisations=False)


@pytest.mark.parametrize(
    ("heading", "refused"), [("name", False), ("postcode", False), ("dob", True), ("nhs_number", True)]
)
def test_an_organisations_file_has_names_and_postcodes_of_organisations(heading: str, refused: bool) -> None:
    assert names_patients(heading, organisations=True) is refused


def everywhere(number: str) -> dict[str, tuple[str, str | bytes]]:
    """Files with the number in every place in which a file can have one."""
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
    row = "P81001,dementia,reviews,2025-10,"
    workbook = io.BytesIO()
    with xlsxwriter.Workbook(workbook) as book:
        sheet = book.add_worksheet("Activity")
        sheet.write_row(0, 0, ACTIVITY_HEADER.strip().split(","))
        sheet.write_row(1, 0, ["P81001", "dementia", "reviews", "2025-10", 4])
        hidden = book.add_worksheet("Notes")
        hidden.write_number(7, 3, int(number))
        hidden.hide()
    named = io.BytesIO()
    with xlsxwriter.Workbook(named) as book:
        book.add_worksheet(spaced).write(0, 0, "ods_code")
    return {
        "value": ("a.csv", ACTIVITY_HEADER + row + number + "\n"),
        "value, spaced": ("a.csv", ACTIVITY_HEADER + row + spaced + "\n"),
        "code": ("a.csv", ACTIVITY_HEADER + f"{number},dementia,reviews,2025-10,4\n"),
        "les": ("a.csv", ACTIVITY_HEADER + f"P81001,{spaced},reviews,2025-10,4\n"),
        "month": ("a.csv", ACTIVITY_HEADER + f"P81001,dementia,reviews,{number},4\n"),
        "extra column": ("a.csv", f"ods_code,les,metric,month,value,note\n{row}4,saw {spaced} today\n"),
        "beyond the headings": ("a.csv", ACTIVITY_HEADER + row + f"4,{number}\n"),
        "heading": ("a.csv", f"ods_code,les,metric,month,value,{number}\n{row}4,5\n"),
        "no headings": ("a.csv", f"{number},12\n{number},13\n"),
        "file name": (f"{number}.csv", ACTIVITY_HEADER + row + "4\n"),
        "file name and missing column": (f"a {spaced}.csv", "ods_code,les,metric,month\nx,y,z,w\n"),
        "file name, unreadable": (f"{number}.xlsx", b"no workbook"),
        "hidden sheet": ("a.xlsx", workbook.getvalue()),
        "sheet name": ("a.xlsx", named.getvalue()),
        "organisation": ("o.csv", ORGANISATIONS.replace("Bridge Surgery", spaced)),
    }


@pytest.mark.parametrize("where", everywhere(REAL[0]))
@pytest.mark.parametrize("number", REAL[:2])
def test_a_file_with_an_nhs_number_is_refused_and_the_number_is_never_repeated(
    world: World, capfd: pytest.CaptureFixture[str], where: str, number: str
) -> None:
    name, content = everywhere(number)[where]
    result = world.load(content, name)
    assert result.status == "refused"
    assert set(codes(result)) <= {"LES205", "LES220", "LES222"}
    said = capfd.readouterr()
    texts = [render(result.problems), result.sentence(), json.dumps(result.as_json()), repr(result), *said]
    texts += [_text_of(path) for path in world.extracts.glob("*.problems.xlsx")]
    texts += [world.known().loads.to_string()]
    for text in texts:
        assert number not in text.replace(" ", "")


def test_the_row_and_column_of_an_nhs_number_are_told(world: World) -> None:
    result = world.activity("P81001,dementia,reviews,2025-10,4", f"P81002,dementia,reviews,2025-10,{REAL[0]}")
    (problem,) = result.problems
    assert (problem.code, problem.place.row, problem.place.field, problem.value) == ("LES220", 3, "value", "")


def test_a_file_full_of_nhs_numbers_is_a_short_report(world: World) -> None:
    result = world.activity(*(f"P81001,dementia,reviews,2025-10,{REAL[at % 3]}" for at in range(500)))
    assert codes(result) == ["LES220"] * 200 + ["LES224"]
    assert result.problems[-1].message == "300 more of LES220 are not listed one by one"


def test_nothing_else_is_said_of_a_file_with_a_patients_column(world: World) -> None:
    content = "ods_code,les,metric,month,value,Surname\nP8100X,dementa,review,2025-13,-4,Smith\n"
    result = world.load(content)
    assert codes(result) == ["LES221"]
    assert "Smith" not in repr(result) + _text_of(world.extracts / "extract.csv.problems.xlsx")


def _text_of(workbook: Path) -> str:
    with zipfile.ZipFile(workbook) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist())
