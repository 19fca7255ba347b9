"""The store: numbers, as-of, restatement, retraction, odd folders, and what is said when it fails."""

import os
import shutil
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import deltalake
import pandas as pd
import pytest

from les_xl.data import store as store_module
from les_xl.data.records import ACTIVITY, LIST_SIZE
from les_xl.data.snapshot import Snapshot
from les_xl.data.store import Entry, Store, delta_version, known
from les_xl.errors import LesError


def entry(sha256: str, day: int = 1) -> Entry:
    """What is noted of an activity load on a day of November 2025."""
    return Entry(
        "activity", f"{sha256}.csv", sha256, "analyst", "specs", datetime(2025, 11, day, 9, tzinfo=UTC)
    )


def rows(**values: float) -> pd.DataFrame:
    """Activity of October for each named organisation."""
    frame = pd.DataFrame({"ods_code": list(values), "value": list(values.values())})
    return frame.assign(les="dementia", metric="reviews", month="2025-10", row=range(2, len(frame) + 2))


def append(store: Store, sha256: str, day: int = 1, /, **values: float) -> int:
    """Append one activity load."""
    return store.append({ACTIVITY: rows(**values)}, entry(sha256, day)).load


def values(store: Store, as_of: int | str | date | None = None) -> dict[str, float]:
    """Known October activity by organisation."""
    activity = known(store, as_of).activity
    return dict(zip(activity["ods_code"], activity["value"], strict=True))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that holds nothing."""
    return Store.open(tmp_path / "store")


def code(error: pytest.ExceptionInfo[LesError]) -> str:
    """The code of the one problem of an error."""
    (problem,) = error.value.problems
    return problem.code


def test_a_store_that_is_not_there_yet_is_empty_and_opening_makes_nothing(store: Store) -> None:
    nothing = known(store)
    assert nothing.as_of == 0
    assert nothing.activity.empty
    assert list(nothing.activity) == ["ods_code", "les", "metric", "month", "value"]
    assert store.loads().empty
    assert delta_version(store.path) is None
    assert not store.path.exists()


def test_each_load_has_the_next_number_and_says_who_when_and_what(store: Store) -> None:
    assert [append(store, "a", 1, A=1), append(store, "b", 2, B=2)] == [1, 2]
    first, second = store.loads().to_dict("records")
    assert first == {
        "load": 1,
        "loaded_at": "2025-11-01T09:00:00+00:00",
        "user": "analyst",
        "file": "a.csv",
        "kind": "activity",
        "sha256": "a",
        "rows": 1,
        "specs": "specs",
        "retracts": 0,
    }
    assert second["load"] == 2


def test_one_load_is_one_commit_and_the_version_is_told_by_names_alone(store: Store) -> None:
    append(store, "a", A=1)
    before = delta_version(store.path)
    append(store, "b", A=1, B=2)
    assert before is not None
    assert delta_version(store.path) == before + 1 == deltalake.DeltaTable(store.path).version()


def test_telling_the_version_imports_nothing_heavy(store: Store) -> None:
    append(store, "a", A=1)
    heavy = "{'pandas', 'deltalake', 'duckdb', 'pyarrow', 'narwhals', 'pydantic'}"
    program = (
        "import sys, pathlib; from les_xl.data.store import delta_version; "
        f"print(delta_version(pathlib.Path(sys.argv[1])), sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(store.path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1 []\n"


def test_a_restatement_counts_from_its_load_on_and_not_before(store: Store) -> None:
    append(store, "a", 1, A=1, B=2)
    append(store, "b", 5, A=10)
    assert values(store) == {"A": 10, "B": 2}
    assert values(store, 2) == {"A": 10, "B": 2}
    assert values(store, 1) == values(store, "1") == {"A": 1, "B": 2}


@pytest.mark.parametrize(
    ("as_of", "number"),
    [("2025-10-31", 0), ("2025-11-01", 1), ("2025-11-04", 1), (date(2025, 11, 5), 2), ("2026-01-01", 2)],
)
def test_a_date_takes_the_loads_up_to_the_end_of_that_day(
    store: Store, as_of: str | date, number: int
) -> None:
    append(store, "a", 1, A=1)
    append(store, "b", 5, A=10)
    assert known(store, as_of).as_of == number
    assert len(store.loads(as_of)) == number


def test_what_was_known_at_a_load_never_changes(store: Store) -> None:
    append(store, "a", 1, A=1, B=2)
    then = known(store, 1)
    append(store, "b", 2, A=10, C=0.1 + 0.2)
    store.retract(1, now=datetime(2025, 11, 3, tzinfo=UTC), user="analyst")
    again = known(store, 1)
    pd.testing.assert_frame_equal(then.activity, again.activity, check_exact=True)
    pd.testing.assert_frame_equal(then.loads, again.loads)
    assert values(store, 2)["C"] == 0.1 + 0.2


def test_a_retracted_load_counts_no_more_and_what_it_restated_is_back(store: Store) -> None:
    append(store, "a", 1, A=1)
    append(store, "b", 2, A=10, B=3)
    assert store.retract(2, now=datetime(2025, 11, 3, tzinfo=UTC), user="chief", specs="s") == 3
    assert values(store) == {"A": 1}
    assert values(store, 2) == {"A": 10, "B": 3}
    last = store.loads().iloc[-1]
    assert (last["kind"], last["user"], last["retracts"], last["rows"]) == ("retraction", "chief", 2, 0)


def test_the_same_bytes_are_added_once_and_again_after_they_were_taken_back(store: Store) -> None:
    append(store, "a", A=1)
    assert store.append({ACTIVITY: rows(A=1)}, entry("a")).fresh is False
    assert append(store, "a", A=1) == 1
    store.retract(1, now=datetime(2025, 11, 3, tzinfo=UTC), user="analyst")
    assert append(store, "a", A=1) == 3


def test_columns_keep_their_types_and_texts_stay_texts(store: Store) -> None:
    sizes = pd.DataFrame({"ods_code": ["01E105"], "month": ["2025-10"], "list_size": [5055.0], "row": [2]})
    store.append({LIST_SIZE: sizes}, entry("a"))
    frame = known(store).list_sizes
    assert frame.to_dict("records") == [{"ods_code": "01E105", "month": "2025-10", "list_size": 5055.0}]
    assert [str(kind) for kind in frame.dtypes] == ["str", "str", "float64"]
    assert [str(kind) for kind in known(store).organisations.dtypes] == ["str"] * 13


@pytest.mark.parametrize("as_of", [2, 0, -1, "7"])
def test_a_number_that_is_no_load_is_said(store: Store, as_of: int | str) -> None:
    append(store, "a", A=1)
    with pytest.raises(LesError) as error:
        known(store, as_of)
    assert code(error) == "LES301"


@pytest.mark.parametrize("as_of", ["yesterday", "", "2025-13-01", "31/10/2025"])
def test_what_is_neither_a_number_nor_a_date_is_said(store: Store, as_of: str) -> None:
    append(store, "a", A=1)
    with pytest.raises(LesError) as error:
        store.loads(as_of)
    assert code(error) == "LES302"


@pytest.mark.parametrize(("number", "said"), [(1, "LES303"), (2, "LES304"), (9, "LES301")])
def test_a_load_is_taken_back_once_and_a_retraction_never(store: Store, number: int, said: str) -> None:
    append(store, "a", A=1)
    store.retract(1, now=datetime(2025, 11, 3, tzinfo=UTC), user="analyst")
    with pytest.raises(LesError) as error:
        store.retract(number, now=datetime(2025, 11, 4, tzinfo=UTC), user="analyst")
    assert code(error) == said
    assert len(store.loads()) == 2


@pytest.mark.parametrize(
    "name", ["My LES 2025", "Größe é 日本", "100% + 5%er", "it's (a) #1 & b; c=d, {e}~!"]
)
def test_a_folder_with_spaces_accents_and_signs_holds_a_store(tmp_path: Path, name: str) -> None:
    store = Store.open(tmp_path / name / "store")
    append(store, "a", A=1)
    append(store, "b", A=2)
    assert values(store) == {"A": 2}
    assert (tmp_path / name / "store" / "_delta_log").is_dir()


@pytest.mark.skipif(os.name == "nt", reason="no such names on Windows")
def test_a_star_in_a_folder_name_stands_for_itself(tmp_path: Path) -> None:
    for name, value in (("a*", 1.0), ("ab", 2.0)):
        append(Store.open(tmp_path / name / "store"), "a", A=value)
    assert values(Store.open(tmp_path / "a*" / "store")) == {"A": 1}


@pytest.mark.parametrize("name", ["LES [2025]", "a^b", "a%20b"])
def test_a_folder_name_that_cannot_hold_a_store_is_refused_at_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(LesError) as error:
        Store.open(tmp_path / name / "store")
    assert code(error) == "LES307"
    assert list(tmp_path.iterdir()) == []


def test_a_relative_path_is_the_same_store_after_a_change_of_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store.open(Path("data/store"))
    monkeypatch.chdir("/")
    append(store, "a", A=1)
    assert (tmp_path / "data" / "store" / "_delta_log").is_dir()


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("not a folder")
    with pytest.raises(LesError) as error:
        Store.open(tmp_path / "store")
    assert code(error) == "LES306"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(LesError) as error:
        append(Store.open(tmp_path / "data" / "store"), "a", A=1)
    assert code(error) == "LES305"


@pytest.mark.parametrize(
    "failure",
    [OSError(28, "No space left on device"), deltalake.exceptions.DeltaError("read-only file system")],
)
def test_a_failed_write_is_said_and_leaves_the_store_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    append(store, "a", A=1)
    before = files(store.path)

    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(deltalake, "write_deltalake", fail)
    with pytest.raises(LesError) as error:
        append(store, "b", A=2)
    assert code(error) == "LES305"
    assert files(store.path) == before
    assert values(store) == {"A": 1}


def test_a_damaged_store_is_said(store: Store) -> None:
    append(store, "a", A=1)
    shutil.rmtree(store.path / "record=activity")
    with pytest.raises(LesError) as error:
        known(store)
    assert code(error) == "LES306"
    (store.path / "_delta_log" / f"{1:020}.json").write_text("{")
    with pytest.raises(LesError) as error:
        store.loads()
    assert code(error) == "LES306"


def test_loads_at_the_same_time_all_land_with_numbers_of_their_own(store: Store) -> None:
    numbers: list[int] = []
    start = threading.Barrier(6)

    def load(name: str) -> None:
        start.wait()
        numbers.append(append(store, name, 1, **{name: 1.0}))

    threads = [threading.Thread(target=load, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
    assert values(store) == dict.fromkeys("abcdef", 1.0)
    assert list(store.loads()["load"]) == [1, 2, 3, 4, 5, 6]


def test_a_store_that_another_load_creates_meanwhile_is_used(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = deltalake.DeltaTable.create

    def create_after_another(*what: Any, **how: Any) -> deltalake.DeltaTable:
        create(*what, **how)
        raise deltalake.exceptions.CommitFailedError("Protocol changed since last commit")

    monkeypatch.setattr(deltalake.DeltaTable, "create", create_after_another)
    assert append(store, "a", A=1) == 1
    assert values(store) == {"A": 1}


def test_a_load_that_finds_its_number_taken_takes_the_next(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(store, "a", A=1)
    commit, others = Store._commit, ["b", "c"]

    def commit_after_another(self: Store, snapshot: Snapshot, *what: Any) -> bool:
        if others:
            append(store, others.pop(), X=5)
        return commit(self, snapshot, *what)

    monkeypatch.setattr(Store, "_commit", commit_after_another)
    assert append(store, "d", A=2) == 4
    assert values(store) == {"A": 2, "X": 5}


def test_a_store_that_is_never_free_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    append(store, "a", A=1)

    def taken(*_: object, **__: object) -> None:
        raise deltalake.exceptions.CommitFailedError("Concurrent transaction failed.")

    monkeypatch.setattr(deltalake, "write_deltalake", taken)
    with pytest.raises(LesError) as error:
        append(store, "b", A=2)
    assert code(error) == "LES308"
    with pytest.raises(LesError) as error:
        store.retract(1, now=datetime(2025, 11, 3, tzinfo=UTC), user="analyst")
    assert code(error) == "LES308"


def test_the_log_is_kept_for_ever(store: Store) -> None:
    append(store, "a", A=1)
    configuration = deltalake.DeltaTable(store.path).metadata().configuration
    assert configuration == {"delta.enableExpiredLogCleanup": "false"}
    assert "vacuum" not in Path(store_module.__file__).read_text()


def files(folder: Path) -> list[str]:
    """Every file under a folder."""
    return sorted(str(path) for path in folder.rglob("*"))
