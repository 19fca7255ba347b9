"""A load that is killed: all of it is in the store, or nothing is, and the next one goes on from there."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.data.world import World

_LOAD = """
import os, signal, sys
from pathlib import Path
import deltalake
from tests.data.world import ACTIVITY_HEADER, World
write = deltalake.write_deltalake
def killed(*positional, **named):
    {moment}
deltalake.write_deltalake = killed
from tests.data.world import NOW, specs
from les_xl.data.load import load_files
from les_xl.data.store import Store
root = Path(sys.argv[1])
load_files(Store.open(root / "data" / "store"), specs(root), [root / "extracts" / "a.csv"], now=NOW, user="x")
"""

# All rows are on the disk, and the log does not name them yet: a commit that is made nowhere else.
_UNCOMMITTED = """
    import shutil
    table, rows = positional
    write(str(table.table_uri) + "-aside", rows, partition_by=["record"], mode="append")
    aside = root.parent / root.name / "data" / "store-aside"
    for part in aside.glob("record=*"):
        for file in part.iterdir():
            shutil.copy(file, root / "data" / "store" / part.name / file.name)
    os.kill(os.getpid(), signal.SIGKILL)
"""

_MOMENTS = {
    "before anything is written": "os.kill(os.getpid(), signal.SIGKILL)",
    "when the rows are written and not committed": _UNCOMMITTED.strip(),
}


def _run(world: World, moment: str) -> int:
    program = _LOAD.format(moment=moment)
    return subprocess.run(
        [sys.executable, "-c", program, str(world.root)], cwd=Path(__file__).parents[2], check=False
    ).returncode


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is not there on Windows")
@pytest.mark.parametrize("moment", _MOMENTS)
def test_a_load_killed_before_its_commit_is_not_there(world: World, moment: str) -> None:
    world.write("a.csv", "ods_code,les,metric,month,value\nP81001,dementia,reviews,2025-10,4\n")
    assert _run(world, _MOMENTS[moment]) == -signal.SIGKILL
    assert world.known().activity.empty
    assert list(world.store.loads()["load"]) == [1, 2]
    assert world.activity("P81001,dementia,reviews,2025-10,5").load == 3
    assert list(world.known().activity["value"]) == [5]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is not there on Windows")
def test_a_load_killed_after_its_commit_is_there_whole(world: World) -> None:
    world.write("a.csv", "ods_code,les,metric,month,value\nP81001,dementia,reviews,2025-10,4\n")
    moment = "write(*positional, **named); os.kill(os.getpid(), signal.SIGKILL)"
    assert _run(world, moment) == -signal.SIGKILL
    assert list(world.known().activity["value"]) == [4]
    assert list(world.store.loads()["rows"]) == [4, 4, 1]
