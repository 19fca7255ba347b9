"""`les-xl check`: what a report, claims or a commentary say, held against the figures."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from les_xl.cli import EXIT_DONE, EXIT_PROBLEMS
from les_xl.cli.workbook import AsAt, AsOf
from les_xl.cli.workspace import find_root, open_position
from les_xl.periods import long_label

if TYPE_CHECKING:
    from les_xl.report.claims.verdict import Verdict


def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Report (.md, .txt), claims (.yaml) or workbook (.xlsx).")],
    as_at: AsAt = None,
    as_of: AsOf = None,
    every: Annotated[bool, typer.Option("--all", help="Show the claims that agree too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Every verdict as JSON, for a program.")] = False,
) -> int:
    """Say of each sentence and table about LES figures whether it agrees with them, and what is right."""
    from les_xl.report.claims.files import read_claims
    from les_xl.report.claims.judge import judge

    document = read_claims(file)
    position = open_position(find_root(context), as_at, as_of)
    verdicts = judge(document, position)
    wrong = [verdict for verdict in verdicts if verdict.judgement == "disagrees"]
    if as_json:
        typer.echo(json.dumps([verdict.as_json() for verdict in verdicts], indent=1, ensure_ascii=False))
    else:
        for verdict in verdicts:
            if every or verdict.judgement != "agrees":
                typer.echo(str(verdict))
        typer.echo(f"{_summary(verdicts)}, held against {long_label(position.edition.as_at)}")
    return EXIT_PROBLEMS if wrong else EXIT_DONE


def _summary(verdicts: "tuple[Verdict, ...]") -> str:
    """`23 claims agree, 2 disagree, 1 cannot be judged`."""
    if not verdicts:
        return "No claim about a figure was found"
    parts = []
    for said, (one, many) in _SAID.items():
        number = sum(verdict.judgement == said for verdict in verdicts)
        parts += [f"{number:,} {one if number == 1 else many}"] if number else []
    return f"Of {len(verdicts):,} {'claim' if len(verdicts) == 1 else 'claims'} {', '.join(parts)}"


_SAID = {
    "agrees": ("agrees", "agree"),
    "disagrees": ("disagrees", "disagree"),
    "cannot be judged": ("cannot be judged", "cannot be judged"),
}
