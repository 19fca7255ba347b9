"""Macros over HTTP: a book is posted, what the macro did comes back as actions; nothing else gets through."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hosts.server.serving import SECRET, Served, serving

PATH = "/excel/xlwings/custom-scripts-call/"
BOOK = {
    "client": "Office.js",
    "version": "0.37.8",
    "book": {"name": "les.xlsx", "active_sheet_index": 0, "selection": "A1", "calculation": "automatic"},
    "names": [],
    "sheets": [
        {
            "name": "Cover",
            "values": [["LES report"]],
            "pictures": [],
            "shapes": [],
            "tables": [],
            "charts": [],
            "pivot_tables": [],
        }
    ],
}
# In a process of its own: xlwings Server keeps its settings in the environment and in modules that stay.
_RUN = """
import json, os, sys, threading, types
from pathlib import Path
macros = types.ModuleType("les_xl.hosts.macros")
begun, go_on = threading.Event(), threading.Event()
def refresh(book, *, workspace, as_at):
    begun.set()
    assert go_on.wait(60)
    book.sheets[0]["B2"].value = f"{workspace} {as_at}"
    return types.SimpleNamespace(ok=True, text="done")
def check(book, *, workspace, as_at):
    book.sheets[0]["B2"].value = "half-way"
    return types.SimpleNamespace(ok=False, text="LES444 Excel does not take orders now")
macros.refresh, macros.check = refresh, check
sys.modules["les_xl.hosts.macros"] = macros
from tests.hosts.server.serving import serving
body = sys.stdin.buffer.read()
json_body = {"Content-Type": "application/json"}
with serving(Path(sys.argv[1])) as served:
    said = [served.call(["LES_AS_AT", []]).json, "pandas" in sys.modules]
    def run(name):
        reply = served.send("POST", f"{sys.argv[2]}{name}", body, headers=json_body)
        said.append([reply.status, reply.body.decode(), reply.headers.get("access-control-allow-origin")])
    refreshing = threading.Thread(target=run, args=["refresh"])
    refreshing.start()
    assert begun.wait(60)
    assert served.call(["LES_AS_AT", []]).status == 200, "while a macro runs, functions are answered"
    go_on.set()
    refreshing.join()
    run("check")
print(json.dumps(said))
"""


def test_a_macro_is_run_on_a_posted_book(sample_workspace: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", _RUN, str(sample_workspace), PATH],
        input=json.dumps(BOOK).encode(),
        capture_output=True,
        env={**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial"},
        cwd=Path(__file__).resolve().parents[3],
        check=False,
        timeout=120,
    )
    assert (run.returncode, run.stderr.decode()) == (0, "")
    answers, pandas, (done, actions, cors), (refused, words, _) = json.loads(run.stdout)
    assert answers == {"answers": ["2025-10"]}
    assert pandas is False
    assert (done, cors) == (200, None)
    (action,) = json.loads(actions)["actions"]
    assert (action["func"], action["values"]) == ("setValues", [[f"{sample_workspace} None"]])
    assert (action["start_row"], action["start_column"]) == (1, 1)
    assert refused == 400
    assert words == "LES444 Excel does not take orders now"


def test_without_a_licence_key_the_reason_is_said(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XLWINGS_LICENSE_KEY", raising=False)
    reply = served.send("POST", f"{PATH}refresh", b"{}")
    assert (reply.status, reply.code) == (409, "LES654")
    assert "PolyForm Noncommercial" in reply.json["error"]


def test_another_macro_is_refused(served: Served) -> None:
    reply = served.send("POST", f"{PATH}os.system", b"{}")
    assert (reply.status, reply.code) == (409, "LES655")
    assert "refresh, check" in reply.json["error"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{PATH}refresh"),
        ("POST", "/excel/xlwings/custom-functions-call"),
        ("GET", "/excel/xlwings/custom-functions-meta"),
        ("GET", "/excel/xlwings/pyodide.json"),
        ("POST", "/excel/xlwings/"),
    ],
)
def test_nothing_else_of_xlwings_server_can_be_reached(served: Served, method: str, path: str) -> None:
    assert served.send(method, path).code == "LES653"
    assert served.send(method, path, token=None).status == 401


def test_no_window_of_a_macro_runs_what_it_is_given(served: Served) -> None:
    reply = served.send("GET", "/excel/xlwings/alert?prompt=<script>alert(1)</script>&title=x", token=None)
    assert reply.status == 200
    assert b"alert(1)" not in reply.body
    assert "script-src 'self'" in reply.headers["content-security-policy"]


def test_a_book_of_many_megabytes_is_taken(sample_workspace: Path) -> None:
    with serving(sample_workspace) as served:
        reply = served.send("POST", f"{PATH}nothing", b" " * (5 * 2**20), SECRET)
    assert reply.code == "LES655"
