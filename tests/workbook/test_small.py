"""Small positions made by hand: marks, late and silent services, registers, hostile names, missing sheets."""

from pathlib import Path
from typing import Any

import pytest

from les_xl.excel.lint import lint_workbook
from les_xl.excel.master import new_workbook
from les_xl.position import Position, make_position
from tests.office import recalculated
from tests.position.world import flat, known, metric, monthly, organisation, profile, reviews, service, specs
from tests.workbook.conftest import NOW
from tests.workbook.reading import Read, cells, formulas, open_book, parts, read_tables, with_wrong_results

HOSTILE = "=cmd|'/C calc'!A0"
BANDS = {
    "of": "pct_annual",
    "edges": ["10%", "25%", "50%", "75%", "100%"],
    "labels": ["0-10%", "11-25%", "26-50%", "51-75%", "76-100%", "100% +"],
}
NO_RETURN = {
    "id": "no_return",
    "level": ["practice"],
    "when": "months_not_reported >= 2",
    "severity": "alert",
}


def small_position(as_at: str = "2025-10") -> Position:
    """Three LES, at October 2025: one with a gap and no plan in June, one late, one that never reported."""
    gap = service(
        "gap",
        title="@Gap & Co",
        contract="cost_and_volume",
        starts="2025-05",
        metrics=[metric("reviews", headline=True, published_as="+Gap")],
        plan=[
            flat(10, **{"from": "2025-05", "to": "2025-05"}),
            flat(0, **{"from": "2025-06", "to": "2025-06"}),
            flat(10, **{"from": "2025-07"}),
        ],
        exceptions=[NO_RETURN],
    )
    late = service("late", plan=[flat(100)])
    silent = service("silent", plan=[flat(7)])
    shares = {f"2025-{month:02d}": "10%" for month in range(4, 13)} | {"2026-01": "10%"}
    register = service(
        "register",
        metrics=[metric("reviews", kind="stock", headline=True, published_as="Register")],
    )
    profiled = service(
        "profiled",
        plan=[flat(20, annual_target=240), profile(shares)],
        bands=BANDS,
    )
    return make_position(
        specs(gap, late, silent, register, profiled, icb={"code": "QE1", "name": "North & South"}),
        known(
            [organisation("P01"), organisation("P02", name=HOSTILE, sub_icb="A", sub_icb_name="South")],
            activity=[
                *reviews("gap", P01=monthly("2025-05", 12, 3, None, 4, 5, 6)),
                *reviews("late", P01=monthly("2025-04", 50, 60, 70), P02=monthly("2025-04", 40, 30, 20)),
                *reviews("register", P01=monthly("2025-04", 5, 6, 7, 8, 9, 10, 11)),
                *reviews("profiled", P01=monthly("2025-04", 30), P02=monthly("2025-04", 5)),
            ],
            targets=[
                ("P01", "profiled", "reviews", "2025-26", 120),
                ("P02", "profiled", "reviews", "2025-26", 120),
            ],
        ),
        as_at=as_at,
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.xlsx"
    new_workbook(small_position(), path, now=NOW)
    return path


def row_of(table: Read, les: str, measure: str) -> list[Any]:
    return next(list(row[2:]) for row in table.rows if row[:2] == (les, measure))


def test_marks_stand_where_there_is_no_number(small: Path) -> None:
    table = read_tables(small)["tblCostVolume"]
    z, x = ["[z]"], ["[x]"]
    # April is before the LES began; July has no return; nothing is known after October.
    assert row_of(table, "+Gap", "Planned activity") == [*z, 10, 0, *[10] * 9, 50]
    assert row_of(table, "+Gap", "Delivered activity") == [*z, 12, 3, *x, 4, 5, 6, *x * 5, 30]
    # June has a plan of 0, and so no percentage.
    assert row_of(table, "+Gap", "% of plan") == [*z, 1.2, *z, *x, 0.4, 0.5, 0.6, *x * 5, 0.6]


def test_a_late_service_stops_at_its_own_month(small: Path) -> None:
    table = read_tables(small)["tblCapitated"]
    assert row_of(table, "Late", "Planned activity")[-1] == 300
    assert row_of(table, "Late", "Delivered activity") == [90, 90, 90, *["[x]"] * 9, 270]
    assert row_of(table, "Late", "% of plan")[-1] == pytest.approx(0.9)
    (row,) = [row for row in read_tables(small)["tblSummary"].records() if row["LES"] == "Late"]
    assert row["Data to"].strftime("%Y-%m") == "2025-06"
    assert (row["Delivered"], row["Status"], row["Practices reported"]) == (90, "Below plan", "2 of 2")


def test_a_service_that_never_reported_has_marks_and_no_zero(small: Path) -> None:
    table = read_tables(small)["tblCapitated"]
    assert row_of(table, "Silent", "Planned activity") == [*[7] * 12, "[x]"]
    assert row_of(table, "Silent", "Delivered activity") == ["[x]"] * 13
    assert row_of(table, "Silent", "% of plan") == ["[x]"] * 13
    (row,) = [row for row in read_tables(small)["tblSummary"].records() if row["LES"] == "Silent"]
    assert {row["Delivered"], row["Variance"], row["% of plan to date"], row["Status"]} == {"[x]"}
    assert row["Data to"] == "[x]"


def test_a_register_is_never_added_up(small: Path) -> None:
    table = read_tables(small)["tblCapitated"]
    assert row_of(table, "Register", "Delivered activity") == [5, 6, 7, 8, 9, 10, 11, *["[x]"] * 5, 11]
    shown = cells(small)
    pairs = {row: tuple(shown.get(("Capitated", f"{at}{row}")) for at in "AB") for row in range(1, 60)}
    (row,) = [row for row, pair in pairs.items() if pair == ("Register", "Delivered activity")]
    assert formulas(small)["Capitated", f"O{row}"] == f"=I{row}"


def test_bands_in_the_first_month_have_nothing_to_compare_with(small: Path) -> None:
    rows = {row["Sub ICB group"]: row for row in read_tables(small)["tblBanding"].records()}
    # 30 of 120 is 25%, and 5 of 120 is 4.2%.
    assert rows["North"]["11-25%"] == rows["South"]["0-10%"] == 1
    assert rows["% of practices"]["11-25%"] == 0.5
    assert set(list(rows["Last month"].values())[1:]) == {"[z]"}
    assert set(list(rows["Change"].values())[1:]) == {"[z]"}


def test_text_that_looks_like_a_formula_stays_text(small: Path) -> None:
    book = open_book(small, values=False)
    found = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value in {HOSTILE, "+Gap", "@Gap & Co"}
    ]
    assert {cell.value for cell in found} == {HOSTILE, "+Gap", "@Gap & Co"}
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)
    assert not [text for text in formulas(small).values() if "cmd" in text]


