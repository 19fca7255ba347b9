"""LibreOffice Calc with the add-in: every function, recalculated from files, answers as the position does."""

import math
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from les_xl.functions.index import Index
from les_xl.functions.results import Result, Table
from les_xl.periods import parse_month
from les_xl.position import Position
from tests.functions.test_agreement import FUNCTIONS
from tests.hosts.calc.conftest import MASTER
from tests.hosts.calc.grid import SPILL, Asked, examples, rows_of
from tests.workbook.reading import cells

pytestmark = pytest.mark.office


def _same(shown: object, meant: object) -> bool:
    if isinstance(meant, float | int):
        # Calc writes 15 digits.
        return isinstance(shown, int | float) and math.isclose(shown, meant, rel_tol=1e-14, abs_tol=1e-14)
    return (shown or "") == str(meant)


def _answer(index: Index, cell: Asked) -> Result:
    return cell.function.answer(index, *cell.values)


def _block(index: Index, cell: Asked) -> list[list[object]]:
    """What a cell shows; of what spills, the corner that SPILL has room for, and `#N/A` beyond the table.

    An empty line stands for no lines.
    """
    meant = _answer(index, cell)
    if cell.function.returns != "table":
        return [[meant]]
    if not isinstance(meant, Table):
        return [[meant] * SPILL[1]] * SPILL[0]
    beyond: list[object] = ["#N/A"] * SPILL[1]
    corner = [[*line, *beyond][: SPILL[1]] for line in meant.rows or [[""] * len(meant.columns)]]
    return [[*meant.columns, *beyond][: SPILL[1]], *corner, *[beyond] * SPILL[0]][: SPILL[0]]


def test_every_function_with_every_argument(
    grid: list[Asked], computed: dict[str, Path], index: Index
) -> None:
    shown = cells(computed["grid"])
    wrong = [
        (cell.formula, found, meant)
        for row, cell in zip(rows_of(grid), grid, strict=True)
        for down, line in enumerate(_block(index, cell), row + 1)
        for column, meant in enumerate(line, 1)
        if not _same(found := shown.get(("Asked", f"{get_column_letter(column)}{down}")), meant)
    ]
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
    found = {
        cell.formula: shown.get(("Asked", f"A{row + 1}"))
        for row, cell in zip(rows_of(grid), grid, strict=True)
    }
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


def test_the_explorer_of_the_master_workbook_answers(computed: dict[str, Path]) -> None:
    asking = {
        at: text for at, text in _sheet(MASTER, "Explorer", values=False).items() if "LES_" in str(text)
    }
    meant, shown = (_sheet(path, "Explorer", values=True) for path in (MASTER, computed["master"]))
    assert len(asking) > 40
    for at in asking:
        expected = meant[at]
        assert _same(shown[at], expected), at
    # As published: Post Bariatric Monitoring in October 2025.
    assert (shown["B14"], shown["B15"]) == (254, 72)


def _sheet(path: Path, name: str, *, values: bool) -> dict[str, Any]:
    """One sheet's values or formulas by address, without reading the others."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=values)
    found = {cell.coordinate: cell.value for row in book[name] for cell in row if cell.value is not None}
    book.close()
    return found


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
        (("Dates", "A10"), 695),
        (("Protected", "A1"), 694),
        (("Hidden", "A1"), 694),
    ],
    ids=str,
)
def test_what_is_unusual(at: tuple[str, str], meant: object, computed: dict[str, Path]) -> None:
    assert cells(computed["unusual"])[at] == meant
