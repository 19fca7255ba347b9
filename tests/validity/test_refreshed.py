"""A workbook that was refreshed, once or ten times, is as valid, clean and accessible as a new one."""

from pathlib import Path

import pytest

from les_xl.excel.edition import contents
from les_xl.excel.lint import lint_workbook
from les_xl.excel.master import new_workbook
from les_xl.excel.refresh import refresh_file
from les_xl.position import Position, make_position
from les_xl.spec.read import read_specs
from tests.second_engine import evaluated
from tests.validity.accessible import barriers
from tests.validity.four_ways import disagreements, figures, of_rounded_plans, stored
from tests.validity.validator import VERSIONS, validate_ooxml
from tests.workbook.sample_position import NOW, ROOT, sample_known


@pytest.fixture(scope="module")
def positions() -> dict[str, Position]:
    specs, known = read_specs(ROOT), sample_known()
    return {month: make_position(specs, known, as_at=month) for month in ("2025-08", "2025-10")}


def _refreshed(positions: dict[str, Position], path: Path, times: int) -> Path:
    """Made for August, then refreshed to October and back in turn; the last is October's."""
    first, other = ("2025-08", "2025-10") if times % 2 else ("2025-10", "2025-08")
    new_workbook(positions[first], path, now=NOW)
    for turn in range(times):
        month = other if turn % 2 == 0 else first
        filled = contents(positions[month], NOW)
        result = refresh_file(path, filled.tables, filled.names, answer=filled.answer, frame=filled.frame)
        assert result.written
    return path


@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.slow)])
def test_a_refreshed_workbook_is_valid_clean_and_accessible(
    times: int, positions: dict[str, Position], tmp_path: Path
) -> None:
    path = _refreshed(positions, tmp_path / "master.xlsx", times)
    for version in VERSIONS:
        assert [str(finding) for finding in validate_ooxml(path, version)] == []
    assert [str(problem) for problem in lint_workbook(path)] == []
    assert barriers(path) == []


def test_the_results_in_the_tables_are_those_of_their_formulas(
    positions: dict[str, Position], tmp_path: Path
) -> None:
    path = _refreshed(positions, tmp_path / "master.xlsx", 1)
    found = figures(positions["2025-10"])
    cells = {figure.cell for figure in found}
    opinion = {cell: value for cell, value in evaluated(path).items() if cell in cells}
    assert opinion
    assert disagreements(opinion, {"the file": stored(path)}, of_rounded_plans(found)) == []
