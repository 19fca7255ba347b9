"""The base of every spec model."""

from pydantic import BaseModel, ConfigDict


class Spec(BaseModel):
    """Base of every spec model: unknown keys are errors, and a read spec never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")
