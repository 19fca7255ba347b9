"""Files that are not what their mapping says: refused whole, at the place in the supplier's own file."""

import io
from collections.abc import Callable, Sequence
from datetime import date

import pytest
import xlsxwriter

from les_xl.data.load import LoadResult
from tests.mapping.conftest import Desk, codes

# Of the range kept for tests. 10×9 + 9×9 + 8×9 + 2×1 = 245, 245 mod 11 = 3, 11 − 3 = 8: its last digit.
NHS_NUMBER = "9990000018"
# 999 000 0019 fails the check that 999 000 0018 passes.
NO_NHS_NUMBER = "9990000019"

SEARCH = """\
Dementia annual reviews
Run date: 03/11/2025 08:15

Organisation,CDB,Population Count,Parent,%
Abbey,ZZ0007,4,West,0.5%
Bridge,ZZ0008,3,West,0.5%
Total,,7,,
"""
CQRS = """\
ORG_CODE,ACH_DATE,IND_CODE,FIELD_NAME,VALUE
ZZ0007,20251031,LESWC01,COUNT,4
ZZ0008,20251031,LESWC01,COUNT,5
"""
NAME = "Dementia reviews October.csv"
MONTHS = [date(2025, 9, 1), "Oct-25"]

Cells = Sequence[Sequence[object]]


