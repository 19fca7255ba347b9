"""From a frame of bad rows to problems: each with its place, a flood of one code cut short and counted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from les_xl.errors import Kind, Place, Problem, Severity
from les_xl.errors.extracts import AND_MORE

if TYPE_CHECKING:
    import pandas as pd

LISTED = 200
"""How many problems of one code are listed one by one."""

_LONGEST = 400

Row = Mapping[str, Any]

# Arguments of `Kind.at` that a column of the same name must not fill.
_RESERVED = ("place", "source", "value")


class Placed(Protocol):
    """What knows the place of a row and column: an extract."""

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        """The place of a row and column of the file."""


@dataclass(frozen=True)
class Finding:
    """The problems of one check: those that are listed, and how many there are in all."""

    kind: Kind
    problems: tuple[Problem, ...]
    count: int


def found(
    kind: Kind,
    source: Placed,
    rows: "pd.DataFrame",
    column: str | None = None,
    words: Callable[[Row], Mapping[str, object]] = lambda row: {},
) -> Finding:
    """A problem of this kind for each of the rows; no more than LISTED are made, all are counted.

    `row` among the rows' columns is the row number; `column` is the one whose value is shown; `words` gives
    what fills the kind's templates.
    """
    if rows.empty:
        return Finding(kind, (), 0)
    problems = tuple(
        _problem(kind, source, {str(name): cell for name, cell in row.items()}, column, words)
        for row in rows.head(LISTED).to_dict("records")
    )
    return Finding(kind, problems, len(rows))


def flatten(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """All problems, errors first, then by row; of each code at most LISTED, and how many more there are."""
    by_kind: dict[Kind, list[Finding]] = {}
    for finding in findings:
        by_kind.setdefault(finding.kind, []).append(finding)
    problems = [problem for kind, same in by_kind.items() for problem in _cut(kind, same)]
    return tuple(sorted(problems, key=_rank))


def _problem(
    kind: Kind, source: Placed, row: Row, column: str | None, words: Callable[[Row], Mapping[str, object]]
) -> Problem:
    number = int(row["row"]) if "row" in row else None
    value = "" if column is None else printable(str(row[column]))
    texts = {name: printable(str(text)) for name, text in words(row).items() if name not in _RESERVED}
    return replace(kind.at(source.place(number, column), **texts), value=value)


def printable(text: str) -> str:
    """The text as a message can hold it: no control characters, and not the length of a book."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return "".join(letter if letter.isprintable() else " " for letter in shown)


def _cut(kind: Kind, findings: list[Finding]) -> list[Problem]:
    problems = sorted((problem for finding in findings for problem in finding.problems), key=_rank)[:LISTED]
    more = sum(finding.count for finding in findings) - len(problems)
    if more:
        place = Place(problems[0].place.file, sheet=problems[0].place.sheet)
        rest = AND_MORE.at(place, count=more, code=kind.code)
        problems.append(replace(rest, severity=kind.severity, value=str(more)))
    return problems


def count(problems: Iterable[Problem], severity: Severity) -> int:
    """How many problems of that severity were found, those included that are counted and not listed."""
    return sum(
        int(problem.value) if problem.code == AND_MORE.code else 1
        for problem in problems
        if problem.severity == severity
    )


def _rank(problem: Problem) -> tuple[bool, bool, int, str]:
    row = problem.place.row
    return problem.severity == "warning", problem.code == AND_MORE.code, row or 0, problem.code
