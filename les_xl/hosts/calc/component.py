"""The add-in inside LibreOffice: hands what a cell asks to the worker, and brings workbooks up to date.

Read by LibreOffice's own Python; `uno` and the modules named after services exist only there.
"""

from __future__ import annotations

import json
import re
import struct
from datetime import date
from pathlib import Path
from typing import Any

import unohelper
from com.sun.star.lang import XServiceInfo
from com.sun.star.task import XJob, XJobExecutor
from les_calc_client import from_settings

_HERE = Path(__file__).resolve().parent
_SETTINGS = json.loads((_HERE / "settings.json").read_text(encoding="utf-8"))
_SERVICE, _COMMANDS = "LESXL", "LESXL.Commands"
_NAMES = "|".join(_SETTINGS["functions"])
_CALL = re.compile(rf"(?<![A-Z0-9_])(?:{_NAMES})\s*\(", re.IGNORECASE)
# So Excel marks, in a file, a function of an add-in from a server.
_MARKED = re.compile(rf"_xldudf_(?=(?:{_NAMES})\s*\()", re.IGNORECASE)
_TEXT = re.compile(r'"[^"]*"')
_FORMULAS = 16  # com.sun.star.sheet.CellFlags.FORMULA
_EPOCH = date(1899, 12, 30)
# Calc keeps an error as a "not a number" that carries its code, 32767 for #N/A; a void in a table would be
# an empty cell.
_NOT_AVAILABLE = struct.unpack("<d", struct.pack("<Q", 0x7FF8000000007FFF))[0]
_client = from_settings(_HERE / "settings.json")


def _asked(name: str, about: dict[str, Any]) -> Any:
    """The method of one function, as Calc calls it: the document, then the arguments."""

    def method(_self: object, document: Any, *arguments: Any) -> Any:
        given = [_plain(each) for each in arguments]
        for at in about["dates"]:
            given[at] = _dated(document, given[at])
        reply = _client.ask(name, given)
        if not about["spills"]:
            # A void is #N/A.
            return reply.get("value")
        if "rows" in reply:
            return tuple(map(tuple, reply["rows"]))
        return ((reply.get("value", _NOT_AVAILABLE),),)

    return method


def _plain(argument: Any) -> Any:
    """Text, a number, None for what is left out, or the rows of a range."""
    if isinstance(argument, tuple):
        return [_plain(each) for each in argument]
    if isinstance(argument, (int, float)):
        return float(argument)
    return argument if isinstance(argument, str) else None


def _dated(document: Any, given: Any) -> Any:
    """A date as Excel counts: it is 1,462 days further on in a workbook that counts from 1904."""
    if not isinstance(given, float) or given <= 0:
        return given
    first = document.getPropertyValue("NullDate")
    return given + (date(first.Year, first.Month, first.Day) - _EPOCH).days


def create_functions(_context: Any, *_arguments: Any) -> Any:
    """The object that has a method for each function."""
    # The type becomes known only after LibreOffice has read this file.
    from lesxl.calc import XFunctions

    def get_implementation_name(_self: object) -> str:
        return "lesxl.calc.Functions"

    def supports_service(_self: object, name: str) -> bool:
        return name == _SERVICE

    def get_supported_service_names(_self: object) -> tuple[str, ...]:
        return (_SERVICE,)

    methods = {name: _asked(name, about) for name, about in _SETTINGS["functions"].items()}
    methods["getImplementationName"] = get_implementation_name
    methods["supportsService"] = supports_service
    methods["getSupportedServiceNames"] = get_supported_service_names
    return type("Functions", (unohelper.Base, XFunctions, XServiceInfo), methods)()


class Commands(unohelper.Base, XJob, XJobExecutor):  # type: ignore[misc]
    """What happens when a workbook has been opened, and when a line of the LES menu is chosen."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def execute(self, arguments: Any) -> None:
        """A document was opened: its functions answer with the figures of now."""
        environment = {each.Name: each.Value for each in arguments}.get("Environment", ())
        document = {each.Name: each.Value for each in environment}.get("Model")
        if document is not None:
            _recalculate(document)

    def trigger(self, command: str) -> None:
        """`recalculate` or `why`, of the document in front."""
        desktop = self._create("com.sun.star.frame.Desktop")
        _recalculate(desktop.getCurrentComponent())
        if command == "why":
            lines = _client.reasons() or ["Every LES function of this workbook has an answer."]
            self._say(desktop.getCurrentFrame(), "\n\n".join(lines))

    def _say(self, frame: Any, text: str) -> None:
        window = frame.getContainerWindow()
        toolkit = self._create("com.sun.star.awt.Toolkit")
        # Kind 1 is a message, button 1 is OK.
        toolkit.createMessageBox(window, 1, 1, "LES", text).execute()

    def _create(self, service: str) -> Any:
        return self._context.ServiceManager.createInstanceWithContext(service, self._context)


def _recalculate(document: Any) -> None:
    """Enter every formula with a LES function again.

    LibreOffice before 24.2 does not know the functions by their names in an Excel file when it reads one,
    but does when they are entered; and what is entered is computed.
    """
    if document is None or not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        return
    _client.begin_anew()
    modified = document.isModified()
    document.lockControllers()
    document.addActionLock()
    undo = document.getUndoManager()
    undo.lock()
    try:
        for sheet in document.getSheets():
            _enter_again(sheet)
    finally:
        undo.unlock()
        document.removeActionLock()
        document.unlockControllers()
    if not document.isReadonly():
        document.setModified(modified)


def _enter_again(sheet: Any) -> None:
    for area in sheet.queryContentCells(_FORMULAS):
        for row, line in enumerate(area.getFormulaArray()):
            for column, stored in enumerate(line):
                formula = _MARKED.sub("", stored)
                if _CALL.search(_TEXT.sub("", formula)):
                    _enter(sheet, area.getCellByPosition(column, row), formula)


def _enter(sheet: Any, cell: Any, formula: str) -> None:
    if not formula.startswith("{"):
        cell.setFormula(formula)
        return
    block = sheet.createCursorByRange(cell)
    block.collapseToCurrentArray()
    here, first = cell.getCellAddress(), block.getRangeAddress()
    if (here.Column, here.Row) == (first.StartColumn, first.StartRow):
        block.setArrayFormula(formula[1:-1])


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name that LibreOffice looks for
g_ImplementationHelper.addImplementation(create_functions, "lesxl.calc.Functions", (_SERVICE,))
g_ImplementationHelper.addImplementation(Commands, "lesxl.calc.Commands", (_COMMANDS,))
