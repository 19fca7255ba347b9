"""A place in a spec file from which a rule reports what is wrong there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from les_xl.spec.nodes import Document, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from les_xl.errors import Kind, Problem


@dataclass(frozen=True)
class Spot:
    """A node of a document, and the key whose value it is (None for the file and for a list's items)."""

    document: Document
    node: Node
    key: Scalar | None = None

    @classmethod
    def top(cls, document: Document) -> Spot:
        """The whole file."""
        return cls(document, document.root)

    @property
    def file(self) -> str:
        """Name of the file, relative to the workspace."""
        return self.document.source.file

    @property
    def line(self) -> str:
        """Line of the node, for a message that names another place."""
        return str(self.node.line)

    def at(self, *steps: str | int) -> Spot:
        """The spot at the end of a path of keys and item numbers, or as far along it as the file goes."""
        spot = self
        for step in steps:
            node = spot.node
            if isinstance(node, Mapping) and (entry := node.entry(step)):
                spot = Spot(self.document, entry.value, entry.key)
            elif isinstance(node, Sequence) and isinstance(step, int):
                spot = Spot(self.document, node.items[step])
            else:
                return spot
        return spot

    def problem(self, kind: Kind, **words: str) -> Problem:
        """A problem at the value."""
        return self.document.problem(kind, self.node, **words)

    def key_problem(self, kind: Kind, **words: str) -> Problem:
        """A problem at the key, where the value as a whole is meant."""
        return self.document.problem(kind, self.key or self.node, **words)
