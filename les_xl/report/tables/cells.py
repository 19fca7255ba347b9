"""Cells that are native formulas, each with the position's own figure as its cached result."""

from les_xl.marks import Cell, Mark
from les_xl.report.table import Content, Formula, Ref


def _fallback(value: Cell) -> str:
    return str(value) if isinstance(value, Mark) else str(Mark.NOT_APPLICABLE)


def share(part: Ref, whole: Ref, value: Cell) -> Formula:
    """`part ÷ whole`; where it cannot be divided the mark that the position gives."""
    return Formula(f'=IFERROR({{0}}/{{1}},"{_fallback(value)}")', (part, whole), _cached(value))


def difference(left: Ref, right: Ref, value: Cell) -> Formula:
    """`left − right`; where either is a mark the mark that the position gives."""
    return Formula(f'=IFERROR({{0}}-{{1}},"{_fallback(value)}")', (left, right), _cached(value))


def total(block: Ref, value: Cell) -> Content:
    """The sum of a block of cells (marks in it count for nothing); a mark stays what it is."""
    return value if isinstance(value, Mark) else Formula("=SUM({0})", (block,), value)


def same(cell: Ref, value: Cell) -> Content:
    """What another cell shows."""
    return value if isinstance(value, Mark) else Formula("={0}", (cell,), value)


def _cached(value: Cell) -> float | str:
    return str(value) if isinstance(value, Mark) else float(value)
