"""`les-xl specs …` as it is typed: errors apart from warnings, explanations that fit, changes in words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spec.workspaces import DEMENTIA, GOOD, changed, write

MISSPELT = ("title: Dementia\n", "tittle: Dementia\n")
_PUBLISHED = ("kind: stock}", "kind: stock, published_as: Register}")


def les_xl(*arguments: str, folder: Path, columns: int = 80) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, in a terminal of that width."""
    return subprocess.run(
        [sys.executable, "-m", "les_xl", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, "COLUMNS": str(columns)},
    )


def test_errors_stand_apart_from_warnings(tmp_path: Path) -> None:
    write(tmp_path, changed(DEMENTIA, MISSPELT, _PUBLISHED))
    done = les_xl("specs", "check", folder=tmp_path)
    assert done.returncode == 1
    errors, warnings = done.stderr.split("Warnings\n")
    assert errors.startswith("Errors\nspecs/services/dementia.yaml:3:1: LES101 unknown key 'tittle'")
    assert "LES156" in warnings
    assert "LES156" not in errors
    assert done.stdout == "1 error, 1 warning; nothing is used until the errors are mended.\n"


def test_warnings_alone_are_no_failure(tmp_path: Path) -> None:
    write(tmp_path, changed(DEMENTIA, _PUBLISHED))
    done = les_xl("specs", "check", folder=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("Warnings\n")
    assert done.stdout == "0 errors, 1 warning; 1 service can be used.\n"


def test_problems_as_json(tmp_path: Path) -> None:
    write(tmp_path, changed(DEMENTIA, MISSPELT, _PUBLISHED))
    done = les_xl("specs", "check", "--json", folder=tmp_path)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert [(problem["code"], problem["severity"], problem["place"]["line"]) for problem in found] == [
        ("LES101", "error", 3),
        ("LES156", "warning", 8),
    ]
    assert done.stderr == ""


@pytest.mark.parametrize("columns", [50, 100])
def test_an_explanation_fits_the_terminal(columns: int, tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    done = les_xl("specs", "explain", "demen", folder=tmp_path, columns=columns)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Dementia\n--------\n- A cost and volume contract")
    words = " ".join(done.stdout.split())
    assert (
        "flagged when % of plan to date is below 60%; numbers under 15 are too small to judge (under_plan)."
        in words
    )
    prose = [line for line in done.stdout.split("\n") if line.startswith(("- ", "  "))]
    assert max(map(len, prose)) <= columns


def test_an_unknown_les_is_told_with_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    done = les_xl("specs", "explain", "demensia", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "LES911 there is no LES 'demensia' — did you mean 'Dementia'?\n"


def test_changes_are_told_and_are_no_failure(tmp_path: Path) -> None:
    write(tmp_path / "a", GOOD)
    write(tmp_path / "b", changed(DEMENTIA, ("per_month: 10,", "per_month: 1400,")))
    done = les_xl("specs", "diff", "a", "b", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Dementia: plan is 1,400 a month (was 10).\n1 change.\n"
    same = les_xl("specs", "diff", "a", "a/specs", folder=tmp_path)
    assert (same.returncode, same.stdout) == (0, "No change.\n")


def test_a_side_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path / "a", GOOD)
    write(tmp_path / "b", changed(DEMENTIA, MISSPELT))
    done = les_xl("specs", "diff", "a", "b", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "dementia.yaml:3:1: LES101 unknown key 'tittle'" in done.stderr
    assert les_xl("specs", "diff", "a", folder=tmp_path).returncode == 2