def book(**sheets: Cells) -> bytes:
    """A workbook of these sheets; dates are real dates."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
        month = made.add_format({"num_format": "mmm-yy"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name.replace("_", " "))
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, month)
                    elif cell is not None:
                        sheet.write(at, column, cell)
    return content.getvalue()


def wide(*rows: Sequence[object], months: Sequence[object] = MONTHS) -> Cells:
    """A sheet of the wide layout."""
    return [["Title"], [], ["Practice code", "Practice name", "Measure", *months], *rows]


def line(code: str, *values: object, measure: str = "Reviews") -> Sequence[object]:
    """A row of it."""
    return [code, "A practice", measure, *values]


def only(result: LoadResult) -> tuple[str, str | None, int | None, str | None]:
    """Code and place of the one error of a refused file."""
    assert result.status == "refused"
    (error,) = [problem for problem in result.problems if problem.severity == "error"]
    return error.code, error.place.sheet, error.place.row, error.place.field


def search(*edits: tuple[str, str]) -> Callable[[Desk], LoadResult]:
    """A search export with texts replaced."""
    text = SEARCH
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return lambda desk: desk.load_text(NAME, text, "cp1252")


def cqrs(*edits: tuple[str, str]) -> Callable[[Desk], LoadResult]:
    """A CQRS-like extract with texts replaced."""
    text = CQRS
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return lambda desk: desk.load_text("CQRS_October.csv", text)


def workbook(**sheets: Cells) -> Callable[[Desk], LoadResult]:
    """A wide workbook."""
    return lambda desk: desk.load_bytes("LES activity by month.xlsx", book(**sheets))


GOOD_ROWS = (line("ZZ0007", 4, 5), ["Total", None, None, 4, 5])

WRONG: dict[str, tuple[Callable[[Desk], LoadResult], tuple[str, str | None, int | None, str | None]]] = {
    "column missing": (search(("CDB", "Code")), ("LES281", None, 4, None)),
    "column renamed in an extract": (cqrs(("ACH_DATE", "ACHDATE")), ("LES281", None, 1, None)),
    "required heading missing": (cqrs(("FIELD_NAME", "FIELD")), ("LES281", None, None, None)),
    "headings not found": (search(("Population Count", "Count")), ("LES282", None, None, None)),
    "two columns for one": (search(("Parent", "ODS Code")), ("LES283", None, 4, None)),
    "one heading twice": (search(("Parent", "CDB")), ("LES283", None, 4, None)),
    "a month twice": (
        workbook(Dementia=wide(*GOOD_ROWS, months=[date(2025, 10, 1), "Oct-25"])),
        ("LES283", "Dementia", 3, None),
    ),
    "an extra sheet": (
        workbook(Dementia=wide(*GOOD_ROWS), Sheet7=wide(*GOOD_ROWS)),
        ("LES284", "Sheet7", None, None),
    ),
    "no totals row": (search(("Total,,7,,\n", "")), ("LES285", None, None, None)),
    "totals that differ": (search(("Total,,7,,", "Total,,9,,")), ("LES286", None, 7, "Population Count")),
    "totals of a month that differ": (
        workbook(Dementia=wide(GOOD_ROWS[0], ["Total", None, None, 4, 6])),
        ("LES286", "Dementia", 5, "Oct-25"),
    ),
    "no month in the title": (
        search(("Run date: 03/11/2025", "Printed today")),
        ("LES287", None, None, None),
    ),
    "a title of no month": (search(("03/11/2025", "33/11/2025")), ("LES287", None, None, None)),
    "two months in titles": (
        search(("Dementia annual reviews", "Run date: 03/12/2025")),
        ("LES287", None, None, None),
    ),
    "a code that is not known": (
        cqrs(("ZZ0008,20251031,LESWC01", "ZZ0008,20251031,LESWC09")),
        ("LES288", None, 3, "IND_CODE"),
    ),
    "a month that is mistyped": (
        workbook(Dementia=wide(*GOOD_ROWS, months=[date(2025, 9, 1), "Okt-25"])),
        ("LES289", "Dementia", 3, None),
    ),
    "a month's heading that was lost": (
        workbook(Dementia=wide(*GOOD_ROWS, months=[date(2025, 9, 1)])),
        ("LES289", "Dementia", 3, None),
    ),
    "a date in another format": (
        cqrs(("ZZ0008,20251031", "ZZ0008,10/09/2025")),
        ("LES290", None, 3, "ACH_DATE"),
    ),
    "a date that is none": (cqrs(("ZZ0008,20251031", "ZZ0008,20251331")), ("LES238", None, 3, "ACH_DATE")),
    "an organisation that is not known": (search(("ZZ0008", "ZZ9908")), ("LES230", None, 6, "CDB")),
    "a word for a count": (
        search(("ZZ0008,3,", "ZZ0008,few,"), ("Total,,7,,", "Total,,4,,")),
        ("LES236", None, 6, "Population Count"),
    ),
    "an organisation of a wide sheet that is not known": (
        workbook(Dementia=wide(line("ZZ9907", 4, 5), GOOD_ROWS[1])),
        ("LES230", "Dementia", 4, "Practice code"),
    ),
    "a negative count in a wide sheet": (
        workbook(Dementia=wide(line("ZZ0007", 4, -5), ["Total", None, None, 4, -5])),
        ("LES237", "Dementia", 4, "Oct-25"),
    ),
    "an organisation twice": (
        workbook(Dementia=wide(line("ZZ0007", 4, None), line("ZZ0007", 5, None), ["Total", None, None, 9])),
        ("LES234", "Dementia", 5, None),
    ),
    "a measure that is not known": (
        workbook(Dementia=wide(line("ZZ0007", 4, 5, measure="Visits"), GOOD_ROWS[1])),
        ("LES232", "Dementia", 4, "Measure"),
    ),
    "nothing under the headings": (
        lambda desk: desk.load_text("CQRS_October.csv", CQRS.splitlines()[0] + "\n"),
        ("LES207", None, None, None),
    ),
    "columns set apart by something else": (
        lambda desk: desk.load_text("epraccur.csv", "ZZ0007;ABBEY;Y62\n"),
        ("LES281", None, None, None),
    ),
    "no sheet of the name": (
        lambda desk: desk.load_bytes("ePCN.xlsx", book(Members=[["Partner Organisation Code"], ["ZZ0007"]])),
        ("LES284", None, None, None),
    ),
    "letters that are not in the encoding": (
        lambda desk: desk.load_bytes(NAME, SEARCH.replace("Abbey", "Abb\x81").encode("latin-1")),
        ("LES205", None, None, None),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_at_its_place(name: str, desk: Desk) -> None:
    load, expected = WRONG[name]
    result = load(desk)
    errors = [problem for problem in result.problems if problem.severity == "error"]
    assert result.status == "refused"
    assert {(p.code, p.place.sheet, p.place.row, p.place.field) for p in errors} == {expected}
    assert desk.known().activity.empty


def test_the_good_files_are_accepted(desk: Desk) -> None:
    loads = (search(), cqrs(), workbook(Dementia=wide(*GOOD_ROWS)))
    assert [load(desk).status for load in loads] == ["loaded"] * 3


def test_two_rows_of_a_wide_sheet_are_told_by_row_and_column(desk: Desk) -> None:
    twice = (line("ZZ0007", 4, None), line("ZZ0007", 5, None), ["Total", None, None, 9])
    (problem,) = workbook(Dementia=wide(*twice))(desk).problems
    assert "row 5 (sheet 'Dementia', column 'Sep-25') says the same of" in problem.message
    assert "as row 4 (sheet 'Dementia', column 'Sep-25') does" in problem.message


def test_an_unreported_value_is_neither_zero_nor_a_mistake(desk: Desk) -> None:
    rows = (line("ZZ0007", 4, "n/a"), line("ZZ0008", "-", 0), ["Total", None, None, 4, 0])
    assert workbook(Dementia=wide(*rows))(desk).status == "loaded"
    assert desk.activity() == {
        ("ZZ0007", "dementia", "reviews", "2025-09"): 4.0,
        ("ZZ0008", "dementia", "reviews", "2025-10"): 0.0,
    }


def test_a_hidden_sheet_is_not_read(desk: Desk) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
        for at, row in enumerate(wide(*GOOD_ROWS, months=["Sep-25", "Oct-25"])):
            made.add_worksheet("Dementia") if not at else None
            made.get_worksheet_by_name("Dementia").write_row(at, 0, row)
        hidden = made.add_worksheet("Old")
        hidden.write_row(0, 0, ("Practice code", "Sep-25"))
        hidden.hide()
    assert desk.load_bytes("LES activity by month.xlsx", content.getvalue()).status == "loaded"


FURTHER = """\
spec: extract/1
mapping: further
title: Another
kind: activity
matches: [{file: "cqrs*.csv"}]
requires: [VALUE]
columns:
  ods_code: {headings: [ORG_CODE]}
  les: {value: wound_care}
  metric: {value: dressing}
  month: {headings: [ACH_DATE]}
  value: {headings: [VALUE]}
