"""The Service shift sheets show what the position holds, and nothing that may not be shown yet."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from les_xl.excel.master import new_workbook
from les_xl.position import Position, make_position
from les_xl.report.tables.shift import impacts, months, shifts
from tests.position.test_shift import DELIVERED, PRACTICES, SHIFT, TOLD, others
from tests.position.world import known, service, specs
from tests.workbook.reading import open_book, parts, read_tables

FIGURES = {
    "General practice": "gp",
    "Elsewhere before, a month": "other_baseline",
    "Same months before, a month": "other_same_months",
    "Elsewhere since, a month": "other_since",
    "Rate ratio": "ratio",
    "95% from": "low",
    "95% to": "high",
}


def test_every_row_is_a_comparison_of_the_position(position: Position, master: Path) -> None:
    rows = read_tables(master)["tblShift"].records()
    held = position.shift.comparisons
    held = held[held["kind"] == "shift"]
    levels = [row["Level"] for row in rows]
    assert levels == sorted(levels, key=["ICB", "Trust", "Place"].index)
    # Nine of the ICB; four of the LES have data, and each has four trusts and four places.
    assert (len(rows), levels.count("ICB")) == (9 + 4 * (4 + 4), 9)
    for row in rows:
        wanted = {
            "title": row["LES"],
            "mechanism": str(row["Mechanism"]).lower(),
            "level": str(row["Level"]).lower(),
        }
        own = held
        for name, value in wanted.items():
            own = own[own[name] == value]
        (one,) = own[(own["org"] == row["Trust or place"]) | (own["level"] == "icb")].to_dict("records")
        assert row["In words"] == (one["sentence"] or one["reason"])
        for header, name in FIGURES.items():
            assert row[header] == (one[f"{name}_mark"] or pytest.approx(one[name])), (row["LES"], header)


def test_what_is_held_back_is_marked_and_says_from_when(master: Path) -> None:
    rows = {
        (row["LES"], row["Mechanism"]): row
        for row in read_tables(master)["tblShift"].records()
        if row["Level"] == "ICB"
    }
    held = rows["Ring Pessary", "Active"]
    assert held["Finding"] == "Held back"
    assert {held[name] for name in (*FIGURES, "Months compared")} == {"[x]"}
    assert held["Shown from"] == datetime(2025, 11, 1)  # noqa: DTZ001
    moved = rows["Vasectomy", "Active"]
    assert (moved["Finding"], moved["General practice"], moved["Months compared"]) == (
        "Fewer elsewhere", 73, "Jul-25",
    )  # fmt: skip
    never = rows["Care Homes", "Passive"]
    assert (never["Finding"], never["Shown from"]) == ("Not assessable", "[z]")
    assert rows["PSA Testing", "Active"]["Finding"] == "No data"


def test_impact_without_data_says_how_far_each_indicator_is(master: Path) -> None:
    rows = read_tables(master)["tblImpact"].records()
    assert [(row["Level"], row["Finding"], row["How far it is"]) for row in rows] == [
        ("ICB", "No data", "Proof of concept; model in testing with GPQC data from 2024/25"),
        ("ICB", "No data", "Test searches written and undergoing initial testing"),
        ("ICB", "No data", "Feasibility assessment"),
    ]
    assert all("(indicator ltc." in str(row["In words"]) for row in rows)


def test_months_are_shown_before_and_since_and_none_too_early(master: Path) -> None:
    rows = {row["Month"]: row for row in read_tables(master)["tblShiftMonths"].records()}
    assert len(rows) == 18
    june, july, august = (rows[datetime(2025, month, 1)] for month in (6, 7, 8))  # noqa: DTZ001
    assert (june["Vasectomy: before"], june["Vasectomy: since stable"]) == (124, "[z]")
    assert (july["Vasectomy: before"], july["Vasectomy: since stable"]) == ("[z]", 107)
    assert (august["Vasectomy: before"], august["Vasectomy: since stable"]) == ("[z]", "[x]")
    assert (july["ECGs: before"], august["ECGs: since stable"]) == (918, "[x]")
    # Medicines data comes two months later still.
    assert june["Shared Care: before"] == "[x]"


def test_charts_are_of_the_les_with_months_to_show(master: Path) -> None:
    drawn = {
        frame.get("name")
        for _, drawing in parts(master, r"xl/drawings/drawing\d+\.xml")
        for frame in drawing.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"
        )
    }
    assert {name for name in drawn if str(name).startswith("LesChart_Shift_")} == {
        f"LesChart_Shift_{les}" for les in ("ring_pessary", "vasectomy", "phlebotomy", "ecgs")
    }


def _small(impact: bool, shift: bool) -> Position:
    told: dict[str, Any] = (
        {"impact": [{"id": "stays", "title": "Stays", "measured_by": "Discharges"}]} if impact else {}
    )
    asked: dict[str, Any] = {"shift": SHIFT} if shift else {}
    knows = replace(known(PRACTICES, activity=DELIVERED), other_providers=others(*TOLD))
    return make_position(specs(service(**told, **asked)), knows, "2025-10")


def test_a_workspace_with_neither_has_no_sheet_and_with_one_that_table(tmp_path: Path) -> None:
    now = datetime(2025, 11, 20, tzinfo=UTC)
    for impact, shift in ((True, False), (False, True), (False, False)):
        path = tmp_path / f"{impact}{shift}.xlsx"
        new_workbook(_small(impact, shift), path, now=now)
        names, tables = open_book(path).sheetnames, read_tables(path)
        assert ("Service shift" in names) == (impact or shift)
        assert ("Service shift by month" in names) == ("tblShiftMonths" in tables) == shift
        assert (("tblImpact" in tables), ("tblShift" in tables)) == (impact, shift)


def test_impact_with_data_is_told_by_trust_and_place_too() -> None:
    position = _small(impact=True, shift=True)
    assert {row.cells[0] for row in impacts(position).rows} == {"ICB"}
    assert [row.cells[1] for row in shifts(position).rows] == [
        "All", "East Trust", "West Trust", "Fell", "Town",
    ]  # fmt: skip
    told = [(trust, place, "dementia.stays", month, value) for trust, place, _, month, value in TOLD]
    knows = replace(known(PRACTICES, activity=DELIVERED), other_providers=others(*told))
    found = impacts(make_position(position.specs, knows, "2025-10"))
    assert [row.cells[0] for row in found.rows] == ["ICB", "Trust", "Trust", "Place", "Place"]
    assert len(months(position).rows) == 18
