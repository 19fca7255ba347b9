"""Workbooks and positions made once a session: the rich one, small masters, and two years."""

import shutil
from pathlib import Path

import pytest

from les_xl.excel.master import new_workbook
from les_xl.position import Position, make_position
from les_xl.spec.read import read_specs
from tests.refresh.next_year import copy_specs, with_april
from tests.refresh.older import NEWER, write_older
from tests.workbook.sample_position import NOW, sample_known
from tests.workbook.test_small import small_position
from tests.workbooks.inject import inject
from tests.workbooks.rich import write_rich


@pytest.fixture(scope="session")
def rich_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich workbook with the injected parts; not to be changed."""
    path = tmp_path_factory.mktemp("rich") / "les master.xlsx"
    write_rich(path)
    inject(path)
    return path


@pytest.fixture
def rich(rich_original: Path, tmp_path: Path) -> Path:
    """A copy of the rich workbook."""
    return Path(shutil.copy2(rich_original, tmp_path))


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Position, Position]:
    """The edition of October of 2025-26, and that of April of 2026-27, of one workspace."""
    specs = read_specs(copy_specs(tmp_path_factory.mktemp("next year")))
    known = with_april(sample_known())
    return make_position(specs, known, year="2025-26"), make_position(specs, known)


@pytest.fixture(scope="session")
def position() -> Position:
    """A small position with every sort of sheet."""
    return small_position()


@pytest.fixture(scope="session")
def full(position: Position, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workbook of today's version, not to be changed."""
    path = tmp_path_factory.mktemp("full") / "les.xlsx"
    new_workbook(position, path, now=NOW)
    return path


@pytest.fixture(scope="session")
def older_original(position: Position, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a version without the newer sheets, not to be changed."""
    return write_older(position, tmp_path_factory.mktemp("older") / "les.xlsx", *NEWER)


@pytest.fixture
def older(older_original: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy2(older_original, tmp_path))
