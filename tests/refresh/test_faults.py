"""Whatever call of the file system fails, or ends the process, the workbook is the old or the new one."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from les_xl.errors import LesError
from les_xl.excel.refresh import refresh_file
from tests.refresh.opened import plan, values
from tests.workbooks.simple import write_simple

HEADERS = ("LES", "Apr-25", "May-25", "Jun-25")
ROWS = (("a", 1, 2, 3), ("b", 4, 5, 6))
CALLS = 40
"""More calls than a refresh makes; the tests say so."""


class KilledError(BaseException):
    """Stands for the end of the process: nothing catches it."""


class Faults:
    """Counts calls that change the file system or make sure of it, and lets one of them fail."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self.fail_at = -1
        self.error: BaseException = OSError()
        for owner, name in (
            (os, "fsync"), (os, "replace"), (os, "rename"), (os, "unlink"), (os, "remove"), (os, "chmod"),
            (os, "write"), (os, "open"), (os, "utime"), (shutil, "copyfile"), (shutil, "copymode"),
            (shutil, "copy2"), (tempfile, "NamedTemporaryFile"), (os, "stat"),
        ):  # fmt: skip
            patch.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls == self.fail_at:
                raise self.error
            return call(*arguments, **named)

        return counted


def _state(path: Path, before: bytes) -> str:
    if path.read_bytes() == before:
        return "old"
    rows = values(path, "Plan", "B4:E6")
    return "new" if rows == [["a", 10, 2, 3], ["b", 4, 5, 6], ["c", 7, 8, 9]] else "neither"


REFRESHED = plan(("a", 10, 2, 3), ROWS[1], ("c", 7, 8, 9))


@pytest.mark.parametrize(
    "error", [PermissionError(13, "denied"), OSError(28, "No space left on device"), KilledError()],
)  # fmt: skip
def test_at_every_call(tmp_path: Path, error: BaseException) -> None:
    reached = 0
    for at in range(1, CALLS):
        folder = tmp_path / str(at)
        folder.mkdir()
        path = write_simple(folder / "les.xlsx", HEADERS, ROWS)
        before = path.read_bytes()
        raised: BaseException | None = None
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(patch)
            faults.error, faults.fail_at, faults.calls = error, at, 0
            try:
                refresh_file(path, [REFRESHED])
            except (LesError, KilledError) as caught:
                raised = caught
            reached = max(reached, faults.calls)
        state = _state(path, before)
        assert state in {"old", "new"}
        if raised is None:
            assert state == "new"
        if isinstance(raised, LesError):
            assert state == "old"
            assert raised.problems[0].code in {"LES403", "LES404", "LES405", "LES420", "LES421"}
        if state == "new":
            assert path.with_name("les.xlsx.bak").read_bytes() == before
    assert 5 < reached < CALLS


def test_a_process_that_is_ended_at_every_call(tmp_path: Path) -> None:
    states = set()
    for at in range(1, 14, 3):
        path = write_simple(tmp_path / f"les{at}.xlsx", HEADERS, ROWS)
        before = path.read_bytes()
        code = (
            "import os, sys, pytest\n"
            "from tests.refresh.test_faults import Faults, REFRESHED, refresh_file, Path\n"
            "class Ending(Faults):\n"
            "    def _counted(self, call):\n"
            "        def counted(*a, **k):\n"
            "            self.calls += 1\n"
            "            if self.calls == self.fail_at: os._exit(9)\n"
            "            return call(*a, **k)\n"
            "        return counted\n"
            "import les_xl.excel.closed.adapter\n"
            "patch = pytest.MonkeyPatch(); faults = Ending(patch)\n"
            "faults.calls, faults.fail_at = 0, int(sys.argv[2])\n"
            "refresh_file(Path(sys.argv[1]), [REFRESHED])\n"
        )
        root = Path(__file__).parents[2]
        subprocess.run([sys.executable, "-c", code, str(path), str(at)], cwd=root, check=False)
        states.add(_state(path, before))
    assert states <= {"old", "new"}
    assert "old" in states
