"""`les-xl check`: what a report, claims or a workbook say, held against the figures."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from les_xl.cli import EXIT_DONE, EXIT_PROBLEMS
from les_xl.cli.workbook import AsAt, AsOf
from les_xl.cli.workspace import find_root, open_position
from les_xl.errors import render
from les_xl.errors.macros import CLAIM
from les_xl.periods import long_label

if TYPE_CHECKING:
    from les_xl.excel.checked import Checked
    from les_xl.position import Position
    from les_xl.report.claims.verdict import Verdict


def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Report (.md, .txt), claims (.yaml) or workbook (.xlsx).")],
    as_at: AsAt = None,
    as_of: AsOf = None,
    every: Annotated[bool, typer.Option("--all", help="Show the claims that agree too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Every verdict as JSON, for a program.")] = False,
) -> int:
    """Say of each sentence and table about LES figures whether it agrees with them, and what is right.

    Of a workbook that `les-xl new` wrote also whether its own figures are right, and what Excel would
    mind in it.
    """
    from les_xl.report.claims.files import WORKBOOKS, read_claims
    from les_xl.report.claims.judge import judge

    document = read_claims(file)
    position = open_position(find_root(context), as_at, as_of)
    verdicts = judge(document, position)
    wrong = [verdict for verdict in verdicts if verdict.judgement == "disagrees"]
    found = _checked(file, position) if file.suffix.lower() in WORKBOOKS else None
    if as_json:
        claims = [verdict.as_json() for verdict in verdicts]
        whole = claims if found is None else {"claims": claims, "workbook": found.as_json()}
        typer.echo(json.dumps(whole, indent=1, ensure_ascii=False))
    else:
        for verdict in verdicts:
            if every or verdict.judgement != "agrees":
                typer.echo(str(verdict))
        if found is not None:
            _show(file, found)
        typer.echo(f"{_summary(verdicts)}, held against {long_label(position.edition.as_at)}")
    return EXIT_PROBLEMS if wrong or (found is not None and not found.ok) else EXIT_DONE


def _checked(file: Path, position: "Position") -> "Checked | None":
    """The workbook as a whole; None for one that has no table of the product."""
    from les_xl.excel.checked import check_book
    from les_xl.excel.closed.adapter import ClosedBook
    from les_xl.excel.edition import contents
    from les_xl.excel.lint import lint_workbook
    from les_xl.periods import now

    book, found = ClosedBook(file), contents(position, now())
    present = {info.name.casefold() for info in book.tables()}
    if not present.intersection(table.name.casefold() for table in found.tables):
        return None
    return check_book(book, position, found, lint_workbook(file, uncached=True))


def _show(file: Path, found: "Checked") -> None:
    """What is wrong with the workbook but its claims, which are shown with the others."""
    problems = [problem for problem in found.problems if problem.code != CLAIM.code]
    if problems:
        typer.echo(render(problems), err=True)
    errors = sum(problem.severity == "error" for problem in problems)
    counts = f"errors: {errors:,}, warnings: {len(problems) - errors:,}" if problems else "nothing is wrong"
    typer.echo(f"{file} shows {found.shown}; {counts}")


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
