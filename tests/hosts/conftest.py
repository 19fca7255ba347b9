"""The sample month's workspace and position, and the add-in as it is built."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from les_xl.hosts import desktop
from les_xl.hosts.addin.build import build
from les_xl.hosts.places import WORKSPACE_VARIABLE
from tests.functions.conftest import index, position, sample_workspace, workspace

__all__ = ["index", "position", "sample_workspace", "workspace"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `les.xlam` and `les.xlsm`; not to be changed."""
    folder = tmp_path_factory.mktemp("built add-in")
    build(folder)
    return folder


@pytest.fixture
def answering(sample_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Excel's Python process, answering from the sample month."""
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(sample_workspace))
    desktop.session.cache_clear()
    yield sample_workspace
    desktop.session.cache_clear()
