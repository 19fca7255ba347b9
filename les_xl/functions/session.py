"""The way in to the answers of a workspace: its index from the cache, or made anew after a change."""

import hashlib
import json
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import les_xl
from les_xl.data.snapshot import AsOf
from les_xl.data.store import Store, delta_version, known
from les_xl.errors import LesError, Problem
from les_xl.functions.index import Index
from les_xl.functions.saved import FORMAT, UnusableIndexError, load, save
from les_xl.spec.version import WORKSPACE_FILE, data_version, spec_files

_Seen = tuple[tuple[tuple[str, int, int], ...], str]
_STORE = "data/store"
_FIGURES = ("*.py", "data/*.py", "measures/*.py", "report/**/*.py", "spec/*.py", "functions/*.py")
_PLAIN_STORE = re.compile(rb"^store: +([A-Za-z][A-Za-z0-9_./-]*) *\r?$", re.MULTILINE)
_KEPT = 14
"""Index files that stay in the cache; the least recently made go first."""


def open_index(root: Path, as_at: str | None = None, as_of: AsOf = None) -> Index:
    """The index of a workspace's position, from the cache, or made and cached where there is none that fits.

    `as_at` is a month as `2025-10` (by the workspace's rule where left out), `as_of` a load number or a date
    (the last load where left out). Raises LesError for what is wrong with the specifications, the store or
    `as_of`.
    """
    return Session(root, as_at, as_of).index()


class Session:
    """A workspace that stays open: every `index()` notices a new load and changed specifications."""

    def __init__(self, root: Path, as_at: str | None = None, as_of: AsOf = None) -> None:
        self._root, self._as_at, self._as_of = root, as_at, as_of
        self._last: tuple[_Seen, Index | tuple[Problem, ...]] | None = None

    def index(self) -> Index:
        """The index of what the workspace holds now; the same object for as long as nothing has changed.

        Raises LesError as `open_index`; what is wrong is looked at again when something has changed.
        """
        seen = _look(self._root)
        if self._last is None or self._last[0] != seen:
            self._last = seen, self._made()
        found = self._last[1]
        if isinstance(found, tuple):
            raise LesError(*found)
        return found

    def _made(self) -> Index | tuple[Problem, ...]:
        try:
            return _cached(self._root, self._as_at, self._as_of)
        except LesError as error:
            return error.problems


def _cached(root: Path, as_at: str | None, as_of: AsOf) -> Index:
    try:
        key = _key(root, as_at, as_of)
    except OSError:
        # A specification that cannot be read: those who read them all say which.
        return _reopening(_made_anew(root, as_at, as_of), root)
    path = store_folder(root).parent / "index" / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.arrow"
    try:
        return _reopening(load(path, key), root)
    except UnusableIndexError:
        index = _reopening(_made_anew(root, as_at, as_of), root)
    # What changed while the index was made is in it or not: only what is known to fit the key is kept.
    if _key(root, as_at, as_of) == key:
        _keep(index, path, key)
    return index


def _reopening(index: Index, root: Path) -> Index:
    """The same index, which knows where those of other as-at months are: of the same loads."""
    return replace(index, reopen=lambda month: open_index(root, month, index.catalogue.as_of))


def _made_anew(root: Path, as_at: str | None, as_of: AsOf) -> Index:
    from les_xl.functions.build import build_index
    from les_xl.position import make_position
    from les_xl.spec.read import read_specs

    specs = read_specs(root)
    store = Store.open(root / specs.workspace.store)
    return build_index(make_position(specs, known(store, as_of, specs.workspace.engine), as_at))


def _keep(index: Index, path: Path, key: str) -> None:
    try:
        save(index, path, key)
        kept = sorted(path.parent.glob("*.arrow"), key=lambda file: file.stat().st_mtime_ns)
        for old in kept[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        # A folder that cannot be written, or a file that another Excel has open: the answers are right
        # all the same, and are only made anew the next time.
        return


def _key(root: Path, as_at: str | None, as_of: AsOf) -> str:
    """What an index is made from, in words: another key is another index."""
    made_of = {
        "program": _program(),
        "specs": data_version(root),
        "store": store_state(store_folder(root)),
        "as_at": as_at or "",
        "as_of": "" if as_of is None else str(as_of),
    }
    return json.dumps(made_of)


@lru_cache(1)
def _program() -> str:
    """Which program makes the figures: its version, and its modules by date and size for who works on it."""
    package = Path(les_xl.__file__).parent
    modules = (path for part in _FIGURES for path in sorted(package.glob(part)))
    stamps = [_stamp(path) for path in modules]
    return f"{FORMAT} {les_xl.__version__} {hashlib.sha256(repr(stamps).encode()).hexdigest()}"


def store_state(store: Path) -> str:
    """Version and hash of a store's newest commit (one made anew begins at 0 again); empty for none."""
    version = delta_version(store)
    if version is None:
        return ""
    commit = store / "_delta_log" / f"{version:020d}.json"
    return (
        f"{version} {hashlib.sha256(commit.read_bytes()).hexdigest()}" if commit.is_file() else str(version)
    )


def _look(root: Path) -> _Seen:
    """What tells that something has changed, at the price of a fifth of a millisecond."""
    files = tuple((name, *_stamp(root / name)) for name in spec_files(root))
    return files, store_state(store_folder(root))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return 0, -1
    return stat.st_mtime_ns, stat.st_size


def store_folder(root: Path) -> Path:
    """Folder of the store, without the time that reading all specifications takes."""
    path = root / WORKSPACE_FILE
    return root / _said_store(path, _stamp(path))


@lru_cache(16)
def _said_store(path: Path, _stamp: tuple[int, int]) -> str:
    try:
        text = path.read_bytes()
    except OSError:
        return _STORE
    # Importing a YAML parser takes as long as answering; a plain line needs none.
    if len(plain := _PLAIN_STORE.findall(text)) == 1:
        return str(plain[0].decode())
    return _parsed_store(text)


def _parsed_store(text: bytes) -> str:
    import yaml

    try:
        said = yaml.safe_load(text)["store"]
    except (yaml.YAMLError, KeyError, TypeError, ValueError):
        return _STORE
    return said if isinstance(said, str) else _STORE
