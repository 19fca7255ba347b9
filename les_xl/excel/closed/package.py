"""The parts of a workbook by name: read, changed, dropped; their relationships and content types."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import unquote

from les_xl.errors import LesError, Place
from les_xl.errors.refresh import DAMAGED, NOT_A_WORKBOOK, SHARED, SIGNED
from les_xl.excel.closed import container
from les_xl.excel.closed.markup import Element, UnreadableError, checked, elements, splice

CONTENT_TYPES = "[Content_Types].xml"
_WORKBOOKS = ("spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml")
_TEMPLATES = ("spreadsheetml.template.main+xml", "ms-excel.template.macroEnabled.main+xml")


@dataclass(frozen=True)
class Relation:
    """A relationship of a part: its id, the last word of its type, and the part that it leads to."""

    id: str
    kind: str
    target: str
    external: bool = False


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
        folder, _, file = name.rpartition("/")
        rels = self.find(posixpath.join(folder, "_rels", f"{file}.rels"))
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
        folder, _, file = owner.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        found = elements(self.xml(rels), "Relationship")
        self.edit(rels, [_gone(one) for one in found if _relation(folder, one).kind == kind])
        types = elements(self.xml(CONTENT_TYPES), "Override")
        self.edit(
            CONTENT_TYPES,
            [_gone(one) for one in types if (one.get("PartName") or "").lstrip("/").casefold() in targets],
        )
        self._dropped.update(self._names[target] for target in targets)

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
        kind = self._content_type(self.workbook)
        if "sheet.binary" in kind:
            raise LesError(NOT_A_WORKBOOK.at(Place(), reason="it is a binary workbook (.xlsb)"))
        if not kind.endswith(_WORKBOOKS + _TEMPLATES):
            raise LesError(NOT_A_WORKBOOK.at(Place(), reason="it is an Office file, but no workbook"))
        if any(relation.kind == "origin" for relation in self.relations("")):
            raise LesError(SIGNED.at(Place()))
        if self.related(self.workbook, "revisionHeaders"):
            raise LesError(SHARED.at(Place()))

    def _content_type(self, name: str) -> str:
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
    kind = (element.get("Type") or "").rpartition("/")[2]
    return Relation(element.get("Id") or "", kind, target, external)


def _gone(element: Element) -> tuple[int, int, bytes]:
    return element.start, element.end, b""
