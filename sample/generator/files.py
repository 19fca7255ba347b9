"""The files of the sample, in the encodings and line ends that suppliers send."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

Row = Sequence[str | int]


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Row], *, windows: bool = False, bom: bool = False
) -> None:
    """A CSV file; `windows`: lines end in CR LF; `bom`: a byte order mark first, as Excel's UTF-8 has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n" if windows else "\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_workbook(path: Path, sheet_name: str, header: Sequence[str], rows: Iterable[Row]) -> None:
    """A workbook of one sheet; texts are written as texts, also where they look like numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        # A fixed date, so that the same sample is the same file.
        book.set_properties(
            {"title": "Synthetic LES activity", "created": datetime(2025, 11, 10, tzinfo=UTC)}
        )
        sheet = book.add_worksheet(sheet_name)
        sheet.write_row(0, 0, header, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(header) - 1, 18)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                write = sheet.write_string if isinstance(value, str) else sheet.write_number
                write(number, column, value)
