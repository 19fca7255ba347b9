"""xlwings' own Windows engine on Linux: the pywin32 that it imports is replaced by empty stand-ins."""

import atexit
import ctypes
import importlib
import sys
from datetime import datetime
from types import ModuleType
from typing import Any
from unittest import mock


class ComError(Exception):
    """As `pywintypes.com_error`: hresult, strerror, excepinfo, argerror."""

    def __init__(self, hresult: int, strerror: str, excepinfo: tuple[Any, ...] | None) -> None:
        super().__init__(hresult, strerror, excepinfo, None)
        self.hresult, self.strerror, self.excepinfo = hresult, strerror, excepinfo


def refusal(text: str) -> ComError:
    """Excel's `run-time error 1004` as it arrives through COM."""
    return ComError(-2147352567, "Exception occurred.", (0, "Microsoft Excel", text, None, 0, -2146827284))


def rejection() -> ComError:
    """What COM answers while a cell is edited (RPC_E_CALL_REJECTED)."""
    return ComError(-2147418111, "Call was rejected by callee.", None)


class Dispatched:
    """Whatever xlwings takes for an object of COM, and so wraps."""


class _Other:
    """The classes of makepy, of which there is none here."""


def _module(name: str, **members: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(members)
    return module


def _stubs() -> dict[str, ModuleType]:
    client = _module(
        "win32com.client", CDispatch=Dispatched, CoClassBaseClass=_Other, DispatchBaseClass=_Other,
        Dispatch=None, DispatchEx=None,
    )  # fmt: skip
    process = _module("win32process", GetWindowThreadProcessId=lambda _: (0, 1))
    python = _module(
        "pythoncom", CoInitialize=lambda: None, ole_error=ComError, __file__="none",
        PyIDispatchType=object, IID=str, IID_NULL="",
    )  # fmt: skip
    types = _module("pywintypes", com_error=ComError, error=OSError, TimeType=datetime, IID=str)
    plain = ("win32api", "win32con", "win32gui", "win32timezone")
    return {
        "pywintypes": types, "pythoncom": python, "win32process": process, "win32com.client": client,
        "win32com": _module("win32com", client=client), **{name: _module(name) for name in plain},
    }  # fmt: skip


def _load() -> Any:
    """Import it with the stand-ins, which are gone from the list of modules afterwards."""
    library = mock.MagicMock()
    names = {"oledll": library, "windll": library, "PyDLL": mock.MagicMock()}
    with mock.patch.dict(sys.modules, _stubs()), mock.patch.multiple(ctypes, create=True, **names):
        engine = importlib.import_module("xlwings._xlwindows")
    sys.modules["xlwings._xlwindows"] = engine
    atexit.unregister(engine.cleanup)  # it would look for forgotten Excels
    return engine


ENGINE = _load()


def opened(workbook: Dispatched) -> Any:
    """A workbook of COM as an `xlwings.Book`, wrapped as xlwings wraps what Excel gives it."""
    import xlwings as xw

    return xw.Book(impl=ENGINE.Book(xl=ENGINE.COMRetryObjectWrapper(workbook)))
