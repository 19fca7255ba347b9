"""The workbook of 2025-26 goes on into 2026-27, and shows the year before again where that is asked for."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from les_xl.data.known import Known
from les_xl.excel.edition import contents
from les_xl.excel.master import new_workbook
from les_xl.excel.refresh import RefreshResult, refresh_file
from les_xl.periods import add_months
from les_xl.position import Position, make_position
from les_xl.spec.read import read_specs
from tests.refresh.opened import values
from tests.workbook.sample_position import ROOT, sample_known

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
_PLAN = re.compile(r"^plan:\n((?:[ #].*\n)+)", re.MULTILINE)


def _rolled(text: str) -> str:
    """A service's specification with every plan of 2025-26 again for 2026-27."""

    def again(found: re.Match[str]) -> str:
        plans = found[1].replace("year: 2025-26", "year: 2026-27")
        plans = re.sub(r"from: \d{4}-\d{2}", "from: 2026-04", plans)
        plans = re.sub(r"(\d{4}-\d{2}):", lambda month: f"{add_months(month[1], 12)}:", plans)
        return found[0] + plans

    return _PLAN.sub(again, text)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specifications, with 2026-27 as the workspace's year."""
    folder = tmp_path_factory.mktemp("next year")
    shutil.copytree(ROOT / "specs", folder / "specs")
    for path in (folder / "specs" / "services").glob("*.yaml"):
        path.write_text(_rolled(path.read_text(encoding="utf-8")), encoding="utf-8")
    main = folder / "specs" / "les.yaml"
    text = main.read_text(encoding="utf-8")
    main.write_text(text.replace("year: 2025-26", "year: 2026-27"), encoding="utf-8")
    return folder


def _with_april(known: Known) -> Known:
    """Every practice does in April 2026 what it did in October 2025, towards the same targets."""
    october = known.activity[known.activity["month"] == "2025-10"].assign(month="2026-04")
    targets = known.targets.assign(year="2026-27")
    return replace(
        known,
        activity=pd.concat([known.activity, october], ignore_index=True),
        targets=pd.concat([known.targets, targets], ignore_index=True),
    )


@pytest.fixture(scope="module")
def positions(workspace: Path) -> tuple[Position, Position]:
    """March's edition of 2025-26 (October's data), and April's of 2026-27."""
    specs, known = read_specs(workspace), _with_april(sample_known())
    return make_position(specs, known, year="2025-26"), make_position(specs, known)


def _refresh(path: Path, position: Position) -> RefreshResult:
    found = contents(position, NOW)
    return refresh_file(path, found.tables, found.names, answer=found.answer)


def _body(path: Path, sheet: str, name: str, position: Position, last: str) -> list[list[object]]:
    from les_xl.excel.sheets import sheets

    placed = next(one for each in sheets(position) for one in each.place(position) if one.table.name == name)
    return values(path, sheet, f"A{placed.row + 1}:{last}{placed.last_row + 1}")


def test_the_year_goes_on_in_place_and_comes_back(
    positions: tuple[Position, Position], tmp_path: Path
) -> None:
    old, new = positions
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
