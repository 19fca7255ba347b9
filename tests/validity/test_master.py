"""The master workbook of the sample is valid by Microsoft's SDK and clean by our own lint."""

from pathlib import Path

import pytest

from les_xl.excel.lint import lint_workbook
from tests.validity.validator import ALLOWED, VERSIONS, validate_ooxml
from tests.workbook.sample_position import write_sample


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("master") / "master.xlsx")


@pytest.mark.parametrize("version", VERSIONS)
def test_microsoft_finds_nothing(version: str, master: Path) -> None:
    assert [str(finding) for finding in validate_ooxml(master, version)] == []


def test_the_lint_finds_nothing(master: Path) -> None:
    assert [str(problem) for problem in lint_workbook(master)] == []


def test_what_is_allowed_is_explained() -> None:
    assert all(len(reason.split()) > 3 for reason in ALLOWED.values())
