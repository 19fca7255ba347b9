"""LibreOffice as a second opinion: converts a workbook, recalculating every formula."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

TIMEOUT_SECONDS = 180

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
           xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooLocale" oor:op="fuse">
<value>en-US</value></prop></item>
</oor:items>
"""
_FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "pdf": "pdf:calc_pdf_Export"}


def soffice() -> str:
    """The path of LibreOffice. A test that needs it fails without it: a skip would hide that nothing ran."""
    found = shutil.which("soffice")
    if found is None:
        pytest.fail("LibreOffice (soffice) is not installed; `make test` installs it", pytrace=False)
    return found


def recalculated(workbook: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it in `folder`, with results that are LibreOffice's own."""
    return convert(workbook, folder, "xlsx")


def as_pdf(workbook: Path, folder: Path) -> Path:
    """The workbook as LibreOffice prints it."""
    return convert(workbook, folder, "pdf")


@dataclass(frozen=True)
class Profile:
    """A profile of LibreOffice's own, with what it holds beyond LibreOffice itself."""

    folder: Path
    options: tuple[str, ...] = ()

    def command(self, program: str, *arguments: str) -> list[str]:
        """A program of LibreOffice, run on this profile."""
        return [program, f"-env:UserInstallation={self.folder.as_uri()}", *self.options, *arguments]


def with_addin(addin: Path, folder: Path) -> Profile:
    """A throw-away profile in which an extension is installed, as `unopkg add` does it for an analyst."""
    _write_profile(folder)
    shared: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Root may install for everybody only; here, everybody is this profile.
        shared, options = ("--shared",), (f"-env:UNO_SHARED_PACKAGES_CACHE={(folder / 'shared').as_uri()}",)
    profile = Profile(folder, options)
    program = str(Path(soffice()).with_name("unopkg"))
    said = _run(profile.command(program, "add", "--force", *shared, str(addin)))
    found = _run(profile.command(program, "list", *shared))
    if "is registered: yes" not in found or "is registered: no" in found:
        pytest.fail(f"LibreOffice did not take {addin.name}: {said} {found}", pytrace=False)
    return profile


def convert(workbook: Path, folder: Path, form: str) -> Path:
    """Convert to `xlsx` or `pdf`; fails with what LibreOffice said where no file came of it."""
    with tempfile.TemporaryDirectory(prefix="les-office-") as profile:
        _write_profile(Path(profile))
        return convert_all((workbook,), folder, form, Profile(Path(profile)))[0]


def convert_all(workbooks: Sequence[Path], folder: Path, form: str, profile: Profile) -> list[Path]:
    """Convert several in one start of LibreOffice, on a given profile."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [folder / f"{workbook.stem}.{form}" for workbook in workbooks]
    for made, workbook in zip(wanted, workbooks, strict=True):
        if made == workbook.resolve():
            raise ValueError("convert into another folder: LibreOffice would overwrite what it reads")
        made.unlink(missing_ok=True)
    given = [str(workbook.resolve()) for workbook in workbooks]
    asked = ("--headless", "--norestore", "--convert-to", _FILTERS[form], "--outdir", str(folder))
    said = _run(profile.command(soffice(), *asked, *given))
    for made in wanted:
        if not made.is_file() or not made.stat().st_size:
            pytest.fail(f"LibreOffice made no {made.name} (it exits 0 all the same): {said}", pytrace=False)
    return wanted


def pictures(pdf: Path, folder: Path, dots_per_inch: int = 80) -> list[Path]:
    """Each page of a PDF as a PNG file, in order."""
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.fail("poppler (pdftoppm) is not installed; `make test` installs it", pytrace=False)
    folder.mkdir(parents=True, exist_ok=True)
    _run([program, "-png", "-r", str(dots_per_inch), str(pdf), str(folder / pdf.stem)])
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def _write_profile(profile: Path) -> None:
    """A profile of its own for each run: two runs on one profile answer for each other."""
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")


def _run(command: list[str]) -> str:
    """Run to the end or to the time limit; soffice starts children, so the whole group is ended."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        pytest.fail(f"{Path(command[0]).name} took over {TIMEOUT_SECONDS} s", pytrace=False)
    return said
