"""How tables and numbers are printed in a terminal."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from les_xl.marks import Cell, Mark

if TYPE_CHECKING:
    from les_xl.spec.explain import Section


def grid(headings: Sequence[str], rows: Sequence[Sequence[str]], right: set[str] | None = None) -> str:
    """Rows under headings in columns of plain text; columns named in `right` stand to the right."""
    widths = [
        max(len(heading), *(len(row[index]) for row in rows), 0) if rows else len(heading)
        for index, heading in enumerate(headings)
    ]

    def line(cells: Sequence[str]) -> str:
        aligned = (
            cell.rjust(width) if heading in (right or ()) else cell.ljust(width)
            for cell, width, heading in zip(cells, widths, headings, strict=True)
        )
        return "  ".join(aligned).rstrip()

    return "\n".join([line(headings), "  ".join("-" * width for width in widths), *map(line, rows)])


def section_text(section: "Section", width: int) -> str:
    """A section of an explanation: heading, sentences as list entries no wider than asked, table."""
    lines = [section.heading, "-" * len(section.heading)]
    lines += [
        textwrap.fill(sentence, width, initial_indent="- ", subsequent_indent="  ", break_long_words=False)
        for sentence in section.sentences
    ]
    if section.grid:
        lines += ["", grid(section.grid.headings, section.grid.rows, set(section.grid.headings[1:]))]
    return "\n".join(lines)


def number(value: Cell) -> str:
    """`1,332`, or the mark."""
    return str(value) if isinstance(value, Mark) else f"{value:,.0f}"


def percent(value: Cell) -> str:
    """`52.1%`, or the mark."""
    return str(value) if isinstance(value, Mark) else f"{value:.1%}"
