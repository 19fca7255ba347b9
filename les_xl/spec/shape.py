"""A document as a model: what is wrong with its shape, each with the line and column of the node it means."""

from collections.abc import Sequence as Steps
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from les_xl.errors import Problem, nearest
from les_xl.errors import spec_files as kinds
from les_xl.spec.complaints import problem_of
from les_xl.spec.nodes import Document, Entry, Mapping, Node, Sequence, plain
from les_xl.spec.outline import Outline, Step, outline_of

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Shaped(Generic[Model]):
    """What a document came to: the model (None where its shape is wrong) and the problems of its shape.

    `document` is the one given with misspelt keys read as what they most likely mean, so that one mistake
    does not hide another or cause a second message.
    """

    model: Model | None
    document: Document
    problems: tuple[Problem, ...]


def shape(document: Document, model: type[Model]) -> Shaped[Model]:
    """Read a document as a model, with every problem of its shape (LES101 to LES107)."""
    shaped, complaints = _validated(document, model)
    if not complaints:
        return Shaped(shaped, document, ())
    outline = outline_of(model)
    problems: list[Problem] = []
    # A misspelt key may hold further misspelt keys, which are seen once it is read as what it means.
    while unknown := [item["loc"] for item in complaints if item["type"] == "extra_forbidden"]:
        problems += [_unknown_key(document, outline, loc) for loc in unknown]
        root = document.root
        for loc in unknown:
            root = _without(root, outline, loc)
        document = replace(document, root=root)
        shaped, complaints = _validated(document, model)
    problems += filter(None, (problem_of(document, outline, item) for item in complaints))
    return Shaped(shaped, document, tuple(dict.fromkeys(problems)))


def _validated(document: Document, model: type[Model]) -> tuple[Model | None, Steps[ErrorDetails]]:
    try:
        return model.model_validate(plain(document.root), strict=True), ()
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _unknown_key(document: Document, outline: Outline, loc: Steps[Step]) -> Problem:
    node: Node = document.root
    for step in loc[:-1]:
        node, outline = _further(node, outline, step)
    entry = node.entry(loc[-1]) if isinstance(node, Mapping) else None
    key = str(loc[-1])
    near = nearest(key, outline.keys)
    hint = f"did you mean '{near}'?" if near else f"the keys here are {', '.join(outline.keys)}"
    return document.problem(kinds.UNKNOWN_KEY, entry.key if entry else node, key=key, hint=hint)


def _further(node: Node, outline: Outline, step: Step) -> tuple[Node, Outline]:
    if outline.tagged:
        return node, outline.at(step)
    if isinstance(node, Mapping) and (entry := node.entry(step)):
        return entry.value, outline.at(step)
    if isinstance(node, Sequence) and isinstance(step, int):
        return node.items[step], outline.at(step)
    return node, outline.at(step)


def _without(node: Mapping, outline: Outline, loc: Steps[Step]) -> Mapping:
    """The tree with its unknown key renamed to the nearest free one, or else taken out."""
    changed = _changed(node, outline, loc)
    return changed if isinstance(changed, Mapping) else node


def _changed(node: Node, outline: Outline, loc: Steps[Step]) -> Node:
    step, rest = loc[0], loc[1:]
    if outline.tagged:
        return _changed(node, outline.at(step), rest)
    if isinstance(node, Sequence) and isinstance(step, int):
        items = list(node.items)
        items[step] = _changed(items[step], outline.at(step), rest)
        return replace(node, items=tuple(items))
    if not isinstance(node, Mapping):
        return node
    if not rest:
        return replace(node, entries=_renamed(node, outline, str(step)))
    entries = (
        Entry(entry.key, _changed(entry.value, outline.at(step), rest)) if entry.key.text == step else entry
        for entry in node.entries
    )
    return replace(node, entries=tuple(entries))


def _renamed(node: Mapping, outline: Outline, unknown: str) -> tuple[Entry, ...]:
    near = nearest(unknown, outline.keys)
    kept = [entry for entry in node.entries if entry.key.text != unknown]
    entry = node.entry(unknown)
    if entry is not None and near is not None and node.entry(near) is None:
        kept.append(Entry(replace(entry.key, text=near), entry.value))
    return tuple(kept)
