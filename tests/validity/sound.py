"""A small workbook with one of everything that the lint looks at, made by XlsxWriter and sound throughout."""

from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.validity.picture import pixel

PLAN = (("Dementia", 120, 90), ("ECGs", 80, 88), ("Vasectomy", 40, 10))


def write_sound(path: Path) -> Path:
    """Sheets `Cover`, `Plan` (two tables, charts) and `Cost & volume` (an array, a picture, a comment)."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    percent, low = book.add_format({"num_format": "0.0%"}), book.add_format({"font_color": "#9C0006"})
    cover, plan, other = (book.add_worksheet(name) for name in ("Cover", "Plan", "Cost & volume"))
    _cover(cover)
    _plan(book, plan, percent, low)
    _other(other)
    book.define_name("LesAsAt", "=Cover!$B$3")
    book.define_name("LesPlanned", "=tblPlan[Planned]")
    book.define_name("Plan!LesOnly", "=Plan!$B$4")
    book.set_properties({"title": "A sound workbook"})
    book.close()
    return path


def _cover(sheet: Worksheet) -> None:
    sheet.write("A1", "A sound workbook")
    sheet.write("A3", "As at")
    sheet.write("B3", "Oct-25")
    sheet.write_url("A5", "internal:Plan!A3", string="Plan")
    sheet.write_url("A6", "internal:'Cost & volume'!A1", string="Cost and volume")
    sheet.write_url("A7", "internal:LesAsAt", string="As at")
    sheet.write_url("A8", "https://www.england.nhs.uk/", string="NHS England")
    sheet.write_formula("A9", '=HYPERLINK("#Plan!A3","Plan")', None, "Plan")
    sheet.write_formula("B9", "=SUM(LesPlanned)", None, 240)
    sheet.write_formula("B10", '=IFERROR(LES_PLAN("Dementia"),"[x]")', None, "[x]")
    sheet.write_formula("B11", "=_xlfn.STDEV.S(Plan!B4:B6)", None, 40)
    sheet.data_validation("B3", {"validate": "list", "source": "=Plan!$G$4:$G$6"})
    sheet.set_landscape()
    sheet.print_area("A1:F12")
    sheet.repeat_rows(0)


def _plan(book: xlsxwriter.Workbook, sheet: Worksheet, percent: Format, low: Format) -> None:
    sheet.write("A1", "Plan")
    delivered = "=tblPlan[[#This Row],[Delivered]]/tblPlan[[#This Row],[Planned]]"
    columns = [
        {"header": "LES", "total_string": "Total"},
        {"header": "Planned", "total_function": "sum", "total_value": 240},
        {"header": "Delivered", "total_function": "sum", "total_value": 188},
        {"header": "% of plan", "formula": delivered, "format": percent},
        {"header": "Per\nmonth"},
    ]
    sheet.add_table("A3:E7", {"name": "tblPlan", "columns": columns, "total_row": True, "autofilter": True})
    for row, (les, planned, done) in enumerate(PLAN, start=3):
        sheet.write_row(row, 0, (les, planned, done))
        sheet.write_formula(row, 3, delivered, percent, done / planned)
    # XlsxWriter leaves the table's name out of its totals, which LibreOffice cannot read; Excel writes it.
    sheet.write_formula("B7", "=SUBTOTAL(109,tblPlan[Planned])", None, 240)
    sheet.write_formula("C7", "=SUBTOTAL(109,tblPlan[Delivered])", None, 188)
    trend = [{"header": "Month"}, {"header": "Delivered"}]
    rows = [["Apr-25", 30], ["May-25", 28], ["Jun-25", 32]]
    sheet.add_table("G3:H6", {"name": "tblTrend", "columns": trend, "data": rows, "autofilter": False})
    sheet.conditional_format("D4:D6", {"type": "cell", "criteria": "<", "value": 0.6, "format": low})
    sheet.conditional_format("B4:C6", {"type": "formula", "criteria": "=$C4<$B4", "format": low})
    sheet.conditional_format("H4:H6", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("J4", {"range": "Plan!H4:H6"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"name": "=Plan!$B$3", "categories": "=Plan!$A$4:$A$6", "values": "=Plan!$B$4:$B$6"})
    sheet.insert_chart("G9", chart, {"description": "Planned activity of three services"})


def _other(sheet: Worksheet) -> None:
    sheet.write("A1", "Cost & volume")
    sheet.write("A2", "a text with\na line end")
    sheet.write_array_formula("A4:A5", "{=Plan!B4:B5*2}", None, 240)
    sheet.write("A5", 160)
    sheet.write_boolean("B4", True)
    sheet.write_comment("B4", "checked")
    sheet.insert_image("D4", "pixel.png", {"image_data": pixel(), "description": "A single pixel"})
    sheet.merge_range("F1:G1", "not in a table")
    sheet.autofilter("A3:B5")
    sheet.freeze_panes(3, 0)
