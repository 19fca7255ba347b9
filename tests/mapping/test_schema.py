"""The committed mappings and the JSON Schema, and that the schema refuses what the model refuses."""

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from les_xl.spec.extract_columns import OPTIONAL, REQUIRED, Columns
from les_xl.spec.extract_model import ExtractMapping
from les_xl.spec.nodes import parse, plain
from les_xl.spec.schema import schemas
from les_xl.spec.shape import shape
from tests.mapping.conftest import ROOT
from tests.mapping.mistakes import MAPPINGS

COMMITTED = sorted((ROOT / "specs" / "extracts").glob("*.yaml"))
VALIDATOR = Draft202012Validator(schemas()["extract"])


def _loaded(text: str) -> Any:
    document, problems = parse("specs/extracts/x.yaml", text.encode())
    assert document is not None
    assert problems == ()
    return json.loads(json.dumps(plain(document.root)))


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_mapping_fits_its_schema(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    assert [fault.message for fault in VALIDATOR.iter_errors(_loaded(text))] == []
    assert text.startswith("# yaml-language-server: $schema=../schema/extract.schema.json\n")


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("export", ("kind",), "activities"),
        ("export", ("matches",), []),
        ("export", ("matches", 0, "les"), "Dementia"),
        ("export", ("header", "within"), 0),
        ("export", ("columns", "ods_code", "heading"), ["Code"]),
        ("export", ("columns", "code"), {"position": 1}),
        ("export", ("columns", "value", "position"), 1.5),
        ("export", ("month", "value"), "Oct-25"),
        ("export", ("footer", "texts"), []),
        ("export", ("delimiter",), ";"),
        ("export", ("drop",), "Y1"),
        ("export", ("drop",), [" "]),
        ("long", ("indicators", "metrics", 0, "code"), []),
        ("long", ("date_format",), "ddmmyyyy"),
        ("wide", ("sheets", "named", "Memory"), "Memory clinic"),
        ("wide", ("months", "year"), "2025"),
        ("positions", ("only", 0, "among"), [4]),
        ("positions", ("header", "none"), "yes"),
    ],
    ids=str,
)
def test_schema_and_model_refuse_the_same(name: str, path: tuple[str | int, ...], value: object) -> None:
    good = _loaded(MAPPINGS[f"specs/extracts/{name}.yaml"])
    assert VALIDATOR.is_valid(good)
    bad = copy.deepcopy(good)
    at = bad
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert not VALIDATOR.is_valid(bad)
    document, _ = parse("specs/extracts/x.yaml", json.dumps(bad).encode())
    assert document is not None
    assert shape(document, ExtractMapping).problems != ()


def test_our_columns_are_those_of_the_extracts() -> None:
    from les_xl.data.extract import LAYOUTS

    for kind in REQUIRED:
        mapped = {*REQUIRED[kind], *OPTIONAL[kind]}
        read = {
            name for layout in LAYOUTS if layout.kind == kind for name in (*layout.required, *layout.optional)
        }
        assert mapped == read
    named = {field.alias or name for name, field in Columns.model_fields.items()}
    assert named == {name for kind in REQUIRED for name in (*REQUIRED[kind], *OPTIONAL[kind])}
