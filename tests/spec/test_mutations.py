"""Good files with something broken at random: never a crash; always specs, or errors that say where."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from les_xl.errors import render
from les_xl.spec.nodes import parse, plain
from les_xl.spec.read import check_specs
from tests.mapping.mistakes import MAPPINGS
from tests.spec.audience_files import AUDIENCES
from tests.spec.workspaces import DEMENTIA, GOOD, LES, ROOT, Files

LTC = "specs/services/ltc.yaml"
RING_PESSARY = "specs/services/ring_pessary.yaml"
VASECTOMY = "specs/services/vasectomy.yaml"
WITHOUT_A_LINE = ("LES114", "LES121", "LES122")

TEXTS: dict[str, str] = {
    **GOOD,
    LES: GOOD[LES].replace("order: [dementia]", "order: [dementia, ltc, ring_pessary, vasectomy]"),
    **{name: (ROOT / name).read_text(encoding="utf-8") for name in (LTC, RING_PESSARY, VASECTOMY)},
    **AUDIENCES,
    **MAPPINGS,
}
Path_ = tuple[str | int, ...]


def _tree(name: str) -> Any:
    document, _ = parse(name, TEXTS[name].encode())
    assert document is not None
    return _listed(plain(document.root))


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, tuple) else value


def _paths(value: Any, so_far: Path_ = ()) -> Iterator[Path_]:
    if so_far:
        yield so_far
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*so_far, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _paths(item, (*so_far, number))


TREES = {name: _tree(name) for name in TEXTS}
SPOTS = [(name, path) for name, tree in TREES.items() for path in _paths(tree)]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["", " ", "60%", "-5%", "2025-04", "2026-04", "2025-26", "flat", "hha", "reviews", "ltc"]
    ),
    st.text(max_size=8),
    st.lists(st.sampled_from(["hha", "50%", 3, None]), max_size=3),
    st.dictionaries(
        st.sampled_from(["id", "basis", "2025-04", "x"]), st.sampled_from(["a", "5%", 1]), max_size=3
    ),
)
CHANGES = st.one_of(
    st.just(("drop", None)),
    st.tuples(st.just("twice"), st.none()),
    st.tuples(
        st.just("rename"), st.sampled_from(["id", "tittle", "from", "metric", "per_mont", "shares", "[key]"])
    ),
    st.tuples(st.just("set"), VALUES),
)


def _apply(tree: Any, path: Path_, change: str, value: Any) -> None:
    last: Any = path[-1]
    way = path[:-1]
    for step in way:
        if not _has(tree, step):
            return
        tree = tree[step]
    if not _has(tree, last):
        return
    if change == "set":
        tree[last] = value
    elif change == "twice" and isinstance(tree, list):
        tree.append(tree[-1])
    elif change == "rename" and isinstance(tree, dict):
        tree[value] = tree.pop(last)
    elif change == "drop":
        del tree[last]


def _has(tree: Any, step: str | int) -> bool:
    if isinstance(tree, dict):
        return step in tree
    return isinstance(tree, list) and isinstance(step, int) and step < len(tree)


class _Written(yaml.SafeDumper):
    """Writes a repeated value out instead of using an anchor."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SPOTS), CHANGES), min_size=1, max_size=4))
def test_keys_dropped_renamed_and_retyped(changes: list[tuple[tuple[str, Path_], tuple[str, Any]]]) -> None:
    trees = {name: _tree(name) for name in TEXTS}
    for (name, path), (change, value) in changes:
        _apply(trees[name], path, change, value)
    _hold(
        {
            name: yaml.dump(tree, Dumper=_Written, allow_unicode=True, sort_keys=False).encode()
            for name, tree in trees.items()
        }
    )


@settings(deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_characters_put_in_and_taken_out(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    start = data.draw(st.integers(0, len(text)))
    end = start + data.draw(st.integers(0, 30))
    put = data.draw(
        st.text(max_size=5) | st.sampled_from(["\t", "- ", "&a ", "*a", "---\n", "[", "{", '"', "§"])
    )
    _hold({**TEXTS, name: (text[:start] + put + text[end:]).encode("utf-8", errors="surrogatepass")})


@settings(deadline=None)
@given(st.sampled_from([LES, DEMENTIA]), st.binary(max_size=60))
def test_any_bytes_in_the_place_of_a_file(name: str, raw: bytes) -> None:
    _hold({**TEXTS, name: raw})


def _hold(files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, raw in files.items():
            assert not isinstance(raw, str) or "§" not in raw
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        specs, problems = check_specs(root)
    errors = [problem for problem in problems if problem.severity == "error"]
    assert (specs is None) == bool(errors)
    assert len(set(problems)) == len(problems)
    for problem in problems:
        assert "{" not in problem.title
        assert problem.place.file in files
        assert (problem.place.line is None) == (problem.code in WITHOUT_A_LINE)
    assert len(render(problems).split("\n")) >= len(problems)
