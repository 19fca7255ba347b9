"""Reads and checks all spec files of a workspace at once; `read.py` is the way in to it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from les_xl.errors import Place, Problem
from les_xl.errors import spec_files as kinds
from les_xl.spec.model import Service, Workspace
from les_xl.spec.nodes import MAX_BYTES, Document, parse
from les_xl.spec.read import Specs
from les_xl.spec.rules import across, check_parts, check_service, check_workspace
from les_xl.spec.rules.spot import Spot
from les_xl.spec.shape import Shaped, shape
from les_xl.spec.version import FOLDERS, SERVICES, WORKSPACE_FILE, spec_files, version_of


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


class _Check:
    """One pass over the files of a workspace, which gathers what is wrong as it goes."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.problems: list[Problem] = list(_stray_files(root))

    def specs(self) -> Specs | None:
        """What the files say; None where the workspace or a service cannot be had."""
        contents = self._contents()
        documents = self._documents(contents)
        workspace = self._workspace(documents.pop(WORKSPACE_FILE, None))
        services = [self._service(document) for document in documents.values()]
        unread = _slugs_of_names(name for name in _service_names(contents) if name not in documents)
        self._across(workspace, services, unread)
        models = {shaped.model.les: shaped.model for shaped in services if shaped.model}
        if workspace is None or workspace.model is None or not models.keys() >= set(workspace.model.order):
            return None
        in_order = tuple(models[les] for les in workspace.model.order)
        return Specs(self._root, workspace.model, in_order, version_of(contents))

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
        for name in (WORKSPACE_FILE, *_service_names(contents)):
            if name in contents:
                document, found = parse(name, contents[name])
                self.problems += found
                if document is not None:
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

    def _across(
        self, workspace: Shaped[Workspace] | None, services: Iterable[Shaped[Service]], unread: Iterable[str]
    ) -> None:
        spots = [Spot.top(shaped.document) for shaped in services]
        whole = [(shaped.model, Spot.top(shaped.document)) for shaped in services if shaped.model]
        self.problems += across.one_file_each(spots)
        self.problems += across.labels_once(whole)
        if workspace is None or workspace.model is None:
            return
        # A file that cannot be read counts as there: that it cannot be read is said already.
        known = (*(across.slug_of(spot.document) or "" for spot in spots), *unread)
        top = Spot.top(workspace.document)
        self.problems += across.order_known(workspace.model, top, filter(None, known))
        self.problems += across.in_order(workspace.model, spots)
        self.problems += across.rows_planned(workspace.model.year, whole)


def _service_names(contents: Iterable[str]) -> list[str]:
    return [name for name in contents if name.startswith(f"{SERVICES}/")]


def _slugs_of_names(names: Iterable[str]) -> list[str]:
    return [PurePosixPath(name).stem for name in names]


def _stray_files(root: Path) -> Iterator[Problem]:
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.yml")):
            place = Place(f"{folder}/{path.name}")
            yield kinds.WRONG_ENDING.at(place, better=f"{path.stem}.yaml")
