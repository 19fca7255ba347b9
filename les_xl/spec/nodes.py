"""YAML text as a tree of nodes that know their line and column; only what is plainly typed is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

import yaml

from les_xl.errors import Kind, LesError, Place, Problem
from les_xl.errors import spec_files as kinds
from les_xl.spec import yaml_words

MAX_BYTES = 256 << 10
MAX_DEPTH = 20
_LONGEST_SHOWN = 200
_LINE_ENDS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
# Escapes can write what no cell and no terminal can show.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# Narrower than YAML 1.2's core schema: no octal, no exponent, no leading zero, so that `0123`, `01E1` and
# `1E5` stay the codes that they are. Sexagesimals, dates, yes and NO were never in it.
_CONSTANTS = {"": None, "~": None} | {
    form: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for form in (word, word.capitalize(), word.upper())
}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")

_FAST_LOADER: Callable[[str], Any] | None = getattr(yaml, "CSafeLoader", None)
# The two parsers are not of one mind about these: tabs, rare line ends, keys marked by ?, directives, and the
# place, in brackets, of a value that is left out.
_ODD = re.compile("[\t\r\x85\u2028\u2029\ufeff?]|^%|:\\s*(#.*\n\\s*)*[],}]", re.MULTILINE)

Typed = str | int | float | bool | None


@dataclass(frozen=True)
class Scalar:
    """One value: its text as written, and what that means (a number, true, false, null, or text)."""

    text: str
    value: Typed
    line: int
    column: int


@dataclass(frozen=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    line: int
    column: int


@dataclass(frozen=True)
class Entry:
    """A key of a mapping with its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True)
class Mapping:
    """Keys and values; no key stands twice."""

    entries: tuple[Entry, ...]
    line: int
    column: int

    def entry(self, key: str | int) -> Entry | None:
        """The entry of that key, or None."""
        return next((entry for entry in self.entries if entry.key.text == key), None)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class Source:
    """A spec file's name (relative to the workspace) and its lines, which problems quote."""

    file: str
    lines: tuple[str, ...]

    def problem(self, kind: Kind, line: int, column: int, **words: str) -> Problem:
        """A problem of that kind at a line and column (both from 1), with the line it is on."""
        return kind.at(Place(self.file, line, column), source=self.line(line), **words)

    def line(self, number: int) -> str:
        """A line as a message shows it (from 1): tabs one space wide, empty where it is too long to show."""
        text = self.lines[number - 1] if 0 < number <= len(self.lines) else ""
        return text.replace("\t", " ").rstrip() if len(text) <= _LONGEST_SHOWN else ""


@dataclass(frozen=True)
class Document:
    """A spec file that could be read as YAML."""

    source: Source
    root: Mapping

    def problem(self, kind: Kind, node: Node, **words: str) -> Problem:
        """A problem of that kind at a node."""
        return self.source.problem(kind, node.line, node.column, **words)


