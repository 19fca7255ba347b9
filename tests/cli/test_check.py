"""`les-xl check` as an analyst runs it, before a report goes out."""

import json
from pathlib import Path

from tests.cli.conftest import les_xl

REPORT = Path(__file__).resolve().parents[1] / "published" / "performance_report_2025-11.md"


def test_the_published_report(loaded: Path) -> None:
    done = les_xl("check", str(REPORT), folder=loaded)
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert any(
        "states 44,698, and it is 44,608 (LTC LES, delivered to date, October 2025)" in one for one in lines
    )
    assert all(": agrees: " not in line for line in lines)
    assert lines[-1].startswith("Of ")
    assert lines[-1].endswith("cannot be judged, held against October 2025")


def test_what_agrees_is_shown_when_asked_for(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "said.md").write_text("LTC LES has delivered 44,608 assessments by October 2025.")
    done = les_xl("check", str(tmp_path / "said.md"), folder=loaded)
    assert (done.returncode, done.stdout) == (0, "Of 1 claim 1 agrees, held against October 2025\n")
    done = les_xl("check", str(tmp_path / "said.md"), "--all", folder=loaded)
    assert "agrees: 'delivered 44,608 assessments by October 2025'" in done.stdout
    done = les_xl("check", str(tmp_path / "said.md"), "--json", folder=loaded)
    assert [one["judgement"] for one in json.loads(done.stdout)] == ["agrees"]


def test_nothing_to_check_and_no_file(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "said.md").write_text("Webinars were held.")
    done = les_xl("check", str(tmp_path / "said.md"), folder=loaded)
    assert (done.returncode, done.stdout) == (
        0,
        "No claim about a figure was found, held against October 2025\n",
    )
    done = les_xl("check", "nowhere.md", folder=loaded)
    assert done.returncode == 1
    assert "LES701" in done.stderr


def test_the_drafted_commentary_of_the_workbook_is_not_judged(loaded: Path) -> None:
    """Only what the analyst wrote is: a new workbook has nothing in it."""
    done = les_xl("check", "workbooks/les_master.xlsx", folder=loaded)
    assert done.stdout == "No claim about a figure was found, held against October 2025\n"
