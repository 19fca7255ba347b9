"""A new row of a table with totals among its rows stands above them, unless the analyst has sorted it."""

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from les_xl.excel.refresh import refresh_file
from les_xl.report.table import Column, Formula, Ref, Row, Table
from tests.refresh.opened import values


def banding(*groups: tuple[str, int]) -> Table:
    """A generated `tblBanding`: the groups, their total, and a row after it."""
    rows = [Row((name, count)) for name, count in groups]
    total = Formula("=SUM({0})", (Ref(0, 1, len(groups) - 1, 1),), sum(count for _, count in groups))
    rows += [Row(("Total", total), emphasis=True), Row(("Change", 1), kind="signed")]
    return Table("tblBanding", "", (Column("Group"), Column("Count", "number")), tuple(rows), ("Group",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "les.xlsx"


def _write(path: Path, *rows: tuple[str, int]) -> None:
    book = Workbook(str(path))
    sheet = book.add_worksheet("Bands")
    headers = [{"header": "Group"}, {"header": "Count"}]
    sheet.add_table(0, 0, len(rows), 1, {"name": "tblBanding", "columns": headers, "data": rows})
    sheet.write_formula(0, 4, f"=B{2 + [name for name, _ in rows].index('Total')}", None, 3)
    book.close()


def test_a_new_group_stands_where_the_product_has_it_and_what_points_at_the_total_follows(path: Path) -> None:
    _write(path, ("East", 1), ("West", 2), ("Total", 3), ("Change", 0))
    refresh_file(path, [banding(("East", 1), ("North", 5), ("West", 2), ("South", 7))])
    assert values(path, "Bands", "A2:B7") == [
        ["East", 1], ["North", 5], ["West", 2], ["South", 7], ["Total", 15], ["Change", 1],
    ]  # fmt: skip
    assert values(path, "Bands", "B6:B6", formulas=True) == [["=SUM(B2:B5)"]]
    assert values(path, "Bands", "E1:E1", formulas=True) == [["=B6"]]
    assert values(path, "Bands", "E1:E1") == [[15]]


def test_where_the_analyst_has_sorted_the_rows_new_ones_come_last(path: Path) -> None:
    _write(path, ("West", 2), ("East", 1), ("Total", 3), ("Change", 0))
    refresh_file(path, [banding(("East", 1), ("West", 2), ("North", 5))])
    assert [row[0] for row in values(path, "Bands", "A2:A6")] == ["West", "East", "Total", "Change", "North"]
    assert values(path, "Bands", "B4:B4") == [[8]]
