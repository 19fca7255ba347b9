"""Where things are for a host: the user's settings file, and the workspace that the functions answer from."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from les_xl.errors import LesError, Place
from les_xl.errors.addin import NO_WORKSPACE_KNOWN, NOT_A_WORKSPACE

WORKSPACE_VARIABLE = "LES_XL_WORKSPACE"
INTERPRETER, WORKSPACE = "INTERPRETER_WIN", "WORKSPACE"
"""Keys of the settings file; the add-in's VBA reads the first, Python the second."""
ENCODING = "mbcs" if sys.platform == "win32" else "utf-8"
"""VBA reads text files in the code page of Windows only."""

_FOLDER, _FILE = "LES-XL", "les-xl.conf"


def find_workspace(start: Path | None) -> Path:
    """The workspace of a host: around `start` (such as a workbook's folder), or as this user's settings say.

    First the nearest folder from `start` upwards that holds `specs/les.yaml`, then the one that the variable
    LES_XL_WORKSPACE names, then the one that `les-xl addin install` wrote down. Raises LesError (LES627 where
    nothing says it, LES628 where what is named is no workspace).
    """
    if start is not None and (found := workspace_around(start)) is not None:
        return found
    if named := os.environ.get(WORKSPACE_VARIABLE):
        return _workspace(named, WORKSPACE_VARIABLE)
    settings = settings_file(os.environ)
    if written := read_settings(settings).get(WORKSPACE):
        return _workspace(written, str(settings))
    raise LesError(NO_WORKSPACE_KNOWN.at(Place(), settings=settings))


def workspace_around(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds `specs/les.yaml`, or None."""
    return next((folder for folder in (start, *start.parents) if is_workspace(folder)), None)


def is_workspace(folder: Path) -> bool:
    """True for a folder that holds `specs/les.yaml`."""
    return (folder / "specs" / "les.yaml").is_file()


def _workspace(named: str, named_by: str) -> Path:
    folder = Path(named)
    if not is_workspace(folder):
        raise LesError(NOT_A_WORKSPACE.at(Place(), named_by=named_by, folder=folder))
    return folder.resolve()


def settings_file(environment: Mapping[str, str]) -> Path:
    """The user's settings: in APPDATA on Windows, in the user's configuration folder elsewhere."""
    home = environment.get("APPDATA") or environment.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / _FOLDER / _FILE


def read_settings(path: Path, encoding: str = ENCODING) -> dict[str, str]:
    """What a settings file says, by key; empty where there is none. Its lines are `"KEY","value"`."""
    try:
        lines = path.read_text(encoding=encoding).splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (line.strip().strip('"').split('","', 1) for line in lines)
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
