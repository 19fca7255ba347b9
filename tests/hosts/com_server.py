"""xlwings' own COM server on Linux: what Excel's calls reach, with pywin32 replaced by empty stand-ins."""

import importlib
import sys
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import xlwings
from xlwings.main import Engine

from tests.live.windows import ENGINE, ComError

MISSING_ARGUMENT = -2147352572
"""How pywin32 hands over an argument that was left out."""


class _Handed:
    """The type of an object that COM hands over; nothing here is of it."""


def _module(name: str, **members: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(members)
    return module


def _unwrap(given: Any) -> Any:
    if not isinstance(given, _Wrapped):
        raise TypeError(given)
    return given


class _Wrapped:
    """An object of Python as Excel holds it."""

    def __init__(self, inner: Any) -> None:
        self.obj = inner.obj


def _stubs() -> dict[str, ModuleType]:
    util = _module("win32com.server.util", wrap=lambda inner, iid=None: _Wrapped(inner), unwrap=_unwrap)
    server = _module("win32com.server", util=util, dispatcher=None, policy=None)
    client = _module("win32com.client", Dispatch=lambda given, **_: given)
    types = _module("pywintypes", com_error=ComError)
    python = _module("pythoncom", CoInitialize=None, IID_IDispatch="", TypeIIDs={"": _Handed})
    found = [util, server, client, types, python, _module("win32com", client=client, server=server)]
    names = ("win32com.server.dispatcher", "win32com.server.policy", "win32api", "win32event")
    return {module.__name__: module for module in (*found, *map(_module, names))}


def _load() -> tuple[Any, Any]:
    with mock.patch.dict(sys.modules, _stubs()):
        sys.modules.pop("xlwings.udfs", None)
        return importlib.import_module("xlwings.com_server"), importlib.import_module("xlwings.udfs")


SERVER, UDFS = _load()


class Cells(SimpleNamespace):
    """A `Range` of Excel as an argument; its `Value` is one value, or rows of them."""

    def __init__(self, value: Any) -> None:
        rows = value if isinstance(value, tuple) else ((value,),)
        book = SimpleNamespace(Application=SimpleNamespace(Hwnd=1))
        super().__init__(
            Value=value,
            Worksheet=SimpleNamespace(Parent=book),
            Row=1,
            Column=1,
            Rows=SimpleNamespace(Count=len(rows)),
            Columns=SimpleNamespace(Count=len(rows[0])),
        )


class Excel:
    """Excel as xlwings' server sees it, for the time of a test."""

    def __enter__(self) -> Any:
        engines = xlwings.engines
        self._before = (list(engines.engines), dict(engines.engines_by_name))
        engines.add(Engine(impl=ENGINE.engine))
        self._patched = mock.patch.object(ENGINE, "is_range_instance", lambda given: isinstance(given, Cells))
        self._patched.start()
        sys.modules["xlwings.com_server"] = SERVER
        return SERVER.XLPython()

    def __exit__(self, *_: object) -> None:
        self._patched.stop()
        del sys.modules["xlwings.com_server"]
        xlwings.engines.engines, xlwings.engines.engines_by_name = self._before
