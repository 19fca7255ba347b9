"""The typer application, and the boundary where whatever was raised becomes a message and an exit code."""

import sys
import tempfile
import traceback
from pathlib import Path
from typing import Annotated

import typer

import les_xl
from les_xl.cli import EXIT_DONE, EXIT_PROBLEMS, EXIT_USAGE
from les_xl.cli import addin as addin_commands
from les_xl.cli import calc as calc_command
from les_xl.cli import check as check_command
from les_xl.cli import data as data_commands
from les_xl.cli import demo as demo_command
from les_xl.cli import serve as serve_command
from les_xl.cli import specs as specs_commands
from les_xl.cli import workbook as workbook_commands
from les_xl.errors import LesError, Place, render
from les_xl.errors.usage import UNFORESEEN

app = typer.Typer(
    name="les-xl",
    help="Local Enhanced Services reporting for NHS integrated care boards, from Excel.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"les-xl {les_xl.__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    workspace: Annotated[
        Path | None, typer.Option(help="Folder that holds specs/; found upwards from here if left out.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Local Enhanced Services reporting for NHS integrated care boards, from Excel."""
    context.obj = workspace


app.command("demo")(demo_command.demo)
app.add_typer(specs_commands.app, name="specs")
app.command("load")(data_commands.load)
app.command("loads")(data_commands.loads)
app.command("unload")(data_commands.unload)
app.command("new")(workbook_commands.new)
app.command("refresh")(workbook_commands.refresh)
app.command("check")(check_command.check)
app.command("calc")(calc_command.calc)
app.add_typer(addin_commands.app, name="addin")
app.command("serve")(serve_command.serve)


def run(arguments: list[str]) -> int:
    """Run one command; gives its exit code. Prints every problem to the error stream."""
    _print_utf8()
    try:
        code = app(arguments, prog_name="les-xl", standalone_mode=False)
    except LesError as error:
        typer.echo(render(error.problems), err=True)
        return EXIT_PROBLEMS
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "les-xl"
        typer.echo(f"{error.format_message()}\nSee: {command} --help", err=True)
        return EXIT_USAGE
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("Stopped; nothing was half-written.", err=True)
        return EXIT_PROBLEMS
    except Exception as error:
        typer.echo(str(_unforeseen(error)), err=True)
        return EXIT_PROBLEMS
    return code if isinstance(code, int) else EXIT_DONE


def _print_utf8() -> None:
    # A Windows console or a pipe may be cp1252, where a dash or a caret line would stop the whole command.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _unforeseen(error: Exception) -> object:
    with tempfile.NamedTemporaryFile(
        "w", prefix="les-xl-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        # Where it happened, never the exception's own words: they may quote a value of a patient.
        log.write("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + "\n")
    return UNFORESEEN.at(Place(), what=type(error).__name__, log=log.name)
