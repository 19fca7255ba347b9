"""The cached index of a workspace: light to open, made anew after a change, never trusted blindly."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from les_xl.data.snapshot import AsOf
from les_xl.data.store import Store
from les_xl.errors import LesError
from les_xl.functions import session as under_test
from les_xl.functions.expression import evaluate
from les_xl.functions.index import Index
from les_xl.functions.session import Session, open_index
from tests.functions.conftest import activity, entry

_LIGHT = """
import json, pathlib, sys
from les_xl.functions.expression import evaluate
from les_xl.functions.session import open_index
index = open_index(pathlib.Path(sys.argv[1]))
heavy = {"pandas", "pydantic", "duckdb", "deltalake", "narwhals"} & set(sys.modules)
print(json.dumps([evaluate('LES_PCT_PLAN("Dementia","Oct-25")', index).value, sorted(heavy)]))
"""
RESTATED = [("ZZ0001", "dementia", "reviews", "2025-10", 1000.0)]
OCTOBER = 'LES_DELIVERED("Dementia","Oct-25")'


def _opened(root: Path) -> tuple[float, list[str]]:
    """What another process answers from this workspace, and which heavy modules it needed."""
    run = subprocess.run(
        [sys.executable, "-c", _LIGHT, str(root)], capture_output=True, text=True, check=True
    )
    value, heavy = json.loads(run.stdout)
    return float(value), list(heavy)


def _store(root: Path) -> Store:
    return Store.open(root / "data" / "store")


def _cached(root: Path) -> list[Path]:
    return sorted((root / "data" / "index").iterdir())


def _delivered(index: Index) -> object:
    return evaluate(OCTOBER, index).value


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The workspaces for which an index was made, one entry each time."""
    calls: list[Path] = []
    make = under_test._made_anew

    def counting(root: Path, as_at: str | None, as_of: AsOf) -> Index:
        calls.append(root)
        return make(root, as_at, as_of)

    monkeypatch.setattr(under_test, "_made_anew", counting)
    return calls


def test_a_cached_index_answers_without_heavy_modules(workspace: Path) -> None:
    _opened(workspace)
    assert _opened(workspace) == (694 / 1332, [])


def test_without_a_cached_index_one_is_made(workspace: Path) -> None:
    shutil.rmtree(workspace / "data" / "index")
    value, heavy = _opened(workspace)
    assert value == 694 / 1332
    assert heavy != []
    assert len(_cached(workspace)) == 1


def test_it_is_made_once(workspace: Path, made: list[Path]) -> None:
    shutil.rmtree(workspace / "data" / "index")
    assert _delivered(open_index(workspace)) == _delivered(open_index(workspace)) == 694
    assert len(made) == 1
    assert [path.suffix for path in _cached(workspace)] == [".arrow"]


def test_a_session_notices_a_new_load(workspace: Path, made: list[Path]) -> None:
    session = Session(workspace)
    first = session.index()
    assert session.index() is first
    number = _store(workspace).append(activity(RESTATED), entry("b")).load
    more = _delivered(session.index())
    assert isinstance(more, float)
    assert more > 694
    assert session.index().catalogue.as_of == number
    assert len(made) == 1
    assert _delivered(open_index(workspace, as_of=1)) == 694


def test_a_table_of_another_month_is_that_of_the_position_at_that_month(workspace: Path) -> None:
    index, september = open_index(workspace), open_index(workspace, as_at="2025-09")
    for call in ('LES_TABLE("Summary",{})', 'LES_TABLE("LTC banding",{})', "LES_EXCEPTIONS({})"):
        earlier = evaluate(call.format('"Sep-25"'), index)
        assert earlier == evaluate(call.format(""), september)
        assert earlier.kind == "table"
        assert earlier != evaluate(call.format(""), index)
    assert index.standing_at("2025-09") is index.standing_at("2025-09")
    assert index.standing_at("2025-10") is index


def test_another_month_is_of_the_same_loads(workspace: Path) -> None:
    before = open_index(workspace)
    _store(workspace).append(activity([(*RESTATED[0][:3], "2025-09", 1000.0)]), entry("c"))
    assert before.standing_at("2025-09").catalogue.as_of == 1
    assert open_index(workspace).standing_at("2025-09").catalogue.as_of == 2


def test_a_session_notices_a_changed_specification(workspace: Path) -> None:
    session = Session(workspace)
    plan = 'LES_PLAN("Dementia","Oct-25")'
    assert evaluate(plan, session.index()).value == 1332
    path = workspace / "specs" / "services" / "dementia.yaml"
    doubled = path.read_text(encoding="utf-8").replace("per_month: 1332", "per_month: 2664")
    path.write_text(doubled, encoding="utf-8")
    assert evaluate(plan, session.index()).value == 2664


