"""Every code of the catalogue's extract and row areas, provoked by a file, and where its problem points."""

import io
from datetime import UTC, datetime

import pytest
import xlsxwriter

from les_xl.errors import extracts, registered, rows, store
from tests.data.world import ACTIVITY_HEADER, NOW, ORGANISATIONS, OTHERS_HEADER, SIGNUP, World, codes

# Of the range kept for tests. 10×9 + 9×9 + 8×9 + 2×1 = 245, 245 mod 11 = 3, 11 − 3 = 8: its last digit.
NHS_NUMBER = "9990000018"

PLANS_HEADER = "ods_code,les,metric,year,annual_target\n"
MONTHLY_HEADER = "ods_code,les,metric,year,month,planned\n"
ORGANISATIONS_HEADER = ORGANISATIONS.splitlines()[0] + "\n"
SIGNUP_HEADER = SIGNUP.splitlines()[0] + "\n"


def workbook(*sheets: list[list[object]]) -> bytes:
    """An XLSX file with these sheets."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for cells in sheets:
            sheet = book.add_worksheet()
            for at, row in enumerate(cells):
                sheet.write_row(at, 0, row)
    return content.getvalue()


NEXT_SPRING = datetime(2026, 5, 20, tzinfo=UTC)

HEAD: list[object] = ["ods_code", "les", "metric", "month", "value"]
LINE: list[object] = ["P81001", "dementia", "reviews", "2025-10", 4]

# code: (file name, content, row of the problem, column of the problem, a part of the message)
PROVOKED: dict[str, tuple[str, str | bytes, int | None, str | None, str]] = {
    "LES202": ("activity.xls", b"", None, None, ".xls"),
    "LES205": ("activity.xlsx", b"PK\x03\x04 broken", None, None, "not a whole workbook"),
    "LES206": (
        "activity.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
        None,
        None,
        "password",
    ),
    "LES207": ("activity.csv", ACTIVITY_HEADER, None, None, "no rows"),
    "LES208": ("activity.csv", "P81001;dementia;reviews;2025-10;12\n", None, None, "headings"),
    "LES209": (
        "activity.csv",
        "ods_code,les,metric,mnth,value\nP81001,dementia,reviews,x,1\n",
        1,
        None,
        "month",
    ),
    "LES210": ("activity.csv", "ods_code,les,metric,month,value,Value\na,b,c,d,1,2\n", None, None, "twice"),
    "LES211": (
        "activity.csv",
        "ods_code,les,metric,month,value,comment\nP81001,dementia,reviews,2025-10,4,late\n",
        None,
        None,
        "comment",
    ),
    "LES212": ("activity.csv", ACTIVITY_HEADER + "P81001,dementia,reviews,2025-10,1,200\n", 2, None, "right"),
    "LES213": ("activity.xlsx", workbook([HEAD, LINE], [HEAD, LINE]), None, None, "Sheet1"),
    "LES220": (
        "activity.csv",
        ACTIVITY_HEADER + f"P81001,dementia,reviews,2025-10,{NHS_NUMBER}\n",
        2,
        "value",
        "NHS number",
    ),
    "LES221": (
        "activity.csv",
        "ods_code,les,metric,month,value,Date of birth\nP81001,dementia,reviews,2025-10,4,x\n",
        None,
        None,
        "Date of birth",
    ),
    "LES222": (f"activity {NHS_NUMBER}.csv", ACTIVITY_HEADER, None, None, "name of the file"),
    "LES230": (
        "activity.csv",
        ACTIVITY_HEADER + "P8l001,dementia,reviews,2025-10,4\n",
        2,
        "ods_code",
        "P8l001",
    ),
    "LES231": ("activity.csv", ACTIVITY_HEADER + "P81001,dementa,reviews,2025-10,4\n", 2, "les", "dementa"),
    "LES232": ("activity.csv", ACTIVITY_HEADER + "P81001,dementia,review,2025-10,4\n", 2, "metric", "review"),
    "LES233": (
        "activity.csv",
        ACTIVITY_HEADER + "P81001,ring_pessary,fittings,2025-10,4\n",
        2,
        "metric",
        "'fittings'",
    ),
    "LES234": (
        "activity.csv",
        ACTIVITY_HEADER + "P81001,dementia,reviews,2025-10,4\n\nP81001,dementia,reviews,Oct-25,5\n",
        4,
        None,
        "row 4 says the same of P81001, dementia, reviews, 2025-10 as row 2",
    ),
    "LES235": ("activity.csv", ACTIVITY_HEADER + "P81001,dementia,reviews,2025-10,\n", 2, "value", "#N/A"),
    "LES236": (
        "activity.csv",
        ACTIVITY_HEADER + "P81001,dementia,reviews,2025-10,4e1\n",
        2,
        "value",
        "'4e1'",
    ),
    "LES237": ("activity.csv", ACTIVITY_HEADER + "P81001,dementia,reviews,2025-10,-4\n", 2, "value", "-4"),
    "LES238": (
        "activity.csv",
        ACTIVITY_HEADER + "P81001,dementia,reviews,2025-13,4\n",
        2,
        "month",
        "2025-13",
    ),
    "LES239": (
        "activity.csv",
        ACTIVITY_HEADER + "P81001,dementia,reviews,2025-12,4\n",
        2,
        "month",
        "2025-12",
    ),
    "LES240": (
        "activity.csv",
        ACTIVITY_HEADER + "P81001,dementia,reviews,2026-04,4\n",
        2,
        "month",
        "2026-03",
    ),
    "LES241": ("signup.csv", SIGNUP_HEADER + "P81001,dementia,signed_up,soon,,\n", 2, "from", "soon"),
    "LES242": ("plans.csv", PLANS_HEADER + "P81001,dementia,reviews,2025-27,40\n", 2, "year", "2025-27"),
    "LES243": ("signup.csv", SIGNUP_HEADER + "P81001,dementia,yes,2025-05,,\n", 2, "status", "yes"),
    "LES244": (
        "signup.csv",
        SIGNUP_HEADER + "P81001,dementia,signed_up,2025-09,2025-08,\n",
        2,
        "to",
        "2025-08",
    ),
    "LES245": (
        "organisations.csv",
        ORGANISATIONS_HEADER + "P81003,New,practice,U,U,00Q,B,B,R,2001-01-01,2025-06-30,P8100X,\n",
        2,
        "successor",
        "P8100X",
    ),
    "LES246": (
        "plans.csv",
        MONTHLY_HEADER + "P81001,dementia,reviews,2025-26,2026-04,4\n",
        2,
        "month",
        "2026-04",
    ),
    "LES247": (
        "organisations.csv",
        ORGANISATIONS_HEADER + "P81003,New,practice,U,U,01Z,B,B,R,2001-01-01,,,\n",
        2,
        "sub_icb",
        "01Z",
    ),
    "LES248": (
        "others.csv",
        OTHERS_HEADER + "RXS,Burnley,ring_pessary,2025-07,4\n",
        2,
        "trust",
        "'RXS' is not the trust",
    ),
    "LES249": (
        "others.csv",
        OTHERS_HEADER + "RXR,Burnly,ring_pessary,2025-07,4\n",
        2,
        "place",
        "'Burnly' is not the place",
    ),
    "LES250": (
        "others.csv",
        OTHERS_HEADER + "RXR,Burnley,dementia,2025-07,4\n",
        2,
        "indicator",
        "'dementia' is not an indicator",
    ),
    "LES260": (
        "activity.csv",
        ACTIVITY_HEADER + "P81001,dementia,reviews,2025-04,4\n",
        2,
        "month",
        "2025-05",
    ),
    "LES261": (
        "activity.csv",
        ACTIVITY_HEADER + "P81009,dementia,reviews,2025-07,4\n",
        2,
        "ods_code",
        "not open",
    ),
    "LES262": (
        "activity.csv",
        ACTIVITY_HEADER + "01E105,dementia,reviews,2025-07,4\n",
        2,
        "ods_code",
        "01E105",
    ),
    "LES266": (
        "organisations.csv",
        ORGANISATIONS_HEADER + "P81003,New,practice,U,U,00Q,B,B,R,2001-01-01,,P81001,\n",
        2,
        "successor",
        "P81003",
    ),
}

# Provoked by more than one file, or by the machine, in tests of their own.
ELSEWHERE = {
    "LES201", "LES203", "LES204", "LES223", "LES224", "LES263", "LES264", "LES265",
    "LES301", "LES302", "LES303", "LES304", "LES305", "LES306", "LES307", "LES308",
}  # fmt: skip


@pytest.mark.parametrize("code", PROVOKED)
def test_a_mistake_gives_its_code_and_points_at_it(world: World, code: str) -> None:
    name, content, row, column, words = PROVOKED[code]
    before = world.known().as_of
    result = world.load(content, name, now=NEXT_SPRING if code == "LES240" else NOW)
    found = [problem for problem in result.problems if problem.code == code]
    assert len(found) == 1, codes(result)
    assert (found[0].place.row, found[0].place.field) == (row, column)
    assert words in found[0].message
    assert found[0].hint
    warned = found[0].severity == "warning"
    assert result.status == ("loaded" if warned else "refused")
    assert world.known().as_of == before + warned


def test_every_code_is_provoked_somewhere() -> None:
    areas = {kind.code for kind in registered() if kind in _kinds(extracts, rows, store)}
    assert areas == set(PROVOKED) | ELSEWHERE


@pytest.mark.parametrize(
    ("rows_of_file", "hint"),
    [
        ("P81001,dementa,reviews,2025-10,4", "did you mean 'dementia'?"),
        ("P81001,Ring Pessary,change,2025-10,4", "write its slug, 'ring_pessary'"),
        ("P81001,dementia,review,2025-10,4", "did you mean 'reviews'?"),
        ("P81001,ring_pessary,fittings,2025-10,4", "load its parts: first_fit, change"),
        ("P8l001,dementia,reviews,2025-10,4", "did you mean 'P81001'?"),
        ("1.0E+105,dementia,reviews,2025-10,4", "Excel may have changed the code"),
    ],
)
def test_a_hint_names_what_was_meant(world: World, rows_of_file: str, hint: str) -> None:
    (problem,) = world.activity(rows_of_file).problems
    assert hint in problem.hint


def _kinds(*modules: object) -> list[object]:
    return [kind for module in modules for kind in vars(module).values()]