def parse(file: str, raw: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """The bytes of a spec file as a document, with every problem that the YAML itself has.

    The document is None where the text cannot be read to its end; a duplicate key or an anchor is a problem
    beside a document that can still be checked further.
    """
    if len(raw) > MAX_BYTES:
        return None, (kinds.TOO_LARGE.at(Place(file), limit=MAX_BYTES // 1024),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(file, raw, error.start),)
    source = Source(file, tuple(_LINE_ENDS.split(text)))
    if (quickly := _without_problems(source, text)) is not None:
        return quickly, ()
    found: list[Problem] = []
    try:
        root = _Composer(source, text, found, yaml.SafeLoader).document()
    except LesError as error:
        return None, tuple(dict.fromkeys((*found, *error.problems)))
    except yaml.YAMLError as error:
        return None, (*found, _syntax(source, text, error))
    return Document(source, root), tuple(found)


def _without_problems(source: Source, text: str) -> Document | None:
    """The document by the parser written in C, ten times as fast; None for whatever is not plain sailing.

    What is wrong, and where, is told by the parser in Python only, so that it is the same everywhere.
    """
    if _FAST_LOADER is None or _ODD.search(text):
        return None
    found: list[Problem] = []
    try:
        root = _Composer(source, text, found, _FAST_LOADER).document()
    except (LesError, yaml.YAMLError):
        return None
    return None if found else Document(source, root)


def plain(node: Node) -> Any:
    """A node as plain Python: dicts, tuples and typed values."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return tuple(plain(item) for item in node.items)
    return {entry.key.text: plain(entry.value) for entry in node.entries}


def _not_utf8(file: str, raw: bytes, start: int) -> Problem:
    before = raw[:start].decode("utf-8-sig", errors="replace")
    lines = _LINE_ENDS.split(before)
    source = Source(file, ())
    return source.problem(kinds.NOT_UTF8, len(lines), len(lines[-1]) + 1, byte=f"0x{raw[start]:02X}")


def _syntax(source: Source, text: str, error: yaml.YAMLError) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and (mark := _blamed(error)):
        what, hint = yaml_words.told(error.problem or error.context or "not YAML")
        kind = kinds.TAB if "'\\t'" in (error.problem or "") else kinds.SYNTAX
        return source.problem(kind, mark.line + 1, mark.column + 1, what=what, hint=hint)
    position = getattr(error, "position", 0)
    lines = _LINE_ENDS.split(text[:position])
    what = f"the character U+{ord(text[position]):04X} is not allowed" if position < len(text) else "not YAML"
    hint = yaml_words.UNFIT if position < len(text) else yaml_words.OTHERWISE
    return source.problem(kinds.SYNTAX, len(lines), len(lines[-1]) + 1, what=what, hint=hint)


def _blamed(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    # What is left open, and a key without a colon, is noticed further on; the mistake is where it began.
    noticed_late = ("stream end", "end of stream", "could not find expected ':'", "expected ',' or")
    at_end = any(words in (error.problem or "") for words in noticed_late)
    first, second = error.problem_mark, error.context_mark
    return (second or first) if at_end else (first or second)


def _typed(text: str) -> Typed:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


class _Composer:
    """Puts PyYAML's events together as nodes; its own composer lets duplicate keys and aliases through."""

    def __init__(self, source: Source, text: str, found: list[Problem], loader: Callable[[str], Any]) -> None:
        self._source = source
        self._found = found
        self._indirect = False
        self._loader = loader(text)
        self._read: Callable[[], yaml.Event] = self._loader.get_event

    def document(self) -> Mapping:
        """The one document of the file; LesError where there is none, or it is no mapping."""
        self._next()
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            raise LesError(self._source.problem(kinds.EMPTY, 1, 1))
        root = self._node(self._next(), depth=0)
        self._next()
        more = self._next()
        if isinstance(more, yaml.DocumentStartEvent):
            self._report(kinds.SEVERAL_DOCUMENTS, _place(more))
        if self._indirect:
            # What an alias stands for is not known, so that whatever else could be said would mislead.
            raise LesError(*self._found)
        if isinstance(root, Scalar) and root.value is None:
            raise LesError(self._source.problem(kinds.EMPTY, root.line, root.column))
        if not isinstance(root, Mapping):
            raise LesError(self._source.problem(kinds.NOT_A_MAPPING, root.line, root.column))
        return root

    def _next(self) -> yaml.Event:
        try:
            return self._read()
        except (ValueError, OverflowError) as error:
            # PyYAML lets through what its own conversions stumble over, such as "\UFFFFFFFF".
            mark = self._loader.get_mark()
            what = "a number or an escape is out of range"
            raise LesError(
                self._source.problem(
                    kinds.SYNTAX, mark.line + 1, mark.column + 1, what=what, hint=yaml_words.UNFIT
                )
            ) from error

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line, column = _place(event)
        if depth > MAX_DEPTH:
            raise LesError(self._source.problem(kinds.TOO_DEEP, line, column, limit=str(MAX_DEPTH)))
        self._refuse_indirection(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth + 1)), line, column)
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(self._entries(depth + 1), line, column)
        return Scalar("", None, line, column)

    def _refuse_indirection(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            self._indirect |= isinstance(event, yaml.AliasEvent)
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._report(kinds.ANCHOR, _place(event), what=f"{sign}{event.anchor}")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            self._report(kinds.TAG, _place(event), what=event.tag)

    def _report(self, kind: Kind, place: tuple[int, int], **words: str) -> None:
        line, column = place
        self._found.append(self._source.problem(kind, line, column, **words))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if unfit := _UNFIT.search(event.value):
            what = f"the character U+{ord(unfit[0]):04X} is not allowed"
            self._report(kinds.SYNTAX, _place(event), what=what, hint=yaml_words.UNFIT)
        text = _UNFIT.sub("\ufffd", event.value)
        value = _typed(text) if not event.style and event.tag is None else text
        return Scalar(text, value, *_place(event))

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._node(event, depth)

    def _entries(self, depth: int) -> tuple[Entry, ...]:
        entries: dict[str, Entry] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth)
            value = self._node(self._next(), depth)
            if self._is_key(key, entries):
                entries[key.text] = Entry(key, value)
        return tuple(entries.values())

    def _is_key(self, key: Node, entries: dict[str, Entry]) -> TypeGuard[Scalar]:
        place = key.line, key.column
        if not isinstance(key, Scalar):
            self._report(kinds.ODD_KEY, place)
            return False
        if key.text == "<<":
            self._report(kinds.ANCHOR, place, what="<<")
            return False
        if (first := entries.get(key.text)) is not None:
            self._report(kinds.DUPLICATE_KEY, place, key=key.text, first=str(first.key.line))
            return False
        return True


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
