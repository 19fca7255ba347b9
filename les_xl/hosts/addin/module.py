"""The text of the add-in's VBA: one module with the functions, the buttons and what starts Python."""

from importlib.resources import files

import les_xl
from les_xl.functions.registry import Function, functions
from les_xl.functions.results import ExcelError
from les_xl.hosts.addin import MODULE, XLWINGS
from les_xl.hosts.addin.ribbon import ribbon_vba
from les_xl.hosts.addin.wrappers import vba_text, wrappers
from les_xl.hosts.desktop import CATEGORY

LONGEST = 255
"""Letters that Excel takes for a description of a function or of an argument."""
_VALUES = {
    ExcelError.NULL: "xlErrNull",
    ExcelError.DIVISION: "xlErrDiv0",
    ExcelError.VALUE: "xlErrValue",
    ExcelError.REFERENCE: "xlErrRef",
    ExcelError.NAME: "xlErrName",
    ExcelError.NUMBER: "xlErrNum",
    ExcelError.NOT_AVAILABLE: "xlErrNA",
    # Numbers: Excel 2016 does not know the names.
    ExcelError.GETTING_DATA: "2043",
    ExcelError.SPILL: "2045",
    ExcelError.CALCULATION: "2050",
}


def module_text(licence: str) -> str:
    """The module's source with LF line ends. `licence` is what xlwings' own module says of its licence."""
    words = {
        "MODULE": MODULE,
        "VERSION": les_xl.__version__,
        "XLWINGS": XLWINGS,
        "LICENCE": licence,
        "CATEGORY": CATEGORY,
        "ERRORS": "\n".join(
            f"        Case {vba_text(error)}: LesAnswer = CVErr({value})" for error, value in _VALUES.items()
        ),
        "RIBBON": ribbon_vba(),
        "DESCRIPTIONS": "\n".join(_described(function) for function in functions()),
    }
    text = (files("les_xl.hosts.addin") / "module.bas").read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text + wrappers()


def _described(function: Function) -> str:
    arguments = ", _\n        ".join(vba_text(each.help) for each in function.parameters)
    return (
        f"    Describe {vba_text(function.name)}, _\n"
        f"        {vba_text(function.summary)}, _\n"
        f"        Array({arguments})"
    )


def book_module_text() -> str:
    """The code of `ThisWorkbook`: describe the functions as soon as Excel has started."""
    return (
        "Option Explicit\n\n"
        "Private Sub Workbook_Open()\n"
        f'    Application.OnTime Now, "\'" & ThisWorkbook.Name & "\'!{MODULE}.LesDescribe"\n'
        "End Sub\n"
    )
