"""LibreOffice Calc with the add-in: every function, recalculated from files, answers as the position does."""

import math
from pathlib import Path

import pytest

from les_xl.functions.index import Index
from les_xl.functions.results import Result, Table
from les_xl.marks import Cell
from les_xl.periods import parse_month
from les_xl.position import Position
from tests.functions.test_agreement import FUNCTIONS
from tests.hosts.calc.grid import SPILL, Asked, examples, rows_of
from tests.workbook.reading import cells, formulas

pytestmark = pytest.mark.office


def _same(shown: object, meant: Result | Cell) -> bool:
    if isinstance(meant, float):
        # Calc writes 15 digits.
        return isinstance(shown, int | float) and math.isclose(shown, meant, rel_tol=1e-14, abs_tol=1e-14)
    return shown == str(meant)


def _answer(index: Index, cell: Asked) -> Result:
    return cell.function.answer(index, *cell.values)


def _block(meant: Result) -> list[list[object]]:
    """What an array formula of SPILL's size shows: the table's corner, `#N/A` beyond it."""
    if not isinstance(meant, Table):
        return [[meant] * SPILL[1]] * SPILL[0]
    lines = [list(meant.columns), *map(list, meant.rows)]
    wide = [[*line, *["#N/A"] * SPILL[1]][: SPILL[1]] for line in lines]
    return [*wide, *[["#N/A"] * SPILL[1]] * SPILL[0]][: SPILL[0]]


def test_every_function_with_every_argument(
    grid: list[Asked], computed: dict[str, Path], index: Index
) -> None:
    shown, wrong = cells(computed["grid"]), []
    for row, cell in zip(rows_of(grid), grid, strict=True):
        meant = _answer(index, cell)
        block = _block(meant) if cell.function.returns == "table" else [[meant]]
        for down, line in enumerate(block, 1):
            for at, one in zip("ABCDE", line, strict=False):
                found = shown.get(("Asked", f"{at}{row + down}"))
                if not _same(found, one):  # type: ignore[arg-type]
                    wrong.append((cell.formula, found, one))
    assert len(grid) > 4000
    assert wrong == []


def test_the_answers_are_those_of_the_position(
    grid: list[Asked], computed: dict[str, Path], position: Position
) -> None:
    """Asked of the position itself, past the registry, where a LES, a month and an organisation are named."""
    shown, seen = cells(computed["grid"]), set()
    months, orgs = ("Oct-25", "2025-04", "December 2025"), ("00X", "East")
    for row, cell in zip(rows_of(grid), grid, strict=True):
        if cell.function.name not in FUNCTIONS or len(cell.given) != 4:
            continue
        les, month, org, metric = (each.value for each in cell.given)
        if les == "Dementia" and month in months and org in orgs and metric == "reviews":
            meant = position.value(
                FUNCTIONS[cell.function.name], "dementia", "reviews", str(org), parse_month(month)
            )
            assert _same(shown["Asked", f"A{row + 1}"], meant), cell.formula
            seen.add(cell.function.name)
    assert seen == set(FUNCTIONS)


def test_published_figures_are_in_the_cells(grid: list[Asked], computed: dict[str, Path]) -> None:
    shown = cells(computed["grid"])
    found = {cell.formula: shown.get(("Asked", f"A{row + 1}")) for row, cell in zip(rows_of(grid), grid, strict=True)}
    assert found['=LES_PLAN("Dementia","Oct-25",,)'] == 1332
    assert found['=LES_DELIVERED("Dementia",Cells!$B$1,,)'] == 694
    assert found['=LES_PCT_PLAN("Dementia",,Cells!$D$1,)'] == pytest.approx(694 / 1332, rel=1e-14)
    assert found['=LES_DELIVERED("Dementia","December 2025",,)'] == "[x]"
    assert found['=LES_PLAN("Dementai",,,)'] == "#N/A"


def test_a_workbook_by_another_program(computed: dict[str, Path], index: Index) -> None:
    shown = cells(computed["openpyxl"])
    for row, cell in enumerate(examples(), 1):
        meant = _answer(index, cell)
        first = meant.columns[0] if isinstance(meant, Table) else meant
        assert _same(shown["Asked", f"A{row}"], first), cell.formula


def test_the_explorer_of_the_master_workbook_answers(books: Path, computed: dict[str, Path]) -> None:
    meant = cells(books / "cached.xlsx")
    asking = [at for at, text in formulas(books / "cached.xlsx").items() if "LES_" in text]
    shown = cells(computed["master"])
    assert len(asking) > 40
    assert {sheet for sheet, _ in asking} == {"Explorer"}
    for at in asking:
        assert "add-in" not in str(shown[at])
        expected = meant[at]
        assert _same(shown[at], float(expected) if isinstance(expected, int) else expected), at


@pytest.mark.parametrize(
    ("at", "meant"),
    [
        (("Dates", "A1"), 694),
        (("Dates", "A2"), '"=LES_PLAN(" in a text'),
        (("Dates", "A3"), 'LES_PLAN("x")'),
        (("Dates", "A4"), "#DIV/0!"),
        (("Dates", "A5"), "passed on"),
        (("Dates", "A6"), "#N/A"),
        (("Dates", "A7"), 694),
        (("Dates", "A8"), 1388),
        (("Dates", "A9"), "#DIV/0!"),
        (("Protected", "A1"), 694),
        (("Hidden", "A1"), 694),
    ],
    ids=str,
)
def test_what_is_unusual(at: tuple[str, str], meant: object, computed: dict[str, Path]) -> None:
    assert cells(computed["unusual"])[at] == meant
