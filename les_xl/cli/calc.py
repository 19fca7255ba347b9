"""`les-xl calc`: one `=LES_…` function, answered in the terminal as a cell would be."""

import json
from typing import Annotated

import typer

from les_xl.cli import EXIT_DONE, EXIT_PROBLEMS
from les_xl.cli.workspace import find_root, load_option, month_option


def calc(
    context: typer.Context,
    expression: Annotated[
        str, typer.Argument(help='A function as typed in a cell: \'LES_PCT_PLAN("Dementia","Oct-25")\'.')
    ],
    as_at: Annotated[str | None, typer.Option(help="Month of the position, such as 2025-10.")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Last load to take into account: its number or a date.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Value, kind and reason as JSON.")] = False,
) -> int:
    """Answer one function from the store, such as 'LES_PCT_PLAN("Dementia","Oct-25")'."""
    from les_xl.functions.expression import evaluate
    from les_xl.functions.session import open_index

    index = open_index(find_root(context), as_at=month_option(as_at), as_of=load_option(as_of))
    answer = evaluate(expression, index)
    if as_json:
        typer.echo(json.dumps(answer.as_json()))
    else:
        typer.echo(str(answer))
    return EXIT_PROBLEMS if answer.kind == "error" else EXIT_DONE
