"""Four ways, one number: the engine, LibreOffice, IronCalc and the functions agree on every table cell."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from les_xl.functions.build import build_index
from les_xl.position import Position, make_position
from les_xl.spec.read import read_specs
from tests import office
from tests.second_engine import Value, evaluated
from tests.validity.four_ways import (
    Cell,
    Figure,
    disagreements,
    figures,
    of_rounded_plans,
    placements,
    same,
    stored,
    tables_of,
)
from tests.validity.parts import Plant, plant
from tests.validity.questions import Asker, has_reason
from tests.workbook.reading import open_book, with_wrong_results
from tests.workbook.sample_position import ROOT, sample_known, sample_position, write_sample

COST_AND_VOLUME = "xl/worksheets/sheet3.xml"


@dataclass(frozen=True)
class Sample:
    """The sample's position and master workbook, a copy with wrong results, and the engine's table cells."""

    position: Position
    workbook: Path
    spoilt: Path
    figures: dict[Figure, Value]

    @property
    def cells(self) -> dict[Cell, Value]:
        return {figure.cell: value for figure, value in self.figures.items()}

    @property
    def rounded(self) -> set[Cell]:
        return of_rounded_plans(self.figures)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    position = sample_position()
    workbook = write_sample(tmp_path_factory.mktemp("master") / "master.xlsx")
    spoilt = workbook.with_name("spoilt.xlsx")
    assert with_wrong_results(workbook, spoilt) > 300
    return Sample(position, workbook, spoilt, figures(position))


def _answers(sample: Sample, asker: Asker) -> dict[Cell, Value]:
    asked = {figure.cell: asker.question(figure) for figure in sample.figures}
    return {cell: asker.answer(question) for cell, question in asked.items() if question}


def test_every_table_of_the_workbook_is_looked_at(sample: Sample) -> None:
    book = open_book(sample.workbook)
    found = {table.name: f"{sheet.title}!{table.ref}" for sheet in book for table in sheet.tables.values()}
    assert found == tables_of(sample.position)
    filled = {placed.table.name for placed in placements(sample.position) if placed.table.rows}
    assert {figure.table for figure in sample.figures} == filled


def test_the_workbook_holds_the_engines_figures(sample: Sample) -> None:
    held = stored(sample.workbook)
    everything = {cell: held.get(cell) for cell in sample.cells}
    assert disagreements(sample.cells, {"the file": everything}) == []


@pytest.mark.office
def test_libreoffice_comes_to_the_same_figures(sample: Sample, tmp_path: Path) -> None:
    held = stored(office.recalculated(sample.spoilt, tmp_path))
    everything = {cell: held.get(cell) for cell in sample.cells}
    assert disagreements(sample.cells, {"LibreOffice": everything}, sample.rounded) == []


def test_ironcalc_comes_to_the_same_figures(sample: Sample) -> None:
    opinion = evaluated(sample.spoilt)
    assert len({*opinion} & {*sample.cells}) > 300, "the report tables have native formulas"
    assert disagreements(sample.cells, {"IronCalc": opinion}, sample.rounded) == []


def test_the_functions_give_the_same_figures(sample: Sample) -> None:
    answers = _answers(sample, Asker(sample.position, build_index(sample.position)))
    assert disagreements(sample.cells, {"the function": answers}) == []


def test_every_table_with_numbers_is_asked_of_the_functions_or_has_a_reason(sample: Sample) -> None:
    asker = Asker(sample.position, build_index(sample.position))
    numbers = {figure.table for figure, value in sample.figures.items() if isinstance(value, float | int)}
    unknown = {table for table in numbers if not asker.knows(table)}
    assert all(has_reason(table) for table in unknown), (
        "add questions (or a reason) to tests/validity/questions.py"
    )
    asked = {figure.table for figure in sample.figures if asker.question(figure)}
    assert asked >= numbers - unknown, "a table with questions has at least one"


def test_a_formula_of_other_cells_is_noticed(sample: Sample, tmp_path: Path) -> None:
    def upside_down(sheet: bytes) -> bytes:
        return re.sub(rb"IFERROR\((\w+)/(\w+),", rb"IFERROR(\2/\1,", sheet)

    broken = plant(sample.workbook, tmp_path / "broken.xlsx", Plant({COST_AND_VOLUME: upside_down}))
    found = disagreements(sample.cells, {"IronCalc": evaluated(broken)})
    assert found
    assert any(line.startswith("Cost and volume!") for line in found)


def test_another_position_is_noticed(sample: Sample) -> None:
    earlier = make_position(read_specs(ROOT), sample_known(), as_at="2025-09")
    answers = _answers(sample, Asker(sample.position, build_index(earlier)))
    assert disagreements(sample.cells, {"the function": answers})


def test_a_changed_number_is_noticed(sample: Sample) -> None:
    held = stored(sample.workbook)
    cell = next(cell for cell, value in sample.cells.items() if isinstance(value, float))
    held[cell] = float(str(held[cell])) + 0.001
    (line,) = disagreements(sample.cells, {"the file": held})
    assert line.startswith(f"{cell[0]}!{cell[1]}: the engine says")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (1.0, 1, True),
        (0.1 + 0.2, 0.3, True),
        (1.0, 1.001, False),
        (0, "", False),
        (None, 0, False),
        (None, "", True),
        ("[x]", "[z]", False),
        (1.0, "1", False),
    ],
)
def test_values_that_are_the_same(one: Value, other: Value, agree: bool) -> None:
    assert same(one, other) is agree
