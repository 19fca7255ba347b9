"""Put the add-in into Excel's start folder on Windows, take it out again, and see whether all fits."""

import os
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import les_xl
from les_xl.errors import LesError, Place, Problem
from les_xl.errors import addin as kinds
from les_xl.hosts.addin import LIBRARIES
from les_xl.hosts.addin.package import ADDIN, Stated, stated
from les_xl.hosts.addin.project import check_xlwings
from les_xl.hosts.places import (
    ENCODING,
    INTERPRETER,
    WORKSPACE,
    is_workspace,
    read_settings,
    settings_file,
)

_START_FOLDER = Path("Microsoft") / "Excel" / "XLSTART"


@dataclass(frozen=True)
class Machine:
    """What of a computer decides about an installation; `encoding` is what VBA reads text files in."""

    system: str
    appdata: Path | None
    interpreter: Path
    xlwings: str
    encoding: str

    @classmethod
    def here(cls) -> "Machine":
        """This computer, as the user who runs the command."""
        appdata = os.environ.get("APPDATA")
        return cls(
            platform.system(),
            Path(appdata) if appdata else None,
            Path(sys.executable),
            version("xlwings"),
            ENCODING,
        )

    def folder(self) -> Path:
        """The user's APPDATA. Raises LesError: LES620 away from Windows, LES621 where there is none."""
        if self.system != "Windows":
            raise LesError(kinds.NOT_WINDOWS.at(Place(), system=self.system or "another system"))
        if self.appdata is None:
            raise LesError(kinds.NO_APPDATA.at(Place()))
        return self.appdata


@dataclass(frozen=True)
class Installed:
    """Where the add-in is now, and the version that was there before, if any."""

    addin: Path
    settings: Path
    replaced: Stated | None


@dataclass(frozen=True)
class Status:
    """What is installed; `problems` is empty where all of it fits together."""

    addin: Path
    found: Stated | None
    interpreter: str
    workspace: str
    problems: tuple[Problem, ...]


def addin_path(machine: Machine) -> Path:
    """`les.xlam` in the folder whose files Excel opens when it starts. Raises LesError (LES620, LES621)."""
    return machine.folder() / _START_FOLDER / ADDIN.file


def install(machine: Machine, workspace: Path, content: bytes) -> Installed:
    """Put an add-in into Excel's start folder and write down where Python and the workspace are.

    Everything that can be wrong is looked at before anything is written. Raises LesError: LES620, LES621,
    LES622 (the add-in is in use), LES623, LES624, LES626, LES629.
    """
    path, settings = addin_path(machine), _settings(machine)
    check_xlwings(machine.xlwings)
    lines = _settings_text(machine, workspace)
    if problem := _missing_library(machine.interpreter):
        raise LesError(problem)
    before = _ours(path)
    # Not beside the add-in: Excel would open a half-written file that was left there.
    _replace(path, content, settings.parent)
    _replace(settings, lines, settings.parent)
    return Installed(path, settings, before)


def uninstall(machine: Machine) -> tuple[Path, ...]:
    """Take out what `install` put there; gives what was removed.

    Raises LesError: LES620, LES621, LES622 (the add-in is in use; then nothing is removed), LES629.
    """
    path, settings = addin_path(machine), _settings(machine)
    _ours(path)
    # The add-in first: Excel may have it open, its settings never.
    there = tuple(each for each in (path, settings) if each.exists())
    for each in there:
        try:
            each.unlink()
        except OSError as error:
            raise _in_use(each, error) from error
    _remove_empty(settings.parent)
    return there


def status(machine: Machine) -> Status:
    """What is installed and whether it fits together. Raises LesError (LES620, LES621)."""
    path, settings = addin_path(machine), _settings(machine)
    said = read_settings(settings, machine.encoding)
    interpreter, workspace = said.get(INTERPRETER, ""), said.get(WORKSPACE, "")
    found = stated(path)
    problems = [
        _wrong_addin(machine, path, found),
        _wrong_interpreter(settings, interpreter),
        _wrong_workspace(settings, workspace),
    ]
    return Status(path, found, interpreter, workspace, tuple(each for each in problems if each is not None))


def _wrong_addin(machine: Machine, path: Path, found: Stated | None) -> Problem | None:
    wanted = Stated(les_xl.__version__, machine.xlwings)
    if found == wanted:
        return None
    if found is None:
        return (kinds.NOT_OURS if path.exists() else kinds.NOT_INSTALLED).at(Place(), file=path)
    words = {"found": found.version, "found_xlwings": found.xlwings}
    return kinds.OTHER_BUILD.at(
        Place(), file=path, wanted=wanted.version, wanted_xlwings=wanted.xlwings, **words
    )


def _wrong_interpreter(settings: Path, interpreter: str) -> Problem | None:
    if not interpreter or not Path(interpreter).is_file():
        return kinds.NO_INTERPRETER.at(Place(), settings=settings, interpreter=interpreter)
    return _missing_library(Path(interpreter))


def _wrong_workspace(settings: Path, workspace: str) -> Problem | None:
    if not workspace:
        return kinds.NO_WORKSPACE_KNOWN.at(Place(), settings=settings)
    if not is_workspace(Path(workspace)):
        return kinds.NOT_A_WORKSPACE.at(Place(), named_by=settings, folder=workspace)
    return None


def _missing_library(interpreter: Path) -> Problem | None:
    """xlwings' library as the add-in looks for it: beside Python, or above it in a virtual environment."""
    folders = (interpreter.parent, interpreter.parent.parent)
    for library in LIBRARIES:
        if not any((folder / library).is_file() for folder in folders):
            return kinds.NO_LIBRARY.at(Place(), library=library, folder=interpreter.parent)
    return None


def _settings(machine: Machine) -> Path:
    return settings_file({"APPDATA": str(machine.folder())})


def _settings_text(machine: Machine, workspace: Path) -> bytes:
    said = {INTERPRETER: str(machine.interpreter), WORKSPACE: str(workspace)}
    for path in said.values():
        try:
            path.encode(machine.encoding)
        except UnicodeEncodeError:
            raise LesError(kinds.NOT_ANSI.at(Place(), path=path)) from None
    return "".join(f'"{key}","{path}"\r\n' for key, path in said.items()).encode(machine.encoding)


def _ours(path: Path) -> Stated | None:
    """The versions of the add-in that is there; None for none. Raises LesError (LES622, LES629)."""
    try:
        found = stated(path)
    except OSError as error:
        raise _in_use(path, error) from error
    if found is None and path.exists():
        raise LesError(kinds.NOT_OURS.at(Place(), file=path))
    return found


def _replace(path: Path, content: bytes, folder: Path) -> None:
    written = folder / f"{path.name}.new"
    try:
        for each in (folder, path.parent):
            each.mkdir(parents=True, exist_ok=True)
        written.write_bytes(content)
        written.replace(path)
    except OSError as error:
        written.unlink(missing_ok=True)
        _remove_empty(folder)
        raise _in_use(path, error) from error


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _in_use(path: Path, error: OSError) -> LesError:
    return LesError(kinds.IN_USE.at(Place(), file=path, reason=error.strerror or type(error).__name__))
