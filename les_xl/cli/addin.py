"""`les-xl addin`: build the add-ins anywhere; install the desktop one into Excel on Windows."""

from pathlib import Path
from typing import Annotated

import typer

from les_xl.cli import EXIT_DONE, EXIT_PROBLEMS
from les_xl.cli.calc_addin import build_calc
from les_xl.cli.workspace import find_root
from les_xl.errors import render

app = typer.Typer(
    help="Add-ins with the LES functions, for Excel on Windows and for LibreOffice.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("build-calc")(build_calc)


@app.command("build")
def build(
    out: Annotated[Path, typer.Option(help="Folder to write les.xlam and les.xlsm into.")] = Path("dist"),
) -> int:
    """Write les.xlam (the add-in) and les.xlsm (for those who may not install one); works on any system."""
    from les_xl.hosts.addin.build import build as write

    for path in write(out):
        typer.echo(f"Written: {path}")
    return EXIT_DONE


@app.command("install")
def install(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Option(help="An add-in that was built before, such as a signed one.")
    ] = None,
) -> int:
    """Put the add-in where Excel opens it by itself, for this user, Python and workspace (Windows)."""
    from les_xl.hosts.addin import install as installing
    from les_xl.hosts.addin.build import build_addin, read_addin

    machine = installing.Machine.here()
    machine.folder()  # on another system this is said before a workspace is looked for
    workspace = find_root(context)
    done = installing.install(machine, workspace, build_addin() if file is None else read_addin(file))
    if done.replaced is not None:
        typer.echo(f"Replaced the add-in of LES-XL {done.replaced.version}")
    typer.echo(f"Python:    {machine.interpreter}")
    typer.echo(f"Workspace: {workspace}")
    typer.echo(f"Start Excel anew; the add-in is {done.addin}")
    return EXIT_DONE


@app.command("uninstall")
def uninstall() -> int:
    """Take the add-in and its settings out again (Windows). Workbooks and data stay as they are."""
    from les_xl.hosts.addin import install as installing

    removed = installing.uninstall(installing.Machine.here())
    for path in removed:
        typer.echo(f"Removed: {path}")
    if not removed:
        typer.echo("The add-in is not installed; nothing to remove")
    return EXIT_DONE


@app.command("status")
def status() -> int:
    """Say what is installed and whether Excel, Python, xlwings and the workspace fit together (Windows)."""
    from les_xl.hosts.addin import install as installing

    found = installing.status(installing.Machine.here())
    if found.problems:
        typer.echo(render(found.problems), err=True)
        return EXIT_PROBLEMS
    typer.echo(f"Python:    {found.interpreter}")
    typer.echo(f"Workspace: {found.workspace}")
    typer.echo(f"LES-XL's add-in is installed and fits: {found.addin}")
    return EXIT_DONE
