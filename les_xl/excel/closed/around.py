"""What stands around the tables of a file: looked at before they are filled, brought up to date after."""

from collections.abc import Mapping
from dataclasses import dataclass

from les_xl.excel.addresses import Area
from les_xl.excel.book import Value
from les_xl.excel.closed import drawn, workbook
from les_xl.excel.closed.markup import elements, first, splice, text_of, to_bytes
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.table import TablePart
from les_xl.excel.frame import Frame, Paper, footer, last_worth, texts_by_name

_FOOTERS = ("oddFooter", "evenFooter", "firstFooter", "oddHeader", "evenHeader", "firstHeader")
_Printed = tuple[int, int, int]
"""Top, left and right of an area of a print area: what stays when its table grows or shrinks."""


class Around:
    """The frame of a workbook: what of it is still the product's, as found when this was made."""

    def __init__(self, parts: Parts, frame: Frame) -> None:
        self._parts, self._frame = parts, frame
        tables = _tables(parts)
        texts = tables.get(frame.texts.casefold())
        former = {} if texts is None else texts_by_name(texts.headers, _body(parts, texts))
        self._charts = drawn.find(parts, frame.charts, former)
        self._papers = [
            _Paper(paper, area)
            for paper in frame.papers
            if (table := tables.get(paper.table.casefold())) is not None
            for area in _printed(parts, table, _last_worth(parts, table, paper))
        ]

    def follow(self) -> tuple[str, ...]:
        """Bring it to the edition, now that the tables are filled; gives in words what changed."""
        told, begun = drawn.tell(self._parts, self._charts), drawn.begin(self._parts, self._charts)
        facts = {
            "footers": self._footers(),
            "texts of charts": told,
            "first months of charts": begun,
            "print areas": sum(self._print(one) for one in self._papers),
            "document properties": self._properties(),
        }
        return tuple(f"{what} ({count})" for what, count in facts.items() if count)

    def _footers(self) -> int:
        """On sheets that hold something of the product's; a copy that the analyst made says what it shows."""
        return sum(self._footer(sheet) for sheet in sorted(self._own_sheets()))

    def _own_sheets(self) -> set[str]:
        names = self._frame.names
        tables = {table.sheet for name, table in _tables(self._parts).items() if name in names}
        cells = workbook.named_cells(self._parts.package)
        return tables | {self._parts.ref(where[0]).name for name, where in cells.items() if name in names}

    def _footer(self, sheet: str) -> bool:
        tail = self._parts.sheet(sheet).tail
        edits = []
        for one in elements(tail, *_FOOTERS):
            text = text_of(tail[one.inner : one.inner_end])
            new = footer(text, self._frame.edition)
            edits += [] if new == text else [(one.inner, one.inner_end, to_bytes(new))]
        if edits:
            self._parts.touch(sheet).tail = splice(tail, edits)
        return bool(edits)

    def _print(self, one: "_Paper") -> bool:
        table = _tables(self._parts)[one.paper.table.casefold()]
        bottom = _last_worth(self._parts, table, one.paper)
        changed = []

        def move(area: Area) -> Area:
            after = Area(area.top, area.left, bottom, area.right)
            if (area.top, area.left, area.right) != one.area or after == area:
                return area
            changed.append(after)
            return after

        workbook.change_names(self._parts.package, workbook.of_print_area(table.sheet, move))
        return bool(changed)

    def _properties(self) -> int:
        """Those that say what the product says; when it was saved, as long as nobody else is named for it."""
        package = self._parts.package
        part = next(iter(package.related("", "core-properties")), None)
        if part is None:
            return 0
        xml = package.xml(part)
        held = {name: first(xml, name) for name in (*self._frame.properties, *_SAVED)}
        texts = {
            name: "" if one is None else text_of(xml[one.inner : one.inner_end]) for name, one in held.items()
        }
        wanted = {
            name: wanted.text
            for name, wanted in self._frame.properties.items()
            if wanted.form.fullmatch(texts[name]) and texts[name] != wanted.text
        }
        count = len(wanted)
        if wanted and texts["creator"] and texts["creator"] == texts["lastModifiedBy"]:
            wanted["modified"] = f"{self._frame.moment:%Y-%m-%dT%H:%M:%SZ}"
        edits = [
            (one.inner, one.inner_end, to_bytes(wanted[name]))
            for name, one in held.items()
            if one is not None and name in wanted
        ]
        package.edit(part, edits)
        return count


_SAVED = ("creator", "lastModifiedBy", "modified")


@dataclass(frozen=True)
class _Paper:
    """A table that is printed as the product chose, and where its print area lies."""

    paper: Paper
    area: _Printed


def _tables(parts: Parts) -> Mapping[str, TablePart]:
    return {table.name.casefold(): table for table in parts.tables()}


def _body(parts: Parts, table: TablePart) -> tuple[tuple[Value, ...], ...]:
    return tuple(parts.values(table.sheet, table.body))


def _last_worth(parts: Parts, table: TablePart, paper: Paper) -> int:
    """The sheet row of the last row that is worth paper; a table without any has its first row printed."""
    body, wanted = table.body, {column.casefold() for column in paper.columns}
    places = [at for at, header in enumerate(table.headers) if header.casefold() in wanted]
    rows = parts.some_values(table.sheet, range(body.top, body.bottom + 1), [body.left + at for at in places])
    return body.top + last_worth(paper, [table.headers[at] for at in places], rows)


def _printed(parts: Parts, table: TablePart, bottom: int) -> list[_Printed]:
    """The areas that are printed from above a table's body to a row of it."""
    found: list[_Printed] = []

    def look(area: Area) -> Area:
        if area.top < table.body.top and area.bottom == bottom and table.area.meets(area):
            found.append((area.top, area.left, area.right))
        return area

    workbook.change_names(parts.package, workbook.of_print_area(table.sheet, look))
    return found
