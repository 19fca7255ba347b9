"""Every kind of message that a macro has is met in these tests; a message fits a box; the log stays small."""

import re
from pathlib import Path

import pytest

from les_xl.errors import Kind, LesError, Place, macros
from les_xl.errors.macros import DIFFERS, RETURNS_MISSING
from les_xl.hosts import macros as buttons
from les_xl.hosts.told import LOG, failed, listed


def test_every_kind_is_met_by_a_test_of_this_folder() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    codes = {kind.code for kind in vars(macros).values() if isinstance(kind, Kind)}
    assert codes
    assert codes <= set(re.findall(r"LES6[0-9]{2}", texts))


def test_a_message_fits_a_box_and_has_errors_first() -> None:
    late = RETURNS_MISSING.at(Place(), missing="1", expected="2")
    wrong = [DIFFERS.at(Place(), what=f"{at} cells", table="tblSummary") for at in range(1, 60)]
    said = listed([late, *wrong], head="Head", foot="Foot")
    assert len(said) < 1_300
    assert said.startswith("Head\n\n• LES605 1 cells of tblSummary")
    assert re.search(r"… and [0-9]+ more\.\n\nFoot$", said)
    shown = said.count("•")
    assert f"and {60 - shown} more" in said


def test_a_folder_that_cannot_be_opened_is_told(
    sample_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(buttons, "_open", refuse)
    told = buttons.open_data_folder(tmp_path / "les.xlsx", workspace=sample_workspace)
    assert [one.code for one in told.problems] == ["LES609"]


def test_the_log_is_begun_anew_when_it_is_large(tmp_path: Path) -> None:
    log = tmp_path / LOG
    log.write_text("x" * 2_000_000, encoding="utf-8")
    failed("Check", LesError(RETURNS_MISSING.at(Place(), missing="1", expected="2")), tmp_path, "les.xlsx")
    assert "LES607" in log.read_text(encoding="utf-8")
    assert log.stat().st_size < 1_000


def test_where_no_log_can_be_written_the_message_comes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "none"))
    told = failed("Check", ZeroDivisionError("9990000018"), tmp_path / "nowhere", "les.xlsx")
    assert told.problems[0].code == "LES999"
    assert "9990000018" not in told.text
