"""A workbook that stays open in Calc while a new month is loaded."""

import json
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from les_xl.data.store import Store
from les_xl.functions.registry import find_function
from tests.functions.conftest import entry
from tests.hosts.calc.grid import write_unusual
from tests.hosts.calc.later import a_month_later
from tests.office import Profile, soffice

pytestmark = pytest.mark.office

DRIVE = Path(__file__).with_name("drive.py")
RECALCULATE = "service:LESXL.Commands?recalculate"


def _python_of_libreoffice() -> str:
    """The Python that knows `uno`: in LibreOffice's own folder, or the system's, as Debian has it."""
    own = Path(soffice()).resolve().parent / "python"
    for python in (str(own), "/usr/bin/python3", shutil.which("python3")):
        if python and Path(python).exists() and _knows_uno(python):
            return python
    pytest.fail("no Python with LibreOffice's uno module; `make test` installs it", pytrace=False)


def _knows_uno(python: str) -> bool:
    return subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0


class Calc:
    """A running Calc with one workbook, whose functions answer from a workspace."""

    def __init__(self, profile: Profile, workspace: Path) -> None:
        command = profile.command(soffice(), "--headless", "--norestore")
        started = [_python_of_libreoffice(), str(DRIVE), f"les-{uuid.uuid4().hex}", *command]
        self.process = subprocess.Popen(
            started,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LES_XL_WORKSPACE": str(workspace)},
            text=True,
        )

    def step(self, *step: object) -> Any:
        """One step of drive.py, and what it answered."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(step) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="module")
def growing(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another workspace than the one that the add-in was built for; a month will be loaded into it."""
    return Path(shutil.copytree(sample_workspace, tmp_path_factory.mktemp("growing") / "LES"))


@pytest.fixture(scope="module")
def opened(calc: Profile, growing: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calc]:
    """Calc with the unusual workbook open."""
    book = tmp_path_factory.mktemp("open") / "book.xlsx"
    write_unusual(book)
    running = Calc(calc, growing)
    running.step("open", str(book))
    yield running
    assert running.step("end") == 0
    running.process.communicate()


def test_a_workbook_shows_the_figures_of_now_and_is_not_changed_by_it(opened: Calc) -> None:
    assert opened.step("cells", "Dates", ["A1", "A6", "A7", "A8"]) == ["694", "#N/A", "694", "1388"]
    assert opened.step("facts") == {"modified": False, "undo": False}


def test_the_function_wizard_explains_the_arguments(opened: Calc) -> None:
    function = find_function("LES_PLAN")
    assert function is not None
    summary, *arguments = opened.step("wizard", "LES_PLAN")
    assert function.summary in summary
    assert arguments == [[each.name, each.help] for each in function.parameters]


def test_a_new_month_is_in_the_open_workbook_when_it_is_recalculated(opened: Calc, growing: Path) -> None:
    asked = ['=LES_DELIVERED("Dementia";"Nov-25")', "=LES_AS_AT()", '=LES_DELIVERED("Dementia";"Dec-25")']
    for row, formula in enumerate(asked, 20):
        opened.step("enter", "Dates", f"A{row}", formula)
    at = [f"A{row}" for row in range(20, 23)]
    assert opened.step("cells", "Dates", at) == ["[x]", "2025-10", "[x]"]
    Store.open(growing / "data" / "store").append(a_month_later(), entry("later"))
    opened.step("choose", RECALCULATE)
    assert opened.step("cells", "Dates", at) == ["694", "2025-11", "[x]"]
    assert opened.step("cells", "Dates", ["A1"]) == ["694"]