date_format: yyyymmdd
"""


def test_two_mappings_that_fit_refuse_the_file(desk: Desk) -> None:
    result = cqrs()(desk.with_mapping(FURTHER))
    assert only(result)[0] == "LES280"
    assert "'cqrs', 'further'" in result.problems[0].message


def test_headings_tell_which_of_two_mappings_it_is(desk: Desk) -> None:
    result = desk.with_mapping(FURTHER).load_text(
        "CQRS_October.csv", "ORG_CODE,ACH_DATE,VALUE\nZZ0007,20251031,4\n"
    )
    assert result.status == "loaded"
    assert desk.activity() == {("ZZ0007", "wound_care", "dressing", "2025-10"): 4.0}


def test_a_file_of_ours_under_a_suppliers_name_is_read_as_ours(desk: Desk) -> None:
    text = "ods_code,les,metric,month,value\nZZ0007,dementia,reviews,2025-10,4\n"
    assert desk.load_text("CQRS_October.csv", text).status == "loaded"


PATIENTS: dict[str, Callable[[Desk], LoadResult]] = {
    "in a mapped column": search(("ZZ0008,3,", f"ZZ0008,{NHS_NUMBER},")),
    "in an ignored column": search(("ZZ0008,3,West", f"ZZ0008,3,{NHS_NUMBER}")),
    "in a column of organisations": search(("Bridge", f"Bridge {NHS_NUMBER}")),
    "in a title": search(("Dementia annual reviews", f"Patient {NHS_NUMBER}")),
    "in the totals": search(("Total,,7,,", f"Total,,7,,{NHS_NUMBER}")),
    "in a row that is left out": cqrs(
        ("ZZ0008,20251031,LESWC01,COUNT,5", f"Y1,20251031,X,DENOMINATOR,{NHS_NUMBER}")
    ),
    "in a sheet that is ignored": workbook(Dementia=wide(*GOOD_ROWS), Notes=[[f"about {NHS_NUMBER}"]]),
    "in a telephone number's place": lambda desk: desk.load_text(
        "epraccur.csv", ",".join(["ZZ0007", "ABBEY", *[""] * 15, NHS_NUMBER, *[""] * 9]) + "\n"
    ),
}


@pytest.mark.parametrize("name", PATIENTS)
def test_an_nhs_number_refuses_a_mapped_file_anywhere(name: str, desk: Desk) -> None:
    result = PATIENTS[name](desk)
    assert (result.status, codes(result)) == ("refused", ["LES220"])
    assert NHS_NUMBER not in str(result)


def test_ten_digits_that_are_no_nhs_number_are_let_through(desk: Desk) -> None:
    assert search(("Bridge", f"Bridge {NO_NHS_NUMBER}"))(desk).status == "loaded"


@pytest.mark.parametrize(
    "heading", ["Date of birth", "NHS number", "Surname", "Patient postcode", "Postcode"]
)
def test_a_column_of_patients_refuses_a_mapped_file(heading: str, desk: Desk) -> None:
    result = search(("Parent", heading))(desk)
    assert (result.status, codes(result)) == ("refused", ["LES221"])


@pytest.mark.parametrize("heading", ["Date of birth", "NHS number", "Surname", "Patient postcode"])
def test_what_names_patients_cannot_be_declared_away(heading: str, desk: Desk) -> None:
    declared = FURTHER.replace("cqrs*.csv", "posts*.csv") + f"organisation_columns: [{heading}]\n"
    text = f"ORG_CODE,ACH_DATE,VALUE,{heading}\nZZ0007,20251031,4,x\n"
    result = desk.with_mapping(declared).load_text("posts.csv", text)
    assert (result.status, codes(result)) == ("refused", ["LES221"])


@pytest.mark.parametrize("heading", ["Name", "Postcode", "Address"])
def test_a_column_of_organisations_can_be_declared(heading: str, desk: Desk) -> None:
    text = f"ORG_CODE,ACH_DATE,VALUE,{heading}\nZZ0007,20251031,4,x\n"
    mapping = FURTHER.replace("cqrs*.csv", "posts*.csv")
    assert desk.with_mapping(mapping).load_text("posts.csv", text).status == "refused"
    declared = mapping.replace("further", "declared").replace("posts", "declared")
    desk.with_mapping(declared + f"organisation_columns: [{heading}]\n")
    assert desk.load_text("declared.csv", text).status == "loaded"
