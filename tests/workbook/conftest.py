"""The sample's master workbook, written once, and what LibreOffice makes of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from les_xl.excel.master import new_workbook
from les_xl.position import Position
from tests.office import recalculated
from tests.workbook.reading import with_wrong_results
from tests.workbook.sample_position import sample_position

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def position() -> Position:
    """The position of the sample."""
    return sample_position()


@pytest.fixture(scope="session")
def master(position: Position, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master workbook of the sample."""
    path = tmp_path_factory.mktemp("workbook") / "les_master.xlsx"
    new_workbook(position, path, now=NOW)
    return path


@pytest.fixture(scope="session")
def recalculated_master(master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as LibreOffice saves it, read from a copy in which every cached result was wrong."""
    folder = tmp_path_factory.mktemp("recalculated")
    spoilt = folder / "spoilt.xlsx"
    with_wrong_results(master, spoilt)
    return recalculated(spoilt, folder / "office")
