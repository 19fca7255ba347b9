"""The lint fails on planted faults: each kind at least once, each time that problem and no other."""

from pathlib import Path

import pytest

from les_xl.errors.lint import TOO_LARGE
from les_xl.errors.reference import catalogue
from les_xl.excel.lint import lint_workbook
from tests.validity.faults_content import FORMULAS, NAMES, POINTERS, TABLES
from tests.validity.faults_package import PACKAGE, SHEETS
from tests.validity.parts import plant
from tests.validity.sound import write_sound

FAULTS = {**PACKAGE, **SHEETS, **TABLES, **NAMES, **FORMULAS, **POINTERS}
ELSEWHERE = (TOO_LARGE,)
"""Kinds whose faults are whole files, planted in test_hostile.py."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sound(tmp_path_factory.mktemp("sound") / "sound.xlsx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_and_nothing_else(name: str, sound: Path, tmp_path: Path) -> None:
    fault = FAULTS[name]
    problems = lint_workbook(plant(sound, tmp_path / "planted.xlsx", fault.plant))
    assert {problem.code for problem in problems} == {fault.kind.code}, [str(each) for each in problems]
    first = problems[0]
    assert first.severity == fault.kind.severity
    assert first.hint, "every problem says what to do"
    assert first.place.sheet == fault.sheet
    assert fault.cell in {None, first.place.cell}
    assert fault.says in first.message


def test_every_kind_of_the_lint_has_a_planted_fault() -> None:
    kinds = {kind.code for kind in catalogue() if "LES450" <= kind.code <= "LES499"}
    assert kinds == {fault.kind.code for fault in FAULTS.values()} | {kind.code for kind in ELSEWHERE}
