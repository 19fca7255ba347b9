"""Which files were meant: names and folders in, each extract once, whatever is not there as a problem."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from les_xl.data.problem_report import SUFFIX
from les_xl.data.sheets import SUFFIXES
from les_xl.errors import Place, Problem
from les_xl.errors.extracts import LOCKED, NO_SUCH_FILE, NOTHING_IN_FOLDER

_LOCK_FILES = ("~$", ".~lock.", "._")


def arrivals(paths: Iterable[Path]) -> tuple["Path | Problem", ...]:
    """Every file that was named, and every extract in the folders that were, each once, in order of names.

    In folders, Excel's lock files and the reports of problems are passed over. A name that is not there
    (LES201) or a folder without extracts (LES203) is a problem in place of a path.
    """
    found: dict[object, Path | Problem] = {}
    for path in paths:
        for arrived in _named(path):
            found.setdefault(arrived.resolve() if isinstance(arrived, Path) else arrived, arrived)
    return tuple(found.values())


def _named(path: Path) -> Iterator["Path | Problem"]:
    if not path.is_dir():
        yield path if path.exists() else NO_SUCH_FILE.at(Place(str(path)))
        return
    try:
        extracts = sorted(inside for inside in path.rglob("*") if inside.is_file() and _is_extract(inside))
    except OSError as error:
        yield LOCKED.at(Place(str(path)), reason=error.strerror or type(error).__name__)
        return
    if not extracts:
        yield NOTHING_IN_FOLDER.at(Place(str(path)))
    yield from extracts


def _is_extract(path: Path) -> bool:
    name = path.name.lower()
    return name.endswith(SUFFIXES) and not name.endswith(SUFFIX) and not name.startswith(_LOCK_FILES)
