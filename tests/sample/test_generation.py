"""The committed sample is what the generator writes; its arithmetic holds for any figures."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample.generate import generate
from sample.generator.chance import chance
from sample.generator.rounding import Room, fit, largest_remainder, round_table, slide
from tests.sample.extracts import FOLDER


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample generated anew."""
    folder = tmp_path_factory.mktemp("sample")
    generate(folder)
    return folder


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _contents(path: Path) -> dict[str, bytes]:
    """A file's bytes; a workbook's part by part, since compression may differ from one machine to another."""
    if path.suffix != ".xlsx":
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def test_a_fresh_sample_has_the_committed_files(fresh: Path) -> None:
    assert _files(fresh) == _files(FOLDER)


@pytest.mark.parametrize("name", _files(FOLDER))
def test_a_fresh_sample_is_the_committed_one(fresh: Path, name: str) -> None:
    assert _contents(fresh / name) == _contents(FOLDER / name)


weights = st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.integers(1, 30_000), min_size=1)


@given(weights, st.integers(0, 200_000))
def test_largest_remainder_sums_and_is_never_one_off(shares: dict[str, int], total: int) -> None:
    found = largest_remainder(shares, total)
    whole = sum(shares.values())
    assert sum(found.values()) == total
    assert all(abs(found[code] * whole - total * weight) < whole for code, weight in shares.items())


def test_largest_remainder_by_hand() -> None:
    # 10 in 3:2:2 is 4.29, 2.86, 2.86.
    assert largest_remainder({"a": 3, "b": 2, "c": 2}, 10) == {"a": 4, "b": 3, "c": 3}


rooms = st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 1000)).map(
    lambda drawn: Room(min(drawn[:2]), max(drawn[:2]), drawn[2])
)


@given(st.lists(rooms, min_size=1, max_size=12), st.data())
def test_slide_keeps_to_the_rooms_and_the_total(drawn: list[Room], data: st.DataObject) -> None:
    named = {str(number): room for number, room in enumerate(drawn)}
    total = data.draw(st.integers(sum(room.low for room in drawn), sum(room.high for room in drawn)))
    found = slide(named, total, chance("test"))
    assert sum(found.values()) == total
    assert all(room.low <= found[code] <= room.high for code, room in named.items())


def test_slide_refuses_a_total_out_of_reach() -> None:
    with pytest.raises(ValueError, match="sum to 11"):
        slide({"a": Room(0, 4), "b": Room(2, 6)}, 11, chance("test"))


@given(st.lists(st.lists(st.integers(0, 90), min_size=4, max_size=4), min_size=2, max_size=10))
def test_round_table_has_both_margins(counts: list[list[int]]) -> None:
    rows, columns = [sum(line) for line in counts], [sum(column) for column in zip(*counts, strict=True)]
    table = fit([[1] * 4] * len(counts), rows, columns)
    found = round_table(table, rows, columns, chance("test"))
    assert [sum(line) for line in found] == rows
    assert [sum(column) for column in zip(*found, strict=True)] == columns
    assert min(min(line) for line in found) >= 0


def test_round_table_leaves_empty_cells_empty() -> None:
    rows, columns = [4, 6], [3, 7]
    found = round_table(fit([[0, 1], [1, 1]], rows, columns), rows, columns, chance("test"))
    assert found == [[0, 4], [3, 3]]
