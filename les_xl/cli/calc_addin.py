"""`les-xl addin build-calc`: the functions as an add-in of LibreOffice Calc."""

from pathlib import Path
from typing import Annotated

import typer

from les_xl.cli import EXIT_DONE
from les_xl.cli.workspace import find_root


def build_calc(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Option(help="File to write; dist/les.oxt in the workspace if left out.")
    ] = None,
) -> int:
    """Build les.oxt, the functions for LibreOffice Calc, which answers from this workspace."""
    from les_xl.hosts.calc_addin import build_oxt

    root = find_root(context)
    path = build_oxt(to or root / "dist" / "les.oxt", root)
    typer.echo("Open it with LibreOffice (or: unopkg add --force FILE), and start LibreOffice anew.")
    typer.echo(f"The add-in is {path}")
    return EXIT_DONE
