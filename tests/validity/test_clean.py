"""The lint says nothing of sound workbooks, whoever wrote them."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from les_xl.excel.lint import lint_workbook
from tests.office import recalculated
from tests.validity.rich import write_rich
from tests.validity.sound import write_sound

SAVED = sorted((Path(__file__).parents[1] / "workbooks" / "saved_by_excel").glob("*.xlsx"))


def _said(path: Path) -> list[str]:
    return [str(problem) for problem in lint_workbook(path)]


@pytest.mark.parametrize("write", [write_sound, write_rich])
def test_what_xlsxwriter_writes_is_clean(write: Callable[[Path], Path], tmp_path: Path) -> None:
    assert _said(write(tmp_path / "clean.xlsx")) == []


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.stem)
def test_what_excel_saved_has_no_faults(saved: Path) -> None:
    """A warning is something that its author may have meant, such as a cell that shows an error."""
    found = [problem for problem in lint_workbook(saved, uncached=True) if problem.severity == "error"]
    assert [str(problem) for problem in found] == []


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_what_openpyxl_writes_is_clean_but_for_results(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_sound(tmp_path / "sound.xlsx"))
    book.save(tmp_path / "saved.xlsx")
    book.close()
    assert [str(problem) for problem in lint_workbook(tmp_path / "saved.xlsx", uncached=True)] == []
    codes = {problem.code for problem in lint_workbook(tmp_path / "saved.xlsx")}
    assert codes == {"LES463"}, "openpyxl drops the results of formulas"


@pytest.mark.office
def test_libreoffice_lets_the_filter_cover_the_totals_and_nothing_else_is_wrong(tmp_path: Path) -> None:
    saved = recalculated(write_sound(tmp_path / "sound.xlsx"), tmp_path / "office")
    assert {problem.code for problem in lint_workbook(saved)} == {"LES477"}
