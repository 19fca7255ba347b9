"""Sparklines of a table's column: rows that are appended get them as the rows above have."""

from collections.abc import Mapping, Sequence

from les_xl.excel.addresses import Area, address
from les_xl.excel.closed.markup import Element, elements, splice, text_of, to_bytes
from les_xl.excel.closed.references import moved


def extend(tail: bytes, sheet: str, models: Mapping[int, Sequence[int]], columns: range) -> bytes:
    """The sheet's bytes after its rows, with the sparklines of each model row repeated in its new rows."""
    copies = []
    for one in elements(tail, "sparkline"):
        found = elements(tail, "f", "sqref", start=one.inner, end=one.inner_end)
        inside = {element.name: element for element in found}
        place = _place(tail, inside.get(b"sqref"))
        if place is None or b"f" not in inside or place.left not in columns:
            continue
        rows = models.get(place.top, ())
        copies += [(one.end, one.end, _copy(tail, sheet, (one, inside), place, row)) for row in rows]
    return splice(tail, copies)


def _place(tail: bytes, element: Element | None) -> Area | None:
    try:
        area = Area.parse(text_of(tail[element.inner : element.inner_end])) if element else None
    except ValueError:
        return None
    return area if area is not None and area.top == area.bottom else None


def _copy(
    tail: bytes, sheet: str, held: tuple[Element, Mapping[bytes, Element]], place: Area, row: int
) -> bytes:
    one, inside = held

    def in_row(area: Area) -> Area:
        return Area(row, area.left, row, area.right) if area.top == area.bottom == place.top else area

    formula, at = inside[b"f"], inside[b"sqref"]
    source = moved(text_of(tail[formula.inner : formula.inner_end]), sheet, sheet, in_row)
    edits = [
        (formula.inner - one.start, formula.inner_end - one.start, to_bytes(source)),
        (at.inner - one.start, at.inner_end - one.start, to_bytes(address(row, place.left))),
    ]
    return splice(tail[one.start : one.end], edits)
