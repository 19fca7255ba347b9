"""`les-xl new` and `les-xl refresh`: write a master workbook, and bring the analyst's up to date."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from les_xl.cli import EXIT_DONE
from les_xl.cli.workspace import find_root, open_position
from les_xl.errors import render
from les_xl.errors.refresh import LACKS
from les_xl.periods import long_label, now

if TYPE_CHECKING:
    from les_xl.excel.refresh import RefreshResult
    from les_xl.position import Edition

AsAt = Annotated[str | None, typer.Option(help="Month of the position, such as 2025-10.")]
AsOf = Annotated[str | None, typer.Option(help="Last load to take into account: its number or a date.")]


def new(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Workbook to write, such as workbooks/les_master.xlsx.")],
    as_at: AsAt = None,
    as_of: AsOf = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file of that name; it is kept as .bak.")
    ] = False,
) -> int:
    """Write a new master workbook of the position. It is the analyst's file from then on."""
    from les_xl.excel.master import new_workbook
    from les_xl.excel.replace import check_place

    root = find_root(context)
    check_place(file, overwrite=force)  # a name that is taken is said before any figure is worked out
    position = open_position(root, as_at, as_of)
    new_workbook(position, file, now=now(), overwrite=force)
    typer.echo(f"{long_label(position.edition.as_at)} ({position.edition}) is in {file}")
    return EXIT_DONE


def refresh(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Workbook to refresh, such as workbooks/les_master.xlsx.")],
    as_at: AsAt = None,
    as_of: AsOf = None,
    year: Annotated[
        str | None, typer.Option(help="Financial year to show, such as 2025-26; the workspace's if left out.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change and write nothing.")
    ] = False,
    add_missing: Annotated[
        bool,
        typer.Option(
            "--add-missing",
            help="Add also columns that tables lack, and sheets that were deleted, not only newer ones.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What changed as JSON, for a program.")] = False,
) -> int:
    """Fill the named tables and cells of a workbook with the position's figures, and touch nothing else."""
    from les_xl.excel.closed.write import read
    from les_xl.excel.edition import contents
    from les_xl.excel.refresh import refresh_file

    root = find_root(context)
    read(file)  # a file that is missing or open is said before any figure is worked out
    position = open_position(root, as_at, as_of, year)
    found = contents(position, now())
    result = refresh_file(
        file,
        found.tables,
        found.names,
        dry_run=dry_run,
        answer=found.answer,
        frame=found.frame,
        offer=found.offer,
        add_missing=add_missing,
    )
    if as_json:
        typer.echo(json.dumps(_as_json(result, position.edition), indent=1))
    else:
        _show(result, position.edition, dry_run=dry_run)
    return EXIT_DONE


def _as_json(result: "RefreshResult", edition: "Edition") -> dict[str, object]:
    return {"as_at": edition.as_at, "as_of": edition.as_of, "specs": edition.data_version, **result.as_json()}


def _show(result: "RefreshResult", edition: "Edition", *, dry_run: bool) -> None:
    """What changed, what the workbook lacks, warnings; the last line says where the result is."""
    plan = result.plan
    if plan.changes:
        typer.echo("Would change:" if dry_run else "Changed:")
    for sentence in plan.sentences() if plan.changes else ():
        typer.echo(f"  {sentence}")
    if plan.lacking:
        typer.echo("The workbook lacks, and nothing was filled there:")
        for what in plan.lacking:
            typer.echo(f"  {what}")
        typer.echo(
            "Leave it so if you deleted them; --add-missing adds columns, and sheets without any table."
        )
    warnings = [problem for problem in result.warnings if problem.code != LACKS.code]
    if warnings:
        typer.echo(render(warnings), err=True)
    said = f"{long_label(edition.as_at)} ({edition})"
    if not plan.changes:
        typer.echo(f"{result.path} shows {said} already; nothing was written")
    elif dry_run:
        more = f", new sheets: {len(plan.sheets)}" if plan.sheets else ""
        typer.echo(f"{plan.cells:,} cells of {result.path} would change to {said}{more}; nothing was written")
    else:
        typer.echo(f"{said} is in {result.path}; the file as it was is {result.backup}")
