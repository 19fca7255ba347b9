"""Every published cell is in the workbook, as it was written and as LibreOffice works it out."""

import calendar
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.reading import Read, read_tables

PUBLISHED = Path(__file__).resolve().parents[1] / "published"
MONTHS = ["Apr-25", "May-25", "Jun-25", "Jul-25", "Aug-25", "Sep-25", "Oct-25"]
LATER = ["Nov-25", "Dec-25", "Jan-26", "Feb-26", "Mar-26"]
TABLES = {"cost_and_volume": "tblCostVolume", "capitated": "tblCapitated"}
# What was published does not foot: Morecambe Bay's bands make 31 of 30 practices, all bands 196 of 195.
NOT_FOOTING = {("Morecambe Bay", "26-50%"): (14, 13), ("Total", "26-50%"): (51, 50)}


def published(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=["written", pytest.param("recalculated", marks=pytest.mark.office)])
def tables(request: pytest.FixtureRequest) -> dict[str, Read]:
    fixture = "master" if request.param == "written" else "recalculated_master"
    return read_tables(request.getfixturevalue(fixture))


def by_measure(table: Read) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["LES"], row["Measure"]): row for row in table.records()}


def label(month: str) -> str:
    return f"{calendar.month_abbr[int(month[5:])]}-{month[2:4]}"


def test_planned_and_delivered_are_as_published(tables: dict[str, Read]) -> None:
    cells = published("published_plan_vs_delivered")
    assert len(cells) == 98
    for cell in cells:
        rows = by_measure(tables[TABLES[cell["contract_type"]]])
        for column, measure in (("planned", "Planned activity"), ("delivered", "Delivered activity")):
            shown = rows[cell["les"], measure][label(cell["month"])]
            assert shown == (float(cell[column]) if cell[column] else "[z]"), (cell, column)


def test_the_rows_stand_in_the_published_order(tables: dict[str, Read]) -> None:
    for contract, name in TABLES.items():
        order = [
            row["les"] for row in published("published_plan_vs_delivered") if row["contract_type"] == contract
        ]
        blocks = [
            (les, measure)
            for les in dict.fromkeys(order)
            for measure in ("Planned activity", "Delivered activity", "% of plan")
        ]
        assert [(row["LES"], row["Measure"]) for row in tables[name].records()] == blocks


def published_series() -> Iterator[tuple[str, str, list[float], list[float]]]:
    cells = published("published_plan_vs_delivered")
    for contract, les in dict.fromkeys((cell["contract_type"], cell["les"]) for cell in cells):
        own = [cell for cell in cells if cell["les"] == les and cell["planned"]]
        yield contract, les, [float(c["planned"]) for c in own], [float(c["delivered"]) for c in own]


def test_to_date_and_percentages_follow_from_what_was_published(tables: dict[str, Read]) -> None:
    for contract, les, planned, delivered in published_series():
        rows = by_measure(tables[TABLES[contract]])
        assert rows[les, "Planned activity"]["To date"] == pytest.approx(sum(planned))
        assert rows[les, "Delivered activity"]["To date"] == sum(delivered)
        assert rows[les, "% of plan"]["To date"] == pytest.approx(sum(delivered) / sum(planned))
        shown = [rows[les, "% of plan"][month] for month in MONTHS[7 - len(planned) :]]
        assert shown == pytest.approx([done / plan for plan, done in zip(planned, delivered, strict=True)])


def test_months_after_the_as_at_month_show_the_plan_and_no_delivery(tables: dict[str, Read]) -> None:
    for contract, les, planned, _ in published_series():
        rows = by_measure(tables[TABLES[contract]])
        assert {rows[les, "Planned activity"][month] for month in LATER} == {planned[0]}
        assert {rows[les, "Delivered activity"][month] for month in LATER} == {"[x]"}
        assert {rows[les, "% of plan"][month] for month in LATER} == {"[x]"}


def test_banding_is_as_published_where_the_published_table_foots(tables: dict[str, Read]) -> None:
    rows = {row["Sub ICB group"]: row for row in tables["tblBanding"].records()}
    cells = published("published_banding_2025-10")
    assert list(rows) == [cell["sub_icb"] for cell in cells] + ["% of practices", "Last month", "Change"]
    for cell in cells:
        group = cell.pop("sub_icb")
        assert rows[group]["Total practices"] == int(cell.pop("total_practices")), group
        for band, count in cell.items():
            stated, footing = NOT_FOOTING.get((group, band), (int(count), int(count)))
            assert (int(count), rows[group][band.replace("100%+", "100% +")]) == (stated, footing), (
                group,
                band,
            )


