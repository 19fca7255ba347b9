"""The sheets of each LES, the practices, the returns that are missing, and what is offered in lists."""

from pathlib import Path

import pytest

from les_xl.position import Position
from tests.workbook.reading import open_book, read_tables
from tests.workbook.sample_position import sample_position

ICB = "Lancashire and South Cumbria ICB (synthetic data)"
SUB_ICBS = [
    "Blackburn With Darwen", "East Lancashire", "Chorley & South Ribble", "West Lancashire",
    "Greater Preston", "Blackpool", "Fylde & Wyre", "Morecambe Bay",
]  # fmt: skip
DELIVERED = [469, 3236, 8143, 9280, 7230, 8084, 8166]


def test_the_metrics_of_a_service_in_its_latest_month_and_to_date(master: Path) -> None:
    (row, *_) = read_tables(master)["tblLes_ltc"].records()
    assert row["Metric"] == "Holistic Health Assessments"
    assert (row["Kind"], row["Data to"].strftime("%Y-%m")) == ("Activity", "2025-10")
    assert (row["Planned"], row["Delivered"]) == (6384, 8166)
    assert row["% of plan"] == pytest.approx(8166 / 6384)
    assert (row["Planned to date"], row["Delivered to date"]) == (7 * 6384, 44608)
    assert row["Annual target"] == 76637
    assert row["% of annual target"] == pytest.approx(44608 / 76637)


def test_a_register_shows_its_last_month_and_no_plan(master: Path) -> None:
    (row,) = [row for row in read_tables(master)["tblLes_psa_testing"].records() if row["Kind"] == "Register"]
    assert row["Delivered"] == row["Delivered to date"] > 0
    absent = ("Planned", "% of plan", "Planned to date", "% of plan to date", "Annual target")
    assert {row[name] for name in absent} == {"[z]"}


def test_groups_by_month_stand_in_the_published_order_and_make_the_icb(master: Path) -> None:
    rows = read_tables(master)["tblGroups_ltc"].records()
    assert [row["Sub ICB group"] for row in rows] == [*[*SUB_ICBS, ICB] * 3, *[ICB] * 4]
    delivered = [row for row in rows if row["Measure"] == "Delivered activity"]
    months = ["Apr-25", "May-25", "Jun-25", "Jul-25", "Aug-25", "Sep-25", "Oct-25"]
    assert [delivered[-1][month] for month in months] == DELIVERED
    for month in months:
        assert sum(row[month] for row in delivered[:-1]) == delivered[-1][month]
    assert {row["Nov-25"] for row in delivered} == {"[x]"}


def test_a_service_with_two_published_rows_has_blocks_for_both(master: Path) -> None:
    rows = read_tables(master)["tblGroups_vasectomy"].records()
    assert len(rows) == 2 * (3 * 9 + 4)
    found = {(row["LES"], row["Measure"]): row for row in rows if row["Sub ICB group"] == ICB}
    assert found["Vasectomy Procedure", "Planned activity"]["Apr-25"] == 91
    assert found["Vasectomy Counselling", "Delivered activity"]["Oct-25"] == 198


def test_a_service_without_plan_and_returns_has_marks_and_no_zero(master: Path) -> None:
    tables = read_tables(master)
    (row,) = tables["tblLes_end_of_life"].records()
    assert (row["Planned"], row["Delivered"], row["Data to"]) == ("[z]", "[x]", "[x]")
    limits = ("Mean", "Lower limit", "Upper limit")
    lines = tables["tblGroups_end_of_life"].rows
    assert {cell for line in lines if line[1] not in limits for cell in line[3:]} == {"[z]", "[x]"}
    # A chart draws a mark as 0, so that limits which are not there yet are empty cells.
    assert {cell for line in lines if line[1] in limits for cell in line[3:-1]} == {"[z]", None}
    published = {row["LES"] for name in ("tblSummary", "tblCapitated") for row in tables[name].records()}
    assert not published & {"End of Life", "Care Homes", "Shared Care"}


def test_flags_of_a_service_are_those_of_the_icb_and_its_groups(master: Path) -> None:
    tables = read_tables(master)
    flagged = {
        (row["Organisation"], row["Finding"])
        for row in tables["tblExceptions"].records()
        if row["LES"] == "Wound Care" and row["Level"] != "Practice"
    }
    rows = tables["tblFlags_wound_care"].records()
    assert {(row["Organisation"], row["Finding"]) for row in rows} == flagged
    assert ICB in {row["Organisation"] for row in rows}  # 20,281 of 41,262 is 49.2%


