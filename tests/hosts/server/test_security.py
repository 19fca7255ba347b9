"""Who and what the server refuses, over real connections: nobody unknown, nothing oversized, no tricks."""

import json
import socket
import threading
from pathlib import Path

import pytest

from les_xl.errors import LesError
from les_xl.hosts.serving.figures import Figures
from les_xl.hosts.serving.settings import Limits, checked_address
from tests.hosts.server.serving import CALLS, SECRET, Served, serving

ANSWERS = [("POST", CALLS), ("GET", "/api/status"), ("GET", "/api/checks")]
OPEN = [
    "/health",
    "/excel/manifest.xml",
    "/excel/functions.json",
    "/excel/functions.js",
    "/excel/settings.json",
    "/excel/pane/pane.html",
    "/excel/pane/pane.js",
    "/excel/pane/icons/les-32.png",
    "/excel/office/lib/office.js",
]


@pytest.mark.parametrize(("method", "path"), ANSWERS)
@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer test-token",
        f"Basic {SECRET}",
        SECRET,
        f"Bearer {SECRET}x",
        f"Bearer {SECRET[:-1]}",
        "Bearer \u00ff\u00fe",
    ],
)
def test_nobody_is_answered_without_the_token(
    served: Served, method: str, path: str, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    reply = served.send(method, path, b'{"calls": []}', token=None, headers=headers)
    assert (reply.status, reply.code) == (401, "LES648")
    assert reply.headers["www-authenticate"].startswith("Bearer")
    assert b"2025-10" not in reply.body


@pytest.mark.parametrize(("method", "path"), ANSWERS)
def test_the_token_is_answered(served: Served, method: str, path: str) -> None:
    assert served.send(method, path, b'{"calls": []}').status == 200


@pytest.mark.parametrize("path", OPEN)
def test_the_add_ins_own_files_are_open_for_reading_only(served: Served, path: str) -> None:
    reply = served.send("GET", path, token=None)
    assert (reply.status, len(reply.body) > 3) == (200, True)
    assert served.send("HEAD", path, token=None).status == 200
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert served.send(method, path, token=None).status == 401


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/redoc", "/excel", "/nothing", "/health/x"])
def test_what_does_not_exist_is_not_told_to_strangers(served: Served, path: str) -> None:
    assert served.send("GET", path, token=None).status == 401
    assert (served.send("GET", path).status, served.send("GET", path).code) == (404, "LES653")


@pytest.mark.parametrize(
    "path",
    [
        "/excel/pane/../../guard.py",
        "/excel/pane/%2e%2e/functions.js",
        "/excel/pane/..%2ffunctions.js",
        "/excel/pane/..%5cfunctions.js",
        "/excel/pane/..\\functions.js",
        "/excel/pane//etc/passwd",
        "/excel/pane/%00pane.html",
        "/excel/office/js/../../__init__.py",
        "/excel/pane/../../api/status",
        "/excel/pane/%2e%2e/%2e%2e/api/status",
    ],
)
def test_no_path_leads_out_of_a_folder(served: Served, path: str) -> None:
    for token in (None, SECRET):
        reply = served.send("GET", path, token=token)
        assert (reply.status, reply.code) == (404, "LES653")


@pytest.mark.parametrize(
    "path", ["/excel/pane/pane.js/x", "/excel/pane/", "/excel/office/js/", "/excel/office/x"]
)
def test_folders_are_not_listed(served: Served, path: str) -> None:
    assert served.send("GET", path, token=None).status == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"calls": {}}',
        b'{"calls": "LES_PLAN"}',
        b'{"calls": ["LES_PLAN"]}',
        b'{"calls": [["LES_PLAN"]]}',
        b'{"calls": [["LES_PLAN", [], 1]]}',
        b'{"calls": [[1, []]]}',
        b'{"calls": [["LES_PLAN", ["Dementia"]]]}',
        b'{"calls": [["LES_PLAN", [[]]]]}',
        b'{"calls": [["LES_PLAN", [[[]]]]]}',
        b'{"calls": [["LES_PLAN", [[[[1]]]]]]}',
        b'{"calls": [["LES_PLAN", [[[{"error": "#WHAT!"}]]]]]}',
        b'{"calls": [["LES_PLAN", [[[{"error": "#N/A", "more": 1}]]]]]}',
        b'{"calls": [["LES_PLAN", [[[{"error": []}]]]]]}',
        b'{"calls": [["LES_PLAN", [[["a"], []]]]]}',
        b'{"calls": [["LES_PLAN", [[["a"], "b"]]]]}',
        b'{"calls": [["LES_PLAN", [[[NaN]]]]]}',
        b'{"calls": [["LES_PLAN", [[[Infinity]]]]]}',
        b'{"calls": [["LES_PLAN", [[[1' + b"0" * 400 + b"]]]]]}",
        b'{"calls": [["LES_PLAN", [' + b",".join([b"null"] * 256) + b"]]]}",
        b"[" * 100_000,
    ],
    ids=range(25),
)
def test_a_malformed_request_is_refused_readably(served: Served, body: bytes) -> None:
    reply = served.send("POST", CALLS, body)
    assert (reply.status, reply.code) == (400, "LES651")
    assert b"Traceback" not in reply.body
    assert b".py" not in reply.body


