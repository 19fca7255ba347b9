"""Everything that a position puts into a workbook: its tables, its named cells, and what formulas give."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from les_xl.excel.answers import answers
from les_xl.excel.closed.stale import Answer
from les_xl.excel.frame import Frame
from les_xl.excel.framing import frame
from les_xl.excel.identity import ICB, SUBTITLE, identity, looked_up, subtitle
from les_xl.excel.master import workbook_bytes
from les_xl.excel.offer import Offer, Offered
from les_xl.excel.refresh import Fact
from les_xl.excel.sheets import placed
from les_xl.functions.asked import asked_index
from les_xl.position import Position
from les_xl.report.table import Table
from les_xl.report.tables.texts import lines


@dataclass(frozen=True)
class Contents:
    """What a refresh fills: tables, named cells and what stands around them.

    `answer` knows what the product's formulas give; `offer` are the sheets that stand to be added to a
    workbook without them.
    """

    tables: tuple[Table, ...]
    names: Mapping[str, Fact]
    answer: Answer
    frame: Frame
    offer: Offer


def contents(position: Position, now: datetime) -> Contents:
    """The contents of a position's workbook, the same that a new one is drawn with."""
    names: dict[str, Fact] = {ICB: position.specs.workspace.icb.name}
    names |= {fact.name: fact.value for fact in identity(position, now)}
    known = {SUBTITLE: subtitle(position)} | {looked_up(line): line.text for line in lines(position)}
    answer = answers(known, lambda: asked_index(position))
    drawn = placed(position)
    offered = (
        Offered(one.name, one.purpose, tuple(each.table.name for each in on_it)) for one, on_it in drawn
    )
    draw = cache(lambda date_1904: workbook_bytes(position, now, date_1904=date_1904))
    offer = Offer(tuple(offered), draw)
    found = tuple(each.table for _, on_it in drawn for each in on_it)
    return Contents(found, names, answer, frame(position, found, now), offer)
