"""The file of a closed workbook: read once, checked for locks, replaced whole with the old one kept."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import replace as with_
from pathlib import Path

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.refresh import CHANGED_MEANWHILE, CONFLICT_COPY, NO_WORKBOOK, NOT_A_WORKBOOK, TOO_LARGE
from les_xl.errors.workbook import CANNOT_WRITE, FILE_OPEN
from les_xl.excel.replace import backup_of, put_in_place, refuse_open

_LARGEST = 1 << 30


@dataclass(frozen=True)
class Found:
    """A file as it was read: its bytes, and by what it can be told that nobody has saved it since."""

    content: bytes
    stamp: tuple[int, int]


def read(path: Path) -> Found:
    """Read a workbook that nobody has open; raises LesError where there is none or it cannot be read."""
    place = Place(file=str(path))
    try:
        if not path.is_file():
            raise LesError(NO_WORKBOOK.at(place, file=path.name))
        refuse_open(path)
        stamp = _stamp(path)
        if stamp[1] > _LARGEST:
            raise LesError(TOO_LARGE.at(place, what=f"it is larger than {_LARGEST >> 20:,} MB"))
        return Found(path.read_bytes(), stamp)
    except PermissionError as error:
        raise LesError(FILE_OPEN.at(place, name=path.name, who="", lock=f"~${path.name}")) from error
    except OSError as error:
        raise LesError(NOT_A_WORKBOOK.at(place, reason=f"it cannot be read: {_said(error)}")) from error


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def _said(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def replace(path: Path, found: Found, content: bytes) -> Path:
    """Swap the new file in and give the place of the old; raises LesError with everything as it was."""
    try:
        refuse_open(path)
        target = path.resolve()
        if _stamp(target) != found.stamp:
            raise LesError(CHANGED_MEANWHILE.at(Place(file=str(path)), file=path.name))
        put_in_place(target, content)
    except OSError as error:
        # Also what could not be cleared away after the file was in place; that is no failure.
        if not _is_written(path, content):
            reason = _said(error)
            raise LesError(CANNOT_WRITE.at(Place(file=str(path)), name=path.name, reason=reason)) from error
    return backup_of(path.resolve())


def _is_written(path: Path, content: bytes) -> bool:
    with suppress(OSError):
        return path.read_bytes() == content
    return False


def conflict_copies(path: Path) -> tuple[Problem, ...]:
    """A warning for each file beside the workbook that looks like a copy made by two people's changes."""
    pattern = re.compile(re.escape(path.stem) + r"(?:-[A-Z][A-Z0-9\-]{2,14}(?:-[0-9]+)?| ?\([0-9]+\))")
    beside: list[Path] = []
    with suppress(OSError):
        beside = sorted(path.parent.glob(f"*{path.suffix}"))
    copies = [one.name for one in beside if one.name != path.name and pattern.fullmatch(one.stem)]
    return tuple(CONFLICT_COPY.at(Place(file=str(path)), copy=name, file=path.name) for name in copies)


def in_file(path: Path, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems with the name of the workbook in their place."""
    return tuple(with_(one, place=with_(one.place, file=str(path))) for one in problems)
