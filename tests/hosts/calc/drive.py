"""Drives one running LibreOffice, for a test: each line of standard input is a step, each answered by a line.

Run by LibreOffice's own Python, as `drive.py PIPE-NAME SOFFICE ARGUMENT…`. A step is the name of a method of
Driver and its arguments, as JSON: `["cells", "Sheet1", ["A1", "A2"]]`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.connection import NoConnectException

ATTEMPTS = 600


class Driver:
    """A LibreOffice that was started here, and the workbook opened in it."""

    def __init__(self, pipe: str, command: list[str]) -> None:
        self.process = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"], stdout=sys.stderr)
        self.context = self.connected(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.document: Any = None

    def connected(self, address: str) -> Any:
        """The context of LibreOffice, once it listens."""
        local = uno.getComponentContext()
        service = "com.sun.star.bridge.UnoUrlResolver"
        resolver = local.ServiceManager.createInstanceWithContext(service, local)
        for _ in range(ATTEMPTS):
            try:
                return resolver.resolve(address)
            except NoConnectException:
                time.sleep(0.1)  # there is nothing to wait on before LibreOffice listens
        raise SystemExit("LibreOffice did not start")

    def service(self, name: str) -> Any:
        """A service of that LibreOffice."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def open(self, path: str) -> None:
        """Open a workbook, as File, Open does."""
        self.document = self.desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, ())

    def cells(self, sheet: str, addresses: list[str]) -> list[str]:
        """What cells show."""
        found = self.document.Sheets.getByName(sheet)
        return [found.getCellRangeByName(each).String for each in addresses]

    def enter(self, sheet: str, address: str, formula: str) -> None:
        """Type a formula."""
        self.document.Sheets.getByName(sheet).getCellRangeByName(address).setFormula(formula)

    def choose(self, url: str) -> None:
        """Choose a line of a menu."""
        dispatcher = self.service("com.sun.star.frame.DispatchHelper")
        dispatcher.executeDispatch(self.desktop.getCurrentFrame(), url, "", 0, ())

    def facts(self) -> dict[str, bool]:
        """Whether the workbook counts as changed."""
        undo = self.document.getUndoManager().isUndoPossible()
        return {"modified": self.document.isModified(), "undo": undo}

    def wizard(self, name: str) -> list[Any] | None:
        """What the function wizard says of a function, then of its arguments."""
        descriptions = self.service("com.sun.star.sheet.FunctionDescriptions")
        for at in range(descriptions.getCount()):
            described = {each.Name: each.Value for each in descriptions.getByIndex(at)}
            if described["Name"] == name:
                arguments = [[one.Name, one.Description] for one in described["Arguments"]]
                return [described["Description"], *arguments]
        return None

    def end(self) -> int:
        """Close everything; gives LibreOffice's exit code."""
        self.document.close(True)
        self.desktop.terminate()
        return int(self.process.wait())


driver = Driver(sys.argv[1], sys.argv[2:])
for line in sys.stdin:
    step, *given = json.loads(line)
    sys.stdout.write(json.dumps(getattr(driver, step)(*given)) + "\n")
    sys.stdout.flush()
