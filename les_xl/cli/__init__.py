"""The commands: thin over the library; every mistake is a readable message, never a stack trace."""

import gc
import sys

EXIT_DONE, EXIT_PROBLEMS, EXIT_USAGE = 0, 1, 2

OBJECTS_BEFORE_A_SEARCH = 50_000
"""A command makes hundreds of thousands of objects that stay; searched for cycles every 700, they cost it an
eighth of its time, and hardly any cycle is found."""


def main(arguments: list[str] | None = None) -> int:
    """Run `les-xl` and give its exit code: 0 done, 1 problems found, 2 used wrongly."""
    gc.set_threshold(OBJECTS_BEFORE_A_SEARCH)
    from les_xl.cli.app import run

    return run(sys.argv[1:] if arguments is None else arguments)
