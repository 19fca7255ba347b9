"""The command as a process of its own, and a workspace with the sample month loaded by it."""

import subprocess
import sys
from pathlib import Path

import pytest


def les_xl(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "les_xl", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample month loaded by the demo itself."""
    folder = tmp_path_factory.mktemp("a demo")
    done = les_xl("demo", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder / "les-xl-demo"
