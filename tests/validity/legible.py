"""Whether the cells of a workbook can be read: size of the type, and contrast with what is behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from les_xl.excel.addresses import address
from les_xl.excel.lint.areas import parse_area
from les_xl.excel.lint.book import Book, Sheet
from tests.validity.colours import BLACK, WHITE, Colour, contrast, resolve, theme_colours

LEAST_POINTS = 10.0
LEAST_CONTRAST = 4.5


@dataclass(frozen=True)
class Look:
    """How a cell shows its text."""

    points: float
    text: Colour
    behind: Colour


def illegible_cells(book: Book) -> Iterator[str]:
    """A line for each cell format (first cell) that is too small or too faint, with and without its rules.

    Named table styles are not looked into: a table that is to be judged gives its cells their own formats.
    """
    theme = _theme(book)
    looks = _looks(book, theme)
    for sheet in book.sheets:
        cells = {(row, column): int(cell.get("s", "0")) for row, column, cell in _shown(sheet)}
        yield from _plain(sheet.name, cells, looks)
        yield from _conditional(book, sheet, cells, looks, theme)


def small_type_of_charts(book: Book) -> Iterator[str]:
    """A line for each chart with a text under ten points."""
    for part, root in book.container.roots.items():
        sizes = {int(size) for size in (each.get("sz", "9999") for each in root.iter("{*}defRPr", "{*}rPr"))}
        if "/charts/" in part and sizes and min(sizes) < LEAST_POINTS * 100:
            yield f"{part}: a text of {min(sizes) / 100:g} points"


def _shown(sheet: Sheet) -> Iterator[tuple[int, int, etree._Element]]:
    """Cells with something in them, and those of tables, where somebody may type."""
    tables = [table.area for table in sheet.tables if table.area]
    for row, column, cell in sheet.placed:
        typed = any(area.top <= row <= area.bottom and area.left <= column <= area.right for area in tables)
        if len(cell) or typed:
            yield row, column, cell


def _plain(sheet: str, cells: Mapping[tuple[int, int], int], looks: list[Look]) -> Iterator[str]:
    first: dict[int, tuple[int, int]] = {}
    for place, style in cells.items():
        first.setdefault(style, place)
    for style, place in first.items():
        yield from _judge(f"{sheet}!{address(*place)}", looks[style])


def _conditional(
    book: Book,
    sheet: Sheet,
    cells: Mapping[tuple[int, int], int],
    looks: list[Look],
    theme: Mapping[int, Colour],
) -> Iterator[str]:
    over = [] if book.styles is None else book.styles.findall("{*}dxfs/{*}dxf")
    for rules in sheet.root.iterfind("{*}conditionalFormatting"):
        ranges = [parse_area(text) for text in rules.get("sqref", "").split()]
        styles = {
            style
            for (row, column), style in cells.items()
            if any(
                area and area.top <= row <= area.bottom and area.left <= column <= area.right
                for area in ranges
            )
        }
        for rule in rules.iterfind("{*}cfRule"):
            where = f"{sheet.name}!{rules.get('sqref')}, rule {rule.get('priority')}"
            for style in styles if rule.get("dxfId") else ():
                yield from _judge(where, _overlaid(looks[style], over[int(rule.get("dxfId", "0"))], theme))


def _judge(where: str, look: Look) -> Iterator[str]:
    if look.points < LEAST_POINTS:
        yield f"{where}: {look.points:g} points"
    found = contrast(look.text, look.behind)
    if found < LEAST_CONTRAST:
        yield f"{where}: contrast {found:.2f}"


def _overlaid(look: Look, over: etree._Element, theme: Mapping[int, Colour]) -> Look:
    # A conditional fill names its colour as the background, a cell's own fill as the foreground.
    behind = over.find("{*}fill/{*}patternFill/{*}bgColor")
    text = resolve(over.find("{*}font/{*}color"), theme, look.text)
    return Look(look.points, text, resolve(behind, theme, look.behind))


def _theme(book: Book) -> Mapping[int, Colour]:
    part = next((part for part in book.container.roots if part.startswith("xl/theme/")), "")
    return theme_colours(book.container.roots.get(part))


def _looks(book: Book, theme: Mapping[int, Colour]) -> list[Look]:
    assert book.styles is not None, "a workbook with looks has a styles part"
    fonts = book.styles.findall("{*}fonts/{*}font")
    fills = book.styles.findall("{*}fills/{*}fill")
    return [
        Look(
            _points(fonts[int(each.get("fontId", "0"))]),
            resolve(fonts[int(each.get("fontId", "0"))].find("{*}color"), theme, BLACK),
            _behind(fills[int(each.get("fillId", "0"))], theme),
        )
        for each in book.styles.iterfind("{*}cellXfs/{*}xf")
    ]


def _points(font: etree._Element) -> float:
    size = font.find("{*}sz")
    return 11.0 if size is None else float(size.get("val", "11"))


def _behind(fill: etree._Element, theme: Mapping[int, Colour]) -> Colour:
    pattern = fill.find("{*}patternFill")
    if pattern is None or pattern.get("patternType", "none") in {"none", "gray125"}:
        return WHITE
    return resolve(pattern.find("{*}fgColor"), theme, WHITE)
