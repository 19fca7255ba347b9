"""Which workspace a command works on, and the store and files that belong to it."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from les_xl.errors import LesError, Place
from les_xl.errors.usage import NO_WORKSPACE, NOT_A_MONTH
from les_xl.hosts.places import is_workspace, workspace_around
from les_xl.periods import parse_month

if TYPE_CHECKING:
    from les_xl.position import Position
    from les_xl.spec.read import Specs


def find_root(context: typer.Context) -> Path:
    """The workspace: `--workspace`, or the nearest folder upwards that holds `specs/les.yaml`.

    Raises LesError (LES901) where there is none.
    """
    named: Path | None = context.find_root().obj
    start = (named or Path.cwd()).resolve()
    found = (start if is_workspace(start) else None) if named else workspace_around(start)
    if found is None:
        raise LesError(NO_WORKSPACE.at(Place(), folder=start))
    return found


def store_path(specs: "Specs") -> Path:
    """Folder of the workspace's store."""
    return specs.root / specs.workspace.store


def month_option(text: str | None) -> str | None:
    """A month typed as an option, as `2025-10`. Raises LesError (LES902)."""
    if text is None:
        return None
    try:
        return parse_month(text)
    except ValueError:
        raise LesError(NOT_A_MONTH.at(Place(), text=text)) from None


def load_option(text: str | None) -> int | str | None:
    """A load number, or a date as text, as typed after `--as-of`."""
    return int(text) if text is not None and text.isdecimal() else text


def open_position(root: Path, as_at: str | None, as_of: str | None, year: str | None = None) -> "Position":
    """The position of a workspace, as its commands need it."""
    from les_xl.hosts.workspace import position_of

    return position_of(root, month_option(as_at), load_option(as_of), year)
