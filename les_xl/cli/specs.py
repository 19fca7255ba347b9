"""`les-xl specs …`: check the specifications, their JSON Schemas, what they say, what changed."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from les_xl.cli import EXIT_DONE, EXIT_PROBLEMS
from les_xl.cli.show import section_text
from les_xl.cli.workspace import find_root
from les_xl.errors import render

app = typer.Typer(help="Check the specifications and what is made from them.", no_args_is_help=True)


@app.command("check")
def check(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Problems as JSON, for a program.")] = False,
) -> int:
    """Check every file under specs/ and show all problems at once, each with its line."""
    from les_xl.spec.read import check_specs

    specs, problems = check_specs(find_root(context))
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity == "warning"]
    if as_json:
        typer.echo(json.dumps([asdict(problem) for problem in problems], indent=1))
        return EXIT_PROBLEMS if errors else EXIT_DONE
    for found, heading in ((errors, "Errors"), (warnings, "Warnings")):
        if found:
            typer.echo(f"{heading}\n{render(found)}\n", err=True)
    services = len(specs.services) if specs else 0
    typer.echo(
        f"{_count(len(errors), 'error')}, {_count(len(warnings), 'warning')}"
        + (
            "; nothing is used until the errors are mended."
            if errors
            else f"; {_count(services, 'service')} can be used."
        )
    )
    return EXIT_PROBLEMS if errors else EXIT_DONE


@app.command("schema")
def schema(context: typer.Context) -> int:
    """Write specs/schema/*.schema.json, with which an editor completes and checks the YAML files."""
    from les_xl.spec.schema import write_schemas

    folder = find_root(context) / "specs" / "schema"
    for path in write_schemas(folder):
        typer.echo(f"wrote {_relative(path)}")
    return EXIT_DONE


@app.command("explain")
def explain(
    context: typer.Context,
    les: Annotated[str, typer.Argument(help="The LES: its slug, its title, or a part of one.")],
) -> int:
    """Tell in plain English what the specification of a LES says, with its plan by month."""
    from les_xl.spec.explain import explain as explained
    from les_xl.spec.explain import find_service
    from les_xl.spec.read import read_specs

    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    sections = explained(find_service(read_specs(find_root(context)), les))
    typer.echo("\n\n".join(section_text(section, width) for section in sections))
    return EXIT_DONE


@app.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(help="A workspace, a folder of specifications, or one file.")],
    new: Annotated[Path, typer.Argument(help="The same, as it is now.")],
) -> int:
    """Tell in words what changed from one set of specifications to another."""
    from les_xl.spec.diff import compare

    found = compare(old, new)
    for change in found:
        typer.echo(str(change))
    typer.echo(f"{_count(len(found), 'change')}." if found else "No change.")
    return EXIT_DONE


def _count(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
