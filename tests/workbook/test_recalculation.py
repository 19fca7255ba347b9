"""The formulas: LibreOffice comes to the cached results by itself, and no cell holds an error."""

import math
import re
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.reading import cells, formulas, read_tables, with_wrong_results

ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "Err:")
# Known to Excel 2016 and LibreOffice 7.4, and none of them volatile.
FUNCTIONS = {"SUM", "AVERAGE", "IFERROR", "TEXT", "INDEX", "MATCH"}
# Answered by the add-in: without it, as in LibreOffice, each cell says so.
EXPLORER = "Explorer"
NEEDS_ADD_IN = "Needs the LES add-in"


def same(left: Any, right: Any) -> bool:
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return math.isclose(left, right, rel_tol=1e-12, abs_tol=1e-9)
    return bool(left == right)


def nearly(left: Any, right: Any) -> bool:
    """The same for what is worked out of practices' shares of a plan, which cells hold to six decimals."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return math.isclose(left, right, rel_tol=1e-6, abs_tol=1e-5)
    return same(left, right)


def different(
    master: Path, one: dict[tuple[str, str], Any], other: dict[tuple[str, str], Any]
) -> dict[tuple[str, str], Any]:
    """Cells that differ, those of the Explorer left out."""
    groups = {read.sheet for name, read in read_tables(master).items() if name.startswith("tblGroups_")}
    pairs = {at: (value, other.get(at)) for at, value in one.items() if at[0] != EXPLORER}
    return {at: pair for at, pair in pairs.items() if not (nearly if at[0] in groups else same)(*pair)}


def test_totals_and_percentages_are_native_formulas(master: Path) -> None:
    found = formulas(master)
    by_sheet = {sheet: sum(1 for at in found if at[0] == sheet) for sheet, _ in found}
    # Cost and volume: 8 rows of 12 percentages, and 3 to date; the as-at line, and what is flagged.
    assert by_sheet["Cost and volume"] == 8 * (12 + 3) + 2
    assert by_sheet["Capitated"] == 6 * (12 + 3) + 2
    # Banding: the total of 8 groups, then total, share and change of 7 columns.
    # And two lines above it: what the last month is, who is counted.
    assert by_sheet["LTC banding"] == 8 + 3 * 7 + 2 + 1
    # Profile: three columns to date over the seven months that have data; the source of the profile.
    assert by_sheet["LTC profile"] == 3 * 7 + 1 + 1
    assert by_sheet["Summary"] == 14 * 5 + 2


def test_formulas_use_only_what_both_programs_know(master: Path) -> None:
    used = {
        name
        for at, text in formulas(master).items()
        if at[0] != EXPLORER
        for name in re.findall(r"([A-Z_.]+)\(", text)
    }
    assert used == FUNCTIONS


def test_every_formula_has_a_cached_result(master: Path) -> None:
    shown = cells(master)
    missing = [at for at in formulas(master) if at not in shown]
    assert not missing


@pytest.mark.office
def test_libreoffice_comes_to_every_cached_result_by_itself(master: Path, recalculated_master: Path) -> None:
    found = formulas(master)
    written, worked_out = cells(master), cells(recalculated_master)
    assert len(found) > 3000
    assert not different(master, {at: written[at] for at in found}, worked_out)


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
    assert not different(master, written, read)


@pytest.mark.office
def test_without_the_add_in_the_explorer_says_so(master: Path, recalculated_master: Path) -> None:
    asked = [at for at, text in formulas(master).items() if at[0] == EXPLORER and "LES_" in text]
    shown = cells(recalculated_master)
    assert len(asked) > 40
    assert {shown[at] for at in asked} == {NEEDS_ADD_IN}