def test_every_practice_has_its_share_of_every_plan(master: Path, position: Position) -> None:
    read = read_tables(master)["tblPractices"]
    practices = position.organisations[position.organisations["level"] == "practice"]
    assert [row["ODS code"] for row in read.records()] == practices["org"].tolist()
    for row in read.records()[:5]:
        share = position.value("pct_plan_to_date", "dementia", org=row["ODS code"])
        assert row["Dementia"] == (pytest.approx(share) if isinstance(share, float) else str(share))
    bands = [row["LTC LES: band"] for row in read.records()]
    assert bands.count("0-10%") == 16
    assert bands.count("100% +") == 34
    assert len(bands) - bands.count("[z]") == 195


def test_returns_that_are_missing_name_the_months(master: Path, position: Position) -> None:
    rows = read_tables(master)["tblReturns"].records()
    late = [row for row in rows if row["Latest month"] == "Missing"]
    assert rows[: len(late)] == late
    assert all(row["Which"].endswith("Oct-25") for row in late)
    assert all(row["Months missing"] == len(row["Which"].split(", ")) for row in rows)
    held = position.monthly
    held = held[(held["les"] == "ltc") & (held["metric"] == "hha") & (held["level"] == "practice")]
    silent = held[(held["month"] <= "2025-10") & (held["n_expected"] == 1) & (held["n_reported"] == 0)]
    assert sum(row["Months missing"] for row in rows if row["LES"] == "LTC LES") == len(silent)


def test_the_icb_comes_first_then_alerts_and_a_silent_practice_is_one_line(
    master: Path, position: Position
) -> None:
    rows = read_tables(master)["tblExceptions"].records()
    silent = position.exceptions[position.exceptions["rule"] == "no_return"]
    assert len(rows) == len(position.exceptions) - len(silent) + silent["org"].nunique()
    levels = [row["Level"] for row in rows]
    icb = levels.count("ICB")
    assert levels[:icb] == ["ICB"] * icb
    assert [row["LES"] for row in rows[:icb]] == [
        "PSA Testing", "Simple Injections", "Post Bariatric Monitoring", "Wound Care", "Dementia",
    ]  # fmt: skip
    assert [row["Status"] for row in rows[:icb]] == ["Continuing"] * 4 + ["New"]
    severities = [row["Severity"] for row in rows[icb:]]
    assert severities == sorted(severities, key=["Alert", "Advise", "Assure"].index)
    assert rows[icb]["Finding"].startswith("Heronfield Health Centre (fictional): no return of 12 services")


def test_what_is_no_longer_flagged_was_flagged_in_september(master: Path, position: Position) -> None:
    before = sample_position("2025-09").exceptions
    rows = read_tables(master)["tblNoLonger"].records()
    gone = set(before["key"]) - set(position.exceptions["key"])
    # September's position has September's practices and groups, so that a key can be gone for that alone.
    assert {row["Key"] for row in rows if not row["Key"].startswith("*")} <= gone
    assert rows
    assert {row["Severity"] for row in rows} == {"Assure"}
    new = set(position.exceptions["key"]) - set(before["key"])
    assert set(position.exceptions.loc[position.exceptions["status"] == "new", "key"]) == new


def test_commentary_has_facts_for_every_section_and_room_for_text(master: Path) -> None:
    rows = read_tables(master)["tblCommentary"].records()
    sections = ["Summary", "Cost and volume", "Capitated", "LTC LES"]
    headings = ["What does this tell us?", "Actions", "Risks"]
    assert [(row["Section"], row["Heading"]) for row in rows] == [
        (section, heading) for section in sections for heading in headings
    ]
    assert {row["Month"].strftime("%Y-%m") for row in rows} == {"2025-10"}
    assert {row["Commentary"] for row in rows} == {None}
    said = {(row["Section"], row["Heading"]): row["Drafted facts"] for row in rows}
    assert "44,608 of 76,637 (58.2%)" in said["LTC LES", "What does this tell us?"]
    assert "Delivered less than the month before: ECGs, Simple Injections." in said["Capitated", headings[0]]
    assert said["Capitated", "Actions"].startswith("Flagged: ")


def test_the_lists_to_fill_in_are_empty(master: Path) -> None:
    tables = read_tables(master)
    for name in ("tblActions", "tblRisks", "tblOmitted", "tblEscalations", "tblResolved"):
        assert len(tables[name].rows) > 3
        assert {cell for row in tables[name].rows for cell in row} == {None}


def test_drop_down_lists_offer_what_stands_on_the_lists_sheet(master: Path) -> None:
    book = open_book(master)
    offered = {
        (sheet.title, str(rule.sqref)): str(rule.formula1)
        for sheet in book.worksheets
        for rule in sheet.data_validations.dataValidation
    }
    for source in offered.values():
        if not source.startswith('"'):
            sheet, _, block = source.rpartition("!")
            assert all(cell.value for (cell,) in book[sheet][block.replace("$", "")]), source
    assert sum(1 for sheet, _ in offered if sheet == "Explorer") == 3
    names = {row["LES"] for row in read_tables(master)["tblListLes"].records()}
    assert {"Vasectomy Procedure", "LTC LES", "End of Life"} <= names
    assert "Vasectomy" not in names
