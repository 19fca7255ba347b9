"""What changed between two sets of specifications, in words; models are compared, never texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.spec_commands import NOTHING_TO_COMPARE
from les_xl.spec.audience_model import Audience
from les_xl.spec.changes import changed_plans, changes
from les_xl.spec.extract_model import ExtractMapping
from les_xl.spec.model import Service, Workspace
from les_xl.spec.nodes import MAX_BYTES, Document, Scalar, parse
from les_xl.spec.shape import shape

_MODELS: Mapping[str, type[BaseModel]] = {
    "workspace/1": Workspace,
    "les/1": Service,
    "audience/1": Audience,
    "extract/1": ExtractMapping,
}
_SLUGS = {"workspace/1": "", "les/1": "les", "audience/1": "audience", "extract/1": "mapping"}
_WHOLE = ("is new", "is gone")
_APART = ("spec", "plan")
"""Keys that are not compared one by one: the format's version, and plans, which are compared by month."""


@dataclass(frozen=True)
class Change:
    """One difference: what it is about (a LES by its title, an audience by its name), and what changed."""

    about: str
    text: str

    def __str__(self) -> str:
        """`Dementia: plan from November 2025 is 1,400 a month (was 1,332).`"""
        return f"{self.about}{' ' if self.text in _WHOLE else ': '}{self.text}."


def compare(old: Path, new: Path) -> tuple[Change, ...]:
    """What changed from one to the other, each a workspace, a folder of specifications or one file.

    Comments, order of keys and defaults written out are no change. Raises LesError: LES912 for what cannot be
    compared, and every problem (LES1xx) of files whose text or shape is wrong.
    """
    before, after = read_side(old), read_side(new)
    keys = [*before, *(key for key in after if key not in before)]
    return tuple(change for key in keys for change in _changes(before.get(key), after.get(key)))


Side = Mapping[tuple[str, str], BaseModel]
"""Specifications by the version of their format and their slug."""


def read_side(path: Path) -> Side:
    """The specifications of a workspace, a folder or a file. Raises LesError as `compare`."""
    files = tuple(_files(path))
    if not files:
        what = "holds no specification" if path.exists() else "does not exist"
        raise LesError(NOTHING_TO_COMPARE.at(Place(), path=path, what=what))
    side: dict[tuple[str, str], BaseModel] = {}
    problems: list[Problem] = []
    for file in files:
        model, found = _read(file)
        problems += [problem for problem in found if problem.severity == "error"]
        if model is not None:
            side.setdefault(_key(model), model)
    if problems:
        raise LesError(*problems)
    return side


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    folder = path / "specs" if (path / "specs" / "les.yaml").is_file() else path
    for found in sorted(folder.rglob("*.yaml")):
        if not any(part.startswith(".") for part in found.relative_to(folder).parts):
            yield found


def _read(file: Path) -> tuple[BaseModel | None, tuple[Problem, ...]]:
    with file.open("rb") as opened:
        document, found = parse(str(file), opened.read(MAX_BYTES + 1))
    if document is None:
        return None, found
    shaped = shape(document, _MODELS.get(_version(document), Service))
    return shaped.model, (*found, *shaped.problems)


def _version(document: Document) -> str:
    entry = document.root.entry("spec")
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _key(model: BaseModel) -> tuple[str, str]:
    version = str(getattr(model, "spec", ""))
    return version, str(getattr(model, _SLUGS[version], "")) if _SLUGS[version] else ""


def _name(model: BaseModel) -> str:
    if isinstance(model, Service):
        return model.title
    if isinstance(model, Audience):
        return model.name
    return f"Mapping {model.mapping}" if isinstance(model, ExtractMapping) else "Workspace"


def _changes(old: BaseModel | None, new: BaseModel | None) -> Iterator[Change]:
    if old is None or new is None:
        either = new or old
        if either is not None:
            yield Change(_name(either), "is new" if old is None else "is gone")
        return
    plans = changed_plans(old, new) if isinstance(old, Service) and isinstance(new, Service) else ()
    for text in (*plans, *changes(old, new, _APART)):
        yield Change(_name(old), text)
