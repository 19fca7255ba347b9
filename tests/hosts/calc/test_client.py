"""The add-in's end of the pipe: a worker that dies, is not there, or hangs never takes Calc with it."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from les_xl.errors.calc_addin import NO_ANSWER
from les_xl.hosts.calc.client import RETRY_SECONDS, Client, from_settings
from les_xl.hosts.calc_addin import _settings

NO = "nobody there{heard} — start it"
_WORKER = """
import json, os, sys
print("started", file=open({log!r}, "a"))
for line in sys.stdin:
    asked = json.loads(line)
    if asked["call"] == "DIE":
        sys.exit("no more")
    known = [os.getpid(), asked["with"], os.environ.get("PYTHONHOME")]
    print(json.dumps({{"value": known}}), flush=True)
"""


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Harness:
    """A client of a small worker, and how often that was started."""

    def __init__(self, folder: Path, code: str = _WORKER) -> None:
        self.log, self.clock = folder / "log", Clock()
        command = [sys.executable, "-c", code.format(log=str(self.log))]
        self.client = Client(command, NO, {**os.environ, "PYTHONHOME": "/nowhere"}, self.clock)

    def starts(self) -> int:
        """How often the worker was started."""
        return len(self.log.read_text(encoding="utf-8").splitlines()) if self.log.exists() else 0


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    """A client that is closed in the end."""
    found = Harness(tmp_path)
    yield found
    found.client.close()


def test_one_process_answers_every_call_without_the_office_s_python(harness: Harness) -> None:
    first, second = (harness.client.ask("LES_PLAN", [text, None, 1.5]) for text in ("Dëmentia", "b"))
    assert first["value"][1:] == [["Dëmentia", None, 1.5], None]
    assert first["value"][0] == second["value"][0]
    assert harness.starts() == 1


def test_a_worker_that_died_is_started_again_within_the_call(harness: Harness) -> None:
    harness.client.ask("LES_PLAN", [])
    process = harness.client._process
    assert process is not None
    process.kill()
    process.wait()
    assert "value" in harness.client.ask("LES_PLAN", [])
    assert harness.starts() == 2


def test_a_call_that_kills_the_worker_is_not_tried_for_ever(harness: Harness) -> None:
    assert "value" in harness.client.ask("LES_PLAN", [])
    answer = harness.client.ask("DIE", [])
    assert answer == {"error": "#N/A", "reason": "nobody there (no more) — start it", "code": NO_ANSWER.code}
    assert harness.starts() == 2


def test_what_cannot_be_started_is_told_at_once_and_tried_later(tmp_path: Path) -> None:
    harness = Harness(tmp_path, _WORKER + "\n")
    missing = str(tmp_path / "python")
    harness.client._command, sound = [missing], harness.client._command
    first = harness.client.ask("LES_PLAN", [])
    assert first["code"] == "LES660"
    assert "No such file" in first["reason"] or "cannot find" in first["reason"]
    harness.client._command = sound
    assert harness.client.ask("LES_PLAN", []) == first
    assert harness.starts() == 0
    harness.clock.now += RETRY_SECONDS
    assert "value" in harness.client.ask("LES_PLAN", [])
    harness.client.close()


def test_a_worker_that_fails_at_once_is_not_started_for_every_cell(tmp_path: Path) -> None:
    harness = Harness(tmp_path, "print('x', file=open({log!r}, 'a')); raise SystemExit('no module les_xl')")
    answers = [harness.client.ask("LES_PLAN", [str(at)]) for at in range(50)]
    assert {each["reason"] for each in answers} == {"nobody there (no module les_xl) — start it"}
    assert harness.starts() == 1
    harness.client.begin_anew()
    harness.client.ask("LES_PLAN", [])
    assert harness.starts() == 2


def test_the_reasons_of_what_is_not_available_are_kept(tmp_path: Path) -> None:
    code = (
        "import json, sys\n"
        "for line in sys.stdin:\n"
        "    given = json.loads(line)['with']\n"
        "    bad = {{'error': '#N/A', 'reason': 'no ' + str(given[0]), 'code': 'LES502'}}\n"
        "    print(json.dumps(bad if given[0] != 'Dementia' else {{'value': 1}}), flush=True)\n"
    )
    client = Harness(tmp_path, code).client
    client.ask("LES_PLAN", ['Dem"entai', None, 45931.0, [["range"]], None])
    client.ask("LES_PLAN", ["Dementia"])
    assert client.reasons() == ['LES_PLAN("Dem""entai",,45931,{…}): no Dem"entai (LES502)']
    for at in range(30):
        client.ask("LES_PLAN", [f"x{at}"])
    assert [each.split(":")[0] for each in client.reasons()] == [f'LES_PLAN("x{at}")' for at in range(10, 30)]
    client.begin_anew()
    assert client.reasons() == []
    client.close()


def test_the_settings_of_the_add_in_start_our_worker(sample_workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(_settings(sample_workspace, sys.executable), encoding="utf-8")
    client = from_settings(path)
    assert client.ask("LES_DELIVERED", ["Dementia", "Oct-25", None, None]) == {"value": 694}
    client.close()


def test_other_settings_can_be_named(sample_workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(_settings(tmp_path, "/nowhere/python"), encoding="utf-8")
    lost = from_settings(path, {}).ask("LES_AS_AT", [None])
    assert "/nowhere/python" in lost["reason"]
    named = {**os.environ, "LES_XL_PYTHON": sys.executable, "LES_XL_WORKSPACE": str(sample_workspace)}
    client = from_settings(path, named)
    assert client.ask("LES_AS_AT", [None]) == {"value": "2025-10"}
    client.close()


def test_a_python_without_les_xl_is_a_readable_reason(sample_workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = json.loads(_settings(sample_workspace, sys.executable))
    path.write_text(json.dumps(settings), encoding="utf-8")
    client = from_settings(path)
    client._command[-2] = "les_xl.hosts.no_such_module"
    answer = client.ask("LES_AS_AT", [])
    assert "No module named les_xl.hosts.no_such_module" in answer["reason"]
    assert "les-xl addin build-calc" in answer["reason"]
