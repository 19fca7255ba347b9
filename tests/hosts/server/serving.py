"""A real server on a free port of this machine, in a thread, and raw requests to it."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

from les_xl.hosts.serving.app import create_app
from les_xl.hosts.serving.guard import Receive, Scope, Send
from les_xl.hosts.serving.settings import Limits, Settings
from les_xl.hosts.serving.sign_in import SharedSecret, SignIn

SECRET = "a-secret-of-the-tests-0123456789"  # noqa: S105 - of servers that live for one test
CALLS = "/api/functions"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of the first problem."""
        return str(self.json["problems"][0]["code"])


@dataclass
class Served:
    """A running server: its port, and the method and path of everything that it was asked."""

    port: int
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        token: str | None = SECRET,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """One request, exactly as given: nothing is normalised on the way."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            signed = {} if token is None else {"Authorization": f"Bearer {token}"}
            connection.request(method, path, body, {**signed, **(headers or {})})
            response = connection.getresponse()
            said = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, said, response.read())
        finally:
            connection.close()

    def call(self, *calls: object, token: str | None = SECRET) -> Reply:
        """One request with these calls."""
        return self.send("POST", CALLS, json.dumps({"calls": calls}).encode(), token)


@contextmanager
def serving(
    root: Path, sign_in: SignIn | None = None, limits: Limits | None = None, client: str | None = None
) -> Iterator[Served]:
    """A server for a workspace, until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served = Served(listener.getsockname()[1])
        settings = Settings(
            root, served.address, sign_in or SharedSecret(SECRET), client, limits=limits or Limits()
        )
        app = create_app(settings)

        async def noting(scope: Scope, receive: Receive, send: Send) -> None:
            served.asked.append((scope["method"], scope["path"]))
            await app(scope, receive, send)

        server = uvicorn.Server(uvicorn.Config(noting, log_level="critical", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield served
        finally:
            server.should_exit = True
            thread.join()
