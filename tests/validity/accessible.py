"""What keeps people from using a workbook: the government's spreadsheet guidance, checked in a file."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from les_xl.excel.addresses import address
from les_xl.excel.lint.areas import Area, parse_area
from les_xl.excel.lint.book import Book, Sheet, read_book
from les_xl.excel.lint.cells import check_cells, check_sheets
from les_xl.excel.lint.container import open_container
from tests.validity.legible import illegible_cells, small_type_of_charts

_HIDDEN = {"LES466", "LES467"}


def barriers(path: Path) -> list[str]:
    """A line for each barrier, with the sheet and cell where it is."""
    container, problems = open_container(path)
    book = read_book(container)
    assert book is not None, [str(problem) for problem in problems]
    lines = [*_properties(book), *_opening(book), *illegible_cells(book), *small_type_of_charts(book)]
    lines += [problem.message for problem in check_sheets(book) if problem.code in _HIDDEN]
    for sheet in book.sheets:
        lines += [*_title(book, sheet), *_tables(sheet), *_merged(sheet), *_alternatives(book)]
        found = check_cells(book, sheet, uncached=True)
        lines += [f"{sheet.name}: {problem.message}" for problem in found if problem.code in _HIDDEN]
    return list(dict.fromkeys(lines))


def _properties(book: Book) -> Iterator[str]:
    core = book.container.roots.get("docProps/core.xml")
    for name in ("title", "language"):
        if core is None or not (core.findtext(f"{{*}}{name}") or "").strip():
            yield f"the document has no {name}"


def _opening(book: Book) -> Iterator[str]:
    """The workbook opens on its first sheet, at the top; every other sheet starts at the top too."""
    view = book.root.find("{*}bookViews/{*}workbookView")
    if view is not None and (view.get("activeTab", "0"), view.get("firstSheet", "0")) != ("0", "0"):
        yield "it does not open on its first sheet"
    for place, sheet in enumerate(book.sheets):
        window = sheet.root.find("{*}sheetViews/{*}sheetView")
        if window is None:
            continue
        if (window.get("tabSelected") in {"1", "true"}) != (place == 0):
            yield f"{sheet.name}: only the first sheet is to be selected"
        if window.get("topLeftCell", "A1") != "A1":
            yield f"{sheet.name}: it opens at {window.get('topLeftCell')}"
        cells = [
            each.get("activeCell", "A1")
            for each in window.iterfind("{*}selection")
            if "pane" not in each.attrib
        ]
        yield from (f"{sheet.name}: the cursor is at {cell}" for cell in cells if cell != "A1")


def _title(book: Book, sheet: Sheet) -> Iterator[str]:
    cell = sheet.cells.get((1, 1))
    if not sheet.placed:
        return
    if cell is None or not (book.text_of(cell) or "").strip():
        yield f"{sheet.name}: no title in A1"


def _tables(sheet: Sheet) -> Iterator[str]:
    """One table a region: tables stand apart, nothing touches their sides or lies in the way of new rows."""
    areas = [table.area for table in sheet.tables if table.area]
    for one, other in combinations(areas, 2):
        if Area(one.top - 1, one.left - 1, one.bottom + 1, one.right + 1).overlaps(other):
            yield f"{sheet.name}: the tables {one} and {other} touch"
    for table, area in zip(sheet.tables, areas, strict=False):
        if not table.header:
            yield f"{sheet.name}: {table.name} has no headers"
        if len({column.casefold() for column in table.columns}) != len(table.columns):
            yield f"{sheet.name}: {table.name} has a header twice"
        below = [
            place
            for place in _filled(sheet)
            if place[0] > area.bottom and area.left <= place[1] <= area.right
        ]
        if below:
            yield f"{sheet.name}: {address(*below[0])} is in the way when {table.name} grows"
        beside = [
            place
            for place in _filled(sheet)
            if area.top <= place[0] <= area.bottom and place[1] in {area.left - 1, area.right + 1}
        ]
        if beside:
            yield f"{sheet.name}: {address(*beside[0])} touches {table.name}"


def _filled(sheet: Sheet) -> list[tuple[int, int]]:
    return [(row, column) for row, column, cell in sheet.placed if len(cell)]


def _merged(sheet: Sheet) -> Iterator[str]:
    for merged in sheet.root.iterfind("{*}mergeCells/{*}mergeCell"):
        yield f"{sheet.name}: merged cells {parse_area(merged.get('ref', ''))}"


def _alternatives(book: Book) -> Iterator[str]:
    for part, root in book.container.roots.items():
        if "/drawings/" in part and not part.endswith(".rels"):
            for element in root.iter(
                "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"
            ):
                if not (element.get("descr") or "").strip() and element.find(".//{*}decorative") is None:
                    yield f"{part}: {element.get('name')} has no alternative text"
