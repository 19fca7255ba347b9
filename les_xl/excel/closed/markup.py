"""XML as bytes: elements found with their places, attributes and pieces replaced; nothing is reserialised.

Each part is first read by a parser (no DTD is let through), so the patterns here only ever see well-formed
XML.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from xml.parsers import expat
from xml.sax.saxutils import escape, unescape

_SKIPPED = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_ATTRIBUTES = rb"(?:\s+[^\s=<>\"'/]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*"
_LONGEST_TEXT = 10_000_000
"""Characters of one text that lxml reads; longer ones are no workbook's."""

_TEXT_MARK = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|\r|_(?=x[0-9A-Fa-f]{4}_)")
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*[\"']([^\"']*)[\"']")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")


class UnreadableError(Exception):
    """A part is not the well-formed XML that a workbook must hold."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element's places in the bytes: tag, inside, end; its `prefix` ends with `:` or is empty."""

    prefix: bytes
    name: bytes
    attributes: bytes
    start: int
    inner: int
    inner_end: int
    end: int

    def get(self, name: str) -> str | None:
        """An attribute's text; None where there is none."""
        return attribute(self.attributes, name)


def checked(raw: bytes) -> bytes:
    """The part as UTF-8 after a strict reading; raises UnreadableError for a DTD or what is no XML."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = raw.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableError("not UTF-16") from error
        raw = re.sub(r"^(<\?xml[^>]*?)\s+encoding=[\"'][^\"']*[\"']", r"\1", text).encode()
    if has(raw, b"<!DOCTYPE") or has(raw, b"<!ENTITY"):
        raise UnreadableError("it declares a document type")
    if _is_usual(raw):
        return raw
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(str(error)) from error
    encoding = (root.getroottree().docinfo.encoding or "UTF-8").upper()
    if encoding not in ("UTF-8", "ASCII", "US-ASCII"):
        return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    return raw


def has(xml: bytes, mark: bytes) -> bool:
    """True where a piece of markup is in the bytes; told at once where its second byte is nowhere.

    A search for one that begins with `<` halts at every tag.
    """
    return mark[1:2] in xml and mark in xml


def _is_usual(raw: bytes) -> bool:
    """True for well-formed UTF-8, found out without building a tree; what is wrong with others lxml says."""
    said = _ENCODING.match(raw)
    if len(raw) > _LONGEST_TEXT or (said is not None and said[1].upper() != b"UTF-8"):
        return False
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(raw, True)
    except expat.ExpatError:
        return False
    return True


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[bytes]:
    wanted = b"|".join(re.escape(name.encode()) for name in names)
    tag = rb"<(/)?((?:[\w.\-]+:)?)(" + wanted + rb")(" + _ATTRIBUTES + rb")\s*(/)?>"
    return re.compile(_SKIPPED + b"|" + tag, re.DOTALL)


def elements(xml: bytes, *names: str, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """Every element of these local names, in the order in which they end."""
    waiting: list[tuple[bytes, bytes, bytes, int, int]] = []
    last = len(xml) if end is None else end
    if all(xml.find(name, start, last) < 0 for name in _encoded(names)):
        return
    for found in _pattern(names).finditer(xml, start, last):
        name = found[3]
        if name is None:
            continue
        if found[1]:
            prefix, opened, attributes, begin, inner = waiting.pop()
            yield Element(prefix, opened, attributes, begin, inner, found.start(), found.end())
        elif found[5]:
            yield Element(found[2], name, found[4], found.start(), found.end(), found.end(), found.end())
        else:
            waiting.append((found[2], name, found[4], found.start(), found.end()))


@cache
def _encoded(names: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(name.encode() for name in names)


def first(xml: bytes, name: str) -> Element | None:
    """The first element of this local name; None where there is none."""
    return min(elements(xml, name), key=lambda element: element.start, default=None)


def splice(xml: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The bytes with each (start, end) replaced; the pieces must not overlap."""
    pieces: list[bytes] = []
    at = 0
    for start, end, new in sorted(edits):
        pieces += [xml[at:start], new]
        at = end
    return b"".join([*pieces, xml[at:]]) if pieces else xml


@cache
def _attribute(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"\s+" + re.escape(name.encode()) + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def attribute(attributes: bytes, name: str) -> str | None:
    """An attribute's text from the attributes of a tag; None where there is none."""
    found = _attribute(name).search(attributes)
    if found is None:
        return None
    return text_of(found[1] if found[1] is not None else found[2])


def whole(text: str | None) -> int:
    """The number that an attribute says; 0 where it says none."""
    return int(text) if text and text.isascii() and text.isdigit() else 0


def with_attribute(attributes: bytes, name: str, value: str | None) -> bytes:
    """The attributes with one set, or taken away where `value` is None."""
    new = b"" if value is None else f' {name}="{escape(value, {chr(34): "&quot;"})}"'.encode()
    changed, count = _attribute(name).subn(lambda _: new, attributes, count=1)
    return changed if count else attributes.rstrip() + new


def with_tag_attribute(xml: bytes, element: Element, name: str, value: str | None) -> tuple[int, int, bytes]:
    """The splice that sets an attribute of an element."""
    start = element.start + 1 + len(element.prefix) + len(element.name)
    return start, start + len(element.attributes), with_attribute(element.attributes, name, value)


def text_of(raw: bytes) -> str:
    """The characters that a piece of text or an attribute stands for."""
    text = raw.decode("utf-8", "replace")
    if "&" not in text and "\r" not in text and "<" not in text:
        return text
    text = re.sub(r"<!\[CDATA\[(.*?)\]\]>", lambda found: escape(found[1]), text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->|<\?.*?\?>", "", text, flags=re.DOTALL).replace("\r\n", "\n")
    text = _REFERENCE.sub(_character, text)
    return unescape(text, {"&quot;": '"', "&apos;": "'"})


def _character(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16) if found[1] else int(found[2]))
    return "&amp;" if character == "&" else character


def to_bytes(text: str) -> bytes:
    """Text as it stands between tags."""
    return escape(text).encode()


def unmarked(text: str) -> str:
    """A cell's text with `_x000D_` and the like as the characters that they stand for."""
    return _TEXT_MARK.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def marked(text: str) -> str:
    """A cell's text with what XML cannot hold, and what would read as such a mark, as `_xHHHH_`."""
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
