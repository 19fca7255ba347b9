"""A workbook as the checks see it: sheets with their cells, tables, names, and how many styles there are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from les_xl.errors import Kind, Problem
from les_xl.excel.lint.areas import Area, cell_position, parse_area
from les_xl.excel.lint.container import Container
from les_xl.excel.lint.graph import RELATIONSHIPS, Relationship, relationships

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Table:
    """A table part. `area` is None where its range cannot be read; columns are unescaped."""

    sheet: str
    part: str
    element: etree._Element
    name: str
    ref: str
    area: Area | None
    columns: tuple[str, ...]
    header: bool
    totals: int

    @property
    def header_address(self) -> str | None:
        """The first cell of the table, to point at."""
        return str(Area(self.area.top, self.area.left, self.area.top, self.area.left)) if self.area else None


@dataclass(frozen=True)
class Sheet:
    """A sheet. `placed` is every cell element with its row and column, in the order of the file."""

    name: str
    part: str
    state: str
    root: etree._Element
    placed: tuple[tuple[int, int, etree._Element], ...]
    tables: tuple[Table, ...]
    relations: Mapping[str, Relationship]

    @cached_property
    def cells(self) -> Mapping[tuple[int, int], etree._Element]:
        """Cell elements by row and column."""
        return {(row, column): cell for row, column, cell in self.placed}

    @cached_property
    def used(self) -> Area | None:
        """The area that its cells and tables take up, None for a sheet without any."""
        areas = [Area(row, column, row, column) for row, column, _ in self.placed]
        areas += [table.area for table in self.tables if table.area]
        if not areas:
            return None
        return Area(
            min(area.top for area in areas),
            min(area.left for area in areas),
            max(area.bottom for area in areas),
            max(area.right for area in areas),
        )


@dataclass(frozen=True)
class Name:
    """A defined name; `scope` is the index of its sheet as written, or None for the workbook's."""

    name: str
    scope: str | None
    text: str


@dataclass(frozen=True)
class Book:
    """A workbook: its parts and what was read from them. `macros` tells that it carries VBA."""

    container: Container
    root: etree._Element
    sheets: tuple[Sheet, ...]
    sheet_names: tuple[str, ...]
    names: tuple[Name, ...]
    texts: tuple[str, ...]
    styles: etree._Element | None
    macros: bool

    def problem(
        self, kind: Kind, sheet: str | None = None, cell: str | None = None, /, **words: object
    ) -> Problem:
        """A problem of this workbook."""
        return self.container.problem(kind, sheet, cell, **words)

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """Tables by their name in lower case; of two with one name, the first."""
        every = [table for sheet in self.sheets for table in sheet.tables]
        return {table.name.casefold(): table for table in reversed(every)}

    @cached_property
    def by_sheet_name(self) -> Mapping[str, Sheet | None]:
        """Sheets by their name in lower case; None for one whose part could not be read."""
        read = {sheet.name.casefold(): sheet for sheet in self.sheets}
        return {name.casefold(): read.get(name.casefold()) for name in self.sheet_names}

    @cached_property
    def known_names(self) -> frozenset[str]:
        """Defined names in lower case, of every scope."""
        return frozenset(name.name.casefold() for name in self.names)

    def style_count(self, collection: str) -> int:
        """How many entries the styles part has in `cellXfs`, `dxfs`, `fonts` …"""
        found = None if self.styles is None else self.styles.find(f"{{*}}{collection}")
        return 0 if found is None else sum(1 for _ in found.iterchildren(tag=etree.Element))

    def text_of(self, cell: etree._Element) -> str | None:
        """What a cell holds where that is text, else None."""
        kind, value = cell.get("t"), cell.findtext("{*}v")
        if kind == "s":
            index = whole(value)
            return self.texts[index] if 0 <= index < len(self.texts) else None
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return "" if inline is None else _text(inline)
        return unescape(value or "") if kind == "str" else None


def read_book(container: Container) -> Book | None:
    """The workbook of a package; None where it has none that can be read."""
    part = next(
        (each.target for each in relationships(container, "").values() if each.kind == "officeDocument"), ""
    )
    root = container.roots.get(part)
    if root is None or etree.QName(root).localname != "workbook":
        return None
    relations = relationships(container, part)
    targets = {each.kind: each.target for each in relations.values()}
    texts = container.roots.get(targets.get("sharedStrings", ""))
    named = tuple((element.get("name", ""), element) for element in root.iterfind("{*}sheets/{*}sheet"))
    return Book(
        container,
        root,
        tuple(sheet for name, element in named for sheet in _read_sheet(container, relations, name, element)),
        tuple(name for name, _ in named),
        tuple(_read_names(root)),
        () if texts is None else tuple(_text(item) for item in texts.iterfind("{*}si")),
        container.roots.get(targets.get("styles", "")),
        "vbaProject" in targets,
    )


def relation_id(element: etree._Element) -> str:
    """The `r:id` of an element, or empty."""
    return next((found for space in RELATIONSHIPS if (found := element.get(f"{{{space}}}id"))), "")


def whole(text: str | None, missing: int = -1) -> int:
    """A whole number from an attribute; `missing` where there is none or it is no number."""
    try:
        return int(text) if text else missing
    except ValueError:
        return missing


def unescape(text: str) -> str:
    """The text that `_x000A_` and its like stand for, with line ends as the file's cells have them."""
    plain = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    if plain != text:  # half of a surrogate pair is no character, and could not be printed
        plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _text(item: etree._Element) -> str:
    # Phonetic guides (rPh) are read aloud, not shown.
    runs = [item.findtext("{*}t") or ""] + [run.findtext("{*}t") or "" for run in item.iterfind("{*}r")]
    return unescape("".join(runs))


def _read_names(root: etree._Element) -> Iterator[Name]:
    for element in root.iterfind("{*}definedNames/{*}definedName"):
        yield Name(element.get("name", ""), element.get("localSheetId"), element.text or "")


def _read_sheet(
    container: Container, relations: Mapping[str, Relationship], name: str, element: etree._Element
) -> Iterator[Sheet]:
    relation = relations.get(relation_id(element))
    root = container.roots.get(relation.target) if relation else None
    if relation is None or root is None:
        return
    own = relationships(container, relation.target)
    tables = tuple(table for each in own.values() for table in _read_table(container, name, each))
    state = element.get("state", "visible")
    yield Sheet(name, relation.target, state, root, tuple(_placed(root)), tables, own)


def _placed(root: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """Cells with their positions; one without an address stands right of the one before it."""
    row = 0
    for line in root.iterfind("{*}sheetData/{*}row"):
        row, column = whole(line.get("r"), row + 1), 0
        for cell in line.iterfind("{*}c"):
            row_of_cell, column = cell_position(cell.get("r", "")) or (row, column + 1)
            yield row_of_cell, column, cell


def _read_table(container: Container, sheet: str, relation: Relationship) -> Iterator[Table]:
    root = container.roots.get(relation.target) if relation.kind == "table" else None
    if root is None:
        return
    columns = root.iterfind("{*}tableColumns/{*}tableColumn")
    ref = root.get("ref", "")
    yield Table(
        sheet,
        relation.target,
        root,
        root.get("displayName", ""),
        ref,
        parse_area(ref),
        tuple(unescape(column.get("name", "")) for column in columns),
        root.get("headerRowCount", "1") != "0",
        whole(root.get("totalsRowCount"), 0),
    )
