"""`les-xl load`, `loads`, `unload`: extracts into the store, and what it holds."""

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from les_xl.cli import EXIT_DONE, EXIT_PROBLEMS
from les_xl.cli.show import grid
from les_xl.cli.workspace import find_root, store_path
from les_xl.errors import render
from les_xl.periods import now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from les_xl.data.load import LoadResult
    from les_xl.errors import Problem

FEW = 2
"""Warnings of one kind and file that are shown one by one."""


def load(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Extracts (CSV or XLSX), or folders that hold them.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the files and load nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Results as JSON, for a program.")] = False,
) -> int:
    """Check extracts and load each whole, or refuse it whole and say why."""
    from les_xl.data.load import load_files
    from les_xl.data.store import Store
    from les_xl.spec.read import read_specs

    specs = read_specs(find_root(context))
    store = Store.open(store_path(specs))
    results = load_files(store, specs, files, now=now(), user=getpass.getuser(), dry_run=dry_run)
    if as_json:
        typer.echo(json.dumps([result.as_json() for result in results], indent=1))
    else:
        show_results(results)
    return EXIT_PROBLEMS if any(result.status == "refused" for result in results) else EXIT_DONE


def show_results(results: "tuple[LoadResult, ...]") -> None:
    """Print one line a file; every error; of each kind of warning the first few, and how many there are."""
    for result in results:
        typer.echo(result.sentence())
        for problems in _by_code(result.problems):
            shown = problems if problems[0].severity == "error" else problems[:FEW]
            typer.echo(render(shown), err=True)
            if len(problems) > len(shown):
                more = f"  … and {len(problems) - len(shown)} more like it; --json lists every one"
                typer.echo(more, err=True)


def _by_code(problems: "Iterable[Problem]") -> "list[list[Problem]]":
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.code, []).append(problem)
    return list(groups.values())


def loads(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Loads as JSON, for a program.")] = False,
) -> int:
    """List what was loaded: number, when, by whom, file, rows."""
    from les_xl.data.store import Store
    from les_xl.spec.read import read_specs

    frame = Store.open(store_path(read_specs(find_root(context)))).loads()
    if as_json:
        typer.echo(frame.to_json(orient="records", date_format="iso", indent=1))
        return EXIT_DONE
    columns = ["load", "loaded_at", "user", "kind", "rows", "file"]
    typer.echo(grid(columns, frame[columns].astype(str).to_numpy().tolist(), right={"load", "rows"}))
    return EXIT_DONE


def unload(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="Number of the load, as `les-xl loads` lists it.")],
) -> int:
    """Take a load back: a retraction is appended, nothing is deleted."""
    from les_xl.data.store import Store
    from les_xl.spec.read import read_specs

    specs = read_specs(find_root(context))
    store = Store.open(store_path(specs))
    retraction = store.retract(number, now=now(), user=getpass.getuser(), specs=specs.data_version)
    typer.echo(f"Load {number} no longer counts (load {retraction} takes it back).")
    return EXIT_DONE
