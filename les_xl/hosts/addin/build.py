"""Build the add-in's files into a folder, on any system."""

from pathlib import Path

from les_xl.errors import LesError, Place
from les_xl.errors.addin import CANNOT_WRITE, NOT_OURS
from les_xl.hosts.addin.package import ADDIN, FORMS, package, stated
from les_xl.hosts.addin.project import project, seed_path


def build_addin() -> bytes:
    """`les.xlam` as bytes. Raises LesError (LES624, LES625)."""
    seed = seed_path()
    return package(ADDIN, seed, project(seed))


def read_addin(path: Path) -> bytes:
    """An add-in that was built before. Raises LesError (LES629) for a file that LES-XL did not make."""
    if stated(path) is None:
        raise LesError(NOT_OURS.at(Place(), file=path))
    return path.read_bytes()


def build(folder: Path) -> tuple[Path, ...]:
    """Write `les.xlam` and `les.xlsm` into a folder, which is made where there is none.

    Raises LesError: LES624 with another xlwings, LES625 where it is not as known, LES630 where the folder
    cannot be written.
    """
    seed = seed_path()
    code = project(seed)
    paths = tuple(folder / form.file for form in FORMS)
    for form, path in zip(FORMS, paths, strict=True):
        content = package(form, seed, code)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise LesError(CANNOT_WRITE.at(Place(), file=path, reason=error.strerror)) from error
    return paths
