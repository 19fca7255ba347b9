"""Results saved with formulas elsewhere: after a refresh they are the new ones or none, never the old."""

from pathlib import Path

import ironcalc
import pytest
from xlsxwriter import Workbook

from les_xl.excel.answers import answers
from les_xl.excel.refresh import refresh_file
from les_xl.functions.build import build_index
from tests.refresh.opened import parts, plan, values
from tests.workbook.sample_position import sample_position
from tests.workbooks.inject import write_parts

BEFORE = (("a", 1, 2, 3), ("b", 4, 5, 6))
AFTER = (("a", 10, 2, 3), ("b", 4, 5, 6))

FORMULAS = (
    ("=SUM(Plan!B2:B3)", 5, 14),
    ("=A1*2", 10, 28),
    ("=SUM(tblPlan[Apr-25])", 5, 14),
    ("=SUM(Plan!B:B)", 5, 14),
    ("=First+1", 2, 11),
    ('=LesAsAt&" it is"', "2025-04 it is", "2025-05 it is"),
    ('=IF(A1>9,"many","few")', "few", "many"),
)
ELSEWHERE = (("=SUM(Plan!C2:C3)", 7), ("=SUM(tblPlan[May-25])", 7), ("=1+1", 2))
UNTOLD = (('=INDIRECT("Plan!B2")', 1),)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A table of the product, and a sheet of the analyst's with formulas that lead to it."""
    found = tmp_path / "les.xlsx"
    book = Workbook(str(found))
    sheet, mine = book.add_worksheet("Plan"), book.add_worksheet("Mine")
    headers = [{"header": column.name} for column in plan().columns]
    sheet.add_table(0, 0, 2, 3, {"name": "tblPlan", "columns": headers, "data": BEFORE})
    sheet.write(0, 5, "2025-04")
    book.define_name("LesAsAt", "=Plan!$F$1")
    book.define_name("First", "=Plan!$B$2")
    for row, (formula, before, *_) in enumerate((*FORMULAS, *ELSEWHERE, *UNTOLD)):
        mine.write_formula(row, 0, formula, None, before)
    book.close()
    return found


def test_results_that_lead_to_what_changed_are_the_new_ones(path: Path) -> None:
    result = refresh_file(path, [plan(*AFTER)], {"LesAsAt": "2025-05"})
    shown = [row[0] for row in values(path, "Mine", f"A1:A{len(FORMULAS)}")]
    assert shown == [after for _, _, after in FORMULAS]
    assert result.written


def test_results_that_lead_elsewhere_stay_as_they_are(path: Path) -> None:
    refresh_file(path, [plan(*AFTER)])
    first, last = len(FORMULAS) + 1, len(FORMULAS) + len(ELSEWHERE)
    assert [row[0] for row in values(path, "Mine", f"A{first}:A{last}")] == [7, 7, 2]


def test_without_an_engine_a_result_is_taken_away_rather_than_left_old(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: str) -> object:
        raise ironcalc.WorkbookError("not this one")

    monkeypatch.setattr(ironcalc, "load_from_xlsx", unreadable)
    result = refresh_file(path, [plan(*AFTER)], {"LesAsAt": "2025-05"})
    cells = values(path, "Mine", f"A1:A{len(FORMULAS) + len(ELSEWHERE) + len(UNTOLD)}")
    nothing: list[object] = [None] * len(FORMULAS)
    assert [row[0] for row in cells] == [*nothing, 7, 7, 2, None]
    assert [warning.code for warning in result.warnings] == ["LES439"]
    assert f"{len(FORMULAS) + len(UNTOLD)} formulas" in result.warnings[0].message


def test_the_engine_prints_nothing_of_its_own(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    held = parts(path)
    styles = held["xl/styles.xml"]
    held["xl/styles.xml"] = styles.replace(b"<font>", b'<font><vertAlign val="baseline"/>', 1)
    assert held["xl/styles.xml"] != styles
    write_parts(path, held)
    ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    assert "vertAlign" in "".join(capfd.readouterr())
    refresh_file(path, [plan(*AFTER)])
    assert capfd.readouterr() == ("", "")
    assert values(path, "Mine", "A1:A1")[0][0] == 14


def test_an_engine_that_did_not_agree_before_is_not_believed(path: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.xlsx"
    book = Workbook(str(odd))
    sheet = book.add_worksheet("Plan")
    headers = [{"header": column.name} for column in plan().columns]
    sheet.add_table(0, 0, 2, 3, {"name": "tblPlan", "columns": headers, "data": BEFORE})
    sheet.write_formula(0, 6, "=SUM(B2:B3)", None, 999)
    sheet.write_formula(1, 6, "=SUM(B2:B3)", None, 5)
    book.close()
    refresh_file(odd, [plan(*AFTER)])
    assert [row[0] for row in values(odd, "Plan", "G1:G2")] == [None, 14]


def test_known_results_and_functions_of_the_product_are_answered_without_an_engine() -> None:
    position = sample_position()
    answer = answers({"=Title()": "as told"}, lambda: build_index(position))
    cells: dict[str, str | None] = {"A1": "Dementia", "A2": "Oct-25", "B1": None}

    def read(text: str) -> str | None:
        return cells[text]

    assert answer("Title()", read) == "as told"
    assert answer("A1", read) == "Dementia"
    assert answer("B1", read) == 0
    # 694 delivered of a plan of 1,332 in October: the published month.
    assert answer("LES_DELIVERED(A1,A2)", read) == 694
    assert answer('LES_DELIVERED("Dementia","Oct-25")', read) == 694
    assert answer('_xldudf_LES_PLAN("Dementia")', read) == 1332
    assert answer('IFERROR(LES_DELIVERED(A1,A2),"none")', read) == 694
    assert answer('IFERROR(LES_DELIVERED("Nothing",A2),"none")', read) == "none"
    assert answer('LES_DELIVERED("Nothing",A2)', read) == "#N/A"
    assert answer("LES_DELIVERED(A1,A2)*2", read) is None
    with pytest.raises(KeyError):
        answer("LES_DELIVERED(Z9)", read)


def test_a_refresh_that_changes_no_figure_changes_no_result(path: Path) -> None:
    before = path.read_bytes()
    assert not refresh_file(path, [plan(*BEFORE)]).written
    assert path.read_bytes() == before
