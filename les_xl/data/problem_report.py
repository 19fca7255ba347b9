"""The report that is put beside a refused file: a small workbook that lists what is wrong and what to do."""

import io
from collections.abc import Sequence
from pathlib import Path

from les_xl.errors import Place, Problem
from les_xl.errors.extracts import REPORT_NOT_WRITTEN

SUFFIX = ".problems.xlsx"

_COLUMNS = (
    ("Code", 9),
    ("Severity", 10),
    ("Sheet", 14),
    ("Row", 8),
    ("Column", 16),
    ("Value", 22),
    ("What is wrong", 60),
    ("What to do", 60),
)


def report_path(path: Path) -> Path:
    """Where the report of a file goes: beside it, as `<file>.problems.xlsx`."""
    return path.with_name(path.name + SUFFIX)


def write_report(path: Path, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Write the report of the refused file `path` beside it, in place of an older one.

    Gives nothing, or a warning (LES223) where it could not be written: the problems are on the screen too.
    """
    target = report_path(path)
    waiting = target.with_name(target.name + ".tmp")
    try:
        waiting.write_bytes(_workbook(path.name, problems))
        waiting.replace(target)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        why = error.strerror or type(error).__name__
        return (REPORT_NOT_WRITTEN.at(Place(str(path)), name=target.name, reason=why),)
    return ()


def _workbook(name: str, problems: Sequence[Problem]) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Problems")
        bold = book.add_format({"bold": True, "font_size": 14})
        heading = book.add_format(
            {"bold": True, "bg_color": "#005EB8", "font_color": "#FFFFFF", "valign": "top"}
        )
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, f"Problems in {name}", bold)
        sheet.write_string(
            1, 0, "The file was refused whole: nothing of it was loaded. Mend it and load it again."
        )
        for column, (title, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(3, column, title, heading)
        for row, problem in enumerate(problems, 4):
            for column, cell in enumerate(_cells(problem)):
                # Always as text: a value that begins with = must not become a formula.
                if isinstance(cell, int):
                    sheet.write_number(row, column, cell, wrapped)
                elif cell:
                    sheet.write_string(row, column, cell, wrapped)
        sheet.freeze_panes(4, 0)
        sheet.autofilter(3, 0, 3 + max(len(problems), 1), len(_COLUMNS) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    return content.getvalue()


def _cells(problem: Problem) -> tuple[str | int, ...]:
    place = problem.place
    return (
        problem.code,
        problem.severity,
        place.sheet or "",
        "" if place.row is None else place.row,
        place.field or place.cell or "",
        problem.value,
        problem.message,
        problem.hint,
    )
