"""Fixtures: an empty world, and one in which organisations and sign-up are loaded."""

import shutil
from pathlib import Path

import pytest

from tests.data.world import World


@pytest.fixture
def empty(tmp_path: Path) -> World:
    """A world in which nothing is loaded."""
    return World(tmp_path)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a world with organisations and sign-up, made once and only copied."""
    return World(tmp_path_factory.mktemp("founded")).founded().store.path


@pytest.fixture
def world(empty: World, founded: Path) -> World:
    """A world with organisations (load 1) and sign-up (load 2)."""
    shutil.copytree(founded, empty.store.path)
    return empty
