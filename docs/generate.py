"""Write the generated pages of this folder anew: commands, errors, functions and specifications."""

from pathlib import Path

from les_xl.cli import reference as commands
from les_xl.errors import reference as errors
from les_xl.excel import reference as workbook
from les_xl.functions import reference as functions
from les_xl.measures import definitions as measures
from les_xl.spec import reference as specs
from tests.workbook.sample_position import sample_position


def _workbook() -> str:
    """The page of the workbook, as the sample has it."""
    return workbook.markdown(sample_position())


PAGES = {
    "commands.md": commands.markdown,
    "errors.md": errors.markdown,
    "functions.md": functions.markdown,
    "measures.md": measures.markdown,
    "specs.md": specs.markdown,
    "workbook.md": _workbook,
}


def main() -> None:
    """Write every page, with LF line ends on every system."""
    for name, markdown in PAGES.items():
        (Path(__file__).parent / name).write_text(markdown(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
