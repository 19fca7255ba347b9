"""The add-in's VBA, run: pyOpenVBA's interpreter with xlwings' COM server behind `XLPyDLLActivateAuto`."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pyopenvba import ExcelFile
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._model import Application
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    HostBridge,
    Interpreter,
    VBAArray,
    VBADate,
    VBAErrorValue,
    VBAObject,
    member,
    method,
    setter,
)

from les_xl.hosts.addin import MODULE
from tests.hosts.com_server import MISSING_ARGUMENT

APPDATA = r"C:\Users\A N Alyst\AppData\Roaming"
PYTHON = r"C:\LES work\python\Scripts\python.exe"
LIBRARY = r"C:\LES work\python\xlwings64-0.37.8.dll"
_READING = re.compile(r"^    channel = FreeFile.+?^    Close #channel", re.MULTILINE | re.DOTALL)
# What the interpreter leaves out because it would touch the machine, as calls of `Machine` below.
_TOUCHING = (
    (re.compile(r"^Attribute LES_.*$", re.MULTILINE), ""),
    (re.compile(r"^ +Private Declare .*$", re.MULTILINE), ""),
    (re.compile(r"\bDir\$\("), "Machine.Files("),
    (re.compile(r"\bEnviron\$\("), "Machine.Environment("),
    (_READING, "    Setting = Machine.Setting(path, key)"),
)
_DECLARED = """
Private Function XLPyDLLActivateAuto(ByRef Result As Variant, Config As String, mode As Long) As Long
    Set Result = Machine.Activate(Config, mode)
End Function
Private Function LoadLibrary(ByVal path As String) As Long
    LoadLibrary = Machine.Load(path)
End Function
"""


class Machine(VBAObject):
    """Windows as far as the add-in touches it; what it did is in `loaded` and `commands`."""

    vba_type_name = "Machine"

    def __init__(self, python: VBAObject) -> None:
        self.files = {APPDATA + r"\LES-XL\les-xl.conf", PYTHON}
        self.settings = {"INTERPRETER_WIN": PYTHON}
        self.libraries = {LIBRARY}
        self.loaded: list[str] = []
        self.commands: list[str] = []
        self._python = python

    @method
    def Files(self, path: str) -> object:  # noqa: N802
        return path if path in self.files else ""

    @method
    def Environment(self, name: str) -> object:  # noqa: N802
        return {"APPDATA": APPDATA, "ComSpec": r"C:\WINDOWS\system32\cmd.exe"}[name]

    @method
    def Setting(self, path: str, key: str) -> object:  # noqa: N802
        return self.settings.get(key, "") if path in self.files else ""

    @method
    def Load(self, path: str) -> object:  # noqa: N802
        self.loaded.append(path)
        return int(path in self.libraries)

    @method
    def Activate(self, command: str, mode: int) -> object:  # noqa: N802
        self.commands.append(command)
        return self._python


class Python(VBAObject):
    """The object that Excel gets from Python: xlwings' own, with values as pywin32 hands them over."""

    vba_type_name = "XLPython"

    def __init__(self, server: Any) -> None:
        self._server = server
        self.executed: list[str] = []
        self.caller: object = None

    @method
    def CallUDF(self, script: str, name: str, arguments: VBAArray) -> object:  # noqa: N802
        return _to_vba(self._server.CallUDF(script, name, tuple(map(_from_vba, arguments.items))))

    @method
    def Module(self, name: str) -> object:  # noqa: N802
        return name

    @method
    def SetAttr(self, target: object, name: str, value: object) -> object:  # noqa: N802
        if (target, name) == ("xlwings._xlwindows", "BOOK_CALLER"):
            self.caller = value
        return EMPTY

    @method
    def Exec(self, statement: str) -> object:  # noqa: N802
        self.executed.append(statement)
        return EMPTY


class _Cell(VBAObject):
    vba_type_name = "Range"


