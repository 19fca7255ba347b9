"""`les-xl serve` as a process: it answers over HTTPS, and says readably why it cannot."""

import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from les_xl.cli import main
from tests.hosts.server.serving import CALLS, SECRET

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("LES_XL_", "XLWINGS_"))
}
_LIGHT = """
import sys
from pathlib import Path
from les_xl.hosts.serving.calls import read_calls
from les_xl.hosts.serving.app import create_app
from les_xl.hosts.serving.figures import Figures
from les_xl.hosts.serving.settings import Settings
from les_xl.hosts.serving.sign_in import SharedSecret
root = Path(sys.argv[1])
create_app(Settings(root, "https://localhost:8443", SharedSecret("x" * 30)))
calls = read_calls(b'{"calls": [["LES_PCT_PLAN", [[["Dementia"]], [["Oct-25"]]]]]}')
heavy = {"pandas", "duckdb", "deltalake", "narwhals", "xlwings", "xlwings_server"}
print(Figures(root).answer(calls), sorted(heavy & set(sys.modules)))
"""


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


Said = Callable[..., str]


@pytest.fixture
def said(sample_workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs the command with options and variables, and gives what it says where it cannot go on."""
    for name in set(os.environ) - set(ENVIRONMENT):
        monkeypatch.delenv(name)

    def run(*options: str, **environment: str) -> str:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert main(["--workspace", str(sample_workspace), "serve", *options]) == 1
        errors = capsys.readouterr().err
        assert "Traceback" not in errors
        return errors

    return run


@contextmanager
def _running(root: Path, port: int, home: Path) -> Iterator[str]:
    """The command as a process; gives what it said before it was ready, and ends it as Ctrl+C does."""
    places = {"XDG_CONFIG_HOME": str(home), "APPDATA": str(home), "HOME": str(home), "LES_XL_TOKEN": SECRET}
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "les_xl",
            "--workspace",
            str(root),
            "serve",
            "--functions",
            "--port",
            str(port),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**ENVIRONMENT, **places},
    )
    try:
        assert process.stdout is not None
        said = ""
        while "Add-in for Excel" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        yield said
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="ends the process with SIGINT")
def test_it_answers_over_https_with_a_certificate_of_its_own(sample_workspace: Path, tmp_path: Path) -> None:
    port = _free_port()
    with _running(sample_workspace, port, tmp_path) as said:
        authority = re.search(r'certutil -user -addstore Root "(.+)"', said)
        assert authority is not None
        assert f"https://localhost:{port}/excel/manifest.xml" in said
        assert "XLWINGS_LICENSE_KEY" in said
        trusting = ssl.create_default_context(cafile=authority[1])
        connection = http.client.HTTPSConnection("localhost", port, timeout=60, context=trusting)
        body = json.dumps({"calls": [["LES_PCT_PLAN", [[["Dementia"]], [["Oct-25"]]]]]})
        connection.request("POST", CALLS, body, {"Authorization": f"Bearer {SECRET}"})
        response = connection.getresponse()
        assert json.loads(response.read()) == {"answers": [694 / 1332]}
        assert response.getheader("strict-transport-security") is None, "it would hold for all of localhost"
        assert response.getheader("server") is None
        connection.close()
        with pytest.raises(ssl.SSLCertVerificationError):
            http.client.HTTPSConnection("localhost", port, timeout=60).connect()


def test_the_first_answer_needs_no_pandas_and_no_xlwings(sample_workspace: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _LIGHT, str(sample_workspace)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == f"[{694 / 1332}] []"


def test_nobody_could_sign_in(said: Said) -> None:
    assert said().startswith("LES642 no sign-in is set up")


@pytest.mark.parametrize("token", ["test-token", "x" * 23])
def test_a_token_that_can_be_guessed(said: Said, token: str) -> None:
    words = said(LES_XL_TOKEN=token)
    assert words.startswith(f"LES643 the token in LES_XL_TOKEN has {len(token)} characters")
    assert token not in words


@pytest.mark.parametrize(
    ("options", "environment", "lacking"),
    [
        (("--tenant", "contoso.example"), {}, "--tenant is given without --client"),
        ((), {"LES_XL_CLIENT": "1"}, "--client is given without --tenant"),
        (
            (),
            {"LES_XL_ISSUER": "https://a"},
            "LES_XL_ISSUER is given without LES_XL_AUDIENCE and LES_XL_JWKS",
        ),
        (
            ("--tenant", "x", "--client", "y"),
            {"LES_XL_JWKS": "keys.json", "LES_XL_TOKEN": SECRET},
            "LES_XL_JWKS is given without LES_XL_ISSUER and LES_XL_AUDIENCE",
        ),
    ],
)
def test_half_a_sign_in(
    said: Said, options: tuple[str, ...], environment: dict[str, str], lacking: str
) -> None:
    assert said(*options, **environment).startswith(f"LES644 {lacking}")


def test_a_port_that_is_taken(said: Said) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        words = said("--behind-proxy", "--port", str(port), LES_XL_TOKEN=SECRET)
    assert words.startswith(f"LES641 cannot listen on 127.0.0.1, port {port}: Address already in use")


def test_a_name_that_is_not_this_machines(said: Said) -> None:
    words = said("--behind-proxy", "--host", "no.such.host.invalid", LES_XL_TOKEN=SECRET)
    assert words.startswith("LES641 cannot listen on no.such.host.invalid")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--cert", "les.pem"), "--key is missing"),
        (("--key", "les.key"), "--cert is missing"),
        (("--cert", "les.pem", "--key", "les.key"), "les.pem and les.key cannot be used (FileNotFoundError)"),
        (("--address", "https://les.example"), "a certificate can be made here for localhost only"),
    ],
)
def test_a_certificate_that_is_not_there(said: Said, options: tuple[str, ...], reason: str) -> None:
    words = said("--port", str(_free_port()), *options, LES_XL_TOKEN=SECRET)
    assert words.startswith("LES646 ")
    assert reason in words


def test_a_file_that_is_no_certificate(said: Said, tmp_path: Path) -> None:
    path = tmp_path / "les.pem"
    path.write_text("not a certificate", encoding="utf-8")
    options = ("--cert", str(path), "--key", str(path), "--port", str(_free_port()))
    assert "cannot be used (SSLError)" in said(*options, LES_XL_TOKEN=SECRET)


@pytest.mark.parametrize("package", ["fastapi", "uvicorn", "jwt", "xlwings_server"])
def test_without_the_extra_it_says_what_to_install(
    said: Said, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(sys.modules):
        if name.startswith("les_xl.hosts.serving"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    words = said("--behind-proxy", "--port", str(_free_port()), LES_XL_TOKEN=SECRET)
    assert words.startswith(
        f"LES640 les-xl serve needs packages that are not installed ({package} is missing)"
    )
    assert 'pip install "les-xl[server]"' in words
