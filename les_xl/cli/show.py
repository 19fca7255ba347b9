"""How tables and numbers are printed in a terminal."""

from collections.abc import Sequence

from les_xl.marks import Cell, Mark


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


def number(value: Cell) -> str:
    """`1,332`, or the mark."""
    return str(value) if isinstance(value, Mark) else f"{value:,.0f}"


def percent(value: Cell) -> str:
    """`52.1%`, or the mark."""
    return str(value) if isinstance(value, Mark) else f"{value:.1%}"
