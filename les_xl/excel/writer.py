"""XlsxWriter as the master needs it: in British English, and quick with formulas of the usual functions."""

import re
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

LANGUAGE = "en-GB"
_AMERICAN = '"en-US"'
_CORE = "docProps/core.xml"
_TITLE_END = "</dc:title>"
_CALLED = re.compile(r"([A-Z0-9._]+)\(")
_USUAL = frozenset(("IF", "IFERROR", "ISERROR", "SUM"))
"""Functions that Excel has had from the start, and so stores under the name that people type."""


class _Worksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter is not typed
    """A worksheet that knows most formulas to be stored as they are typed.

    XlsxWriter looks in every formula for each of some thirty newer functions, stored with a prefix.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        if formula.startswith("=") and _USUAL.issuperset(_CALLED.findall(formula)):
            return formula[1:]
        prepared: str = super()._prepare_formula(formula, expand_future_functions)
        return prepared


class _Packager(Packager):  # type: ignore[misc]
    """Says that the workbook is in British English: in its properties and in the texts of its charts.

    XlsxWriter has no setting for either.
    """

    def _create_package(self) -> list[tuple[StringIO | BytesIO, str, bool]]:
        return [(_in_british(file, name), name, binary) for file, name, binary in super()._create_package()]


class MasterWorkbook(Workbook):  # type: ignore[misc]
    """A workbook of XlsxWriter, made in memory, with the above."""

    worksheet_class = _Worksheet

    def _get_packager(self) -> Packager:
        return _Packager()


def _in_british(file: StringIO | BytesIO, name: str) -> StringIO | BytesIO:
    if isinstance(file, BytesIO):
        return file
    if name == _CORE:
        said = f"{_TITLE_END}<dc:language>{LANGUAGE}</dc:language>"
        return StringIO(file.getvalue().replace(_TITLE_END, said, 1))
    if name.startswith(("xl/charts/", "xl/drawings/")):
        return StringIO(file.getvalue().replace(_AMERICAN, f'"{LANGUAGE}"'))
    return file
