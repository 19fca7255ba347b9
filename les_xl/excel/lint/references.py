"""Whether what a formula refers to is there: sheets, tables, columns, names, cells."""

from collections.abc import Iterator

from les_xl.excel.lint.areas import Area, parse_area
from les_xl.excel.lint.book import Book
from les_xl.excel.lint.formula import Reading, Structured, read_formula

_GIVEN_BY_EXCEL = ("_xlnm.", "_xlpm.", "_xlop.")
"""Built-in names (print areas), and the parameters of LET and LAMBDA."""


def why_broken(book: Book, text: str) -> str:
    """What a formula refers to that is not there, in words; empty where everything is."""
    return next(_missing(book, read_formula(text)), "")


def why_no_place(book: Book, location: str) -> str:
    """Why a link inside the workbook leads nowhere; empty where it leads somewhere."""
    sheet, mark, cell = location.rpartition("!")
    if not mark:
        return "" if _place_without_sheet(book, location) else "there is no such cell, name or table"
    reading = read_formula(location)
    name = reading.sheets[0] if reading.sheets else sheet.strip("'").replace("''", "'")
    if name.casefold() not in book.by_sheet_name:
        return f"there is no sheet '{name}'"
    known = parse_area(cell) or cell.casefold() in book.known_names
    return "" if known else f"there is no cell '{cell}'"


def drawn_areas(book: Book, text: str) -> Iterator[tuple[str, Area]]:
    """The areas that a chart's formula names, with the sheet of each."""
    for located in read_formula(text).areas:
        area = parse_area(located.text)
        if area and located.sheet.casefold() in book.by_sheet_name:
            yield located.sheet, area


def _place_without_sheet(book: Book, location: str) -> bool:
    if parse_area(location):
        return True
    table = location.partition("[")[0].casefold()
    return location.casefold() in book.known_names or table in book.tables


def _missing(book: Book, reading: Reading) -> Iterator[str]:
    if reading.broken:
        yield "it refers to #REF!, cells that were deleted"
    for sheet in reading.sheets:
        # `[1]Sheet` is in another workbook; `Jan:Mar` is a span of sheets.
        for name in () if sheet.startswith("[") or not sheet else sheet.split(":"):
            if name.casefold() not in book.by_sheet_name:
                yield f"there is no sheet '{name}'"
    for reference in reading.structured:
        yield from _missing_column(book, reference)
    for located in reading.names:
        if not located.sheet.startswith("[") and not _known(book, located.text):
            yield f"there is no name '{located.text}'"


def _missing_column(book: Book, reference: Structured) -> Iterator[str]:
    if not reference.table:
        return
    table = book.tables.get(reference.table.casefold())
    if table is None:
        yield f"there is no table '{reference.table}'"
        return
    columns = {column.casefold() for column in table.columns}
    for column in reference.columns:
        if column.casefold() not in columns:
            yield f"table {table.name} has no column '{column}'"


def _known(book: Book, name: str) -> bool:
    folded = name.casefold()
    return folded in book.known_names or folded in book.tables or folded.startswith(_GIVEN_BY_EXCEL)
