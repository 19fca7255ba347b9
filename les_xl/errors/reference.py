"""`docs/errors.md` from the catalogue: every code with its message, what to do, and an example."""

import importlib
import pkgutil
import string

import les_xl.errors
from les_xl.errors.problem import Kind, registered

_AREAS = {
    "1": "Specifications (`specs/*.yaml`)",
    "2": "Extracts (the files that are loaded)",
    "3": "Store and position",
    "4": "Workbook",
    "5": "Functions (`=LES_…`)",
    "6": "Add-ins, macros and server",
    "7": "Claims (`les-xl check`)",
    "9": "Commands and workspace",
}


def catalogue() -> tuple[Kind, ...]:
    """Every kind of problem there is, by code."""
    for module in pkgutil.iter_modules(les_xl.errors.__path__):
        importlib.import_module(f"les_xl.errors.{module.name}")
    return registered()


def markdown() -> str:
    """The error catalogue as a page."""
    lines = [
        "# Error catalogue",
        "",
        "Generated from the catalogue in `les_xl/errors/`; `make docs` writes it anew.",
        "An error refuses the file or stops the command, and leaves everything as it was.",
        "A warning is listed and does not stop anything. Words in ‹angle quotes› are filled in.",
    ]
    for digit, area in _AREAS.items():
        kinds = [kind for kind in catalogue() if kind.code[3] == digit]
        if kinds:
            lines += ["", f"## {area}", *(line for kind in kinds for line in _entry(kind))]
    return "\n".join(lines) + "\n"


def _entry(kind: Kind) -> list[str]:
    severity = kind.severity.capitalize()
    lines = ["", f"### {kind.code} {kind.title}", "", f"*{severity}.* {_shown(kind.message)}"]
    lines += ["", f"What to do: {_shown(kind.hint)}"] if kind.hint else []
    for heading, example in (("Wrong", kind.mistake), ("Right", kind.mended)):
        lines += ["", f"{heading}:", "", "```", example.strip("\n"), "```"] if example else []
    return lines


def _shown(template: str) -> str:
    parts = string.Formatter().parse(template)
    return "".join(text + (f"‹{name}›" if name else "") for text, name, _, _ in parts)
