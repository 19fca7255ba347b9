"""The VBA of the functions, by xlwings' own generator; its module imports pywin32, which only Windows has."""

import importlib
import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

from les_xl.errors import LesError, Place
from les_xl.errors.addin import UNKNOWN_SEED
from les_xl.functions.registry import Function, functions
from les_xl.hosts import desktop
from les_xl.hosts.addin import XLWINGS

_CALL = re.compile(
    r"^( +)(LES_\w+) = XLPy\.CallUDF\((.+), ActiveWorkbook, Application\.Caller\)$", re.MULTILINE
)


def wrappers() -> str:
    """One VBA function a registered one, in the registry's order.

    Raises LesError (LES625) where the generator writes another text than it is known to.
    """
    with _generator() as udfs:
        desktop.declare(udfs)
        return "\n".join(_wrapper(udfs, function) for function in functions())


def _wrapper(udfs: Any, function: Function) -> str:
    written = io.StringIO()
    namespace = SimpleNamespace(wrapper=desktop.WRAPPERS[function.name])
    udfs.generate_vba_wrapper(desktop.__name__, namespace, written, SimpleNamespace(Name="les.xlam"))
    # Neither the workbook nor the cell is needed for an answer, and handing them over costs two calls more.
    text, changed = _CALL.subn(r"\1\2 = LesAnswer(XLPy.CallUDF(\3))", written.getvalue())
    head, _, body = text.partition("\n")
    if changed != 1 or not head.startswith(f"Function {function.name}("):
        raise LesError(UNKNOWN_SEED.at(Place(), what="the VBA generator", version=XLWINGS))
    return f"{head}\n{_attributes(function)}{body}"


def _attributes(function: Function) -> str:
    """What Excel itself writes for a function with a description; 14 is Insert Function's User Defined."""
    described = f"Attribute {function.name}.VB_Description = {vba_text(function.summary)}\n"
    return f'{described}Attribute {function.name}.VB_ProcData.VB_Invoke_Func = " \\n14"\n'


def vba_text(text: str) -> str:
    """A text as a literal of VBA."""
    return '"' + text.replace('"', '""') + '"'


@contextmanager
def _generator() -> Iterator[Any]:
    if sys.platform == "win32":
        yield importlib.import_module("xlwings.udfs")
        return
    before = dict(sys.modules)
    stand_ins = {
        "pythoncom": SimpleNamespace(CoInitialize=None),
        "pywintypes": SimpleNamespace(),
        "win32com": SimpleNamespace(),
        "win32com.client": SimpleNamespace(Dispatch=None),
    }
    for name, members in stand_ins.items():
        sys.modules[name] = module = ModuleType(name)
        vars(module).update(vars(members))
    try:
        yield importlib.import_module("xlwings.udfs")
    finally:
        # A program that looks for pywin32 later must not find these.
        for name in (*stand_ins, "xlwings.udfs"):
            sys.modules.pop(name, None)
        sys.modules.update({name: before[name] for name in (*stand_ins, "xlwings.udfs") if name in before})
