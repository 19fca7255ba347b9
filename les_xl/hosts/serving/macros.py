"""The macros of the ribbon, run through xlwings Server: loaded with the first click, not with the process."""

import asyncio
import importlib
import importlib.util
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from starlette.concurrency import run_in_threadpool

from les_xl.errors import LesError, Place
from les_xl.errors.serving import NO_LICENCE, NO_MACRO, NOT_HERE
from les_xl.hosts.serving.guard import MACROS, App, Receive, Scope, Send

KEY_VARIABLE = "XLWINGS_LICENSE_KEY"
NAMES = ("refresh", "check")
_CALL = f"{MACROS}custom-scripts-call/"
_SETTINGS = {
    "XLWINGS_ENVIRONMENT": "prod",
    "XLWINGS_APP_PATH": MACROS.removesuffix("/xlwings/"),
    "XLWINGS_FUNCTIONS_NAMESPACE": "",
    # Who asks is known before a request comes this far; no provider of xlwings Server is left on.
    "XLWINGS_AUTH_PROVIDERS": "[]",
    "XLWINGS_CORS_ALLOW_ORIGINS": "[]",
    "XLWINGS_ADD_SECURITY_HEADERS": "false",
    "XLWINGS_ENABLE_SOCKETIO": "false",
    "XLWINGS_ENABLE_EXAMPLES": "false",
    "XLWINGS_LOG_LEVEL": "WARNING",
}


def available() -> bool:
    """True where Refresh can be run: there are macros, and a licence key for what runs them."""
    return bool(os.environ.get(KEY_VARIABLE)) and importlib.util.find_spec("les_xl.hosts.macros") is not None


class Macros:
    """An ASGI application that lets nothing through to xlwings Server but calls of the macros."""

    def __init__(self, root: Path, as_at: str | None) -> None:
        self._root, self._as_at = root, as_at
        self._app: App | None = None
        # xlwings keeps the posted books of all requests in one list, and one of them as the active one.
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if scope["method"] != "POST" or not path.startswith(_CALL):
            raise LesError(NOT_HERE.at(Place()))
        name = path.removeprefix(_CALL)
        if name not in NAMES:
            raise LesError(NO_MACRO.at(Place(), name=name[:80], known=", ".join(NAMES)))
        if not os.environ.get(KEY_VARIABLE):
            raise LesError(NO_LICENCE.at(Place(), variable=KEY_VARIABLE))
        async with self._one_at_a_time:
            if self._app is None:
                self._app = await run_in_threadpool(_xlwings_server, self._root, self._as_at)
            # xlwings Server knows its own prefix; for the mount it is not a prefix to take off.
            await self._app({**scope, "root_path": ""}, receive, send)


def _xlwings_server(root: Path, as_at: str | None) -> App:
    """xlwings Server's application; its settings are the environment, and its scripts a module by name."""
    os.environ.update(_SETTINGS)
    # Its project folder is put on sys.path and read for settings: never the folder somebody happens to be in.
    os.environ["XLWINGS_PROJECT_DIR"] = str(Path(__file__).parent / "static")
    sys.modules["custom_scripts"] = _scripts(root, as_at)
    sys.modules["custom_functions"] = ModuleType("custom_functions")
    app: App = importlib.import_module("xlwings_server.main").app
    # It logs what a macro says, which may be figures; whoever asked reads it.
    logging.getLogger("xlwings_server").setLevel(logging.CRITICAL)
    return app


def _scripts(root: Path, as_at: str | None) -> ModuleType:
    import xlwings.server
    from xlwings import Book

    module = ModuleType("custom_scripts")
    macros = importlib.import_module("les_xl.hosts.macros")
    for name in NAMES:
        script = _script(getattr(macros, name), root, as_at)
        script.__name__ = name
        script.__annotations__ = {"book": Book}
        setattr(module, name, xlwings.server.script(script))
    return module


def _script(macro: Callable[..., Any], root: Path, as_at: str | None) -> Callable[..., Any]:
    async def script(book: Any) -> None:
        # In a thread: functions are answered meanwhile.
        told = await run_in_threadpool(macro, book, workspace=root, as_at=as_at)
        if not told.ok:
            # What was done to the book up to here is dropped with it; the add-in shows the words.
            raise _refused(told.text)

    return script


def _refused(text: str) -> Exception:
    from xlwings import XlwingsError

    refused: Exception = XlwingsError(text)
    return refused
