"""`les-xl check` as an analyst runs it, before a report goes out."""

import json
import re
from pathlib import Path

import xlsxwriter

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
    # Every figure in it is understood, those about sign-up too.
    assert re.fullmatch(r"Of \d+ claims \d+ agree, \d+ disagree, held against October 2025", lines[-1])


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
    last = done.stdout.splitlines()[-1]
    assert last == "No claim about a figure was found, held against October 2025"


def test_a_workbook_is_held_against_the_figures_itself(loaded: Path) -> None:
    """The sample has one footing that is known to fail, and returns that have not arrived."""
    done = les_xl("check", "workbooks/les_master.xlsx", folder=loaded)
    assert done.returncode == 1
    assert "LES606 Monthly plans add up to the annual target (LTC LES)" in done.stderr
    assert done.stdout.startswith("workbooks/les_master.xlsx shows October 2025 (load ")
    assert done.stdout.splitlines()[0].endswith("; errors: 1, warnings: 1")
    other = les_xl("check", "workbooks/les_master.xlsx", "--as-at", "Sep-25", "--json", folder=loaded)
    found = json.loads(other.stdout)
    assert (other.returncode, found["claims"]) == (1, [])
    assert found["workbook"]["problems"][0]["code"] == "LES604"


def test_a_workbook_of_others_is_read_for_its_claims_alone(loaded: Path, tmp_path: Path) -> None:
    path = tmp_path / "said.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write("A1", "LTC LES has delivered 44,608 assessments by October 2025.")
    done = les_xl("check", str(path), folder=loaded)
    assert (done.returncode, done.stdout) == (0, "Of 1 claim 1 agrees, held against October 2025\n")
