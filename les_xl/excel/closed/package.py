"""The parts of a workbook by name: read, changed, added, dropped; their relationships and content types."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote, unquote
from xml.sax.saxutils import quoteattr

from les_xl.errors import LesError, Place
from les_xl.errors.refresh import DAMAGED, NOT_A_WORKBOOK, SHARED, SIGNED
from les_xl.excel.closed import container
from les_xl.excel.closed.markup import Element, UnreadableError, checked, elements, first, splice

CONTENT_TYPES = "[Content_Types].xml"
_WORKBOOKS = ("spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml")
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_NUMBER = re.compile(r"[0-9]*(?=\.[^./]*$)")
_TEMPLATES = ("spreadsheetml.template.main+xml", "ms-excel.template.macroEnabled.main+xml")


@dataclass(frozen=True)
class Relation:
    """A relationship of a part: its id, the last word of its type, and the part that it leads to."""

    id: str
    kind: str
    target: str
    external: bool = False
    type: str = ""


class Package:
    """An open workbook file in memory; nothing is written until `to_bytes`."""

    def __init__(self, content: bytes) -> None:
        self._members = container.read_members(content)
        self._names = {member.name.casefold(): member.name for member in self._members}
        self._by_name = {member.name: member for member in self._members}
        self._read: dict[str, bytes] = {}
        self._changed: dict[str, bytes] = {}
        self._packed: dict[str, tuple[bytes, container.Member]] = {}
        self._dropped: set[str] = set()
        self._refuse_unfit()

    def find(self, name: str) -> str | None:
        """The part's name as it is spelled in the file; None where there is no such part."""
        found = self._names.get(name.casefold())
        return None if found in self._dropped else found

    def raw(self, name: str) -> bytes:
        """A part's bytes, unread by any parser; raises LesError where it is missing or damaged."""
        found = self.find(name)
        if found is None:
            raise LesError(DAMAGED.at(Place(), part=name, reason="it is missing"))
        return self._changed.get(found) or self._by_name[found].data()

    def xml(self, name: str) -> bytes:
        """A part as checked UTF-8; raises LesError where it is missing, damaged or no plain XML."""
        found = self.find(name) or name
        if found in self._changed:
            return self._changed[found]
        if found not in self._read:
            try:
                self._read[found] = checked(self.raw(found))
            except UnreadableError as error:
                raise LesError(DAMAGED.at(Place(), part=name, reason=str(error))) from error
        return self._read[found]

    def put(self, name: str, data: bytes) -> None:
        """Replace a part's bytes."""
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        self._changed[found] = data

    def edit(self, name: str, edits: list[tuple[int, int, bytes]]) -> None:
        """Splice a part, if there is anything to splice."""
        if edits:
            self.put(name, splice(self.xml(name), edits))

    def relations(self, name: str) -> tuple[Relation, ...]:
        """The relationships of a part (`""` is the package)."""
        folder = posixpath.dirname(name)
        rels = self.find(_rels(name))
        if rels is None:
            return ()
        return _relations(folder, self.xml(rels))

    def related(self, name: str, kind: str) -> tuple[str, ...]:
        """The names of the parts to which relationships of a kind lead and that exist."""
        targets = [relation.target for relation in self.relations(name) if relation.kind == kind]
        return tuple(found for target in targets if (found := self.find(target)) is not None)

    def parts(self) -> Iterator[str]:
        """The name of every part that is still there."""
        return (member.name for member in self._members if member.name not in self._dropped)

    def drop(self, owner: str, kind: str) -> None:
        """Take away the parts to which a kind of relationship leads, the relationships and content types."""
        targets = {target.casefold() for target in self.related(owner, kind)}
        if not targets:
            return
        folder, rels = posixpath.dirname(owner), _rels(owner)
        found = elements(self.xml(rels), "Relationship")
        self.edit(rels, [_gone(one) for one in found if _relation(folder, one).kind == kind])
        types = elements(self.xml(CONTENT_TYPES), "Override")
        self.edit(
            CONTENT_TYPES,
            [_gone(one) for one in types if (one.get("PartName") or "").lstrip("/").casefold() in targets],
        )
        self._dropped.update(self._names[target] for target in targets)

    def free(self, like: str) -> str:
        """The name that a new part takes: `like`, else with the first number that no part has had."""
        numbered = (_NUMBER.sub(str(at), like, count=1) for at in range(1, len(self._members) + 2))
        return next(name for name in (like, *numbered) if name.casefold() not in self._names)

    def add(self, name: str, data: bytes, content_type: str) -> None:
        """Add a part under a name that is free."""
        member = container.packed(name, data)
        self._members = (*self._members, member)
        self._names[name.casefold()], self._by_name[name] = name, member
        self._changed[name] = data
        if self.content_type(name) != content_type:
            root = self._root(CONTENT_TYPES)
            tag = b"<" + root.prefix + b"Override"
            new = f" PartName={quoteattr('/' + name)} ContentType={quoteattr(content_type)}/>".encode()
            self.edit(CONTENT_TYPES, [(root.inner_end, root.inner_end, tag + new)])

    def relate(self, owner: str, type_: str, target: str, *, id_: str = "", external: bool = False) -> str:
        """Give a part a relationship to another; gives its id, a new one where `id_` names none."""
        rels = _rels(owner)
        if self.find(rels) is None:
            empty = f'<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'
            head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            self.add(rels, head + empty.encode(), _RELATIONS_TYPE)
        taken = {relation.id.casefold() for relation in self.relations(owner)}
        found = id_ or next(f"rId{at}" for at in range(1, len(taken) + 2) if f"rid{at}" not in taken)
        if not external:
            target = quote(posixpath.relpath(f"/{target}", f"/{posixpath.dirname(owner)}"))
        mode = ' TargetMode="External"' if external else ""
        new = f" Id={quoteattr(found)} Type={quoteattr(type_)} Target={quoteattr(target)}{mode}/>".encode()
        root = self._root(rels)
        self.edit(rels, [(root.inner_end, root.inner_end, b"<" + root.prefix + b"Relationship" + new)])
        return found

    def _root(self, name: str) -> Element:
        """The outermost element of a part of the package itself, opened out where it holds nothing."""
        wanted = "Types" if name == CONTENT_TYPES else "Relationships"
        found = first(self.xml(name), wanted)
        if found is not None and found.inner == found.end:
            tag = b"<" + found.prefix + found.name + found.attributes + b">"
            closing = b"</" + found.prefix + found.name + b">"
            self.edit(name, [(found.start, found.end, tag + closing)])
            found = first(self.xml(name), wanted)
        if found is None:
            raise LesError(DAMAGED.at(Place(), part=name, reason=f"it has no {wanted}"))
        return found

    @property
    def changed(self) -> bool:
        """True where any part was replaced or dropped."""
        return bool(self._changed or self._dropped)

    def to_bytes(self) -> bytes:
        """The file; parts that were not changed keep their packed bytes."""
        members = (member for member in self._members if member.name not in self._dropped)
        return container.to_bytes(
            self._replaced(member) if member.name in self._changed else member for member in members
        )

    def _replaced(self, member: container.Member) -> container.Member:
        """A member with its new bytes, packed once: a refresh asks for the file before it writes it."""
        data = self._changed[member.name]
        known = self._packed.get(member.name)
        if known is None or known[0] is not data:
            known = self._packed[member.name] = data, member.replaced(data)
        return known[1]

    @cached_property
    def workbook(self) -> str:
        """The name of the workbook part."""
        found = self.related("", "officeDocument")
        if not found:
            raise LesError(NOT_A_WORKBOOK.at(Place(), reason="it is a zip file, but no workbook"))
        return found[0]

    def _refuse_unfit(self) -> None:
        if self.find(CONTENT_TYPES) is None:
            raise LesError(NOT_A_WORKBOOK.at(Place(), reason="it is a zip file, but no workbook"))
        kind = self.content_type(self.workbook)
        if "sheet.binary" in kind:
            raise LesError(NOT_A_WORKBOOK.at(Place(), reason="it is a binary workbook (.xlsb)"))
        if not kind.endswith(_WORKBOOKS + _TEMPLATES):
            raise LesError(NOT_A_WORKBOOK.at(Place(), reason="it is an Office file, but no workbook"))
        if any(relation.kind == "origin" for relation in self.relations("")):
            raise LesError(SIGNED.at(Place()))
        if self.related(self.workbook, "revisionHeaders"):
            raise LesError(SHARED.at(Place()))

    def content_type(self, name: str) -> str:
        """What the package says that a part is; empty where it says nothing."""
        extension = name.rpartition(".")[2].casefold()
        default = ""
        for element in elements(self.xml(CONTENT_TYPES), "Override", "Default"):
            if (element.get("PartName") or "").lstrip("/").casefold() == name.casefold():
                return element.get("ContentType") or ""
            if (element.get("Extension") or "").casefold() == extension:
                default = element.get("ContentType") or ""
        return default


@lru_cache(maxsize=1024)
def _relations(folder: str, rels: bytes) -> tuple[Relation, ...]:
    return tuple(_relation(folder, element) for element in elements(rels, "Relationship"))


def _relation(folder: str, element: Element) -> Relation:
    target = unquote(element.get("Target") or "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    type_ = element.get("Type") or ""
    return Relation(element.get("Id") or "", type_.rpartition("/")[2], target, external, type_)


@lru_cache(maxsize=1024)
def _rels(owner: str) -> str:
    folder, _, file = owner.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _gone(element: Element) -> tuple[int, int, bytes]:
    return element.start, element.end, b""