@pytest.mark.office
def test_libreoffice_agrees_and_starts_nothing(small: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.xlsx"
    with_wrong_results(small, spoilt)
    read = cells(recalculated(spoilt, tmp_path / "office"))
    for at, value in cells(small).items():
        if at[0] != "Explorer":
            assert read[at] == (pytest.approx(value) if isinstance(value, float) else value), at
    assert HOSTILE in read.values()


def test_an_ampersand_in_a_name_is_printed(small: Path) -> None:
    for name, root in parts(small, r"xl/worksheets/sheet\d+\.xml"):
        footer = root.findtext(".//{*}oddFooter") or ""
        assert footer.count("&L") == footer.count("&C") == footer.count("&R") == 1, name
    assert open_book(small)["Summary"]["A2"].value == "North & South: position at October 2025"


def test_a_line_with_nothing_to_say_has_a_result_that_is_empty(small: Path) -> None:
    """An empty text is a result; without one a previewer would not know that there is nothing to see."""
    assert [str(problem) for problem in lint_workbook(small)] == []
    empty = {
        cell.get("r"): cell.get("t")
        for _, root in parts(small, r"xl/worksheets/sheet\d+\.xml")
        for cell in root.iter("{*}c")
        if cell.find("{*}f") is not None and not cell.findtext("{*}v")
    }
    assert empty
    assert set(empty.values()) == {"str"}


def test_sheets_without_anything_to_show_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    only = service("only", plan=[flat(10)])
    position = make_position(
        specs(only),
        known([organisation("P01")], activity=reviews("only", P01=monthly("2025-04", 10))),
    )
    new_workbook(position, path, now=NOW)
    names = open_book(path).sheetnames
    lists = ["Commentary", "Actions and risks", "Omitted and escalated", "Explorer"]
    assert names == [
        "Cover", "Summary", "Capitated", "Only", "Practices", "Exceptions", "No longer flagged", "Resolved",
        "Alert, advise, assure", *lists, "Data quality", "Notes", "Lists",
    ]  # fmt: skip
    linked = [cell.value for column in "DF" for cell in open_book(path)["Cover"][column] if cell.hyperlink]
    assert sorted(linked) == sorted(names[1:])


def test_no_exceptions_still_leave_a_table_to_fill(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    position = make_position(
        specs(service("only", plan=[flat(10)])),
        known([organisation("P01")], activity=reviews("only", P01=monthly("2025-04", 10))),
    )
    new_workbook(position, path, now=NOW)
    exceptions = read_tables(path)["tblExceptions"]
    assert exceptions.rows == ((None,) * len(exceptions.headers),)
    said = {row["Topic"]: row["Point of note"] for row in read_tables(path)["tblPoints"].records()}
    assert said["Exceptions"] == "The rules flag nothing; see the Exceptions sheet."
    assert said["Capitated"] == "Only has delivered 100.0% of plan to date."