def test_too_many_calls_are_refused(served: Served) -> None:
    assert served.call(*[["LES_AS_AT", []]] * 10_000).status == 200
    reply = served.call(*[["LES_AS_AT", []]] * 10_001)
    assert (reply.status, reply.code) == (413, "LES650")


def _raw(served: Served, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
        connection.sendall(request)
        said = b""
        while part := connection.recv(65536):
            said += part
            if b"\r\n\r\n" in said and said.rstrip().endswith(b"}"):
                break
        return said


def _request(*headers: str) -> bytes:
    lines = [f"POST {CALLS} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {SECRET}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def test_a_body_that_says_it_is_too_large_is_not_read(served: Served) -> None:
    said = _raw(served, _request("Content-Length: 999999999999"))
    assert said.startswith(b"HTTP/1.1 413")
    assert b"LES650" in said


def test_a_body_that_grows_too_large_is_cut_off(sample_workspace: Path) -> None:
    limits = Limits(calls=1000)
    with serving(sample_workspace, limits=limits) as served:
        chunk = b"200\r\n" + b" " * 512 + b"\r\n"
        said = _raw(served, _request("Transfer-Encoding: chunked") + chunk * 3)
    assert said.startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("length", ["-1", "ten", "1e3"])
def test_a_length_that_is_no_number_is_refused(served: Served, length: str) -> None:
    assert _raw(served, _request(f"Content-Length: {length}")).startswith(b"HTTP/1.1 400")


def test_a_request_that_never_ends_is_ended(sample_workspace: Path) -> None:
    with serving(sample_workspace, limits=Limits(seconds=0.2)) as served:
        said = _raw(served, _request("Content-Length: 100") + b"{")
    assert said.startswith(b"HTTP/1.1 503")
    assert b"LES652" in said


def test_an_answer_that_takes_too_long_is_given_up(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    monkeypatch.setattr(Figures, "status", lambda _self: {"waited": ended.wait(60)})
    try:
        with serving(sample_workspace, limits=Limits(seconds=0.2)) as served:
            reply = served.send("GET", "/api/status")
            ended.set()
    finally:
        ended.set()
    assert (reply.status, reply.code) == (503, "LES652")


def test_a_fault_of_the_server_shows_nothing_of_its_inside(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(_self: Figures) -> None:
        raise RuntimeError("943 476 5919 is in the way")

    monkeypatch.setattr(Figures, "status", fault)
    with serving(sample_workspace) as served:
        reply = served.send("GET", "/api/status")
    assert (reply.status, reply.code) == (500, "LES999")
    assert b"943" not in reply.body
    assert b"Traceback" not in reply.body


def test_what_is_wrong_with_the_workspace_is_said(workspace: Path) -> None:
    (workspace / "specs" / "services" / "dementia.yaml").write_bytes(b"tittle: [\n")
    with serving(workspace) as served:
        reply = served.call(["LES_AS_AT", []])
    assert reply.status == 409
    assert reply.code.startswith("LES1")


def test_another_sites_page_gets_nothing(served: Served) -> None:
    for method, path in ANSWERS:
        reply = served.send(method, path, b'{"calls": []}', headers={"Origin": "https://evil.example"})
        assert (reply.status, reply.code) == (403, "LES649")
    own = served.send("GET", "/api/status", headers={"Origin": served.address})
    assert own.status == 200
    asks = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    before = served.send("OPTIONS", CALLS, token=None, headers=asks)
    assert before.status == 403
    for reply in (own, before):
        assert not any(name.startswith("access-control") for name in reply.headers)


@pytest.mark.parametrize("path", ["/excel/pane/pane.html", "/api/status", "/nothing", "/excel/pane/../x"])
def test_every_answer_has_the_headers_of_a_careful_server(served: Served, path: str) -> None:
    headers = served.send("GET", path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'self' https://*.officeapps.live.com" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in {name for name in headers if headers[name] != "uvicorn"}


def test_no_answer_is_kept_on_the_way(served: Served) -> None:
    assert served.send("GET", "/api/status").headers["cache-control"] == "no-store"
    assert served.call().headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://les.example", "https://les.example"),
        ("https://LES.example/", "https://les.example"),
        ("https://les.example:443", "https://les.example"),
        ("https://localhost:8443", "https://localhost:8443"),
    ],
)
def test_an_address_is_taken_as_excel_has_it(given: str, address: str) -> None:
    assert checked_address(given) == address


@pytest.mark.parametrize(
    "given",
    [
        "les.example",
        "http://les.example",
        "https://",
        "https://les.example/excel",
        "https://a:b@les.example",
        "https://les.example:99999",
        "https://les.example?x=1",
        'https://les.example"/>',
    ],
)
def test_another_address_is_refused(given: str) -> None:
    with pytest.raises(LesError, match="LES647"):
        checked_address(given)


def test_a_request_that_is_answered_holds_json(served: Served) -> None:
    reply = served.call(["LES_PLAN", [[["Dementia"]]]], ["LES_NOTHING", []])
    assert reply.headers["content-type"] == "application/json"
    number, unknown = json.loads(reply.body)["answers"]
    assert number == 1332
    assert (unknown["error"], unknown["code"]) == ("#N/A", "LES521")
