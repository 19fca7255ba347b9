"""The sample's position, whose totals are the published ones, made once."""

import pytest

from les_xl.position import Position
from tests.workbook.sample_position import sample_position


@pytest.fixture(scope="session")
def position() -> Position:
    """The position of the sample, October 2025."""
    return sample_position()
