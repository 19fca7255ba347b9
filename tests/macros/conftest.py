"""A workspace with the sample in its store, and the master workbook of September and October in it."""

import importlib
import shutil
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from les_xl.excel.edition import Contents, contents
from les_xl.excel.master import new_workbook
from les_xl.hosts import macros
from les_xl.hosts.places import WORKSPACE_VARIABLE
from les_xl.hosts.workspace import position_of
from les_xl.position import Position
from tests.functions.conftest import sample_workspace
from tests.macros.posted import payload
from tests.workbook.sample_position import NOW

__all__ = ["sample_workspace"]

_PAYLOADS: dict[bytes, dict[str, Any]] = {}
positions = cache(position_of)
_CONTENTS: dict[str, Contents] = {}


def contents_of(position: Position) -> Contents:
    """What a workbook of the position shows at the moment of these tests."""
    if position.edition.as_at not in _CONTENTS:
        _CONTENTS[position.edition.as_at] = contents(position, NOW)
    return _CONTENTS[position.edition.as_at]


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No workspace of whoever runs the tests is found, and each position and its tables are made once."""
    monkeypatch.setattr(macros, "position_of", positions)
    monkeypatch.setattr(macros, "contents", lambda position, _now: contents_of(position))
    monkeypatch.delenv(WORKSPACE_VARIABLE, raising=False)
    monkeypatch.setenv("APPDATA", str(tmp_path / "roaming"))


@pytest.fixture
def as_posted(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Any]:
    """Makes an xlwings book of a file as a task pane posts it; its key is the one for uses like these."""
    monkeypatch.setenv("XLWINGS_LICENSE_KEY", "noncommercial")
    remote = importlib.import_module("xlwings.pro._xlremote")
    return lambda path: xw.Book(impl=remote.engine.apps[0].books.open(json=deepcopy(_posted(path))))


def _posted(path: Path) -> dict[str, Any]:
    """What is posted of a file, read once for each content."""
    content = path.read_bytes()
    if content not in _PAYLOADS:
        _PAYLOADS[content] = payload(path)
    return _PAYLOADS[content]


@pytest.fixture(scope="session")
def september_original(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master workbook of September; not to be changed."""
    path = tmp_path_factory.mktemp("books") / "les master.xlsx"
    new_workbook(positions(sample_workspace, "2025-09", None, None), path, now=NOW)
    return path


@pytest.fixture
def september(september_original: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy2(september_original, tmp_path))
