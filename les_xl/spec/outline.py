"""The outline of a model (its JSON Schema): which keys stand where, and what each of them means."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

Step = str | int
_NOTHING: Mapping[str, Any] = {}


@lru_cache(maxsize=8)
def outline_of(model: type[BaseModel]) -> "Outline":
    """The outline of a model, as a file of that model begins."""
    schema = model.model_json_schema()
    return Outline(schema.get("$defs", {}), schema)


@dataclass(frozen=True)
class Outline:
    """One place in a model: what may stand there."""

    definitions: Mapping[str, Any]
    here: Mapping[str, Any]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys that a mapping here may have; empty where there is no mapping, or any key may stand."""
        return tuple(self.here.get("properties", ()))

    @property
    def meaning(self) -> str:
        """What stands here, in words."""
        return str(self.here.get("description", ""))

    @property
    def tagged(self) -> bool:
        """True where one of several models stands, told apart by one of its keys."""
        return "discriminator" in self.here

    @property
    def tags(self) -> tuple[str, ...]:
        """The values of that key."""
        return tuple(self.here["discriminator"]["mapping"]) if self.tagged else ()

    def at(self, step: Step) -> "Outline":
        """The outline one step further: a key, the number of a list's item, or the tag of a tagged model."""
        if isinstance(step, int):
            return self._of(self.here.get("items", _NOTHING))
        if self.tagged:
            reference = self.here["discriminator"]["mapping"].get(step)
            return self._of({"$ref": reference} if reference else _NOTHING)
        named = self.here.get("properties", _NOTHING).get(step)
        return self._of(named or next(iter(self.here.get("patternProperties", _NOTHING).values()), _NOTHING))

    def _of(self, schema: Mapping[str, Any]) -> "Outline":
        options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
        reference = schema.get("$ref") or (options[0].get("$ref") if options else None)
        target = self.definitions[reference.rpartition("/")[2]] if reference else {}
        # A field's own words tell more than its model's; the model is what has the keys.
        return Outline(self.definitions, {**target, **schema})
