"""Everything that a position puts into a workbook: its tables, its named cells, and what formulas give."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from les_xl.excel.answers import answers
from les_xl.excel.closed.stale import Answer
from les_xl.excel.identity import ICB, SUBTITLE, identity, subtitle
from les_xl.excel.refresh import Fact
from les_xl.excel.sheets import tables
from les_xl.functions.build import build_index
from les_xl.position import Position
from les_xl.report.table import Table


@dataclass(frozen=True)
class Contents:
    """What a refresh fills: tables and named cells; `answer` knows what the product's formulas give."""

    tables: tuple[Table, ...]
    names: Mapping[str, Fact]
    answer: Answer


def contents(position: Position, now: datetime) -> Contents:
    """The contents of a position's workbook, the same that a new one is drawn with."""
    names: dict[str, Fact] = {ICB: position.specs.workspace.icb.name}
    names |= {fact.name: fact.value for fact in identity(position, now)}
    answer = answers({SUBTITLE: subtitle(position)}, lambda: build_index(position))
    return Contents(tables(position), names, answer)
