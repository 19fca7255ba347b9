"""Files of other providers: checked like any other, restated, and accepted by a store made before them."""

import shutil

import deltalake
import pytest

from les_xl.data.records import COLUMNS
from les_xl.data.store import Store
from tests.data.world import NOW, World, codes

JULY = ("RXR,Blackburn,ring_pessary,2025-07,12", "RXR,Burnley,ring_pessary,2025-07,3")


def rows(world: World, as_of: int | None = None) -> list[tuple[str, str, str, str, float]]:
    """What is known of other providers."""
    return [tuple(row) for row in world.known(as_of).other_providers.itertuples(index=False, name=None)]


def test_rows_are_known_as_they_were_told(world: World) -> None:
    result = world.others(*JULY, "RXR,Burnley,ring_pessary.journeys,Jun-25,40.5")
    assert (result.status, result.kind, result.months) == (
        "loaded",
        "other_providers",
        ("2025-06", "2025-07"),
    )
    assert rows(world) == [
        ("RXR", "Blackburn", "ring_pessary", "2025-07", 12.0),
        ("RXR", "Burnley", "ring_pessary", "2025-07", 3.0),
        ("RXR", "Burnley", "ring_pessary.journeys", "2025-06", 40.5),
    ]
    assert world.others(*JULY, "RXR,Burnley,ring_pessary.journeys,Jun-25,40.5").status == "unchanged"


@pytest.mark.parametrize(
    ("line", "code", "column", "hint"),
    [
        ("RXR,Burnley,ring_pesary,2025-07,3", "LES250", "indicator", "did you mean 'ring_pessary'?"),
        ("RXR,Burnley,pessary.journeys,2025-07,3", "LES250", "indicator", "mean 'ring_pessary.journeys'?"),
        ("RXR,Burnley,x,2025-07,3", "LES250", "indicator", "are ring_pessary, ring_pessary.journeys"),
        ("RRX,Burnley,ring_pessary,2025-07,3", "LES248", "trust", "did you mean 'RXR'?"),
        ("RXR,Bromley,ring_pessary,2025-07,3", "LES249", "place", "did you mean 'Burnley'?"),
        ("RXR,,ring_pessary,2025-07,3", "LES235", "place", "every row needs its place"),
        ("RXR,Burnley,ring_pessary,2025-07,-3", "LES237", "value", "corrected total"),
        ("RXR,Burnley,ring_pessary,2025-07,three", "LES236", "value", "digits only"),
        ("RXR,Burnley,ring_pessary,2025-07,", "LES235", "value", "write 0"),
        ("RXR,Burnley,ring_pessary,2025-13,3", "LES238", "month", "2025-10"),
        ("RXR,Burnley,ring_pessary,2025-12,3", "LES239", "month", "check the year"),
    ],
)
def test_each_mistake_refuses_the_file(world: World, line: str, code: str, column: str, hint: str) -> None:
    result = world.others(JULY[0], line)
    assert (result.status, codes(result)) == ("refused", [code])
    (problem,) = result.problems
    assert (problem.place.row, problem.place.field) == (3, column)
    assert hint in problem.hint
    assert rows(world) == []


def test_a_row_twice_is_refused(world: World) -> None:
    result = world.others(*JULY, JULY[0])
    assert codes(result) == ["LES234"]
    assert "RXR, Blackburn, ring_pessary, 2025-07" in result.problems[0].message


def test_a_restated_month_and_a_missing_row_are_listed(world: World) -> None:
    world.others(*JULY)
    result = world.others(
        "RXR,Blackburn,ring_pessary,2025-07,13", "RXR,Blackburn,ring_pessary,2025-08,11", name="later.csv"
    )
    assert (result.status, codes(result)) == ("loaded", ["LES264", "LES265"])
    missing, restated = (problem.message for problem in result.problems)
    assert missing == "RXR, Burnley reported ring_pessary for 2025-07, with no row for 2025-08"
    assert "for RXR, Blackburn in 2025-07 was 12 and is now 13" in restated
    assert [row[-1] for row in rows(world)] == [13.0, 11.0, 3.0]
    assert [row[-1] for row in rows(world, 3)] == [12.0, 3.0]


def test_a_value_far_above_its_own_median_is_listed(world: World) -> None:
    usual = [f"RXR,Burnley,ring_pessary,2025-{month:02d},5" for month in (4, 5, 6)]
    result = world.others(*usual, "RXR,Burnley,ring_pessary,2025-07,50")
    assert (result.status, codes(result)) == ("loaded", ["LES263"])
    assert "10.0 times the median of RXR, Burnley" in result.problems[0].message


def _as_made_before(world: World) -> None:
    """Write the world's store anew as the version before other providers did: without their column."""
    kept = [name for name in COLUMNS if name != "indicator"]
    table = deltalake.DeltaTable(world.store.path).to_pyarrow_table(columns=kept)
    shutil.rmtree(world.store.path)
    deltalake.write_deltalake(world.store.path, table, partition_by=["record"])


def test_a_store_made_before_takes_them(world: World) -> None:
    world.activity("P81001,dementia,reviews,2025-09,4")
    _as_made_before(world)
    fields = [field.name for field in deltalake.DeltaTable(world.store.path).schema().fields]
    assert "indicator" not in fields
    assert rows(world) == []
    assert len(world.known().activity) == 1
    assert world.others(*JULY).load == 4
    assert [row[-1] for row in rows(world)] == [12.0, 3.0]
    assert world.activity("P81001,dementia,reviews,2025-10,5", name="next.csv").load == 5
    before = world.known(3)
    assert (len(before.activity), len(before.other_providers)) == (1, 0)
    Store.open(world.store.path).retract(4, now=NOW, user="analyst")
    assert rows(world) == []
    assert sorted(world.known().activity["value"]) == [4.0, 5.0]


def test_without_organisations_the_hint_says_what_is_missing(empty: World) -> None:
    result = empty.others(JULY[0])
    assert codes(result) == ["LES248", "LES249"]
    assert "load that file first" in result.problems[0].hint
