"""A workspace with the committed specifications and the sample's practices, copied for each test."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from les_xl.data.known import Known
from les_xl.data.load import LoadResult, load_files
from les_xl.data.store import Store, known
from les_xl.spec.extract_model import ExtractMapping
from les_xl.spec.nodes import parse, plain
from les_xl.spec.read import Specs, read_specs

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample" / "2025-10"
FILES = ROOT / "sample" / "layouts" / "files"
NOW = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)


@dataclass
class Desk:
    """Where files arrive and are loaded, by the given specifications."""

    root: Path
    specs: Specs
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.store = Store.open(self.root / "store")

    def load(self, *paths: Path, dry_run: bool = False) -> tuple[LoadResult, ...]:
        """Load files as the commands do."""
        return load_files(self.store, self.specs, paths, now=NOW, user="analyst", dry_run=dry_run)

    def load_text(self, name: str, text: str, encoding: str = "utf-8") -> LoadResult:
        """Write a file and load it."""
        path = self.root / name
        path.write_bytes(text.encode(encoding))
        return self.load(path)[0]

    def load_bytes(self, name: str, content: bytes) -> LoadResult:
        """Write a file of these bytes and load it."""
        path = self.root / name
        path.write_bytes(content)
        return self.load(path)[0]

    def layout(self, name: str) -> LoadResult:
        """Load one of the sample layouts, from a copy of it."""
        path = self.root / name
        shutil.copyfile(FILES / name, path)
        return self.load(path)[0]

    def with_mapping(self, text: str) -> "Desk":
        """The same desk with one further mapping, written as YAML."""
        document, problems = parse("specs/extracts/x.yaml", text.encode())
        assert document is not None
        assert problems == ()
        mapping = ExtractMapping.model_validate(plain(document.root), strict=True)
        self.specs = Specs(
            self.specs.root,
            self.specs.workspace,
            self.specs.services,
            self.specs.data_version,
            (*self.specs.mappings, mapping),
        )
        return self

    def known(self) -> Known:
        """What is known now."""
        return known(self.store)

    def activity(self) -> dict[tuple[str, str, str, str], float]:
        """What is known of activity, by code, LES, metric and month."""
        rows = self.known().activity
        keys = zip(rows["ods_code"], rows["les"], rows["metric"], rows["month"], strict=True)
        return dict(zip(keys, rows["value"], strict=True))


@pytest.fixture(scope="session")
def committed() -> Specs:
    """The committed specifications."""
    return read_specs(ROOT)


@pytest.fixture(scope="session")
def practices(committed: Specs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a desk where the sample's organisations and sign-up are loaded, made once."""
    desk = Desk(tmp_path_factory.mktemp("practices"), committed)
    results = desk.load(SAMPLE / "reference" / "organisations.csv", SAMPLE / "reference" / "signup.csv")
    assert [result.status for result in results] == ["loaded", "loaded"]
    return desk.store.path


@pytest.fixture
def empty(tmp_path: Path, committed: Specs) -> Desk:
    """A desk where nothing is loaded."""
    return Desk(tmp_path, committed)


@pytest.fixture
def desk(empty: Desk, practices: Path) -> Desk:
    """A desk where organisations and sign-up are loaded, as loads 1 and 2."""
    shutil.copytree(practices, empty.store.path)
    return empty


def codes(result: LoadResult) -> list[str]:
    """Codes of a result's problems, in order."""
    return [problem.code for problem in result.problems]
