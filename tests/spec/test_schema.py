"""The JSON Schemas: current, valid, and of one mind with the model about the committed files."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from les_xl.spec.model import Service
from les_xl.spec.nodes import parse, plain
from les_xl.spec.reference import markdown
from les_xl.spec.schema import schema_texts, schemas, write_schemas
from les_xl.spec.shape import shape
from les_xl.spec.tokens import MEASURE_NAMES
from tests.spec.workspaces import DEMENTIA, GOOD, ROOT

SERVICES = sorted((ROOT / "specs" / "services").glob("*.yaml"))


def _loaded(raw: bytes) -> Any:
    document, problems = parse("specs/services/x.yaml", raw)
    assert document is not None
    assert problems == ()
    return json.loads(json.dumps(plain(document.root)))


def _faults(name: str, data: Any) -> list[str]:
    return [fault.message for fault in Draft202012Validator(schemas()[name]).iter_errors(data)]


def test_the_schemas_are_schemas() -> None:
    for schema in schemas().values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", schema_texts())
def test_the_committed_schema_is_current(name: str) -> None:
    written = (ROOT / "specs" / "schema" / name).read_text(encoding="utf-8")
    assert written == schema_texts()[name], "write it anew with: make docs"


def test_schemas_are_written_with_lf(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "specs" / "schema")
    assert [path.name for path in written] == [
        f"{name}.schema.json" for name in ("service", "workspace", "extract", "audience")
    ]
    assert all(b"\r" not in path.read_bytes() for path in written)


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_committed_service_fits_its_schema(path: Path) -> None:
    assert _faults("service", _loaded(path.read_bytes())) == []
    assert path.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=../schema/service.schema.json\nspec: les/1\n"
    )


def test_the_committed_workspace_fits_its_schema() -> None:
    assert _faults("workspace", _loaded((ROOT / "specs" / "les.yaml").read_bytes())) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("starts",), "2025-13"),
        (("starts",), 2025),
        (("contract",), "capitate"),
        (("title",), " "),
        (("metrics",), []),
        (("metrics", 0, "id"), "Reviews"),
        (("metrics", 0, "headline"), "yes"),
        (("plan", 0, "per_month"), -1),
        (("plan", 0, "basis"), "flaat"),
        (("plan", 1, "shares", "2025-05"), 10),
        (("plan", 1, "shares", "2025-05"), "-10%"),
        (("plan", 1, "shares", "May 2025"), "10%"),
        (("bands", "edges", 0), 0.5),
        (("exceptions", 0, "level"), ["ward"]),
        (("tittle",), "x"),
        (("metrics", 0, "tittle"), "x"),
    ],
    ids=str,
)
def test_schema_and_model_refuse_the_same(path: tuple[str | int, ...], value: object) -> None:
    good = _loaded(GOOD[DEMENTIA].encode())
    assert _faults("service", good) == []
    bad = copy.deepcopy(good)
    at = bad
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert _faults("service", bad) != []
    document, _ = parse("specs/services/x.yaml", json.dumps(bad).encode())
    assert document is not None
    assert shape(document, Service).problems != ()


def _properties(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    models = [schema, *schema.get("$defs", {}).values()]
    return [(key, value) for model in models for key, value in model["properties"].items()]


@pytest.mark.parametrize("name", schemas())
def test_every_key_is_described_and_no_other_is_allowed(name: str) -> None:
    schema = schemas()[name]
    assert all(value.get("description") for _, value in _properties(schema))
    assert all(model["additionalProperties"] is False for model in [schema, *schema["$defs"].values()])


def test_defaults_are_written_as_in_a_file() -> None:
    defaults = {key: value.get("default") for key, value in _properties(schemas()["workspace"])}
    assert defaults["reported"] == "50%"
    assert defaults["above"] == "105%"


def test_the_reference_page_is_current_and_names_every_key() -> None:
    page = markdown()
    assert (ROOT / "docs" / "specs.md").read_text(encoding="utf-8") == page, "write it anew with: make docs"
    keys = {key for schema in schemas().values() for key, _ in _properties(schema)}
    assert [key for key in keys if f"| `{key}` |" not in page] == []
    assert [name for name in MEASURE_NAMES if f"| `{name}` |" not in page] == []


def test_links_of_the_reference_page_lead_to_its_headings() -> None:
    page = markdown()
    anchors = {heading.lower().replace(" ", "-") for heading in re.findall(r"^## (.+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors
