"""A saved index is given out only when it is whole, sound and made from what is asked for."""

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from les_xl.functions.build import build_index
from les_xl.functions.catalogue import Catalogue
from les_xl.functions.index import Index
from les_xl.functions.saved import FORMAT, UnusableIndexError, load, save
from les_xl.position import Position

KEY = "made from this"


@pytest.fixture(scope="module")
def saved(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index in a file."""
    path = tmp_path_factory.mktemp("index") / "not there yet" / "one.arrow"
    save(index, path, KEY)
    return path


def test_what_is_saved_is_what_is_loaded(saved: Path, index: Index) -> None:
    loaded = load(saved, KEY)
    assert loaded.catalogue == index.catalogue
    assert set(loaded.grids) == set(index.grids)
    for name, grid in index.grids.items():
        assert bytes(loaded.grids[name].values) == bytes(grid.values)
        assert bytes(loaded.grids[name].marks) == bytes(grid.marks)


def test_it_is_one_arrow_file_that_others_can_read(saved: Path, index: Index) -> None:
    table = pa.ipc.open_file(saved).read_all()
    metadata = {name.decode(): text.decode() for name, text in table.schema.metadata.items()}
    about = json.loads(metadata["catalogue"])
    assert (about["as_at"], about["as_of"]) == ("2025-10", 1)
    assert about["services"][1]["data_month"] == "2025-10"
    orgs, months = len(about["orgs"]), about["months"]
    services = [(entry["les"], metric["id"]) for entry in about["services"] for metric in entry["metrics"]]
    row = (services.index(("dementia", "reviews")) * orgs + orgs - 1) * 12 + months.index("2025-10")
    assert table["delivered"][row].as_py() == 694
    assert [path.name for path in saved.parent.iterdir()] == ["one.arrow"]
    assert len(table) == len(services) * len(index.catalogue.orgs) * 12


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_bytes_are_changed_it_is_the_index_or_refused(
    data: st.DataObject, saved: Path, index: Index, tmp_path: Path
) -> None:
    content = bytearray(saved.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[at] = data.draw(st.integers(0, 255))
    damaged = tmp_path / "damaged.arrow"
    damaged.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        loaded = load(damaged, KEY)
    except UnusableIndexError:
        return
    assert loaded.catalogue == index.catalogue
    assert all(bytes(loaded.grids[name].values) == bytes(index.grids[name].values) for name in index.grids)


def test_others_who_use_the_store_can_read_it(saved: Path) -> None:
    beside = saved.with_name("an ordinary file")
    beside.touch()
    assert saved.stat().st_mode == beside.stat().st_mode
    beside.unlink()


def test_the_catalogue_comes_back_from_its_json(index: Index) -> None:
    again = Catalogue.from_json(index.catalogue.to_json())
    assert again == index.catalogue
    assert asdict(again) == asdict(index.catalogue)


def test_another_key_is_another_index(saved: Path) -> None:
    with pytest.raises(UnusableIndexError, match="made from something else"):
        load(saved, "made from that")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnusableIndexError):
        load(tmp_path / "none.arrow", KEY)


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.01, 0.5, 0.99, 0.9999])
def test_a_file_cut_short(share: float, saved: Path, tmp_path: Path) -> None:
    whole = saved.read_bytes()
    cut = tmp_path / "cut.arrow"
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(UnusableIndexError):
        load(cut, KEY)


def test_a_file_with_a_changed_byte_never_gives_another_answer(
    saved: Path, tmp_path: Path, index: Index
) -> None:
    """Bytes spread over the whole file, and all around its two ends, where its layout is described."""
    whole = saved.read_bytes()
    ends = (*range(0, 400, 7), *range(len(whole) - 400, len(whole), 7))
    places = (*ends, *range(1000, len(whole), len(whole) // 40))
    changed = Path(shutil.copy(saved, tmp_path))
    sound = [_same(changed, at, whole[at], index) for at in places]
    assert sound.count(None) > 50
    assert False not in sound


def _same(path: Path, at: int, byte: int, index: Index) -> bool | None:
    """Whether the file with another byte there still gives the same index; None where it is refused."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes([byte ^ 0x55]))
    try:
        loaded = load(path, KEY)
    except UnusableIndexError:
        return None
    finally:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes([byte]))
    return loaded.catalogue == index.catalogue and all(
        grid.values.tobytes() == index.grids[name].values.tobytes() for name, grid in loaded.grids.items()
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", b"ARROW1\0\0", b"{}" * 500])
def test_another_kind_of_file(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.arrow"
    path.write_bytes(content)
    with pytest.raises(UnusableIndexError):
        load(path, KEY)


@pytest.mark.parametrize("catalogue", [None, "", "[]", "{}", "nonsense"])
def test_an_arrow_file_of_somebody_else(catalogue: str | None, tmp_path: Path) -> None:
    path = tmp_path / "other.arrow"
    about = {} if catalogue is None else {"format": FORMAT, "key": KEY, "catalogue": catalogue}
    table = pa.table({"planned": [1.0]}).replace_schema_metadata(about)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    with pytest.raises(UnusableIndexError):
        load(path, KEY)


def test_nothing_is_left_where_a_file_cannot_be_written(tmp_path: Path, index: Index) -> None:
    (tmp_path / "taken.arrow").mkdir()
    with pytest.raises(OSError, match="taken"):
        save(index, tmp_path / "taken.arrow", KEY)
    assert [path.name for path in tmp_path.iterdir()] == ["taken.arrow"]


def test_a_position_with_a_hole_is_refused(position: Position) -> None:
    with pytest.raises(ValueError, match="not one row for each"):
        build_index(replace(position, monthly=position.monthly.drop(index=7)))
    with pytest.raises(ValueError, match="a mark, or neither"):
        build_index(replace(position, monthly=position.monthly.assign(planned_mark="")))


def test_the_order_of_a_position_s_rows_does_not_matter(position: Position, index: Index) -> None:
    shuffled = replace(position, monthly=position.monthly.iloc[::-1], annual=position.annual.iloc[::-1])
    again = build_index(shuffled)
    assert bytes(again.grids["pct_plan"].values) == bytes(index.grids["pct_plan"].values)
    assert bytes(again.grids["annual_target"].marks) == bytes(index.grids["annual_target"].marks)
