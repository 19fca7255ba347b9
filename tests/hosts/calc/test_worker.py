"""The resident worker: what it answers, what it says where it cannot, and that it notices a new load."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from les_xl.data.store import Store
from les_xl.functions import registry
from les_xl.functions.index import Index
from les_xl.functions.results import ExcelError, Result, Table
from les_xl.functions.session import Session
from les_xl.hosts.calc_worker import LOOK_SECONDS, Worker, serve
from les_xl.marks import Mark
from tests.functions.conftest import entry
from tests.hosts.calc.later import a_month_later

OCTOBER = ("LES_DELIVERED", "Dementia", "Oct-25")


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def ask(worker: Worker, name: str, *given: object, anew: bool = False) -> dict[str, Any]:
    """One exchange, as JSON would carry it."""
    line = json.dumps({"call": name, "with": given, "anew": anew}).encode()
    return dict(json.loads(json.dumps(worker.reply(line))))


@pytest.fixture(scope="module")
def worker(sample_workspace: Path) -> Worker:
    """A worker on the sample."""
    return Worker(Session(sample_workspace))


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (OCTOBER, 694),
        (("LES_DELIVERED", "Dementia", None, None, None), 694),  # left out
        (("LES_DELIVERED", "Dementia", 0.0, "", 0), 694),  # empty cells, as Calc has them
        (("LES_DELIVERED", "Dementia", 45961.0), 694),  # 31 October 2025
        (("LES_DELIVERED", [["Dementia"]], "Oct-25"), 694),  # a range of one cell
        (("LES_DELIVERED", "Dementia", "Nov-25"), "[x]"),
        (("LES_PLAN", "Dementia", "Apr-25"), "[z]"),
        (("LES_AS_AT",), "2025-10"),
    ],
    ids=str,
)
def test_a_call_has_an_answer(given: tuple[object, ...], value: object, worker: Worker) -> None:
    assert ask(worker, str(given[0]), *given[1:]) == {"value": value}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("LES_PLAN", "Dementai"), "LES502"),
        (("LES_PLAN", None), "LES501"),
        (("LES_PLAN", "Dementia", "Mar-25"), "LES508"),
        (("LES_PLAN", [["Dementia"], ["LTC LES"]]), "LES514"),
        (("LES_PLANNED", "Dementia"), "LES661"),
    ],
    ids=str,
)
def test_what_is_not_there_says_why(given: tuple[object, ...], code: str, worker: Worker) -> None:
    answer = ask(worker, str(given[0]), *given[1:])
    assert (answer["error"], answer["code"]) == ("#N/A", code)
    assert len(answer["reason"]) > 10


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"nonsense", b"[]", b'{"call": 3}', b"\xff\xfe", b'{"with": []}']
)
def test_a_line_that_is_no_call_is_survived(line: bytes, worker: Worker) -> None:
    answer = worker.reply(line)
    assert (answer["error"], answer["code"]) == ("#N/A", "LES662")
    assert ask(worker, *OCTOBER) == {"value": 694}


TABLE = Table(("Month", "Delivered"), (("Apr-25", Mark.NOT_APPLICABLE), ("May-25", 12.5)))


@pytest.mark.parametrize(
    ("result", "answer"),
    [
        (TABLE, {"rows": [["Month", "Delivered"], ["Apr-25", "[z]"], ["May-25", 12.5]]}),
        (Table(("Month", "LES"), ()), {"rows": [["Month", "LES"], ["", ""]]}),
        (ExcelError.REFERENCE, {"error": "#REF!"}),
    ],
)
def test_what_spills_and_an_error(
    result: Result, answer: object, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    (some, *_) = registry.functions()
    spilling = replace(some, name="LES_SPILL", parameters=(), returns="table", run=lambda _index: result)
    monkeypatch.setitem(registry._functions, "LES_SPILL", spilling)
    assert ask(worker, "LES_SPILL") == answer


class Looked(Session):
    """A workspace that counts how often it is looked at."""

    looks = 0

    def index(self) -> Index:
        """The index of what is there."""
        self.looks += 1
        return super().index()


def test_the_workspace_is_looked_at_again_in_time_or_when_asked_to(sample_workspace: Path) -> None:
    session, clock = Looked(sample_workspace), Clock()
    worker = Worker(session, clock)
    for now, anew, looks in ((0, False, 1), (LOOK_SECONDS / 2, False, 1), (LOOK_SECONDS / 2, True, 2)):
        clock.now = now
        ask(worker, *OCTOBER, anew=anew)
        assert session.looks == looks
    clock.now += 2 * LOOK_SECONDS
    ask(worker, *OCTOBER)
    assert session.looks == 3


def test_a_month_that_is_not_loaded_says_so_until_it_is(workspace: Path) -> None:
    clock = Clock()
    worker = Worker(Session(workspace), clock)
    november = ("LES_DELIVERED", "Dementia", "Nov-25")
    assert ask(worker, *november) == {"value": "[x]"}
    assert ask(worker, "LES_AS_AT") == {"value": "2025-10"}
    Store.open(workspace / "data" / "store").append(a_month_later(), entry("c"))
    clock.now += 2 * LOOK_SECONDS
    assert ask(worker, "LES_AS_AT") == {"value": "2025-11"}
    assert ask(worker, *november) == {"value": 694}
    assert ask(worker, "LES_DELIVERED", "Dementia", "Dec-25") == {"value": "[x]"}


def test_a_workspace_without_data_says_what_to_do_and_is_looked_at_again(
    workspace: Path, tmp_path: Path
) -> None:
    clock = Clock()
    kept = (workspace / "data").rename(tmp_path / "kept")
    worker = Worker(Session(workspace), clock)
    answer = ask(worker, *OCTOBER)
    assert (answer["error"], answer["code"]) == ("#N/A", "LES351")
    kept.rename(workspace / "data")
    clock.now += 2 * LOOK_SECONDS
    assert ask(worker, *OCTOBER) == {"value": 694}


def test_lines_are_answered_in_order(worker: Worker) -> None:
    lines = [json.dumps({"call": "LES_AS_AT", "with": []}).encode(), b"nonsense", b""]
    answers = io.BytesIO()
    serve(worker, lines, answers)
    first, *others = map(json.loads, answers.getvalue().splitlines())
    assert first == {"value": "2025-10"}
    assert [each["code"] for each in others] == ["LES662", "LES662"]


def test_a_call_that_never_ends_ends_the_process(tmp_path: Path) -> None:
    """Calc waits for the answer; a workspace on a drive that hangs must not hang Calc for ever."""
    code = (
        "import threading, sys; from les_xl.hosts import calc_worker; calc_worker.LONGEST_SECONDS = 0.1; "
        "calc_worker.Session.index = lambda session: threading.Event().wait(); calc_worker.main()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    line = json.dumps({"call": OCTOBER[0], "with": OCTOBER[1:]}).encode() + b"\n"
    run = subprocess.run(command, input=line, capture_output=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (1, b"", b"")


def test_the_process_needs_no_pandas_and_ends_with_its_input(sample_workspace: Path) -> None:
    code = (
        "import sys; from les_xl.hosts import calc_worker; calc_worker.main(); "
        "sys.exit('pandas' in sys.modules)"
    )
    line = json.dumps({"call": OCTOBER[0], "with": OCTOBER[1:]}).encode() + b"\n"
    command = [sys.executable, "-c", code, str(sample_workspace)]
    run = subprocess.run(command, input=line * 2, capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, b"")
    assert [json.loads(each) for each in run.stdout.splitlines()] == [{"value": 694.0}] * 2
