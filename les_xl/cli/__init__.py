"""The commands: thin over the library; every mistake is a readable message, never a stack trace."""

import sys

EXIT_DONE, EXIT_PROBLEMS, EXIT_USAGE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run `les-xl` and give its exit code: 0 done, 1 problems found, 2 used wrongly."""
    from les_xl.cli.app import run

    return run(sys.argv[1:] if arguments is None else arguments)
