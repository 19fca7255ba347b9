"""Workbooks that Excel itself saved: their first row goes, rows come, and nothing else minds."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from les_xl.errors import LesError
from les_xl.excel.book import Grid, TableInfo
from les_xl.excel.closed.adapter import ClosedBook
from les_xl.excel.lint import lint_workbook
from les_xl.excel.refresh import refresh_file
from les_xl.report.table import Column, Content, Row, Table
from tests.refresh.opened import changed, parts, shown
from tests.validity.validator import validate_ooxml

SAVED = {
    path.stem: path for path in sorted(Path(__file__).parents[1].glob("workbooks/saved_by_excel/*.xlsx"))
}
FOLLOWS = re.compile(
    r"xl/(worksheets/sheet\d+|tables/table\d+|workbook|charts/chart\d+|pivotCache/pivotCacheDefinition\d+"
    r"|comments\d+|drawings/(vmlD|d)rawing\d+)\.(xml|vml)"
)
"""Parts that may have to follow a table."""
CHAIN = {"xl/calcChain.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
"""The calculation chain, which Excel makes anew, and what names it."""


def _content(value: object) -> Content:
    return value if value is None or isinstance(value, (int, float, str)) else str(value)


NEW = ("The first new one", "The second new one")
NO_ROOM = "budget"
"""The one in which something stands right under a table."""


def _moved_on(info: TableInfo, grid: Grid, new: tuple[str, ...] = NEW) -> Table:
    """The first column as key and the next one filled: without the first row, and with those that are new."""
    width = min(2, len(info.headers))
    rows = {row[0]: row[:width] for row in grid.values[1:] if row[0] not in (None, "")}
    told = [Row(tuple(_content(value) for value in row)) for row in rows.values()]
    columns = tuple(Column(header) for header in info.headers[:width])
    return Table(
        info.name, "", columns, (*told, *(Row((name, 7)[:width]) for name in new)), (info.headers[0],)
    )


def _minded(path: Path) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    lint = Counter(problem.code for problem in lint_workbook(path, uncached=True))
    return lint, Counter((finding.kind, finding.description) for finding in validate_ooxml(path))


def test_there_are_some() -> None:
    assert len(SAVED) == 11


@pytest.mark.parametrize("name", sorted(SAVED.keys() - {NO_ROOM}))
def test_rows_go_and_come_and_nothing_else_minds(name: str, tmp_path: Path) -> None:
    saved = SAVED[name]
    path = tmp_path / saved.name
    shutil.copy(saved, path)
    book = ClosedBook(path)
    infos = book.tables()
    tables = [_moved_on(info, book.read_table(info.name)) for info in infos]
    before = parts(path)

    assert refresh_file(path, tables).written

    lint, sdk = _minded(saved)
    lint_after, sdk_after = _minded(path)
    assert not lint_after - lint
    assert not sdk_after - sdk
    touched = {name for name in changed(before, parts(path)) if not FOLLOWS.fullmatch(name)}
    assert touched <= CHAIN
    for info in ClosedBook(path).tables():
        column = [row[info.column - 1] for row in shown(path, info.sheet)]
        body = column[info.row - 1 : info.row - 1 + info.rows]
        assert tuple(body[-2:]) == NEW
    assert not refresh_file(path, tables).written


def test_where_there_is_no_room_nothing_changes_and_fewer_rows_fit(tmp_path: Path) -> None:
    saved = SAVED[NO_ROOM]
    path = tmp_path / saved.name
    shutil.copy(saved, path)
    book = ClosedBook(path)
    grids = [(info, book.read_table(info.name)) for info in book.tables()]
    with pytest.raises(LesError, match="a merged cell at B8 is in the way"):
        refresh_file(path, [_moved_on(info, grid) for info, grid in grids])
    assert path.read_bytes() == saved.read_bytes()
    refresh_file(path, [_moved_on(info, grid, NEW[:1]) for info, grid in grids])
    assert not _minded(path)[1] - _minded(saved)[1]
