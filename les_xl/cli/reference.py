"""`docs/commands.md`: the help of every command, as the terminal shows it."""

from typer.testing import CliRunner

from les_xl.cli.app import app

_WIDTH = 96


def names() -> tuple[str, ...]:
    """Every command as it is typed after `les-xl`, in the order of the help."""
    single = [str(command.name) for command in app.registered_commands]
    grouped = [
        f"{group.name} {command.name}"
        for group in app.registered_groups
        if group.typer_instance is not None
        for command in group.typer_instance.registered_commands
    ]
    return (*single, *grouped)


def markdown() -> str:
    """The reference of commands as a page."""
    lines = [
        "# Commands",
        "",
        "Generated from the commands' own help; `make docs` writes it anew.",
        "Exit codes: 0 done, 1 problems found, 2 used wrongly. The last line says where the result is.",
    ]
    for name in ("", *names()):
        lines += ["", f"## les-xl {name}".rstrip(), "", "```", _help(name), "```"]
    return "\n".join(lines) + "\n"


def _help(name: str) -> str:
    shown = CliRunner().invoke(
        app,
        [*name.split(), "--help"],
        prog_name="les-xl",
        terminal_width=_WIDTH,
        env={"COLUMNS": str(_WIDTH)},
    )
    return "\n".join(line.rstrip() for line in shown.output.strip().splitlines())
