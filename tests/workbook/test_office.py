"""The harness itself: without LibreOffice a test fails, and a conversion that makes nothing is noticed."""

from pathlib import Path

import pytest

from tests import office


def test_without_libreoffice_a_test_fails_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(pytest.fail.Exception, match="make test"):
        office.soffice()


@pytest.mark.office
def test_a_conversion_that_makes_no_file_fails(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"made no missing\.xlsx"):
        office.convert(tmp_path / "missing.xlsx", tmp_path / "out", "xlsx")


def test_converting_a_file_onto_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="another folder"):
        office.convert(tmp_path / "book.xlsx", tmp_path, "xlsx")
