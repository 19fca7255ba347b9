"""A server over the sample month, and a browser with a stand-in for Excel."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from les_xl.functions.index import Index
from les_xl.functions.session import open_index
from tests.functions.conftest import sample_workspace, workspace
from tests.hosts.server.browser import chromium
from tests.hosts.server.serving import Served, serving

__all__ = ["sample_workspace", "workspace"]


@pytest.fixture(scope="session")
def served(sample_workspace: Path) -> Iterator[Served]:
    """A server over the sample month, which is not to be changed."""
    with serving(sample_workspace) as running:
        yield running


@pytest.fixture(scope="session")
def index(sample_workspace: Path) -> Index:
    """The index that the server answers from."""
    return open_index(sample_workspace)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Chromium, without a screen."""
    with chromium(tmp_path_factory.mktemp("chromium")) as driver:
        yield driver
