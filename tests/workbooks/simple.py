"""A workbook with one small table, for tests of one thing at a time."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

More = Callable[[Workbook, Worksheet], None]


def write_simple(
    path: Path,
    headers: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    name: str = "tblPlan",
    sheet: str = "Plan",
    at: tuple[int, int] = (2, 1),
    more: More | None = None,
    options: dict[str, Any] | None = None,
    workbook: dict[str, Any] | None = None,
) -> Path:
    """Write a table with its header at a place counted from 0; a text that begins with `=` is a formula."""
    book = Workbook(str(path), workbook or {})
    page = book.add_worksheet(sheet)
    last = at[0] + max(1, len(rows)), at[1] + len(headers) - 1
    columns = [{"header": header} for header in headers]
    page.add_table(*at, *last, {"name": name, "columns": columns, **(options or {})})
    for down, row in enumerate(rows, at[0] + 1):
        for across, value in enumerate(row, at[1]):
            if isinstance(value, str) and value.startswith("="):
                page.write_formula(down, across, value, None, 0)
            elif value is not None:
                page.write(down, across, value)
    if more is not None:
        more(book, page)
    book.close()
    return path
