"""The VBA project of the add-in: that of xlwings' own add-in, with our modules in place of its own."""

import importlib.util
import re
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path

from pyopenvba import ExcelFile
from pyopenvba.vba import VBAProject

from les_xl.errors import LesError, Place
from les_xl.errors.addin import OTHER_XLWINGS, UNKNOWN_SEED
from les_xl.hosts.addin import MODULE, XLWINGS
from les_xl.hosts.addin.module import book_module_text, module_text

PROJECT_PART = "xl/vbaProject.bin"
_SEED = "quickstart_addin_ribbon.xlam"
_SEED_MODULES = {"ThisWorkbook", "Sheet2", "Dictionary", "RibbonMyAddin", "xlwings"}
_REPLACED = ("Dictionary", "RibbonMyAddin", "xlwings")
_LICENCE = re.compile(r"^'xlwings is distributed under a BSD .+? SUCH DAMAGE\.$", re.MULTILINE | re.DOTALL)


def check_xlwings(found: str | None = None) -> None:
    """Raise LesError (LES624) where another xlwings is installed than the add-in's VBA names."""
    found = version("xlwings") if found is None else found
    if found != XLWINGS:
        raise LesError(OTHER_XLWINGS.at(Place(), found=found, wanted=XLWINGS))


def seed_path() -> Path:
    """xlwings' add-in as its wheel brings it; Excel itself wrote it."""
    found = importlib.util.find_spec("xlwings")
    if found is None or found.origin is None:
        raise LesError(OTHER_XLWINGS.at(Place(), found="(none)", wanted=XLWINGS))
    return Path(found.origin).parent / _SEED


def project(seed: Path) -> bytes:
    """The part `xl/vbaProject.bin` with our modules.

    Raises LesError: LES624 with another xlwings, LES625 where its add-in or its generator is not as known.
    """
    check_xlwings()
    try:
        with tempfile.TemporaryDirectory() as folder, ExcelFile(seed) as file:
            _replace(file)
            file.save(Path(folder) / "project.xlam")
            with zipfile.ZipFile(Path(folder) / "project.xlam") as written:
                return written.read(PROJECT_PART)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise _unknown(f"{seed.name} ({type(error).__name__})") from error


def _replace(file: ExcelFile) -> None:
    found: VBAProject = file.vba_project()
    if set(found.module_names()) != _SEED_MODULES:
        raise _unknown(f"{_SEED} (its modules)")
    theirs = file.get_module("xlwings").replace("\r\n", "\n")
    licence = _LICENCE.search(theirs)
    if licence is None or f'XLWINGS_VERSION As String = "{XLWINGS}"' not in theirs:
        raise _unknown(f"{_SEED} (its module xlwings)")
    for name in _REPLACED:
        found.delete_module(name)
    found.add_module(MODULE, _vba(module_text(licence[0])))
    file.set_module("ThisWorkbook", _vba(book_module_text()))


def _vba(text: str) -> str:
    return text.replace("\n", "\r\n")


def _unknown(what: str) -> LesError:
    return LesError(UNKNOWN_SEED.at(Place(), what=what, version=XLWINGS))