def test_a_session_survives_a_broken_specification(workspace: Path, made: list[Path]) -> None:
    session = Session(workspace)
    path = workspace / "specs" / "services" / "dementia.yaml"
    sound = path.read_bytes()
    path.write_bytes(b"tittle: [\n")
    for _ in range(3):
        with pytest.raises(LesError, match=r"dementia\.yaml"):
            session.index()
    assert len(made) == 1
    path.write_bytes(sound)
    assert _delivered(session.index()) == 694


def test_a_store_made_anew_is_another_store(workspace: Path) -> None:
    """Its versions begin at 0 again, so that the version alone would give yesterday's answers."""
    log = workspace / "data" / "store" / "_delta_log"
    versions = sorted(path.name for path in log.glob("*.json"))
    shutil.rmtree(workspace / "data" / "store")
    store = _store(workspace)
    store.append(activity(RESTATED), entry("c"))
    assert sorted(path.name for path in log.glob("*.json")) == versions
    with pytest.raises(LesError, match="LES351"):
        open_index(workspace)


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "other"])
def test_a_damaged_file_is_made_anew(damage: str, workspace: Path, made: list[Path]) -> None:
    (path,) = _cached(workspace)
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(
        {
            "cut": whole[:middle],
            "changed": whole[:middle] + b"\xff" + whole[middle + 1 :],
            "empty": b"",
            "other": b"not an index",
        }[damage]
    )
    assert _delivered(open_index(workspace)) == 694
    assert len(made) == 1
    assert path.read_bytes() == whole


def test_another_month_is_another_index(workspace: Path, made: list[Path]) -> None:
    assert open_index(workspace, as_at="2025-08").catalogue.as_at == "2025-08"
    assert open_index(workspace).catalogue.as_at == "2025-10"
    assert open_index(workspace, as_at="2025-08").catalogue.as_at == "2025-08"
    assert len(made) == 1


def test_old_files_are_cleared_away(workspace: Path) -> None:
    folder = workspace / "data" / "index"
    for number in range(16):
        (folder / f"{number}.arrow").write_bytes(b"old")
        os.utime(folder / f"{number}.arrow", (number, number))
    current = open_index(workspace, as_at="2025-09")
    assert current.catalogue.as_at == "2025-09"
    assert len(_cached(workspace)) == 14


def test_a_cache_that_cannot_be_written_is_done_without(workspace: Path) -> None:
    shutil.rmtree(workspace / "data" / "index")
    (workspace / "data" / "index").write_text("a file where the folder would be", encoding="utf-8")
    assert _delivered(open_index(workspace)) == 694


def test_what_changes_while_an_index_is_made_is_not_kept(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = under_test._made_anew

    def meanwhile(root: Path, as_at: str | None, as_of: AsOf) -> Index:
        found = make(root, as_at, as_of)
        _store(root).append(activity(RESTATED), entry("d"))
        return found

    monkeypatch.setattr(under_test, "_made_anew", meanwhile)
    shutil.rmtree(workspace / "data" / "index")
    open_index(workspace)
    assert not (workspace / "data" / "index").exists()


@pytest.mark.parametrize(
    ("line", "folder"),
    [("store: our.data/store", "our.data"), ('store: "our data/store" # moved', "our data"), ("", "data")],
)
def test_the_store_can_be_elsewhere(line: str, folder: str, workspace: Path) -> None:
    (workspace / "data").rename(workspace / folder)
    shutil.rmtree(workspace / folder / "index")
    path = workspace / "specs" / "les.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("store: data/store", line), encoding="utf-8")
    assert _delivered(open_index(workspace)) == 694
    assert (workspace / folder / "index").is_dir()


def test_a_workspace_without_a_store_says_so(workspace: Path) -> None:
    shutil.rmtree(workspace / "data")
    with pytest.raises(LesError, match="LES351"):
        open_index(workspace)
    assert not (workspace / "data").exists()


def test_an_as_of_that_is_no_load_says_so(workspace: Path) -> None:
    with pytest.raises(LesError, match="LES301"):
        open_index(workspace, as_of=99)


def test_an_unreadable_specification_is_a_message(workspace: Path) -> None:
    path = workspace / "specs" / "services" / "dementia.yaml"
    path.unlink()
    path.mkdir()
    with pytest.raises(LesError, match=r"dementia\.yaml"):
        open_index(workspace)


def test_an_index_of_another_program_is_made_anew(
    workspace: Path, made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_test, "_program", lambda: "les-xl of another day")
    assert _delivered(open_index(workspace)) == 694
    assert len(made) == 1
