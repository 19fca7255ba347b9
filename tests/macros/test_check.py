"""A closed workbook held against the position: what is wrong is found, and nothing that is right."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from les_xl.excel.book import NewRow, TableEdit
from les_xl.excel.checked import Checked, check_book
from les_xl.excel.closed.adapter import ClosedBook
from les_xl.excel.closed.package import Package
from les_xl.excel.edition import contents
from les_xl.hosts import macros
from tests.macros.conftest import positions
from tests.workbook.sample_position import NOW

ALWAYS = ["LES606", "LES607"]
"""The sample has one footing that is known to fail, and returns that have not arrived."""


def _checked(root: Path, path: Path, as_at: str | None = "2025-09") -> Checked:
    found = macros.check(path, workspace=root, as_at=as_at).result
    assert isinstance(found, Checked)
    return found


def _edit(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    package = Package(path.read_bytes())
    before = package.xml(part)
    package.put(part, change(before))
    assert package.xml(part) != before
    path.write_bytes(package.to_bytes())


def test_a_workbook_as_it_was_written_has_what_the_position_has(
    sample_workspace: Path, september: Path
) -> None:
    before = september.read_bytes()
    found = _checked(sample_workspace, september)
    assert [problem.code for problem in found.problems] == ALWAYS
    assert found.shown == found.held
    assert found.shown.startswith("September 2025 (load ")
    assert september.read_bytes() == before


def test_the_footing_that_fails_is_said_in_words_with_both_figures(
    sample_workspace: Path, september: Path
) -> None:
    footing = _checked(sample_workspace, september).problems[0]
    assert footing.message == "Monthly plans add up to the annual target (LTC LES): 76,608 against 76,637"
    assert footing.severity == "error"


def test_an_old_edition_is_one_sentence(sample_workspace: Path, september: Path) -> None:
    found = _checked(sample_workspace, september, None)
    assert [problem.code for problem in found.problems] == ["LES604", *ALWAYS]
    assert re.search(
        r"shows September 2025 .* are at October 2025 .*: [0-9]+,[0-9]{3} cells", str(found.problems[0])
    )
    assert not found.ok


def test_a_figure_typed_over_is_named_with_its_table(sample_workspace: Path, september: Path) -> None:
    book = ClosedBook(september)
    info = next(one for one in book.tables() if one.name == "tblCostVolume")
    grid = book.read_table("tblCostVolume")
    figure = next(value for value in grid.values[1] if isinstance(value, float) and value > 100)
    sheets = {one.name: one.part for one in book._parts.worksheets}
    cell = rb'(<c r="[A-Z]+%d"[^>]*><v>)%s(</v>)' % (info.row + 1, f"{figure:.15g}".encode())
    _edit(september, sheets[info.sheet], lambda xml: re.sub(cell, rb"\g<1>7777\2", xml, count=1))
    problem = _checked(sample_workspace, september).problems[0]
    assert problem.code == "LES605"
    assert "1 cells of tblCostVolume" in problem.message
    assert problem.place.sheet == info.sheet


def test_the_commentary_is_held_against_the_figures(sample_workspace: Path, september: Path) -> None:
    """Only what the analyst wrote; a text with what may be a patient's number is not repeated."""
    book = ClosedBook(september)
    info = next(one for one in book.tables() if one.name == "tblCommentary")
    at = info.headers.index("Commentary")
    said = ("LTC LES has delivered 99,999 assessments by September 2025.", "Ask about 9990000018 first.")
    rows = [NewRow(row, {at: said[row]} if row < 2 else {}) for row in range(info.rows)]
    book.write_table("tblCommentary", TableEdit(tuple(rows), info.headers, frozenset()))
    book.commit()
    found = _checked(sample_workspace, september)
    patient, claim = [one for one in found.problems if one.code in ("LES612", "LES704")]
    assert "states 99,999, and it is" in claim.message
    assert claim.place.sheet == "Commentary"
    assert (claim.place.row, patient.place.row) == (info.row, info.row + 1)
    assert "9990000018" not in str(found)


def test_what_excel_would_mind_is_found_in_the_file(sample_workspace: Path, september: Path) -> None:
    rename = re.compile(rb'(<tableColumn id="1" name=")[^"]+')
    _edit(september, "xl/tables/table1.xml", lambda xml: rename.sub(rb"\g<1>Another", xml))
    codes = [problem.code for problem in _checked(sample_workspace, september).problems]
    assert {"LES431", "LES473", *ALWAYS} <= set(codes)


def test_a_workbook_that_lacks_its_edition_says_so(sample_workspace: Path, september: Path) -> None:
    _edit(
        september,
        "xl/workbook.xml",
        lambda xml: re.sub(rb'<definedName name="LesDataVersion">.*?</definedName>', b"", xml),
    )
    found = _checked(sample_workspace, september)
    assert "LES438" in [problem.code for problem in found.problems]
    assert found.shown.endswith("specs unknown)")


def test_other_footings_are_told_as_the_workbook_tells_them(sample_workspace: Path, september: Path) -> None:
    position = positions(sample_workspace, "2025-09", None, None)
    checks = position.checks.copy()
    checks.loc[:, "ok"] = True
    clean = replace(position, checks=checks)
    found = check_book(ClosedBook(september), clean, contents(clean, NOW))
    assert "LES606" not in [problem.code for problem in found.problems]
    assert "Data quality" in [problem.place.sheet for problem in found.problems if problem.code == "LES605"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook_is_one_message(
    content: bytes, sample_workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(content)
    told = macros.check(path, workspace=sample_workspace)
    assert told.result is None
    assert not told.ok
    assert told.problems[0].code.startswith("LES42")
