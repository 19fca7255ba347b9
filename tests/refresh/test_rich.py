"""A rich workbook is refreshed: what points at the table follows, every other byte is what it was."""

from datetime import datetime
from pathlib import Path

from les_xl.excel.refresh import refresh_file
from tests.refresh.opened import changed, difference, parts, plan, values

SAME = (("Dementia", 10, 20, 30), ("Diabetes", 40, 50, 60), ("ECGs", 70, 80, 90))
GROWN = (*SAME, ("Vasectomy", 5, 6, 7), ("Wound Care", 1, 2, 3))


def test_nothing_is_written_where_nothing_changed(rich: Path) -> None:
    before = rich.read_bytes()
    result = refresh_file(rich, [plan(*SAME)], {"LesAsAt": "2025-06"})
    assert not result.written
    assert not result.plan.changes
    assert rich.read_bytes() == before
    assert [one.name for one in rich.parent.iterdir()] == [rich.name]


def test_a_changed_figure_touches_its_cell_what_it_leads_to_and_the_order_to_recalculate_only(
    rich: Path,
) -> None:
    before = parts(rich)
    result = refresh_file(rich, [plan(("Dementia", 11, 20, 30), *SAME[1:])])
    after = parts(rich)
    assert result.written
    assert changed(before, after) == {
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/calcChain.xml",
        "xl/pivotCache/pivotCacheDefinition1.xml",
    }
    row = "/worksheet/sheetData/row[5]"
    assert difference(before["xl/worksheets/sheet1.xml"], after["xl/worksheets/sheet1.xml"]) == (
        {f"{row}/c[C5]/v=10", f"{row}/c[F5]/v=60", f"{row}/c[H5]/v=20"},
        {f"{row}/c[C5]/v=11", f"{row}/c[F5]/v=61", f"{row}/c[H5]/v=22"},
    )
    went, came = difference(before["xl/worksheets/sheet2.xml"], after["xl/worksheets/sheet2.xml"])
    sums = {f"/worksheet/sheetData/row[{at}]/c[A{at}]/v=" for at in (2, 3)}
    # One formula fills D2:D4; what it gives below its own cell is left to Excel, the old results are gone.
    spilt = {f"/worksheet/sheetData/row[{at}]/c[D{at}]/v" for at in (2, 3, 4)}
    assert came == {f"{place}121" for place in sums} | {"/worksheet/sheetData/row[2]/c[D2]/v=22"}
    assert {fact.rpartition("=")[0] or fact for fact in went} == {place[:-1] for place in sums} | spilt
    pivot = "xl/pivotCache/pivotCacheDefinition1.xml"
    assert difference(before[pivot], after[pivot]) == (set(), {"/pivotCacheDefinition@refreshOnLoad=1"})
    assert list(after) == [name for name in before if name != "xl/calcChain.xml"]


def test_the_old_file_is_kept(rich: Path) -> None:
    before = rich.read_bytes()
    result = refresh_file(rich, [plan(*GROWN)])
    assert result.backup is not None
    assert result.backup.name == "les master.xlsx.bak"
    assert result.backup.read_bytes() == before
    assert sorted(one.name for one in rich.parent.iterdir()) == ["les master.xlsx", "les master.xlsx.bak"]


def test_a_second_refresh_changes_no_byte(rich: Path) -> None:
    refresh_file(rich, [plan(*GROWN)], {"LesAsAt": "2025-07"})
    before = rich.read_bytes()
    result = refresh_file(rich, [plan(*GROWN)], {"LesAsAt": "2025-07"})
    assert not result.written
    assert rich.read_bytes() == before


def test_untouched_parts_stay_when_the_table_grows(rich: Path) -> None:
    before = parts(rich)
    refresh_file(rich, [plan(*GROWN)])
    after = parts(rich)
    kept = {"xl/worksheets/sheet3.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/media/image1.png"}
    kept |= {"xl/unknown/thing9.bin", "customXml/item1.xml", "docProps/custom.xml", "xl/tables/table2.xml"}
    kept |= {"xl/threadedComments/threadedComment1.xml", "xl/comments1.xml", "xl/persons/person.xml"}
    kept |= {"xl/drawings/vmlDrawing1.vml", "xl/pivotTables/pivotTable1.xml", "xl/theme/theme1.xml"}
    kept |= {"xl/chartsheets/sheet1.xml", "xl/metadata.xml"}
    assert kept <= before.keys()
    assert not kept & changed(before, after)


