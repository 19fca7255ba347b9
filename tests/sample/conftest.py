"""The committed sample, read once."""

import pytest

from tests.sample.extracts import FOLDER, Sample


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The files in sample/2025-10."""
    return Sample(FOLDER)
