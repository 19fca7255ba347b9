"""Looks of another workbook added to the styles part, each at the end of its list; what is there stays."""

import re
from collections.abc import Mapping
from functools import cached_property

from les_xl.errors import LesError, Place
from les_xl.errors.refresh import DAMAGED
from les_xl.excel.closed.markup import Element, attribute, elements, first, with_attribute
from les_xl.excel.closed.package import Package

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></styleSheet>'
)
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_ITEMS = {
    "numFmts": "numFmt",
    "fonts": "font",
    "fills": "fill",
    "borders": "border",
    "cellStyleXfs": "xf",
    "cellXfs": "xf",
    "dxfs": "dxf",
}
_FIRST = {
    "fonts": b'<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "fills": b'<fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill>',
    "borders": b"<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}
"""What a list must hold before anything else: the first of each is what a cell without a look shows."""

_PARTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_FIRST_CUSTOM_FORMAT = 164
_TAG = re.compile(rb"<(/?)(?=[A-Za-z])")
_FORMAT_ID = re.compile(rb"(<(?:[\w.\-]+:)?numFmt\s[^<>]*?numFmtId=\")([0-9]+)")


class Styles:
    """Brings looks of a workbook that XlsxWriter wrote into another; `save` puts them into the part."""

    def __init__(self, target: Package, source: Package) -> None:
        self._target = target
        self._source = _sections(source.xml(source.related(source.workbook, "styles")[0]))
        self._looks: dict[str, str] = {}
        self._conditional: dict[str, str] = {}
        self._added: dict[str, list[bytes]] = {}

    def look(self, index: str | None) -> str | None:
        """The number that a cell's look has in the other workbook; the ordinary one stays that."""
        if index in (None, "0"):
            return index
        if index not in self._looks:
            self._looks[index] = str(
                self._placed("cellXfs", self._moved(self._source["cellXfs"][int(index)]))
            )
        return self._looks[index]

    def conditional(self, index: str) -> str:
        """The number that a look laid over others has in the other workbook."""
        if index not in self._conditional:
            piece = self._prefixed(self._source["dxfs"][int(index)])
            known = [_unnumbered(one) for one in self._all("dxfs")]
            if _unnumbered(piece) in known:
                place = known.index(_unnumbered(piece))
            else:
                place = self._placed("dxfs", _FORMAT_ID.sub(self._renumbered, piece))
            self._conditional[index] = str(place)
        return self._conditional[index]

    def save(self) -> None:
        """Put what was added into the styles part, which is made where the workbook has none."""
        if not self._added:
            return
        for name in _ORDER:
            if name in self._added:
                xml = self._target.xml(self._part)
                self._target.put(self._part, _extended(xml, name, self._added[name]))

    def _moved(self, look: bytes) -> bytes:
        tag = re.match(rb"<xf([^<>]*?)(/?)>", look)
        if tag is None:
            return self._prefixed(look)
        attributes = tag[1]
        if not self._all("cellStyleXfs"):  # every look builds on the first of these
            self._added["cellStyleXfs"] = [self._prefixed(_FIRST["cellStyleXfs"])]
        for name, section in _PARTS.items():
            piece = self._prefixed(self._source[section][int(attribute(attributes, name) or 0)])
            attributes = with_attribute(attributes, name, str(self._placed(section, piece)))
        number = self._number_format(attribute(attributes, "numFmtId") or "0")
        attributes = with_attribute(attributes, "numFmtId", number)
        return self._prefixed(b"<xf" + attributes + tag[2] + b">" + look[tag.end() :])

    def _number_format(self, index: str) -> str:
        if int(index) < _FIRST_CUSTOM_FORMAT:
            return index
        code = next(_code(one) for one in self._source["numFmts"] if attribute(one, "numFmtId") == index)
        for one in self._all("numFmts"):
            if _code(one) == code:
                return attribute(one, "numFmtId") or "0"
        new = str(self._free_format())
        attributes = with_attribute(b' numFmtId="' + new.encode() + b'"', "formatCode", code)
        self._placed("numFmts", self._prefixed(b"<numFmt" + attributes + b"/>"))
        return new

    def _renumbered(self, found: re.Match[bytes]) -> bytes:
        return found[1] + str(self._free_format()).encode()

    def _free_format(self) -> int:
        """A number above those of all formats, also of the looks that are laid over others."""
        pieces = (piece for name in ("numFmts", "dxfs") for piece in self._all(name))
        numbers = (int(found[2]) for piece in pieces for found in _FORMAT_ID.finditer(piece))
        return max(numbers, default=_FIRST_CUSTOM_FORMAT - 1) + 1

    def _placed(self, section: str, piece: bytes) -> int:
        """The place of a piece in its list, to which it is added where it is not there yet."""
        known = self._all(section)
        if piece in known:
            return known.index(piece)
        if not known and section in _FIRST:
            self._added[section] = [self._prefixed(one) for one in _pieces(_FIRST[section], _ITEMS[section])]
            return self._placed(section, piece)
        self._added.setdefault(section, []).append(piece)
        return len(known)

    def _all(self, section: str) -> list[bytes]:
        return [*self._present.get(section, ()), *self._added.get(section, ())]

    @cached_property
    def _part(self) -> str:
        found = self._target.related(self._target.workbook, "styles")
        if found:
            return found[0]
        name = self._target.free("xl/styles.xml")
        self._target.add(name, _EMPTY, _CONTENT_TYPE)
        self._target.relate(self._target.workbook, _TYPE, name)
        return name

    @cached_property
    def _present(self) -> Mapping[str, list[bytes]]:
        return _sections(self._target.xml(self._part))

    @cached_property
    def _prefix(self) -> bytes:
        root = first(self._target.xml(self._part), "styleSheet")
        return root.prefix if root is not None else b""

    def _prefixed(self, piece: bytes) -> bytes:
        return _TAG.sub(rb"<\1" + self._prefix, piece) if self._prefix else piece


def _sections(xml: bytes) -> dict[str, list[bytes]]:
    found = {}
    for name, item in _ITEMS.items():
        section = _section(xml, name)
        if section is not None:
            found[name] = _pieces(xml[section.inner : section.inner_end], item)
    return found


def _section(xml: bytes, name: str) -> Element | None:
    """A list of the part itself; extensions have lists of these names too."""
    root = first(xml, "styleSheet")
    found = first(xml, name)
    return found if root is not None and found is not None and found.prefix == root.prefix else None


def _pieces(xml: bytes, item: str) -> list[bytes]:
    return [xml[one.start : one.end] for one in sorted(elements(xml, item), key=lambda one: one.start)]


def _extended(xml: bytes, name: str, pieces: list[bytes]) -> bytes:
    """The part with pieces at the end of one of its lists."""
    root, found = first(xml, "styleSheet"), _section(xml, name)
    if root is None:
        raise LesError(DAMAGED.at(Place(), part="the styles", reason="there is no styleSheet in them"))
    tag, new = root.prefix + name.encode(), b"".join(pieces)
    if found is None:
        before = [one for other in _ORDER[: _ORDER.index(name)] if (one := _section(xml, other)) is not None]
        start = end = before[-1].end if before else root.inner
        attributes, held, count = b"", b"", len(pieces)
    else:
        start, end, attributes = found.start, found.end, found.attributes
        held = xml[found.inner : found.inner_end]
        count = len(_pieces(held, _ITEMS[name])) + len(pieces)
    attributes = with_attribute(attributes, "count", str(count))
    return xml[:start] + b"<" + tag + attributes + b">" + held + new + b"</" + tag + b">" + xml[end:]


def _code(piece: bytes) -> str:
    return attribute(piece, "formatCode") or ""


def _unnumbered(piece: bytes) -> bytes:
    return _FORMAT_ID.sub(rb"\1", piece)
