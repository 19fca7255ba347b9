"""`les-xl new`: write a master workbook."""

from pathlib import Path
from typing import Annotated

import typer

from les_xl.cli import EXIT_DONE
from les_xl.cli.workspace import find_root, open_position
from les_xl.periods import long_label, now


def new(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Workbook to write, such as workbooks/les_master.xlsx.")],
    as_at: Annotated[str | None, typer.Option(help="Month of the position, such as 2025-10.")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Last load to take into account: its number or a date.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file of that name; it is kept as .bak.")
    ] = False,
) -> int:
    """Write a new master workbook of the position. It is the analyst's file from then on."""
    from les_xl.excel.master import new_workbook

    position = open_position(find_root(context), as_at, as_of)
    new_workbook(position, file, now=now(), overwrite=force)
    typer.echo(f"{long_label(position.edition.as_at)} ({position.edition}) is in {file}")
    return EXIT_DONE
