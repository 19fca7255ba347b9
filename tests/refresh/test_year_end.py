"""The workbook of 2025-26 goes on into 2026-27, and shows the year before again where that is asked for."""

from datetime import UTC, datetime
from pathlib import Path

from les_xl.excel.edition import contents
from les_xl.excel.master import new_workbook
from les_xl.excel.refresh import RefreshResult, refresh_file
from les_xl.position import Position
from tests.refresh.opened import values

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)


def _refresh(path: Path, position: Position) -> RefreshResult:
    found = contents(position, NOW)
    return refresh_file(path, found.tables, found.names, answer=found.answer, frame=found.frame)


def _body(path: Path, sheet: str, name: str, position: Position, last: str) -> list[list[object]]:
    from les_xl.excel.sheets import sheets

    placed = next(one for each in sheets(position) for one in each.place(position) if one.table.name == name)
    return values(path, sheet, f"A{placed.row + 1}:{last}{placed.last_row + 1}")


def test_the_year_goes_on_in_place_and_comes_back(years: tuple[Position, Position], tmp_path: Path) -> None:
    old, new = years
    assert (old.edition.as_at, new.edition.as_at) == ("2025-10", "2026-04")
    path = tmp_path / "les master.xlsx"
    new_workbook(old, path, now=NOW)
    first = _body(path, "Cost and volume", "tblCostVolume", old, "O")
    result = _refresh(path, new)
    change = next(one for one in result.plan.tables if one.table == "tblCostVolume")
    assert len(change.headers) == 12
    assert (change.added, change.removed) == ((), ())
    rows = _body(path, "Cost and volume", "tblCostVolume", old, "O")
    assert rows[0] == [
        "LES", "Measure", "Apr-26", "May-26", "Jun-26", "Jul-26", "Aug-26", "Sep-26", "Oct-26", "Nov-26",
        "Dec-26", "Jan-27", "Feb-27", "Mar-27", "To date",
    ]  # fmt: skip
    # The published October of dementia, 694 of 1,332, is April's here; the year has no other month yet.
    dementia = [row for row in rows if row[0] == "Dementia"]
    assert [row[2:4] for row in dementia] == [[1332, 1332], [694, "[x]"], [694 / 1332, "[x]"]]
    assert [row[14] for row in dementia] == [1332, 694, 694 / 1332]
    subtitle = "Lancashire and South Cumbria ICB (synthetic data): position at April 2026"
    assert values(path, "Dementia", "A2:A2") == [[subtitle]]
    assert not _refresh(path, new).written
    _refresh(path, old)
    assert _body(path, "Cost and volume", "tblCostVolume", old, "O") == first
