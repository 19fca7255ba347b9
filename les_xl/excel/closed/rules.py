"""What a sheet says of ranges after its rows (formats, validations, sparklines, links) follows a table."""

import re
from collections.abc import Iterator
from functools import lru_cache

from les_xl.excel.addresses import Area
from les_xl.excel.closed.markup import (
    Element,
    elements,
    splice,
    text_of,
    to_bytes,
    with_attribute,
    with_tag_attribute,
)
from les_xl.excel.closed.references import LOST, anchored, areas, moved
from les_xl.excel.closed.shift import Shift

_RULES = ("conditionalFormatting", "dataValidation", "ignoredError", "protectedRange", "sparkline")
_FORMULAS = ("formula", "formula1", "formula2", "f")
_EMPTY = re.compile(
    rb"<((?:[\w.\-]+:)?(?:dataValidations|ignoredErrors|protectedRanges|hyperlinks|sparklines|sparklineGroups"
    rb"|conditionalFormattings|ext|extLst))(?:\s[^<>]*)?>\s*</\1\s*>"
    rb"|<((?:[\w.\-]+:)?)sparklineGroup(?:\s[^<>]*)?>(?:(?!<\2sparklineGroup\b|</?\2sparkline\b|<\2sparklines\b).)*?"
    rb"</\2sparklineGroup\s*>",
    re.DOTALL,
)
_COUNTED = ("dataValidations",)
_ELSEWHERE = re.compile(rb"\s[\w.\-]+:id\s*=")

Edit = tuple[int, int, bytes]


def follow(tail: bytes, host: str, shift: Shift) -> bytes:
    """The part's bytes after its rows, on the sheet `host`, once the table's cells have moved."""
    wanted = shift.sheet.casefold()
    if host.casefold() != wanted and wanted not in _named(tail):
        return tail
    edits: list[Edit] = []
    gone: list[Edit] = []
    for rule in elements(tail, *_RULES):
        changes, lost = _rule(tail, rule, host, shift)
        edits += changes
        gone += [(rule.start, rule.end, b"")] if lost else []
    for link in elements(tail, "hyperlink"):
        changes, lost = _link(tail, link, host, shift)
        edits += changes
        gone += [(link.start, link.end, b"")] if lost else []
    inside = [one for one in edits if not any(start <= one[0] < end for start, end, _ in gone)]
    after = splice(tail, [*inside, *gone])
    return without_empty(after) if gone else after


@lru_cache(maxsize=256)
def _named(tail: bytes) -> frozenset[str]:
    """The folded names of the sheets of which the rules and links say something."""
    texts = [text_of(tail[one.inner : one.inner_end]) for one in elements(tail, *_FORMULAS)]
    texts += [one.get("val") or "" for one in elements(tail, "cfvo")]
    texts += [one.get("location") or "" for one in elements(tail, "hyperlink")]
    return frozenset(sheet.casefold() for text in texts for sheet, _ in areas(text, ""))


@lru_cache(maxsize=256)
def spoken(tail: bytes) -> tuple[tuple[str, str], ...]:
    """The ranges of each format, validation and sparkline, and what it speaks of apart from its own rows."""
    return tuple(_spoken(tail))


def _spoken(tail: bytes) -> Iterator[tuple[str, str]]:
    for rule in elements(tail, "conditionalFormatting", "dataValidation", "sparkline"):
        ranges = " ".join(text for _, text in _ranges(tail, rule))
        formulas = elements(tail, *_FORMULAS, start=rule.inner, end=rule.inner_end)
        inside = (tail[one.inner : one.inner_end] for one in formulas)
        texts = [text_of(one) for one in inside if b"<" not in one]
        bounds = elements(tail, "cfvo", start=rule.inner, end=rule.inner_end)
        texts += [bound.get("val") or "" for bound in bounds]
        for text in texts:
            yield ranges, text if rule.name == b"sparkline" else anchored(text)


