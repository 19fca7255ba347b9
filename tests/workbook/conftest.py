"""The sample's master workbook, written once, and what LibreOffice makes of it."""

from pathlib import Path

import pytest

from les_xl.position import Position
from tests.office import recalculated
from tests.workbook.reading import with_wrong_results
from tests.workbook.sample_position import NOW, sample_position, write_sample

__all__ = ["NOW"]


@pytest.fixture(scope="session")
def position() -> Position:
    """The position of the sample."""
    return sample_position()


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master workbook of the sample."""
    return write_sample(tmp_path_factory.mktemp("workbook") / "les_master.xlsx")


@pytest.fixture(scope="session")
def recalculated_master(master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as LibreOffice saves it, read from a copy in which every cached result was wrong."""
    folder = tmp_path_factory.mktemp("recalculated")
    spoilt = folder / "spoilt.xlsx"
    with_wrong_results(master, spoilt)
    return recalculated(spoilt, folder / "office")
