"""Each rule on mappings is broken in each way, alone, and told at its very place."""

from pathlib import Path

import pytest

from tests.mapping.mistakes import EXPORT, LONG, MAPPING, MAPPING_MISTAKES, OTHER, POSITIONS, WIDE
from tests.spec.workspaces import GOOD, places, problems_of


@pytest.mark.parametrize("text", [MAPPING, LONG, WIDE, POSITIONS], ids=["title", "long", "wide", "positions"])
def test_a_good_mapping_is_good(text: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, {**GOOD, EXPORT: text}) == ()


@pytest.mark.parametrize("name", MAPPING_MISTAKES)
def test_a_mistake_is_told_once_at_its_place(name: str, tmp_path: Path) -> None:
    files, codes = MAPPING_MISTAKES[name]
    problems = problems_of(tmp_path, files)
    assert tuple(problem.code for problem in problems) == codes
    found = [(problem.place.file, problem.place.line, problem.place.column) for problem in problems]
    assert found == places(files)


def test_required_headings_tell_mappings_of_one_name_apart(tmp_path: Path) -> None:
    other = MAPPING.replace("mapping: export", "mapping: other")
    files = {**GOOD, EXPORT: MAPPING + "requires: [Count]\n", OTHER: other + "requires: [Kind]\n"}
    assert problems_of(tmp_path, files) == ()


def test_a_service_that_cannot_be_read_makes_no_second_problem(tmp_path: Path) -> None:
    broken = {**GOOD, EXPORT: MAPPING, "specs/services/dementia.yaml": "spec: [\n"}
    assert [problem.place.file for problem in problems_of(tmp_path, broken)] == [
        "specs/services/dementia.yaml"
    ]


def test_each_thing_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = MAPPING.replace("les: dementia", "les: dementa").replace("Run date: {month}", "Run date")
    codes = {problem.code for problem in problems_of(tmp_path, {**GOOD, EXPORT: text})}
    assert codes == {"LES184", "LES185"}
