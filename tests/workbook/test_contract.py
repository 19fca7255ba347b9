"""What others rely on: sheets, table and column names, named cells; and that the file is fit to be read."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from les_xl.excel.lint import lint_workbook
from les_xl.excel.master import workbook_bytes
from les_xl.position import Position
from tests.workbook.conftest import NOW
from tests.workbook.reading import cells, open_book, parts, read_tables

OF_LES = {
    "post_bariatric_monitoring": "Post Bariatric Monitoring", "dementia": "Dementia",
    "complex_injections": "Complex Injections", "diabetes": "Diabetes", "ring_pessary": "Ring Pessary",
    "vasectomy": "Vasectomy", "spiro_feno": "Spiro - FeNO", "ltc": "LTC LES", "wound_care": "Wound Care",
    "phlebotomy": "Phlebotomy", "ecgs": "ECGs", "psa_testing": "PSA Testing",
    "simple_injections": "Simple Injections", "advice_guidance": "Advice & Guidance",
    "care_homes": "Care Homes", "end_of_life": "End of Life", "meds_optimisation": "Meds Optimisation",
    "shared_care": "Shared Care",
}  # fmt: skip
SHEETS = [
    "Cover", "Summary", "Cost and volume", "Capitated", "LTC banding", "LTC profile", *OF_LES.values(),
    "Practices", "Peers", "Exceptions", "No longer flagged", "Sign-up", "Service shift",
    "Service shift by month", "Quality and outcomes", "Resolved", "Alert, advise, assure", "Commentary",
    "Actions and risks", "Omitted and escalated", "Explorer", "Data quality", "Notes", "Lists",
]  # fmt: skip
MONTHS = [
    "Apr-25", "May-25", "Jun-25", "Jul-25", "Aug-25", "Sep-25", "Oct-25", "Nov-25", "Dec-25", "Jan-26",
    "Feb-26", "Mar-26",
]  # fmt: skip
BEFORE = "September 2025"
BANDS = ["0-10%", "11-25%", "26-50%", "51-75%", "76-100%", "100% +"]
PROFILE = ["Flat plan", "Expected", "Delivered"]
TABLES = {
    "tblCostVolume": ("Cost and volume", ["LES", "Measure", *MONTHS, "To date"]),
    "tblCapitated": ("Capitated", ["LES", "Measure", *MONTHS, "To date"]),
    "tblBanding": ("LTC banding", ["Sub ICB group", "Total practices", *BANDS]),
    "tblProfile": (
        "LTC profile",
        ["Month", *PROFILE, *(f"{name} to date" for name in PROFILE)],
    ),
    "tblShift": (
        "Service shift",
        [
            "Level", "Trust or place", "LES", "Mechanism", "Finding", "General practice",
            "Elsewhere before, a month", "Same months before, a month", "Elsewhere since, a month",
            "Rate ratio", "95% from", "95% to", "Months compared", "Shown from", "In words",
        ],
    ),
    "tblCommentary": ("Commentary", ["Section", "Month", "Heading", "Drafted facts", "Commentary"]),
    "tblActions": ("Actions and risks", ["Action", "Owner", "Due date", "Status", "LES"]),
    "tblOmitted": ("Omitted and escalated", ["Section", "Reason", "Attested by", "Date"]),
    "tblEscalations": ("Omitted and escalated", ["Metric", "From", "To", "Reason", "Date"]),
    **{
        f"tblGroups_{les}": (sheet, ["LES", "Measure", "Sub ICB group", *MONTHS, "To date"])
        for les, sheet in OF_LES.items()
    },
}  # fmt: skip
LIMITS = {"Mean", "Lower limit", "Upper limit"}
NAMES = {
    "LesTitle", "LesIcb", "LesAsAt", "LesYear", "LesReported", "LesChecks", "LesRefreshed", "LesAsOf",
    "LesDataVersion", "LesFlagUnder", "LesFlagOver", "ExplorerLes", "ExplorerOrganisation", "ExplorerMonth",
}  # fmt: skip
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def test_the_sheets_stand_in_their_order(master: Path) -> None:
    assert open_book(master).sheetnames == SHEETS


def test_it_opens_on_the_first_cell_of_the_cover(master: Path) -> None:
    book = open_book(master)
    assert book.active is book["Cover"]
    selected = [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected]
    assert selected == ["Cover"]
    assert {selection.activeCell for selection in book["Cover"].sheet_view.selection} == {"A1"}


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_that_others_read_by_name(master: Path, name: str) -> None:
    sheet, headers = TABLES[name]
    read = read_tables(master)[name]
    assert (read.sheet, list(read.headers)) == (sheet, headers)


def test_the_other_tables_are_there(master: Path) -> None:
    found = {name: read.sheet for name, read in read_tables(master).items() if name not in TABLES}
    assert found == {
        "tblPoints": "Cover",
        "tblDataDates": "Cover",
        "tblSummary": "Summary",
        "tblPractices": "Practices",
        "tblPeers": "Peers",
        "tblExceptions": "Exceptions",
        "tblNoLonger": "No longer flagged",
        "tblSignup": "Sign-up",
        "tblCoverage": "Sign-up",
        "tblNotice": "Sign-up",
        "tblQuality": "Quality and outcomes",
        "tblResolved": "Resolved",
        "tblThreeAs": "Alert, advise, assure",
        "tblRisks": "Actions and risks",
        "tblChecks": "Data quality",
        "tblReturns": "Data quality",
        "tblImpact": "Service shift",
        "tblShiftMonths": "Service shift by month",
        "tblNotes": "Notes",
        "tblTexts": "Lists",
        **{f"tblLes_{les}": sheet for les, sheet in OF_LES.items()},
        **{f"tblFlags_{les}": sheet for les, sheet in OF_LES.items()},
        **{f"tblList{name}": "Lists" for name in ("Les", "Months", "Organisations", "Sections", "Audiences")},
    }


def test_the_header_that_a_table_names_is_the_text_of_its_cell(master: Path) -> None:
    for sheet in open_book(master).worksheets:
        for table in sheet.tables.values():
            shown = [cell.value for cell in sheet[table.ref][0]]
            assert [column.name for column in table.tableColumns] == shown
            assert all(isinstance(text, str) for text in shown)
            assert len({text.casefold() for text in shown}) == len(shown)


def test_the_analysts_columns_are_there_and_empty(master: Path) -> None:
    rows = read_tables(master)["tblExceptions"].records()
    assert rows
    assert {(row["Owner"], row["Response"], row["Review date"]) for row in rows} == {(None, None, None)}
    assert len({row["Key"] for row in rows}) == len(rows)


def test_the_named_cells_hold_what_their_names_say(master: Path) -> None:
    book = open_book(master)
    held = {}
    for name, defined in book.defined_names.items():
        (sheet, at), *rest = defined.destinations
        assert not rest
        held[name] = book[sheet][at].value
    assert set(held) == NAMES
    assert held["LesAsAt"].isoformat() == "2025-10-01T00:00:00"
    assert held["LesRefreshed"].isoformat() == "2025-11-20T09:00:00"
    assert held["LesIcb"] == "Lancashire and South Cumbria ICB (synthetic data)"
    assert held["LesAsOf"] == 15
    assert held["LesYear"] == "2025-26"
    assert (held["LesFlagUnder"], held["LesFlagOver"]) == (0.6, 1.5)


def test_the_as_at_month_is_a_real_date_shown_as_a_month(master: Path) -> None:
    book = open_book(master)
    (sheet, at), *_ = book.defined_names["LesAsAt"].destinations
    assert book[sheet][at].number_format == "mmm-yy"
    assert book[sheet][at].is_date


def test_formats_of_figures(master: Path) -> None:
    sheet = open_book(master)["Cost and volume"]
    found = {
        sheet.cell(cell.row, 2).value: {sheet.cell(cell.row, column).number_format for column in range(3, 16)}
        for cell in sheet["B"]
        if cell.value in {"Planned activity", "Delivered activity", "% of plan"}
    }
    assert found == {"Planned activity": {"#,##0"}, "Delivered activity": {"#,##0"}, "% of plan": {"0.0%"}}


def conditions(path: Path, sheet: str) -> list[tuple[str, str]]:
    """Range and first formula of every conditional format of a sheet."""
    held = open_book(path)[sheet].conditional_formatting
    return [(str(each.sqref), rule.formula[0]) for each in held for rule in each.rules]


def test_status_is_coloured_by_its_word_and_shares_by_their_value(master: Path) -> None:
    found = conditions(master, "Summary")
    coloured = {text.strip('"') for _, text in found if text.startswith('"')}
    assert coloured == {"Well below plan", "Below plan", "On plan", "Above plan", "Well above plan"}
    flagged = [text for _, text in conditions(master, "Cost and volume")]
    assert len(flagged) == 2
    assert all('="% of plan"' in text for text in flagged)
    assert ["<LesFlagUnder)" in text for text in flagged] == [True, False]
    assert [">LesFlagOver)" in text for text in flagged] == [False, True]


def test_figures_of_an_exception_are_shown_as_what_they_are(master: Path) -> None:
    sheet, table = open_book(master)["Exceptions"], read_tables(master)["tblExceptions"]
    figure = table.headers.index("Figure")
    for row, record in enumerate(table.records(), int(str(sheet.freeze_panes)[1:])):
        shown = sheet.cell(row, figure + 1).number_format
        assert shown == ("#,##0" if "|no_return|" in record["Key"] else "0.0%"), record["Key"]


def test_every_sheet_has_its_title_in_the_first_cell_and_prints_on_a4_across(master: Path) -> None:
    for sheet in open_book(master).worksheets:
        assert isinstance(sheet["A1"].value, str)
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape"), sheet.title
        # 1 where the file does not say; 30 columns of practices cannot be read on one.
        assert (sheet.page_setup.fitToWidth or 1) == (2 if sheet.title == "Practices" else 1), sheet.title
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        footer = str(sheet.HeaderFooter.oddFooter)
        assert "&P" in footer
        assert "2025-10, load 15" in footer
        if sheet.title != "Cover":
            assert sheet.freeze_panes, sheet.title
            assert sheet.print_title_rows, sheet.title


def test_nothing_is_merged_hidden_or_under_a_table(master: Path) -> None:
    for sheet in open_book(master).worksheets:
        assert not sheet.merged_cells.ranges, sheet.title
        assert sheet.sheet_state == "visible"
        assert not [row for row, look in sheet.row_dimensions.items() if look.hidden]
        assert not [column for column, look in sheet.column_dimensions.items() if look.hidden]
        for table in sheet.tables.values():
            first, last = (cell for cell in (sheet[table.ref][0][0], sheet[table.ref][-1][-1]))
            under = sheet.iter_rows(min_row=last.row + 1, min_col=first.column, max_col=last.column)
            assert not [cell for row in under for cell in row if cell.value is not None], table.name


def test_no_font_is_smaller_than_ten_points(master: Path) -> None:
    fonts = [
        float(size.get("val", "0"))
        for _, styles in parts(master, r"xl/styles\.xml")
        for size in styles.iter(f"{MAIN}sz")
    ]
    charts = [
        int(element.get("sz", "0")) / 100
        for _, chart in parts(master, r"xl/charts/chart\d+\.xml")
        for element in chart.iter(f"{DRAWING}defRPr", f"{DRAWING}rPr")
        if element.get("sz")
    ]
    assert fonts
    assert charts
    assert min(fonts + charts) >= 10


def test_every_chart_says_its_message_in_words(master: Path) -> None:
    said = {
        frame.get("descr", "")
        for _, drawing in parts(master, r"xl/drawings/drawing\d+\.xml")
        for frame in drawing.iter(f"{SHEET_DRAWING}cNvPr")
    }
    # Two of plan, bands, profile, one a published row or LES without one, four of shift, two of sign-up, four
    # rates, and the Explorer's.
    assert len(said) == 2 + 1 + 1 + (14 + 5) + 4 + 2 + 4 + 1
    starts = (
        "Bars: sign-up rate by LES, from 93.9% (Phlebotomy) to 100.0%",
        "Bars: registered patients not covered, by LES. Diabetes 145,951",
        "Bars: failed blood samples as a share of blood samples taken, to October 2025. ICB 3.6%",
    )
    for start in starts:
        assert sum(text.startswith(start) for text in said) == 1, start
    dementia = "Dementia has delivered 4,700 of 7,992 planned by October 2025 (58.8%)."
    few = "Limits: fewer than 12 months with a return ({}), so none yet (NHSRplotthedots)."
    assert f"Columns: delivered by month, with a line for the plan. {dementia} {few.format(6)}" in said
    nothing = "Nothing has been reported for End of Life yet."
    assert f"Columns: delivered by month. {nothing} {few.format(0)}" in said
    assert sum("56.4% of all 195 practices have delivered more than 50%" in text for text in said) == 1
    assert sum("44,608 of 76,637 (58.2%)" in text for text in said) == 1
    assert sum("from 42.5% of plan (Post Bariatric Monitoring)" in text for text in said) == 1
    assert sum("to 319.4% (PSA Testing)" in text for text in said) == 1


def _measure_columns(master: Path) -> dict[str, int]:
    """The column of the measure in `tblGroups_…`, by sheet."""
    book, found = open_book(master), {}
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            if table.name.startswith("tblGroups_"):
                found[sheet.title] = sheet[table.ref][0][1].column
    return found


def test_charts_point_at_cells_that_hold_something(master: Path) -> None:
    book = open_book(master)
    chart = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    pointed = [
        reference.text or ""
        for _, root in parts(master, r"xl/charts/chart\d+\.xml")
        for reference in root.iter(f"{chart}f")
    ]
    assert pointed
    limits = _measure_columns(master)
    for reference in pointed:
        sheet, _, block = reference.rpartition("!")
        found = book[sheet.strip("'")][block.replace("$", "")]
        rows = found if isinstance(found, tuple) else ((found,),)
        if book[sheet.strip("'")].cell(rows[0][0].row, limits.get(sheet.strip("'"), 1)).value in LIMITS:
            # Drawn as nothing until there are limits: a chart draws a mark as 0.
            assert {cell.value for row in rows for cell in row} == {None}, reference
            continue
        assert all(cell.value is not None for row in rows for cell in row), reference


def test_the_summary_draws_a_sparkline_of_delivered_for_every_row(master: Path) -> None:
    (_, sheet), *rest = [
        (name, root)
        for name, root in parts(master, r"xl/worksheets/sheet\d+\.xml")
        if root.findall(".//{*}sparkline")
    ]
    assert not rest
    shown = cells(master)
    sources = [reference.text or "" for reference in sheet.iterfind(".//{*}sparkline/{*}f")]
    labels = set()
    for source in sources:
        name, _, block = source.rpartition("!")
        first, last = block.replace("$", "").split(":")
        row = first.removeprefix("C")
        assert (first, last) == (f"C{row}", f"N{row}")
        assert shown[name.strip("'"), f"B{row}"] == "Delivered activity"
        labels.add(shown[name.strip("'"), f"A{row}"])
    assert labels == {row["LES"] for row in read_tables(master)["tblSummary"].records()}
    assert len(sources) == len(labels)


def test_the_contents_link_to_every_other_sheet(master: Path) -> None:
    (_, cover), *_ = parts(master, r"xl/worksheets/sheet1\.xml")
    links = [link.get("location") for link in cover.iter(f"{MAIN}hyperlink")]
    assert sorted(map(str, links)) == sorted(f"'{name}'!A1" for name in SHEETS[1:])


def test_every_other_sheet_links_back_to_the_contents(master: Path) -> None:
    for sheet in open_book(master).worksheets[1:]:
        links = [(cell.coordinate, cell.hyperlink.location) for cell in sheet["A"] if cell.hyperlink]
        assert links == [("A3", "'Cover'!A1")], sheet.title


def test_the_properties_say_what_it_is_and_in_which_language(master: Path) -> None:
    properties = open_book(master).properties
    assert properties.title == "Local Enhanced Services: performance report, October 2025"
    assert properties.language == "en-GB"
    assert properties.creator == "Lancashire and South Cumbria ICB (synthetic data)"
    assert properties.created == NOW.replace(tzinfo=None)
    for _, root in parts(master, r"xl/charts/chart\d+\.xml"):
        assert not root.xpath("//@lang[. = 'en-US']")


def test_the_same_position_and_moment_give_the_same_bytes(position: Position, master: Path) -> None:
    assert workbook_bytes(position, NOW) == master.read_bytes()
    later = datetime(2025, 11, 21, 9, 0, tzinfo=UTC)
    assert workbook_bytes(position, later) != master.read_bytes()


def test_the_points_of_note_on_the_cover(master: Path) -> None:
    said = [row["Point of note"] for row in read_tables(master)["tblPoints"].records()]
    more_than = "of practices have delivered more than"
    assert said[0] == f"56.4% {more_than} 50% of their annual target, up 12.3 percentage points on {BEFORE}."
    assert said[1] == f"33.3% {more_than} 75% of their annual target, up 10.3 percentage points on {BEFORE}."
    assert said[2] == f"16 practices are in the lowest band (0-10%), 26 fewer than in {BEFORE}."
    # 44,608 of 76,637 x 45% = 34,486.65
    delivered = "LTC LES has delivered 44,608 of 76,637 (58.2%) by October 2025"
    assert said[3] == f"{delivered}, 129.3% of the expected profile to date: within expectations."


def test_the_data_dates_of_every_service(master: Path) -> None:
    rows = read_tables(master)["tblDataDates"].records()
    assert [row["LES"] for row in rows][:2] == ["Post Bariatric Monitoring", "Dementia"]
    silent = {row["LES"] for row in rows if (row["Data to"], row["Reported"]) == ("[x]", "[x]")}
    assert silent == {"Advice & Guidance", "Care Homes", "End of Life", "Meds Optimisation", "Shared Care"}
    assert len(rows) == 13 + len(silent)
    rows = [row for row in rows if row["LES"] not in silent]
    assert {row["Data to"].date() for row in rows} == {date(2025, 10, 1)}
    for row in rows:
        reported, _, expected = row["Reported"].partition(" of ")
        assert 0 < int(reported) <= int(expected)


def test_failed_checks_stand_first(master: Path, position: Position) -> None:
    results = [row["Result"] for row in read_tables(master)["tblChecks"].records()]
    failed = results.count("Failed")
    assert failed == int((~position.checks["ok"]).sum()) > 0
    assert results == ["Failed"] * failed + ["Passed"] * (len(results) - failed)


def test_what_excel_minds_and_validation_does_not_see(master: Path) -> None:
    assert [str(problem) for problem in lint_workbook(master)] == []
