"""The part of one table: what it says of itself, and the splices that resize it and rename its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from les_xl.excel.addresses import Area
from les_xl.excel.book import TableInfo
from les_xl.excel.closed.markup import (
    Element,
    elements,
    first,
    marked,
    splice,
    text_of,
    to_bytes,
    unmarked,
    whole,
    with_attribute,
    with_tag_attribute,
)
from les_xl.excel.closed.references import renamed
from les_xl.excel.closed.shift import Shift


@dataclass(frozen=True)
class TablePart:
    """A table as its part says: where it stands on which sheet, and whether Excel fills it from elsewhere."""

    part: str
    sheet: str
    name: str
    area: Area
    headers: tuple[str, ...]
    calculated: Mapping[int, str]
    totals: bool
    foreign: bool
    sorted: bool = False

    @property
    def body(self) -> Area:
        """The body rows alone."""
        area = self.area
        return Area(area.top + 1, area.left, area.bottom - self.totals, area.right)

    def info(self) -> TableInfo:
        """What the protocol tells of it."""
        body = self.body
        rows = body.bottom - body.top + 1
        place = body.top, body.left
        return TableInfo(self.name, self.sheet, self.headers, rows, *place, self.totals, self.sorted)


def read_table(part: str, sheet: str, xml: bytes) -> TablePart | None:
    """A table part as a value; None for one without a header row or body, which no refresh can fill."""
    found = first(xml, "table")
    if found is None:
        raise ValueError("it holds no table")
    area = Area.parse(found.get("ref") or "")
    totals = (found.get("totalsRowCount") or "0") != "0"
    if found.get("headerRowCount") == "0" or area.bottom - totals <= area.top:
        return None
    columns = _columns(xml)
    if len(columns) != area.right - area.left + 1:
        raise ValueError("its columns are not those of its range")
    name = found.get("displayName") or found.get("name") or ""
    headers = tuple(unmarked(column.get("name") or "") for column in columns)
    foreign = found.get("tableType") in ("queryTable", "xml")
    calculated, sorted_ = _calculated(xml, columns), first(xml, "sortCondition") is not None
    return TablePart(part, sheet, unmarked(name), area, headers, calculated, totals, foreign, sorted_)


def _columns(xml: bytes) -> list[Element]:
    return sorted(elements(xml, "tableColumn"), key=lambda element: element.start)


def _calculated(xml: bytes, columns: list[Element]) -> dict[int, str]:
    formulas: dict[int, str] = {}
    for place, column in enumerate(columns):
        inside = elements(xml, "calculatedColumnFormula", start=column.inner, end=column.inner_end)
        for found in inside:
            if found.get("array") not in ("1", "true"):
                formulas[place] = text_of(xml[found.inner : found.inner_end])
    return formulas


def resized(xml: bytes, shift: Shift) -> bytes:
    """The table part after its rows moved: its range, its filter's and its sort's."""
    edits = []
    for element in elements(xml, "table", "autoFilter", "sortState", "sortCondition"):
        reference = element.get("ref")
        if reference is None:
            continue
        area = Area.parse(reference)
        if element.name in (b"table", b"autoFilter"):
            totals = shift.totals if element.name == b"table" else 0
            after: Area | None = Area(area.top, area.left, shift.new_last + totals, area.right)
        else:
            after = shift.of_range(area)
        if after != area and after is not None:
            edits.append(with_tag_attribute(xml, element, "ref", str(after)))
    return splice(xml, edits)


def widened(xml: bytes, names: Sequence[str]) -> bytes:
    """The table part with columns of these names after its last; its filter takes them in."""
    edits = []
    for element in elements(xml, "table", "autoFilter"):
        area = Area.parse(element.get("ref") or "")
        wider = Area(area.top, area.left, area.bottom, area.right + len(names))
        edits.append(with_tag_attribute(xml, element, "ref", str(wider)))
    columns = _columns(xml)
    number = max(whole(one.get("id")) for one in columns)
    tag = b"<" + columns[-1].prefix + b"tableColumn"
    new = [
        tag + with_attribute(f' id="{at}"'.encode(), "name", marked(name)) + b"/>"
        for at, name in enumerate(names, number + 1)
    ]
    edits.append((columns[-1].end, columns[-1].end, b"".join(new)))
    count = str(len(columns) + len(new))
    edits += [with_tag_attribute(xml, one, "count", count) for one in elements(xml, "tableColumns")]
    return splice(xml, edits)


def with_headers(xml: bytes, headers: Mapping[str, str]) -> bytes:
    """The table part with columns renamed; a header's text is matched as it is written."""
    edits = []
    for column in _columns(xml):
        new = headers.get(unmarked(column.get("name") or ""))
        if new is not None:
            edits.append(with_tag_attribute(xml, column, "name", new))
    return splice(xml, edits)


def with_formulas_renamed(xml: bytes, table: str, headers: Mapping[str, str]) -> bytes:
    """The table part with structured references to renamed columns brought up to date."""
    edits = []
    for found in elements(xml, "calculatedColumnFormula", "totalsRowFormula"):
        text = text_of(xml[found.inner : found.inner_end])
        new = renamed(text, table, headers)
        if new != text:
            edits.append((found.inner, found.inner_end, to_bytes(new)))
    return splice(xml, edits)