@dataclass(frozen=True)
class Description:
    """What Excel was told of a function, and whether the workbook was hidden then."""

    macro: str
    description: str
    category: str
    arguments: tuple[object, ...]
    hidden: bool


class InCell(VBAObject):
    """`Application`, while a cell is worked out."""

    vba_type_name = "Application"

    def __init__(self) -> None:
        self.described: list[Description] = []
        self.screen: list[bool] = []
        self.book: Book | None = None

    @member
    def Caller(self) -> object:  # noqa: N802
        return _Cell()

    @setter("ScreenUpdating")
    def set_screen(self, value: object) -> None:
        self.screen.append(bool(value))

    @method
    def MacroOptions(  # noqa: N802
        self, macro: str, description: str, category: str, argumentdescriptions: VBAArray
    ) -> object:
        hidden = self.book is not None and self.book.states[-1]
        self.described.append(
            Description(macro, description, category, tuple(argumentdescriptions.items), hidden)
        )
        return EMPTY


class Control(VBAObject):
    """What Excel hands to the procedure behind a button."""

    vba_type_name = "IRibbonControl"


class Book(VBAObject):
    """`ThisWorkbook`: `states` is every value that `IsAddin` got, and whether it counts as saved."""

    vba_type_name = "Workbook"

    def __init__(self, *, addin: bool = True) -> None:
        self.states = [addin]
        self.saved = False

    @member
    def Name(self) -> object:  # noqa: N802
        return "les.xlam"

    @member
    def IsAddin(self) -> object:  # noqa: N802
        return self.states[-1]

    @setter("IsAddin")
    def set_addin(self, value: object) -> None:
        self.states.append(bool(value))

    @setter("Saved")
    def set_saved(self, value: object) -> None:
        self.saved = bool(value)


class _Host(HostBridge):
    def __init__(self, known: dict[str, object], bridge: ExcelBridge) -> None:
        self._known, self._bridge = known, bridge

    def global_object(self, name: str) -> object:
        return self._known[name] if name in self._known else super().global_object(name)

    def constant(self, name: str) -> object:
        return self._bridge.constant(name)


class Vba:
    """The add-in's module, loaded and ready to be called as Excel calls it."""

    def __init__(self, addin: Path, server: Any) -> None:
        with ExcelFile(addin) as file:
            text = file.get_module(MODULE)
        for pattern, replaced in _TOUCHING:
            text, count = pattern.subn(replaced, text)
            assert count, pattern
        application = Application()
        self.python, self.cell = Python(server), InCell()
        self.machine = Machine(self.python)
        known: dict[str, object] = {"application": self.cell, "machine": self.machine}
        self.interpreter = Interpreter(_Host(known, ExcelBridge(application)))
        self.known = known
        self.interpreter.add_module(text + _DECLARED, name=MODULE)

    def call(self, name: str, *arguments: object) -> object:
        """What the cell shows: a number, text, a VBAErrorValue, or rows of a spilled table."""
        return _plain(self.interpreter.run(name, [_to_vba(each) for each in arguments]))


def _from_vba(value: object) -> object:
    """As pywin32 hands it over."""
    if value is MISSING:
        return MISSING_ARGUMENT
    if value is EMPTY:
        return None
    if isinstance(value, VBAErrorValue):
        return -2146828288 + value.number
    if isinstance(value, VBADate):
        return datetime(1899, 12, 30) + timedelta(days=float(value.serial))  # noqa: DTZ001
    return value


def _to_vba(value: object) -> object:
    if isinstance(value, list | tuple):
        rows = value if value and isinstance(value[0], list | tuple) else [value]
        array = VBAArray([(0, len(rows) - 1), (0, len(rows[0]) - 1)])
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                array.items[array.offset([row, column])] = cell
        return array
    return value


def _plain(value: object) -> object:
    if not isinstance(value, VBAArray):
        return value
    (_, last_row), (_, last_column) = value.bounds
    return [
        [value.items[value.offset([row, column])] for column in range(last_column + 1)]
        for row in range(last_row + 1)
    ]