def test_shares_and_changes_of_the_bands(tables: dict[str, Read]) -> None:
    rows = {row["Sub ICB group"]: row for row in tables["tblBanding"].records()}
    shares = rows["% of practices"]
    # As published, but for 26-50%, which was 26.2% of 51 and is 25.6% of 50.
    stated = {"0-10%": 8.2, "11-25%": 9.7, "26-50%": 25.6, "51-75%": 23.1, "76-100%": 15.9, "100% +": 17.4}
    assert {band: round(100 * shares[band], 1) for band in stated} == stated
    assert shares["Total practices"] == pytest.approx(1)
    # "has reduced to 16. A reduction of 26 from last month."
    assert (rows["Total"]["0-10%"], rows["Last month"]["0-10%"], rows["Change"]["0-10%"]) == (16, 42, -26)


def test_the_profile_is_as_in_the_monitoring_paper(tables: dict[str, Read]) -> None:
    rows = tables["tblProfile"].records()
    stated = published("ltc_expected_profile")
    assert [row["Month"].strftime("%Y-%m") for row in rows] == [cell["month"] for cell in stated]
    delivered = [469, 3236, 8143, 9280, 7230, 8084, 8166]
    for index, (row, cell) in enumerate(zip(rows, stated, strict=True)):
        assert round(row["Expected"]) == int(cell["assessments"])
        assert row["Flat plan"] == 6384
        if index < 7:
            assert row["Delivered"] == delivered[index]
            assert row["Flat plan to date"] == pytest.approx(6384 * (index + 1))
            assert row["Delivered to date"] == sum(delivered[: index + 1])
            expected = 76637 * sum(int(c["share_of_year_pct"]) for c in stated[: index + 1]) / 100
            assert row["Expected to date"] == pytest.approx(expected)
        else:
            to_date = [row[f"{name} to date"] for name in ("Flat plan", "Expected", "Delivered")]
            assert [row["Delivered"], *to_date] == ["[x]"] * 4


def test_the_summary_agrees_with_what_was_published(tables: dict[str, Read]) -> None:
    rows = {row["LES"]: row for row in tables["tblSummary"].records()}
    assert len(rows) == 14
    for contract, les, planned, delivered in published_series():
        row = rows[les]
        assert row["Contract"] == {"cost_and_volume": "Cost and volume", "capitated": "Capitated"}[contract]
        assert row["Data to"].strftime("%Y-%m") == "2025-10"
        assert (row["Planned"], row["Delivered"]) == (planned[-1], delivered[-1])
        assert row["% of plan"] == pytest.approx(delivered[-1] / planned[-1])
        assert row["Variance"] == pytest.approx(delivered[-1] - planned[-1])
        assert row["Change on last month"] == delivered[-1] - delivered[-2]
        assert row["% of plan to date"] == pytest.approx(sum(delivered) / sum(planned))
        assert row["Variance to date"] == pytest.approx(sum(delivered) - sum(planned))
    assert rows["LTC LES"]["Annual target"] == 76637
    assert rows["LTC LES"]["% of annual target"] == pytest.approx(44608 / 76637)


def test_the_status_in_words(tables: dict[str, Read]) -> None:
    status = {row["LES"]: row["Status"] for row in tables["tblSummary"].records()}
    assert status == {
        "Post Bariatric Monitoring": "Well below plan",  # 42.5%
        "Dementia": "Well below plan",  # 58.8%
        "Complex Injections": "Below plan",  # 84.4%
        "Diabetes": "Below plan",
        "Ring Pessary": "Below plan",
        "Vasectomy Procedure": "On plan",  # 95.1%
        "Vasectomy Counselling": "Above plan",  # 138.4%
        "Spiro/Feno (Respiratory Bundle)": "Below plan",
        "LTC LES": "On plan",  # 99.8%
        "Wound Care": "Well below plan",  # 49.2%
        "Phlebotomy": "Below plan",
        "ECGs": "Below plan",
        "PSA Testing": "Well above plan",  # 319.4%
        "Simple Injections": "Well below plan",
    }
