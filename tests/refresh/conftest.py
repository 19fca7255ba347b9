"""The rich workbook, made once a session and copied for each test that changes it."""

import shutil
from pathlib import Path

import pytest

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
