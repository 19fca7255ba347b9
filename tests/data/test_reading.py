"""Files as they come: encodings, Excel's cells, titles above the headings, and what cannot be read."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from les_xl.data.sheets import read_sheets
from les_xl.errors import LesError
from tests.data.world import ACTIVITY_HEADER, NOW, World, codes

ROW = "P81001,dementia,reviews,2025-10,4\n"


def workbook(**sheets: list[list[object]]) -> bytes:
    """An XLSX file with these sheets; dates are real Excel dates, texts that begin with = are formulas."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "mmm-yy"}) as book:
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(cells):
                sheet.write_row(at, 0, row)
    return content.getvalue()


HEAD: list[object] = [*ACTIVITY_HEADER.strip().split(",")]


@pytest.mark.parametrize(
    "content",
    [
        (ACTIVITY_HEADER + ROW).encode("utf-8-sig"),
        (ACTIVITY_HEADER + ROW).replace("\n", "\r\n").encode(),
        (ACTIVITY_HEADER + ROW).replace("\n", "\r").encode(),
        ("ODS Code, LES ,Metric,MONTH,Value\n" + ROW).encode(),
        ("Monthly extract – practices\n\n" + ACTIVITY_HEADER + "\n" + ROW + "\n,,,,\n").encode("cp1252"),
        b'"month","value","metric","les","ods_code"\n"Oct-25"," 4 ","reviews","dementia","P81001"\n',
        (ACTIVITY_HEADER + ROW.strip() + ",,\n").encode(),
        (ACTIVITY_HEADER + "P81001,dementia,reviews,31/10/2025,4.0\n").encode(),
    ],
)
def test_a_csv_is_read_however_it_was_saved(world: World, content: bytes) -> None:
    result = world.load(content)
    assert (result.status, result.kind, result.rows, result.months) == ("loaded", "activity", 1, ("2025-10",))
    (row,) = world.known().activity.to_dict("records")
    assert row == {
        "ods_code": "P81001",
        "les": "dementia",
        "metric": "reviews",
        "month": "2025-10",
        "value": 4.0,
    }


@pytest.mark.parametrize(
    "month", ["2025-10", date(2025, 10, 1), datetime.fromisoformat("2025-10-31 12:00"), "October 2025"]
)
def test_a_workbook_is_read_with_its_dates_and_numbers(world: World, month: object) -> None:
    content = workbook(Cover=[["Read me"]], Data=[[], HEAD, [], ["P81001", "dementia", "reviews", month, 4]])
    result = world.load(content, "activity.xlsx")
    assert (result.status, result.months) == ("loaded", ("2025-10",))
    assert list(world.known().activity["value"]) == [4.0]


def test_places_are_those_that_excel_shows(world: World) -> None:
    content = workbook(
        Cover=[["Read me"]], Data=[[], HEAD, [], ["P81001", "dementia", "reviews", "2025-10", "four"]]
    )
    (problem,) = world.load(content, "activity.xlsx").problems
    assert (problem.place.sheet, problem.place.row, problem.place.field) == ("Data", 4, "value")
    assert problem.value == "four"


def test_a_code_that_excel_made_a_number_is_not_guessed_at(world: World) -> None:
    content = workbook(
        Data=[
            HEAD,
            [1e105, "dementia", "reviews", "2025-10", 4],
            [81001, "dementia", "reviews", "2025-10", 4],
            [date(2025, 3, 1), "dementia", "reviews", "2025-10", 4],
        ]
    )
    result = world.load(content, "activity.xlsx")
    assert codes(result) == ["LES230"] * 3
    assert [problem.value for problem in result.problems] == ["1E+105", "81001", "2025-03-01"]
    assert "format the column as text" in result.problems[0].hint
    assert "format the column as text" in result.problems[2].hint


def test_a_code_of_digits_and_an_e_stays_what_it_is(world: World) -> None:
    assert world.activity("01E105,dementia,reviews,2025-10,4").status == "loaded"
    assert list(world.known().activity["ods_code"]) == ["01E105"]


def test_an_error_value_is_an_empty_cell_that_is_said(world: World) -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["P81001", "dementia", "reviews", "2025-10"])
        sheet.write_formula(1, 4, "=NA()", value="#N/A")
    (problem,) = world.load(book.getvalue(), "activity.xlsx").problems
    assert (problem.code, problem.place.row, problem.place.field) == ("LES235", 2, "value")
    assert "#N/A" in problem.message


