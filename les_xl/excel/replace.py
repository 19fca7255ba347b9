"""Puts a finished file in its place: written beside it first, then swapped in, the old one kept as `.bak`."""

import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.workbook import CANNOT_WRITE, FILE_EXISTS, FILE_OPEN, NO_FOLDER, NO_SPACE, NOT_XLSX

_FULL = {errno.ENOSPC, errno.EDQUOT}


def check_place(path: Path, *, overwrite: bool) -> None:
    """Refuse a place that cannot take the workbook, before any work is done.

    Raises LesError: no .xlsx name (LES406), no such folder (LES402), already there (LES401), open (LES403).
    """
    place = Place(file=str(path))
    if path.suffix.lower() != ".xlsx":
        suggested = path.with_suffix(".xlsx").name
        raise LesError(NOT_XLSX.at(place, name=path.name, suggested=suggested))
    if not path.parent.is_dir():
        raise LesError(NO_FOLDER.at(place, folder=path.parent))
    if path.is_dir():
        raise LesError(CANNOT_WRITE.at(place, name=path.name, reason="a folder has that name"))
    if path.exists() and not overwrite:
        raise LesError(FILE_EXISTS.at(place, name=path.name, backup=backup_of(path).name))
    refuse_open(path)


def refuse_open(path: Path) -> None:
    """Raise LesError (LES403) where a lock of Excel or LibreOffice lies beside the workbook."""
    for lock in _locks(path):
        if lock.exists():
            raise LesError(_open_by(path, lock))


def put_in_place(path: Path, content: bytes) -> None:
    """Write the whole of `content` beside `path`, keep a file that is there as `.bak`, and swap it in.

    Raises LesError and leaves everything as it was: no space (LES404), open (LES403), anything else (LES405).
    """
    written: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix="~les-", suffix=".tmp", delete=False
        ) as file:
            written = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _keep_mode(path, written)
        if path.exists():
            _keep(path)
        written.replace(path)
    except OSError as error:
        raise LesError(_problem(path, error)) from error
    finally:
        if written is not None:
            written.unlink(missing_ok=True)


def backup_of(path: Path) -> Path:
    """`les_master.xlsx.bak`: where the file that was there is kept."""
    return path.with_name(f"{path.name}.bak")


def _keep(path: Path) -> None:
    """Copy rather than move: at no moment is there no workbook."""
    copy = path.with_name(f"~les-{path.name}.bak.tmp")
    try:
        shutil.copy2(path, copy)
        copy.replace(backup_of(path))
    finally:
        copy.unlink(missing_ok=True)


def _keep_mode(path: Path, written: Path) -> None:
    """Temporary files are private; one that is replaced keeps its rights, a new one gets the usual."""
    if path.exists():
        shutil.copymode(path, written)
        return
    mask = os.umask(0)
    os.umask(mask)
    written.chmod(0o666 & ~mask)


def _locks(path: Path) -> tuple[Path, ...]:
    """The lock files that Excel and LibreOffice put beside a workbook that they have open."""
    return path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")


def _open_by(path: Path, lock: Path) -> Problem:
    who = ""
    if lock.name.startswith(".~lock"):
        with contextlib.suppress(OSError, IndexError):
            who = lock.read_text(encoding="utf-8", errors="replace").split(",")[1].strip()
    said = f" (by {who})" if who else ""
    return FILE_OPEN.at(Place(file=str(path)), name=path.name, who=said, lock=lock.name)


def _problem(path: Path, error: OSError) -> Problem:
    place = Place(file=str(path))
    if error.errno in _FULL:
        return NO_SPACE.at(place, folder=path.parent)
    if isinstance(error, PermissionError) and path.exists() and os.access(path.parent, os.W_OK):
        return FILE_OPEN.at(place, name=path.name, who="", lock=f"~${path.name}")
    reason = (error.strerror or str(error)).lower()
    return CANNOT_WRITE.at(place, name=path.name, reason=reason)
