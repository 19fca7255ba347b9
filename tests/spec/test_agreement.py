"""Whatever is done to a good file, its JSON Schema and our own rules agree on what a schema can express."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from les_xl.errors import Problem
from les_xl.spec.model import Service
from les_xl.spec.nodes import Document, parse, plain
from les_xl.spec.rules import check_parts, check_service
from les_xl.spec.schema import schemas
from les_xl.spec.shape import shape
from tests.spec.workspaces import DEMENTIA, GOOD, ROOT

SHAPE = {f"LES{number}" for number in range(101, 108)}
"""What a schema can express: which keys there are, and what may stand at each by itself."""

NAMES = ("ltc", "ring_pessary", "vasectomy", "meds_optimisation")
TEXTS = (
    GOOD[DEMENTIA],
    *((ROOT / f"specs/services/{name}.yaml").read_text(encoding="utf-8") for name in NAMES),
)
VALIDATOR = Draft202012Validator(schemas()["service"])
Path_ = tuple[str | int, ...]

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**6),
    st.floats(-5, 1000).filter(lambda number: not number.is_integer()),
    st.sampled_from(
        [
            "", " ", "60%", "60 %", "-5%", "60", "1e3%", "2025-04", "2025-13", "2025-4", "1989-12", "2025-26",
            "2025-27", "2029-30", "1999-00", "2099-00", "1989-90", "flat", "profile", "stock", "hha",
            "Reviews", "quality", "Q4", "Q5", "active", "opa", "practice", "monthly", "patient", "les/1",
            "les/2", "icb", "alert", "xmr", "nhsr", "down", "\u00a0", "é",
        ]
    ),
    st.lists(st.sampled_from(["hha", "active", "icb", "practice", "50%", 3, None]), max_size=4),
    st.dictionaries(
        st.sampled_from(["id", "basis", "2025-04", "per", "from", "x", " "]),
        st.sampled_from(["a", "5%", 1, "2025-05", ["a", "b"], ["a"]]),
        max_size=3,
    ),
)  # fmt: skip


@cache
def _tree(text: str) -> str:
    document, _ = parse(DEMENTIA, text.encode())
    assert document is not None
    return json.dumps(plain(document.root))


def _paths(value: Any, so_far: Path_ = ()) -> Iterator[Path_]:
    if so_far:
        yield so_far
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, item in entries:
        yield from _paths(item, (*so_far, step))


def _document(tree: Any) -> Document:
    # JSON is YAML, so that the file can be written from the tree as it is.
    document, problems = parse(DEMENTIA, json.dumps(tree, ensure_ascii=False).encode())
    assert document is not None
    assert problems == ()
    return document


def _problems(document: Document) -> Iterator[Problem]:
    shaped = shape(document, Service)
    yield from shaped.problems
    yield from check_parts(shaped.document)
    if shaped.model is not None:
        yield from check_service(shaped.model, shaped.document)


def _judge(tree: Any) -> None:
    codes = {problem.code for problem in _problems(_document(tree))}
    faults = [f"{'/'.join(map(str, fault.path))}: {fault.message}" for fault in VALIDATOR.iter_errors(tree)]
    if faults:
        assert codes, faults
    if codes & SHAPE:
        assert faults, codes


@given(st.sampled_from(TEXTS), st.data())
def test_keys_dropped_renamed_retyped_and_moved(text: str, data: st.DataObject) -> None:
    tree: Any = json.loads(_tree(text))
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(list(_paths(tree))))
        parent: Any = tree
        last: Any = path[-1]
        for step in path[:-1]:
            parent = parent[step]
        change = data.draw(st.sampled_from(["set", "set", "drop", "rename", "twice", "last"]))
        if change == "set":
            parent[last] = data.draw(VALUES)
        elif change == "drop":
            del parent[last]
        elif change == "twice" and isinstance(parent, list):
            parent.append(parent[last])
        elif change == "last":
            moved = parent.pop(last)
            parent.append(moved) if isinstance(parent, list) else parent.update({last: moved})
        elif change == "rename" and isinstance(parent, dict):
            parent[data.draw(st.sampled_from(["id", "tittle", "from", "unit", "2025-04", "x"]))] = parent.pop(
                last
            )
        if not isinstance(tree, dict) or not tree:
            return
    _judge(tree)


def _one_of_each_key() -> Iterator[tuple[str, Path_]]:
    """A text and a path in it to each key that there is, of whichever item of a list has it first."""
    seen: set[Path_] = set()
    for text in TEXTS:
        for path in _paths(json.loads(_tree(text))):
            key = tuple("item" if isinstance(step, int) or step[:2] == "20" else step for step in path)
            if key not in seen:
                seen.add(key)
                yield text, path


def test_every_value_of_every_key() -> None:
    values = [None, True, 0, -1, 0.5, "", "x", "60%", "2025-26", [], ["x"], ["x", "x"], {}, {"x": "y"}]
    for text, path in _one_of_each_key():
        for value in values:
            tree: Any = json.loads(_tree(text))
            parent = tree
            for step in path[:-1]:
                parent = parent[step]
            parent[path[-1]] = value
            _judge(tree)
