"""How a workbook's parts hang together: content types, relationships, and what nothing leads to."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from les_xl.errors import Problem
from les_xl.errors.lint import (
    DEAD_RELATIONSHIP,
    NO_CONTENT_TYPE,
    ORPHAN_PART,
    TYPE_OF_NOTHING,
    UNKNOWN_RELATIONSHIP,
    UNREADABLE_PART,
)
from les_xl.excel.lint.container import Container

TYPES = "[Content_Types].xml"
RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
"""The namespace of `r:id`, in ordinary and in strict workbooks."""
_USED = etree.XPath("//@a:*|//@b:*", namespaces={"a": RELATIONSHIPS[0], "b": RELATIONSHIPS[1]})


@dataclass(frozen=True)
class Relationship:
    """A relationship of a part. `target` is a part's name, or an address as it stands where external."""

    id: str
    kind: str
    target: str
    external: bool


def relationships(container: Container, part: str) -> Mapping[str, Relationship]:
    """The relationships of a part (empty name: the package) by their id."""
    root = container.roots.get(_rels_of(part))
    if root is None:
        return {}
    found = (_relationship(part, element) for element in root.iterfind("{*}Relationship"))
    return {relationship.id: relationship for relationship in found}


def check_graph(container: Container) -> Iterator[Problem]:
    """Content types, relationships in both directions, and orphans."""
    yield from _check_types(container)
    lower = {name.lower() for name in container.parts}
    for part in ("", *container.parts):
        for relationship in relationships(container, part).values():
            if _inside(relationship) and relationship.target.lower() not in lower:
                source = part or "the package"
                yield container.problem(DEAD_RELATIONSHIP, part=source, target=relationship.target)
    yield from _check_used(container)
    yield from _check_orphans(container)


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relationship(part: str, element: etree._Element) -> Relationship:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not external and not target.startswith("#"):
        base = "" if target.startswith("/") else posixpath.dirname(part)
        target = posixpath.normpath(posixpath.join(base, unquote(target).lstrip("/")))
    kind = element.get("Type", "").rpartition("/")[2]
    return Relationship(element.get("Id", ""), kind, target, external)


def _inside(relationship: Relationship) -> bool:
    return not relationship.external and not relationship.target.startswith("#")


def _check_types(container: Container) -> Iterator[Problem]:
    root = container.roots.get(TYPES)
    if root is None:
        if TYPES not in container.parts:
            yield container.problem(UNREADABLE_PART, part=TYPES, reason="it is not in the file")
        return
    named = {_name(element): element.get("ContentType", "") for element in root.iterfind("{*}Override")}
    by_ending = {
        element.get("Extension", "").lower(): element.get("ContentType", "")
        for element in root.iterfind("{*}Default")
    }
    free = {name.lower() for name in _custom(container)} | {TYPES.lower()}
    there = {part.lower(): part for part in container.parts}
    for lower, part in there.items():
        given = named.get(lower) or by_ending.get(lower.rpartition(".")[2], "")
        # Plain XML is what Excel takes for nobody's: every part of its own has a type that says more.
        if lower not in free and given in {"", "application/xml", "text/xml"}:
            yield container.problem(NO_CONTENT_TYPE, part=part)
    for name in sorted({*named} - {*there}):
        yield container.problem(TYPE_OF_NOTHING, part=name)


def _name(element: etree._Element) -> str:
    return element.get("PartName", "").lstrip("/").lower()


def _custom(container: Container) -> Iterator[str]:
    """Data that other programs keep in the workbook, how XML is mapped to cells, a ribbon: all plain XML."""
    for part in ("", *container.parts):
        for relationship in relationships(container, part).values():
            if relationship.kind in {"customXml", "xmlMaps", "extensibility"}:
                yield relationship.target


def _check_used(container: Container) -> Iterator[Problem]:
    """Every `r:id` of a part is one of its relationships."""
    for part, root in container.roots.items():
        found = _USED(root)
        used = {str(value) for value in found if value} if isinstance(found, list) else set()
        known = relationships(container, part) if used else {}
        for reference in sorted(used - {*known}):
            yield container.problem(UNKNOWN_RELATIONSHIP, part=part, id=reference)


def _check_orphans(container: Container) -> Iterator[Problem]:
    by_lower = {part.lower(): part for part in reversed([*container.parts])}
    reached, waiting = {TYPES.lower()}, [""]
    while waiting:
        part = waiting.pop()
        reached |= {part.lower(), _rels_of(part).lower()}
        for relationship in relationships(container, part).values():
            target = by_lower.get(relationship.target.lower(), "")
            if _inside(relationship) and target and target.lower() not in reached:
                waiting.append(target)
    for part in container.parts:
        if part.lower() not in reached:
            yield container.problem(ORPHAN_PART, part=part)
