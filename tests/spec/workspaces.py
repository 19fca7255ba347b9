"""Small workspaces to break: a good one as text, and the way to write it with one thing changed."""

from collections.abc import Mapping
from pathlib import Path

from les_xl.errors import Problem
from les_xl.spec.read import check_specs

ROOT = Path(__file__).resolve().parents[2]

LES = "specs/les.yaml"
DEMENTIA = "specs/services/dementia.yaml"
MARK = "§"
"""Stands in a text where a problem is expected; it is taken out before the file is written."""

GOOD: dict[str, str] = {
    LES: """\
spec: workspace/1
icb: {code: QE1, name: An ICB}
year: 2025-26
sub_icbs:
  - {code: 00Q, name: Here}
  - {code: 01A, name: There}
order: [dementia]
status: {well_below: 60%, below: 95%, above: 105%, well_above: 150%}
""",
    DEMENTIA: """\
spec: les/1
les: dementia
title: Dementia
contract: cost_and_volume
starts: 2025-05
metrics:
  - {id: reviews, title: Reviews, kind: flow, headline: true, published_as: Dementia}
  - {id: register, title: Register, kind: stock}
plan:
  - {year: 2025-26, basis: flat, per_month: 10, annual_target: 110, from: 2025-05, source: a paper}
  - year: 2025-26
    basis: profile
    name: expected
    shares: {2025-04: 0%, 2025-05: 10%, 2025-06: 10%, 2025-07: 10%, 2025-08: 10%, 2025-09: 10%, 2025-10: 10%,
      2025-11: 10%, 2025-12: 10%, 2026-01: 10%, 2026-02: 5%, 2026-03: 5%}
    source: a paper
bands:
  of: pct_annual
  edges: [50%, 100%]
  labels: ["0-50%", "51-100%", "100% +"]
exclude:
  - {rule: notice_given, footnote: but one, from: 2025-09}
exceptions:
  - {id: under_plan, level: [icb, practice], when: pct_plan_to_date < 60%, severity: alert}
""",
}

Files = Mapping[str, str | bytes]


def changed(file: str, *edits: tuple[str, str]) -> dict[str, str | bytes]:
    """The good workspace with texts of one file replaced, each of which stands there once."""
    text = GOOD[file]
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return {**GOOD, file: text}


def write(root: Path, files: Files) -> None:
    """Write a workspace, without the marks."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            content.replace(MARK.encode("latin-1"), b"")
            if isinstance(content, bytes)
            else content.replace(MARK, "").encode()
        )


def problems_of(root: Path, files: Files) -> tuple[Problem, ...]:
    """Everything that is wrong with a workspace."""
    write(root, files)
    return check_specs(root)[1]


def places(files: Files) -> list[tuple[str, int, int]]:
    """File, line and column of each mark, in the order in which problems are reported."""
    found = []
    for name in sorted(files, key=lambda name: (name != LES, name)):
        content = files[name]
        text = content.decode("latin-1") if isinstance(content, bytes) else content
        for number, line in enumerate(text.split("\n"), start=1):
            pieces = line.split(MARK)
            found += [(name, number, len("".join(pieces[:at])) + 1) for at in range(1, len(pieces))]
    return found