def test_everything_that_spoke_of_the_whole_column_follows(rich: Path) -> None:
    before = parts(rich)
    refresh_file(rich, [plan(*GROWN)])
    after = parts(rich)
    went, came = difference(before["xl/worksheets/sheet1.xml"], after["xl/worksheets/sheet1.xml"])
    grown = {fact.replace("7", "9", 1) for fact in went if "sqref=" in fact or "/sqref" in fact}
    assert {fact.rpartition("=")[2] for fact in grown} >= {"C5:E9", "C5:C9", "B5:E9", "D5:D9", "G5:G9"}
    assert grown <= came
    assert "/worksheet/dataValidations/dataValidation/formula1=$B$5:$B$9" in came
    assert "/worksheet/dimension@ref=A1:S30" not in went
    _, came = difference(before["xl/workbook.xml"], after["xl/workbook.xml"])
    names = {fact for fact in came if "definedName" in fact and "=" in fact}
    assert {fact.rpartition("=")[2] for fact in names} == {
        "Data!$C$5:$C$9", "Data!$B$5:$B$9", "Data!$A$1:$K$9",
    }  # fmt: skip
    assert b"$C$5:$C$9" in after["xl/charts/chart1.xml"]
    assert b"numCache" not in after["xl/charts/chart1.xml"].partition(b"$C$5:$C$9")[2]
    assert b"$C$6:$E$6" in after["xl/charts/chart9.xml"]
    assert b'ref="B4:C9"' in after["xl/pivotCache/pivotCacheDefinition1.xml"]
    assert b'ref="B4:I9"' in after["xl/tables/table1.xml"]


def test_formulas_elsewhere_follow_and_texts_do_not(rich: Path) -> None:
    refresh_file(rich, [plan(*GROWN)])
    column = [row[0] for row in values(rich, "My analysis", "A2:A5", formulas=True)]
    assert column == [
        "=SUM(Data!C5:C9)",
        "=SUM(tblPlan[Apr-25])",
        "=Data!$C$7",
        '=COUNTIF(Data!$B$5:$B$9,"Data!C5:C7")',
    ]


def test_new_rows_look_like_the_row_above_and_go_on_with_the_analysts_formula(rich: Path) -> None:
    refresh_file(rich, [plan(*GROWN)])
    table = values(rich, "Data", "B8:H9", formulas=True)
    assert table == [
        ["Vasectomy", 5, 6, 7, "=SUM(C8:E8)", None, "=tblPlan[[#This Row],[Apr-25]]*2"],
        ["Wound Care", 1, 2, 3, "=SUM(C9:E9)", None, "=tblPlan[[#This Row],[Apr-25]]*2"],
    ]
    sheet = parts(rich)["xl/worksheets/sheet1.xml"]
    looks = {cell: _look(sheet, cell) for cell in ("C7", "C8", "C9", "G7", "G8", "G9")}
    assert looks["C7"] == looks["C8"] == looks["C9"] != ""
    assert looks["G7"] == looks["G8"] == looks["G9"] != looks["C7"]


def _look(sheet: bytes, cell: str) -> str:
    text = sheet.decode()
    tag = text[text.index(f'<c r="{cell}"') :].partition(">")[0]
    return tag.partition(' s="')[2].partition('"')[0]


def test_year_end_renames_the_months_everywhere(rich: Path) -> None:
    before = parts(rich)
    months = ("Apr-26", "May-26", "Jun-26")
    result = refresh_file(rich, [plan(*SAME, months=months)])
    after = parts(rich)
    assert result.plan.tables[0].headers == (
        ("Apr-25", "Apr-26"), ("May-25", "May-26"), ("Jun-25", "Jun-26"),
    )  # fmt: skip
    assert values(rich, "Data", "B4:I4") == [["LES", *months, "To date", "Note", "Double", "Trend"]]
    assert values(rich, "Data", "H5:H5", formulas=True) == [["=tblPlan[[#This Row],[Apr-26]]*2"]]
    assert values(rich, "My analysis", "A3:A3", formulas=True) == [["=SUM(tblPlan[Apr-26])"]]
    went, came = difference(before["xl/tables/table1.xml"], after["xl/tables/table1.xml"])
    assert len(went) == len(came) == 4
    assert b'cacheField name="Apr-26"' in after["xl/pivotCache/pivotCacheDefinition1.xml"]
    assert "xl/tables/table2.xml" not in changed(before, after)


def test_named_cells_are_filled_and_a_stamp_alone_is_no_change(rich: Path) -> None:
    moment = datetime.fromisoformat("2025-08-01T12:00")
    assert not refresh_file(rich, [plan(*SAME)], {"LesRefreshed": moment}).written
    assert refresh_file(rich, [plan(*SAME)], {"LesAsAt": "2025-07", "LesRefreshed": moment}).written
    assert values(rich, "Notes & more", "B2:B3") == [["2025-07"], [moment]]


def test_a_dry_run_tells_and_leaves_the_file(rich: Path) -> None:
    before = rich.read_bytes()
    result = refresh_file(rich, [plan(*GROWN)], {"LesAsAt": "2025-07"}, dry_run=True)
    assert not result.written
    assert result.plan.cells == 2 * 4 + 1
    assert result.plan.sentences() == ("tblPlan (Data): 8 cells, 2 rows added", "named cells: LesAsAt")
    assert rich.read_bytes() == before
