"""What is worth paper of the long tables: a new workbook prints it, and a refresh goes on with it."""

from functools import partial
from operator import eq

from les_xl.excel.frame import Paper, last_worth
from les_xl.excel.placed import Placed
from les_xl.report.tables import flagged, peers, quality

PAPERS = (
    Paper("tblExceptions", ("Severity", "Level"), flagged.worth_paper),
    Paper("tblPeers", (peers.VERDICT,), peers.worth_paper),
    *(Paper(table, (column,), partial(eq, word)) for table, (column, word) in quality.WORTH_PAPER.items()),
)
"""The tables that are not printed whole."""

_BY_TABLE = {paper.table: paper for paper in PAPERS}


def last_printed(placed: Placed) -> int:
    """The sheet row (from 0) of the last row of a table that is printed."""
    paper = _BY_TABLE.get(placed.table.name)
    if paper is None:
        return placed.last_row
    headers = [column.name for column in placed.table.columns]
    return placed.first_row + last_worth(paper, headers, (row.cells for row in placed.table.rows))
