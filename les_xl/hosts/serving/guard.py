"""In front of everything that is served: sign-in, same site only, sizes, time, and what every answer says."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.serving import MALFORMED, NOT_HERE, NOT_SIGNED_IN, OTHER_SITE, TOO_LARGE, TOO_SLOW
from les_xl.errors.usage import UNFORESEEN
from les_xl.hosts.serving.settings import Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = logging.getLogger("les_xl.serve")

MACROS = "/excel/xlwings/"
OPEN_PATHS = frozenset(
    {
        "/",
        "/health",
        "/excel/manifest.xml",
        "/excel/functions.json",
        "/excel/functions.js",
        "/excel/settings.json",
        f"{MACROS}alert",
        f"{MACROS}custom-scripts-meta.json",
    }
)
"""What anyone may read: the same for everybody, and without a figure."""

OPEN_FOLDERS = ("/excel/pane/", "/excel/office/")

_STATUS = {
    NOT_SIGNED_IN.code: 401,
    OTHER_SITE.code: 403,
    NOT_HERE.code: 404,
    TOO_LARGE.code: 413,
    MALFORMED.code: 400,
    TOO_SLOW.code: 503,
    UNFORESEEN.code: 500,
}
_OFFICE_ON_THE_WEB = (
    "https://*.officeapps.live.com https://*.office.com https://*.office365.com "
    "https://*.cloud.microsoft https://*.sharepoint.com"
)
_HEADERS = (
    # Office.js writes styles into its own elements; no script but the server's own may run.
    (
        b"content-security-policy",
        f"default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        f"style-src 'self' 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
        f"frame-ancestors 'self' {_OFFICE_ON_THE_WEB}".encode(),
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"x-robots-tag", b"noindex"),
)
_STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000")


def as_json(problems: Iterable[Problem]) -> dict[str, object]:
    """Problems as an answer: the first as message and hint, and each with its code."""
    listed = [
        {"code": each.code, "message": each.message, "hint": each.hint, "severity": each.severity}
        for each in problems
    ]
    # `error` and `detail` are where xlwings' script in the add-in looks for what to show.
    words = f"{listed[0]['message']} — {listed[0]['hint']}" if listed[0]["hint"] else listed[0]["message"]
    return {"error": words, "detail": words, "problems": listed}


def status_of(problems: Iterable[Problem]) -> int:
    """The HTTP status of an answer with these problems; 409 for what is wrong with the workspace's data."""
    return next((_STATUS[each.code] for each in problems if each.code in _STATUS), 409)


def unforeseen(error: Exception) -> Problem:
    """What is said of a fault of the server's own: its kind, never its words."""
    return UNFORESEEN.at(Place(), what=type(error).__name__, log="the server's log")


@dataclass
class _Answer:
    """What goes out: the fixed headers are added, and it is known whether anything has been sent."""

    send: Send
    headers: tuple[tuple[bytes, bytes], ...]
    begun: bool = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            fixed = {name for name, _ in self.headers}
            own = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in fixed]
            names = {name.lower() for name, _ in own}
            caching = [] if b"cache-control" in names else [(b"cache-control", b"no-store")]
            message = {**message, "headers": [*own, *caching, *self.headers]}
        await self.send(message)

    async def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Answer with problems, unless another answer has begun."""
        if self.begun:
            return
        body = json.dumps(as_json(problems)).encode()
        status = status_of(problems)
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        if status == 401:
            headers.append((b"www-authenticate", b'Bearer realm="LES-XL"'))
        await self({"type": "http.response.start", "status": status, "headers": headers})
        await self({"type": "http.response.body", "body": body})


class Guard:
    """An ASGI application around another. Whatever it refuses does not reach the other."""

    def __init__(self, app: App, settings: Settings) -> None:
        self._app, self._settings = app, settings
        local = settings.address.startswith("https://localhost")
        self._headers = _HEADERS if local else (*_HEADERS, _STRICT_TRANSPORT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        answer, limits = _Answer(send, self._headers), self._settings.limits
        is_macro = scope["path"].startswith(MACROS)
        size, seconds = (
            (limits.workbook, limits.macro_seconds) if is_macro else (limits.calls, limits.seconds)
        )
        try:
            async with asyncio.timeout(seconds):
                await self._handle(scope, receive, answer, size)
        except TimeoutError:
            await answer.refuse((TOO_SLOW.at(Place(), seconds=f"{seconds:g}"),))
        except LesError as error:
            await answer.refuse(error.problems)
        except ClientDisconnect:
            return
        except Exception as error:
            # Where it happened, never the exception's own words: they may quote what was sent.
            log.error("%s %s: %s", scope["method"], scope["path"], _where(error))
            await answer.refuse((unforeseen(error),))

    async def _handle(self, scope: Scope, receive: Receive, answer: _Answer, limit: int) -> None:
        _refuse_tricks(scope)
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not self._is_open(scope):
            self._same_site(headers)
            await self._signed_in(headers)
        _bounded(headers.get(b"content-length", "0"), limit)
        await self._app(scope, _counting(receive, limit), answer)

    def _is_open(self, scope: Scope) -> bool:
        path = scope["path"]
        known = path in OPEN_PATHS or path.startswith(OPEN_FOLDERS)
        return known and scope["method"] in {"GET", "HEAD"}

    def _same_site(self, headers: dict[bytes, str]) -> None:
        origin = headers.get(b"origin")
        if origin is not None and origin.lower() != self._settings.address:
            raise LesError(OTHER_SITE.at(Place()))

    async def _signed_in(self, headers: dict[bytes, str]) -> None:
        scheme, _, token = headers.get(b"authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise LesError(NOT_SIGNED_IN.at(Place()))
        if not await run_in_threadpool(self._settings.sign_in.accepts, token.strip()):
            raise LesError(NOT_SIGNED_IN.at(Place()))


def _refuse_tricks(scope: Scope) -> None:
    path = scope["path"]
    raw = bytes(scope.get("raw_path") or path.encode()).lower()
    parts = path.split("/")
    if ".." in parts or "\\" in path or "\0" in path or b"%2f" in raw or b"%5c" in raw:
        raise LesError(NOT_HERE.at(Place()))


def _bounded(length: str, limit: int) -> None:
    if not length.isascii() or not length.isdigit():
        raise LesError(MALFORMED.at(Place(), reason="its length is no number"))
    if len(length) > 18 or int(length) > limit:
        raise _too_large(limit)


def _too_large(limit: int) -> LesError:
    return LesError(TOO_LARGE.at(Place(), most=f"{limit / 2**20:g} MB"))


def _counting(receive: Receive, limit: int) -> Receive:
    """The same body, which ends in a refusal where it goes on for too long."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise _too_large(limit)
        return message

    return counted


def _where(error: Exception) -> str:
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    place = f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno}" if step else "?"
    return f"{type(error).__name__} at {place}"