def test_hidden_sheets_are_not_loaded(world: World) -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        for name, value in (("Old", 9), ("New", 4)):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, ["P81001", "dementia", "reviews", "2025-10", value])
            if name == "Old":
                sheet.hide()
        made.get_worksheet_by_name("New").activate()
        made.get_worksheet_by_name("New").set_first_sheet()
    assert world.load(book.getvalue(), "activity.xlsx").status == "loaded"
    assert list(world.known().activity["value"]) == [4.0]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "LES207"),
        ("a.csv", b"\n\n,,\n", "LES207"),
        ("a.xlsx", workbook(Sheet=[]), "LES207"),
        ("a.csv", workbook(Data=[HEAD]), "LES205"),
        ("a.csv", b"ods_code,les\x81,metric", "LES205"),
        ("a.csv", ACTIVITY_HEADER.encode("utf-16"), "LES205"),
        ("a.csv", b'ods_code,"' + b"x" * 200_000, "LES205"),
        ("a.xlsx", b"", "LES205"),
        ("a.xlsx", (ACTIVITY_HEADER + ROW).encode(), "LES205"),
        ("a.xlsx", workbook(Data=[HEAD])[:-100], "LES205"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "LES205"),
        ("a.csv", b"month,total\n2025-10,4\n", "LES208"),
        ("a.txt", (ACTIVITY_HEADER + ROW).encode(), "LES202"),
        ("noending", (ACTIVITY_HEADER + ROW).encode(), "LES202"),
    ],
)
def test_what_is_no_extract_is_said_and_nothing_is_loaded(
    empty: World, name: str, content: bytes, code: str
) -> None:
    result = empty.load(content, name)
    assert (result.status, codes(result)) == ("refused", [code])
    assert empty.store.loads().empty


def test_a_cell_in_the_last_corner_is_said_before_it_takes_the_memory(empty: World) -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        sheet.write(0, 0, "ods_code")
        sheet.write(1_048_575, 16_383, 1)
    (problem,) = empty.load(book.getvalue(), "activity.xlsx").problems
    assert problem.code == "LES205"
    assert "far down" in problem.message


def test_all_missing_columns_are_named_with_the_heading_that_may_be_meant(empty: World) -> None:
    result = empty.load("ods_code,les,metrics,mnth,value\nP81001,dementia,reviews,2025-10,4\n")
    assert codes(result) == ["LES209", "LES209"]
    assert [problem.message for problem in result.problems] == [
        "this looks like activity, and the column 'metric' is missing",
        "this looks like activity, and the column 'month' is missing",
    ]
    assert [problem.hint for problem in result.problems] == [
        "is it the one that is called 'metrics'? Rename it",
        "is it the one that is called 'mnth'? Rename it",
    ]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_random_bytes_are_a_problem_and_never_a_crash(tmp_path: Path, suffix: str, content: bytes) -> None:
    said = problems_of(tmp_path / f"garbage{suffix}", content)
    assert said <= {"LES205"}
    assert said or suffix == ".csv"


def problems_of(path: Path, content: bytes) -> set[str]:
    """Codes of what is wrong with the file, none where its sheets can be read."""
    try:
        read_sheets(path, content)
    except LesError as error:
        return {problem.code for problem in error.problems}
    return set()


_CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["P81001", "dementia", "reviews", "2025-10", "4", "=1+1", "-1", "1e9", "\x00", "\ufeff", '"']
    ),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(_CELL, min_size=1, max_size=7), max_size=6), headed=st.booleans())
def test_random_rows_are_loaded_or_refused_and_never_a_crash(
    empty: World, rows: list[list[str]], headed: bool
) -> None:
    text = (ACTIVITY_HEADER if headed else "") + "\n".join(",".join(row) for row in rows)
    path = empty.write("garbage.csv", text.encode("utf-8", "replace"))
    (result,) = empty.load_paths([path], now=NOW)
    assert result.status == "refused"
    assert result.problems
    assert (empty.extracts / "garbage.csv.problems.xlsx").exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1), junk=st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_read_or_said_and_never_a_crash(tmp_path: Path, at: float, junk: bytes) -> None:
    whole = workbook(Data=[HEAD, ["P81001", "dementia", "reviews", "2025-10", 4]])
    cut = int(at * len(whole))
    damaged = whole[:cut] + junk + whole[cut + len(junk) :]
    assert problems_of(tmp_path / "damaged.xlsx", damaged) <= {"LES205"}
