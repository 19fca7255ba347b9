"""Measure a refresh of a closed workbook beside what other libraries need for the same cells."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
from xlsxwriter import Workbook

from les_xl.excel.refresh import refresh_file
from les_xl.report.table import Column, Row, Table

ROWS, COLUMNS, RUNS = 4_000, 30, 3


def table(rows: int, seed: int) -> Table:
    """A table of practices by figures; another seed gives other figures for the same rows."""
    columns = (Column("Practice"), *(Column(f"Figure {at}", "number") for at in range(1, COLUMNS)))
    body = tuple(
        Row((f"P{row:05d}", *(float((row * at + seed) % 9973) for at in range(1, COLUMNS))))
        for row in range(rows)
    )
    return Table("tblPractices", "Practices", columns, body, ("Practice",))


def write_anew(path: Path, content: Table) -> None:
    """The same cells as a new workbook by XlsxWriter."""
    book = Workbook(str(path))
    sheet = book.add_worksheet("Practices")
    headers = [{"header": column.name} for column in content.columns]
    options = {"name": content.name, "columns": headers}
    sheet.add_table(0, 0, len(content.rows), len(content.columns) - 1, options)
    look = book.add_format({"num_format": "#,##0"})
    for at, row in enumerate(content.rows, 1):
        sheet.write_row(at, 0, row.cells, look)
    book.close()


def load_and_save(path: Path) -> None:
    """What a library that reads and writes the whole workbook needs, before it changes a cell."""
    book = openpyxl.load_workbook(path)
    book.save(path)


def seconds(prepare: Callable[[], object], work: Callable[[], object]) -> float:
    """Median processor seconds of the work, each time on fresh input; all of it is one thread's."""
    taken = []
    for _ in range(RUNS):
        prepare()
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main() -> None:
    """Print each step in seconds and as a multiple of writing the cells anew."""
    few, many, other = table(3, 0), table(ROWS, 0), table(ROWS, 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "les.xlsx"
        steps = {
            "XlsxWriter: the cells anew": seconds(lambda: None, lambda: write_anew(path, many)),
            f"refresh: 3 to {ROWS:,} rows": seconds(
                lambda: write_anew(path, few), lambda: refresh_file(path, [many])
            ),
            f"refresh: {ROWS:,} rows, every figure changed": seconds(
                lambda: write_anew(path, many), lambda: refresh_file(path, [other])
            ),
            f"refresh: {ROWS:,} rows, nothing changed": seconds(
                lambda: write_anew(path, many), lambda: refresh_file(path, [many])
            ),
            "openpyxl: load and save": seconds(lambda: write_anew(path, many), lambda: load_and_save(path)),
        }
    anew = next(iter(steps.values()))
    print(f"{ROWS:,} rows of {COLUMNS} cells, median of {RUNS}")
    for step, taken in steps.items():
        print(f"{step:45} {taken:7.3f} s  {taken / anew:5.2f} x XlsxWriter")


if __name__ == "__main__":
    main()