def _rule(xml: bytes, rule: Element, host: str, shift: Shift) -> tuple[list[Edit], bool]:
    edits: list[Edit] = []
    delta, top = 0, -1
    for place, text in _ranges(xml, rule):
        new = _followed(text, host, shift)
        if not new:
            return [], True
        top, delta = _tops(text, new)
        if new != text and place is None:
            edits.append(with_tag_attribute(xml, rule, "sqref", new))
        elif new != text and place is not None:
            edits.append((place.inner, place.inner_end, to_bytes(new)))
    sparkline = rule.name == b"sparkline"
    for formula in elements(xml, *_FORMULAS, start=rule.inner, end=rule.inner_end):
        if b"<" in xml[formula.inner : formula.inner_end]:
            continue  # newer validations hold their formula one element deeper
        text = text_of(xml[formula.inner : formula.inner_end])
        new = _formula(text, host, shift, (top, delta), strict=sparkline)
        if new != text:
            edits.append((formula.inner, formula.inner_end, to_bytes(new)))
    for bound in elements(xml, "cfvo", start=rule.inner, end=rule.inner_end):
        text = bound.get("val") or ""
        new = _formula(text, host, shift, (top, delta), strict=False)
        if new != text:
            edits.append(with_tag_attribute(xml, bound, "val", new))
    return edits, False


def _ranges(xml: bytes, rule: Element) -> Iterator[tuple[Element | None, str]]:
    """A rule's ranges: its attribute, or the elements in it that newer kinds of rules have."""
    attribute = rule.get("sqref")
    if attribute is not None:
        yield None, attribute
    for place in elements(xml, "sqref", start=rule.inner, end=rule.inner_end):
        yield place, text_of(xml[place.inner : place.inner_end])


def _followed(text: str, host: str, shift: Shift) -> str:
    if host.casefold() != shift.sheet.casefold():
        return text
    after: list[str] = []
    for piece in text.split():
        try:
            area = shift.of_range(Area.parse(piece))
        except ValueError:
            after.append(piece)
            continue
        after += [str(area)] if area is not None else []
    return " ".join(after)


def _tops(before: str, after: str) -> tuple[int, int]:
    try:
        top = Area.parse(before.split(maxsplit=1)[0]).top
        return top, Area.parse(after.split(maxsplit=1)[0]).top - top
    except ValueError:
        return -1, 0


def _formula(text: str, host: str, shift: Shift, anchor: tuple[int, int], *, strict: bool) -> str:
    """A rule's formula speaks of its range's first cell; what is in that row goes where that goes."""
    top, delta = anchor

    def move(area: Area) -> Area | None:
        if not strict and area.top == area.bottom == top and host.casefold() == shift.sheet.casefold():
            return Area(area.top + delta, area.left, area.bottom + delta, area.right)
        return shift.of_formula(area)

    new = moved(text, host, shift.sheet, move)
    return text if LOST in new and LOST not in text else new


def _link(xml: bytes, link: Element, host: str, shift: Shift) -> tuple[list[Edit], bool]:
    attributes = link.attributes
    if (reference := link.get("ref")) is not None:
        new = _followed(reference, host, shift)
        if not new:
            return [], True
        attributes = with_attribute(attributes, "ref", new) if new != reference else attributes
    if location := place_of(link):
        new = moved(location, host, shift.sheet, shift.of_formula)
        attributes = with_attribute(attributes, "location", new) if new != location else attributes
    if attributes == link.attributes:
        return [], False
    start = link.start + 1 + len(link.prefix) + len(link.name)
    return [(start, start + len(link.attributes), attributes)], False


def place_of(link: Element) -> str:
    """The cell of this workbook to which a link leads; empty for one that leads to another file."""
    return "" if _ELSEWHERE.search(link.attributes) else link.get("location") or ""


def without_empty(xml: bytes) -> bytes:
    """Containers that hold nothing any more are taken away, and counts made right."""
    while True:
        after = _EMPTY.sub(b"", xml)
        if after == xml:
            break
        xml = after
    edits = []
    for container in elements(xml, *_COUNTED):
        if container.get("count") is not None:
            inside = sum(
                1 for _ in elements(xml, "dataValidation", start=container.inner, end=container.inner_end)
            )
            edits.append(with_tag_attribute(xml, container, "count", str(inside)))
    return splice(xml, edits)
