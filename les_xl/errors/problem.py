"""A kind of problem (code, title, message, hint), one found problem with its place, and its printed form."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Place:
    """Where a problem is. Line and column count from 1; what does not apply is None."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    row: int | None = None
    field: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        """`specs/services/dementia.yaml:14:5`, or `activity.xlsx, sheet 'Oct', row 12, column 'value'`."""
        if self.line is not None:
            return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        parts = [self.file or ""]
        parts += [f"sheet '{self.sheet}'"] if self.sheet else []
        parts += [f"row {self.row}"] if self.row is not None else []
        parts += [f"column '{self.field}'"] if self.field else []
        parts += [f"cell {self.cell}"] if self.cell else []
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Kind:
    """One entry of the catalogue; `message` and `hint` are `str.format` templates.

    `mistake` and `mended` are a small example of the wrong and the right text for `docs/errors.md`.
    """

    code: str
    title: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    mistake: str = ""
    mended: str = ""

    def at(self, place: Place, *, source: str = "", value: str = "", **words: object) -> "Problem":
        """A problem of this kind: `words` fill the templates, `source` is the offending line of a file."""
        message, hint = self.message.format(**words), self.hint.format(**words)
        return Problem(self.code, self.severity, self.title, message, hint, place, source, value)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: what, where, the value (never a patient identifier), what to do."""

    code: str
    severity: Severity
    title: str
    message: str
    hint: str
    place: Place = field(default_factory=Place)
    source: str = ""
    value: str = ""

    def __str__(self) -> str:
        """`file:line:col: LES101 unknown key 'tittle' — did you mean 'title'?`"""
        where = f"{self.place}: " if str(self.place) else ""
        what = f"{self.code} {self.message}" + (f" — {self.hint}" if self.hint else "")
        return f"{where}{'warning: ' if self.severity == 'warning' else ''}{what}"


class LesError(Exception):
    """Something that the user must know and can mend; carries every problem found, never only the first."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


_REGISTERED: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds to the catalogue; a code stands for one kind only."""
    for kind in kinds:
        if _REGISTERED.setdefault(kind.code, kind) != kind:
            raise ValueError(f"{kind.code} is in the catalogue twice")


def registered() -> tuple[Kind, ...]:
    """Every kind of the catalogue modules imported so far, by code."""
    return tuple(_REGISTERED[code] for code in sorted(_REGISTERED))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one most likely means, or None."""
    by_folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def render(problems: Iterable[Problem]) -> str:
    """Problems as lines for a terminal: each with its source line and a caret where there is one."""
    lines: list[str] = []
    for problem in problems:
        lines.append(str(problem))
        if problem.source and problem.place.column is not None:
            lines.append(f"    {problem.source}")
            lines.append("    " + " " * (problem.place.column - 1) + "^")
    return "\n".join(lines)
