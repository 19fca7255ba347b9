"""The formulas: LibreOffice comes to the cached results by itself, and no cell holds an error."""

import math
import re
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.reading import cells, formulas, with_wrong_results

ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "Err:")
# Known to Excel 2016 and LibreOffice 7.4, and none of them volatile.
FUNCTIONS = {"SUM", "IFERROR", "TEXT"}


def same(left: Any, right: Any) -> bool:
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return math.isclose(left, right, rel_tol=1e-12, abs_tol=1e-9)
    return bool(left == right)


def test_totals_and_percentages_are_native_formulas(master: Path) -> None:
    found = formulas(master)
    by_sheet = {sheet: sum(1 for at in found if at[0] == sheet) for sheet, _ in found}
    # Cost and volume: 8 rows of 12 percentages, and 3 to date; the as-at line of the sheet.
    assert by_sheet["Cost and volume"] == 8 * (12 + 3) + 1
    assert by_sheet["Capitated"] == 6 * (12 + 3) + 1
    # Banding: the total of 8 groups, then total, share and change of 7 columns.
    assert by_sheet["LTC banding"] == 8 + 3 * 7 + 1
    # Profile: three columns to date over the seven months that have data.
    assert by_sheet["LTC profile"] == 3 * 7 + 1
    assert by_sheet["Summary"] == 14 * 5 + 1


def test_formulas_use_only_what_both_programs_know(master: Path) -> None:
    used = {name for text in formulas(master).values() for name in re.findall(r"([A-Z.]+)\(", text)}
    assert used == FUNCTIONS


def test_every_formula_has_a_cached_result(master: Path) -> None:
    shown = cells(master)
    missing = [at for at in formulas(master) if at not in shown]
    assert not missing


@pytest.mark.office
def test_libreoffice_comes_to_every_cached_result_by_itself(master: Path, recalculated_master: Path) -> None:
    found = formulas(master)
    written, worked_out = cells(master), cells(recalculated_master)
    pairs = {at: (written[at], worked_out.get(at)) for at in found}
    different = {at: pair for at, pair in pairs.items() if not same(*pair)}
    assert len(found) > 250
    assert not different


@pytest.mark.office
def test_the_results_are_libreoffices_own(master: Path, recalculated_master: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.xlsx"
    count = with_wrong_results(master, spoilt)
    before = cells(spoilt)
    assert count == len(formulas(master))
    assert all(before[at] == 987654321 for at in formulas(master))
    assert 987654321 not in cells(recalculated_master).values()


@pytest.mark.office
def test_no_cell_holds_an_error(master: Path, recalculated_master: Path) -> None:
    for path in (master, recalculated_master):
        wrong = {
            at: value
            for at, value in cells(path).items()
            if isinstance(value, str) and value.startswith(ERRORS)
        }
        assert not wrong


@pytest.mark.office
def test_every_other_cell_is_the_same_for_libreoffice(master: Path, recalculated_master: Path) -> None:
    written, read = cells(master), cells(recalculated_master)
    pairs = {at: (value, read.get(at)) for at, value in written.items()}
    different = {at: pair for at, pair in pairs.items() if not same(*pair)}
    assert not different
