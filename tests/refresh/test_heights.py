"""A row whose text a refresh made longer than it has room for grows; no other row changes its height."""

import re
from pathlib import Path

import pytest
from lxml import etree
from xlsxwriter import Workbook

from les_xl.excel.refresh import refresh_file
from les_xl.report.table import Column, Row, Table
from tests.refresh.opened import parts
from tests.workbooks.inject import write_parts

LONG = "Dementia, Morecambe Bay: 523 of 956 planned to October 2025 (54.7%), below 60% since May 2025"
SHORT = "Nothing to say"


def _table(*rows: tuple[str, float, str]) -> Table:
    columns = (Column("LES"), Column("Figure", "number"), Column("Finding", "long_text"))
    return Table("tblFlags", "Flags", columns, tuple(Row(row) for row in rows), ("LES",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three rows: two of 17.25 points, of which one holds too much already, and one of no height."""
    path = tmp_path / "les.xlsx"
    book = Workbook(str(path))
    sheet = book.add_worksheet("Flags")
    wraps = book.add_format({"text_wrap": True})
    sheet.set_column(2, 2, 20)
    headers = [{"header": name} for name in ("LES", "Figure", "Finding")]
    sheet.add_table(3, 0, 6, 2, {"name": "tblFlags", "columns": headers})
    for at, (les, finding) in enumerate((("A", SHORT), ("B", LONG), ("C", SHORT)), 4):
        sheet.write_row(at, 0, [les, 1])
        sheet.write_string(at, 2, finding, wraps)
    for at in (4, 5, 7, 8):
        sheet.set_row(at, 17.25)
    sheet.set_row(8, 120)
    book.close()
    return path


def _heights(path: Path) -> dict[int, tuple[float | None, bool]]:
    """Of each row its height, and whether it stays so whatever comes into it."""
    found = etree.fromstring(parts(path)["xl/worksheets/sheet1.xml"]).iterfind(".//{*}row")
    return {
        int(row.get("r", "0")): (
            float(height) if (height := row.get("ht")) else None,
            row.get("customHeight") == "1",
        )
        for row in found
    }


def test_rows_with_longer_texts_grow(path: Path) -> None:
    before = _heights(path)
    assert before == {**dict.fromkeys((5, 6, 8), (17.25, True)), 9: (120.0, True), **_plain(4, 7)}
    rows = (("A", 1, LONG), ("B", 2, LONG), ("C", 1, LONG), ("D", 1, LONG), ("E", 1, LONG))
    assert refresh_file(path, [_table(*rows)]).written
    after = _heights(path)
    # Five or six lines of 12.75 points: 93 letters in a column of 20.
    for row in (5, 8):
        height, stays = after[row]
        assert height is not None
        assert 5 * 12.75 < height < 7 * 12.75
        assert not stays
    # A figure alone changed; no height of its own, for Excel to find; high enough for any text.
    assert {row: after[row] for row in (6, 7, 9)} == {row: before[row] for row in (6, 7, 9)}


def _plain(*rows: int) -> dict[int, tuple[None, bool]]:
    return dict.fromkeys(rows, (None, False))


def test_rows_with_shorter_texts_stay_as_high(path: Path) -> None:
    before = _heights(path)
    assert refresh_file(path, [_table(("A", 2, ""), ("B", 1, SHORT), ("C", 1, SHORT))]).written
    assert _heights(path) == before


def test_a_text_that_does_not_wrap_needs_no_height(path: Path) -> None:
    before = _heights(path)
    rows = (("A", 1, SHORT), ("B", 1, LONG), ("C", 1, SHORT), (LONG, 1, SHORT))
    assert refresh_file(path, [_table(*rows)]).written
    assert _heights(path) == before


def test_rows_that_move_up_bring_their_texts_along(path: Path) -> None:
    held = parts(path)
    sheet = "xl/worksheets/sheet1.xml"
    high = re.sub(rb'(<row r="6"[^>]*) ht="17.25"', rb'\1 ht="80"', held[sheet])
    assert high != held[sheet]
    write_parts(path, {**held, sheet: high})
    assert refresh_file(path, [_table(("B", 1, LONG), ("C", 1, SHORT))]).written
    height, _ = _heights(path)[5]
    assert height is not None
    assert height > 4 * 12.75
