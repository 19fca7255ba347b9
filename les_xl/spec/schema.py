"""JSON Schemas of the spec files, with which an editor completes and checks them while they are written."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from les_xl.spec.audience_model import Audience
from les_xl.spec.extract_model import ExtractMapping
from les_xl.spec.model import Service, Workspace
from les_xl.spec.scalars import PERCENT_PATTERN

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: Mapping[str, type[BaseModel]] = {
    "service": Service,
    "workspace": Workspace,
    "extract": ExtractMapping,
    "audience": Audience,
}


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each kind of spec file, by its name: `service`, `workspace`, `extract`,
    `audience`."""
    return {name: _schema(model) for name, model in _MODELS.items()}


def schema_texts() -> dict[str, str]:
    """The schema files as they are written: file name to text."""
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schema files into a folder (made where it is not there), and give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in schema_texts())


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": _DIALECT, **_tidied(model.model_json_schema())}


def _tidied(schema: Any) -> Any:
    """The schema as an editor shows it best: without pydantic's titles, percentages with their sign."""
    if isinstance(schema, list):
        return [_tidied(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {key: _tidied(value) for key, value in schema.items() if not _is_noise(key, value)}
    if tidy.get("pattern") == PERCENT_PATTERN and isinstance(tidy.get("default"), float):
        tidy["default"] = f"{tidy['default'] * 100:g}%"
    if "patternProperties" in tidy:
        tidy["additionalProperties"] = False
    return tidy


def _is_noise(key: str, value: Any) -> bool:
    # `title` as a keyword is a text; as the name of one of our own keys it holds a schema.
    named = key == "title" and isinstance(value, str)
    return named or key == "discriminator" or (key == "default" and value is None)
