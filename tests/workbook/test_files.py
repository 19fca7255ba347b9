"""Writing the file: clear refusals, the old file kept, nothing half-written."""

import errno
import os
from pathlib import Path

import pytest

from les_xl.errors import LesError
from les_xl.excel import replace
from les_xl.excel.master import new_workbook
from les_xl.position import Position
from tests.workbook.conftest import NOW
from tests.workbook.reading import open_book


def code_of(error: pytest.ExceptionInfo[LesError]) -> str:
    (problem,) = error.value.problems
    assert problem.hint
    return problem.code


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_that_is_there_is_the_analysts(position: Position, tmp_path: Path) -> None:
    path = tmp_path / "les_master.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(LesError) as error:
        new_workbook(position, path, now=NOW)
    assert code_of(error) == "LES401"
    assert path.read_bytes() == b"mine"
    assert names(tmp_path) == {"les_master.xlsx"}


def test_what_is_replaced_is_kept(position: Position, tmp_path: Path) -> None:
    path = tmp_path / "les_master.xlsx"
    path.write_bytes(b"mine")
    new_workbook(position, path, now=NOW, overwrite=True)
    assert (tmp_path / "les_master.xlsx.bak").read_bytes() == b"mine"
    assert open_book(path).sheetnames[0] == "Cover"
    assert names(tmp_path) == {"les_master.xlsx", "les_master.xlsx.bak"}


def test_a_new_file_leaves_nothing_else(position: Position, tmp_path: Path) -> None:
    new_workbook(position, tmp_path / "les_master.xlsx", now=NOW)
    assert names(tmp_path) == {"les_master.xlsx"}


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    usual = tmp_path / "usual"
    usual.touch()
    replace.put_in_place(path, b"new")
    assert path.stat().st_mode == usual.stat().st_mode


def test_a_folder_that_is_not_there(position: Position, tmp_path: Path) -> None:
    with pytest.raises(LesError) as error:
        new_workbook(position, tmp_path / "nowhere" / "les_master.xlsx", now=NOW)
    assert code_of(error) == "LES402"
    assert not names(tmp_path)


@pytest.mark.parametrize("lock", ["~$les_master.xlsx", ".~lock.les_master.xlsx#"])
def test_a_file_that_is_open_elsewhere(position: Position, tmp_path: Path, lock: str) -> None:
    path = tmp_path / "les_master.xlsx"
    path.write_bytes(b"mine")
    (tmp_path / lock).write_text(",Jo Bloggs,PC1,20.11.2025 09:00,;", encoding="utf-8")
    with pytest.raises(LesError) as error:
        new_workbook(position, path, now=NOW, overwrite=True)
    assert code_of(error) == "LES403"
    assert lock in str(error.value)
    assert ("Jo Bloggs" in str(error.value)) == lock.startswith(".~lock")
    assert path.read_bytes() == b"mine"


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "les_master.xlsx"
    path.write_bytes(b"mine")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LesError) as error:
        replace.put_in_place(path, b"new")
    assert code_of(error) == "LES404"
    assert path.read_bytes() == b"mine"
    assert names(tmp_path) == {"les_master.xlsx"}


def test_windows_refuses_to_swap_an_open_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "les_master.xlsx"
    path.write_bytes(b"mine")
    swap = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == path:
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return swap(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(LesError) as error:
        replace.put_in_place(path, b"new")
    assert code_of(error) == "LES403"
    assert path.read_bytes() == b"mine"
    assert names(tmp_path) == {"les_master.xlsx", "les_master.xlsx.bak"}


def test_any_other_failure_says_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(LesError) as error:
        replace.put_in_place(tmp_path / "les_master.xlsx", b"new")
    assert code_of(error) == "LES405"
    assert os.strerror(errno.EIO).lower() in str(error.value)
    assert not names(tmp_path)


def test_a_folder_of_that_name(position: Position, tmp_path: Path) -> None:
    (tmp_path / "les_master.xlsx").mkdir()
    with pytest.raises(LesError) as error:
        new_workbook(position, tmp_path / "les_master.xlsx", now=NOW, overwrite=True)
    assert code_of(error) == "LES405"


@pytest.mark.parametrize("name", ["les_master.xls", "les_master", "les_master.csv"])
def test_a_name_that_excel_would_not_open(position: Position, tmp_path: Path, name: str) -> None:
    with pytest.raises(LesError) as error:
        new_workbook(position, tmp_path / name, now=NOW)
    assert code_of(error) == "LES406"
    assert "les_master.xlsx" in str(error.value)
