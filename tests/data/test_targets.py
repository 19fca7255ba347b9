"""Targets in force from a month: read, checked, restated for their own month, kept with those before them."""

import pytest

from tests.data.world import World

HEAD = "ods_code,les,metric,year,annual_target,from\n"
ROW = "P81001,dementia,reviews,2025-26"


def _targets(world: World) -> list[tuple[str, float]]:
    rows = world.known().targets
    rows = rows[rows["ods_code"] == "P81001"]
    return list(zip(rows["from"], rows["annual_target"], strict=True))


def test_a_target_from_november_stands_beside_that_of_the_year(world: World) -> None:
    world.load(f"{HEAD}{ROW},40,\n", "year.csv")
    world.load(f"{HEAD}{ROW},60,2025-11\n", "november.csv")
    assert _targets(world) == [("", 40.0), ("2025-11", 60.0)]
    world.load(f"{HEAD}{ROW},66,01/11/2025\n", "again.csv")
    assert _targets(world) == [("", 40.0), ("2025-11", 66.0)]


def test_both_can_stand_in_one_file(world: World) -> None:
    world.load(f"{HEAD}{ROW},40,\n{ROW},60,2025-11\n", "both.csv")
    assert _targets(world) == [("", 40.0), ("2025-11", 60.0)]


def test_a_file_without_the_column_is_for_the_whole_year(world: World) -> None:
    world.load(f"ods_code,les,metric,year,annual_target\n{ROW},40\n", "year.csv")
    assert _targets(world) == [("", 40.0)]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (f"{ROW},60,2026-04\n", "LES246"),
        (f"{ROW},60,soon\n", "LES241"),
        (f"{ROW},60,2025-11\n{ROW},70,2025-11\n", "LES234"),
    ],
)
def test_what_is_wrong_refuses_the_file(world: World, rows: str, code: str) -> None:
    result = world.load(HEAD + rows, "bad.csv")
    assert result.status == "refused"
    assert [problem.code for problem in result.problems] == [code]
