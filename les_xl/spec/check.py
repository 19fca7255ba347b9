"""Reads and checks all spec files of a workspace at once; `read.py` is the way in to it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from les_xl.errors import Place, Problem
from les_xl.errors import spec_files as kinds
from les_xl.spec.audience_model import Audience
from les_xl.spec.extract_model import ExtractMapping
from les_xl.spec.model import Service, Workspace
from les_xl.spec.nodes import MAX_BYTES, Document, Scalar, parse
from les_xl.spec.read import Specs
from les_xl.spec.rules import (
    across,
    audiences,
    check_audience,
    check_mapping,
    check_parts,
    check_service,
    check_workspace,
    mapped,
)
from les_xl.spec.rules.spot import Spot
from les_xl.spec.shape import Model, Shaped, shape
from les_xl.spec.version import (
    AUDIENCES,
    FOLDERS,
    MAPPINGS,
    SERVICES,
    WORKSPACE_FILE,
    spec_files,
    version_of,
)


def check(root: Path) -> tuple[Specs | None, tuple[Problem, ...]]:
    """The specs of a workspace (None where there is any error), and every error and warning, by place."""
    run = _Check(root)
    specs = run.specs()
    ordered = tuple(sorted(dict.fromkeys(run.problems), key=_by_place))
    return (None if any(problem.severity == "error" for problem in ordered) else specs), ordered


def _by_place(problem: Problem) -> tuple[bool, str, int, int, str]:
    place = problem.place
    # The workspace first: what is wrong there often explains what is wrong elsewhere.
    return place.file != WORKSPACE_FILE, place.file or "", place.line or 0, place.column or 0, problem.code


_BELONGS = {"workspace/1": WORKSPACE_FILE, "les/1": SERVICES, "extract/1": MAPPINGS, "audience/1": AUDIENCES}
"""Where the files of each format are."""


class _Check:
    """One pass over the files of a workspace, which gathers what is wrong as it goes."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.problems: list[Problem] = list(_stray_files(root))

    def specs(self) -> Specs | None:
        """What the files say; None where the workspace or a service cannot be had."""
        contents = self._contents()
        documents = self._documents(contents)
        workspace = self._workspace(documents.get(WORKSPACE_FILE))
        services = [self._service(document) for document in _within(SERVICES, documents)]
        mappings = [self._mapping(document) for document in _within(MAPPINGS, documents)]
        heard = [self._audience(document) for document in _within(AUDIENCES, documents)]
        # A file that cannot be read counts as there: that it cannot be read is said already.
        unread = [name for name in contents if name not in documents]
        self._across(workspace, services, _slugs(SERVICES, unread))
        self._mappings_across(mappings, services, _slugs(SERVICES, unread))
        self._audiences_across(heard, services, unread)
        models = {shaped.model.les: shaped.model for shaped in services if shaped.model}
        if workspace is None or workspace.model is None or not models.keys() >= set(workspace.model.order):
            return None
        in_order = tuple(models[les] for les in workspace.model.order)
        return Specs(
            self._root, workspace.model, in_order, version_of(contents), _models(mappings), _models(heard)
        )

    def _contents(self) -> dict[str, bytes]:
        contents: dict[str, bytes] = {}
        for name in dict.fromkeys((WORKSPACE_FILE, *spec_files(self._root))):
            try:
                with (self._root / name).open("rb") as file:
                    contents[name] = file.read(MAX_BYTES + 1)
            except OSError as error:
                reason = (error.strerror or type(error).__name__).lower()
                self.problems.append(kinds.UNREADABLE.at(Place(name), reason=reason))
        return contents

    def _documents(self, contents: Mapping[str, bytes]) -> dict[str, Document]:
        documents: dict[str, Document] = {}
        for name, raw in contents.items():
            document, found = parse(name, raw)
            self.problems += found
            if document is not None and (stray := _stray(document)):
                self.problems.append(stray)
            elif document is not None:
                documents[name] = document
        return documents

    def _workspace(self, document: Document | None) -> Shaped[Workspace] | None:
        if document is None:
            return None
        shaped = shape(document, Workspace)
        self.problems += shaped.problems
        if shaped.model is not None:
            self.problems += check_workspace(shaped.model, shaped.document)
        return shaped

    def _service(self, document: Document) -> Shaped[Service]:
        shaped = shape(document, Service)
        self.problems += shaped.problems
        self.problems += check_parts(shaped.document)
        if shaped.model is not None:
            self.problems += check_service(shaped.model, shaped.document)
        return shaped

    def _mapping(self, document: Document) -> Shaped[ExtractMapping]:
        shaped = shape(document, ExtractMapping)
        self.problems += shaped.problems
        if shaped.model is not None:
            self.problems += check_mapping(shaped.model, shaped.document)
        return shaped

    def _mappings_across(
        self,
        mappings: Iterable[Shaped[ExtractMapping]],
        services: Iterable[Shaped[Service]],
        unread: Iterable[str],
    ) -> None:
        whole = [(shaped.model, Spot.top(shaped.document)) for shaped in mappings if shaped.model]
        slugs = {across.slug_of(shaped.document) or "": shaped.model for shaped in services}
        known = {**dict.fromkeys(unread), **slugs}
        for mapping, spot in whole:
            self.problems += mapped.words_known(mapping, spot, known)
        self.problems += mapped.names_apart(whole)

    def _audience(self, document: Document) -> Shaped[Audience]:
        shaped = shape(document, Audience)
        self.problems += shaped.problems
        if shaped.model is not None:
            self.problems += check_audience(shaped.model, shaped.document)
        return shaped

    def _audiences_across(
        self, heard: Iterable[Shaped[Audience]], services: Iterable[Shaped[Service]], unread: Iterable[str]
    ) -> None:
        spots = [Spot.top(shaped.document) for shaped in heard]
        whole = [(shaped.model, Spot.top(shaped.document)) for shaped in heard if shaped.model]
        named = [*(audiences.audience_of(spot.document) or "" for spot in spots), *_slugs(AUDIENCES, unread)]
        les = [across.slug_of(shaped.document) or "" for shaped in services]
        self.problems += audiences.one_file_each(spots)
        self.problems += audiences.escalations(whole, filter(None, named))
        self.problems += audiences.les_known(whole, filter(None, (*les, *_slugs(SERVICES, unread))))

    def _across(
        self, workspace: Shaped[Workspace] | None, services: Iterable[Shaped[Service]], unread: Iterable[str]
    ) -> None:
        spots = [Spot.top(shaped.document) for shaped in services]
        whole = [(shaped.model, Spot.top(shaped.document)) for shaped in services if shaped.model]
        self.problems += across.one_file_each(spots)
        self.problems += across.labels_once(whole)
        if workspace is None or workspace.model is None:
            return
        known = (*(across.slug_of(spot.document) or "" for spot in spots), *unread)
        top = Spot.top(workspace.document)
        self.problems += across.order_known(workspace.model, top, filter(None, known))
        self.problems += across.in_order(workspace.model, spots)
        self.problems += across.rows_planned(workspace.model.year, whole)


def _models(files: Iterable[Shaped[Model]]) -> tuple[Model, ...]:
    return tuple(shaped.model for shaped in files if shaped.model is not None)


def _within(folder: str, documents: Mapping[str, Document]) -> list[Document]:
    return [document for name, document in documents.items() if name.startswith(f"{folder}/")]


def _slugs(folder: str, names: Iterable[str]) -> list[str]:
    """What the files of a folder are of, where their names are all that can be read."""
    return [PurePosixPath(name).stem for name in names if name.startswith(f"{folder}/")]


def _stray(document: Document) -> Problem | None:
    """The problem that a file is of another sort than its folder; anything else in it would be wrong too."""
    entry = document.root.entry("spec")
    version = entry.value.text if entry and isinstance(entry.value, Scalar) else ""
    belongs = _BELONGS.get(version)
    if entry is None or belongs is None or document.source.file.startswith(belongs):
        return None
    return document.problem(kinds.WRONG_FOLDER, entry.value, version=version, folder=belongs)


def _stray_files(root: Path) -> Iterator[Problem]:
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.yml")):
            place = Place(f"{folder}/{path.name}")
            yield kinds.WRONG_ENDING.at(place, better=f"{path.stem}.yaml")
