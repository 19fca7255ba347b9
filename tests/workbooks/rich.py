"""An analyst's workbook with what XlsxWriter can put on it: charts, rules, comments, controls, macros."""

import struct
import zlib
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

LES = ("Dementia", "Diabetes", "ECGs")
FIRST_ROW = 5
"""The sheet row (from 1) of the first body row of `tblPlan`, which begins in column B."""

_PLAN = ((10, 20, 30), (40, 50, 60), (70, 80, 90))


def picture() -> BytesIO:
    """A PNG of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\x00\xff\x00\x00")
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
    )


def write_rich(path: Path, *, macros: Path | None = None) -> None:
    """Write the workbook; with macros it is an .xlsm whose project is the bytes of a file."""
    book = Workbook(str(path))
    if macros is not None:
        book.add_vba_project(str(macros))
    data, analysis, other = (book.add_worksheet(name) for name in ("Data", "My analysis", "Notes & more"))
    _plan(book, data)
    _beside(book, data)
    _totals(book, data)
    _analysis(book, analysis)
    _charts(book, analysis)
    _other(book, other)
    book.add_chartsheet("Big chart").set_chart(_chart(book, "line"))
    book.define_name("LesAsAt", "='Notes & more'!$B$2")
    book.define_name("LesRefreshed", "='Notes & more'!$B$3")
    book.define_name("AprilPlan", "=Data!$C$5:$C$7")
    book.define_name("SecondRow", "=Data!$C$6")
    book.define_name("'My analysis'!Local", "=Data!$B$5:$B$7")
    book.set_custom_property("Owner", "Analyst")
    book.set_properties({"title": "Analyst's own"})
    book.close()


def _plan(book: Workbook, sheet: Worksheet) -> None:
    """`tblPlan`: LES, three months, a total of the product's, and two columns of the analyst's."""
    number = book.add_format({"num_format": "#,##0", "bg_color": "#EEF6EE"})
    note = book.add_format({"text_wrap": True, "italic": True})
    columns: list[dict[str, Any]] = [{"header": "LES"}]
    columns += [{"header": month, "format": number} for month in ("Apr-25", "May-25", "Jun-25")]
    columns += [{"header": "To date"}, {"header": "Note", "format": note}]
    columns += [{"header": "Double", "formula": "=tblPlan[[#This Row],[Apr-25]]*2"}, {"header": "Trend"}]
    sheet.add_table(3, 1, 6, 8, {"name": "tblPlan", "columns": columns, "style": "Table Style Medium 2"})
    for at, (les, plan) in enumerate(zip(LES, _PLAN, strict=True)):
        row = 4 + at
        sheet.write(row, 1, les)
        sheet.write_row(row, 2, plan, number)
        sheet.write_formula(row, 5, f"=SUM(C{row + 1}:E{row + 1})", None, sum(plan))
        sheet.write(row, 6, f"mine about {les}", note)
        sheet.write_formula(row, 7, "=tblPlan[[#This Row],[Apr-25]]*2", None, plan[0] * 2)
        sheet.add_sparkline(row, 8, {"range": f"Data!C{row + 1}:E{row + 1}"})


def _beside(book: Workbook, sheet: Worksheet) -> None:
    """What an analyst puts around the table, and rules over its columns."""
    bold = book.add_format({"bold": True, "font_color": "red"})
    sheet.write("A1", "Plan")
    sheet.write_rich_string("K1", "plain and ", bold, "bold")
    sheet.write("K6", "beside the table")
    sheet.write_comment("G6", "Asked the practice", {"author": "Analyst"})
    sheet.write_comment("K6", "far away")
    sheet.conditional_format("C5:E7", {"type": "3_color_scale"})
    sheet.conditional_format("C5:C7", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("B5:E7", {"type": "formula", "criteria": "=$C5>$K$2", "format": bold})
    sheet.conditional_format("D5:D7", {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.data_validation("G5:G7", {"validate": "length", "criteria": "<", "value": 200})
    sheet.data_validation("K8", {"validate": "list", "source": "=$B$5:$B$7"})
    sheet.write_url("B6", "internal:'My analysis'!A1", string="Diabetes")
    sheet.write_url("K9", "https://example.org/")
    sheet.ignore_errors({"number_stored_as_text": "C5:E7"})
    sheet.freeze_panes(4, 2)
    sheet.print_area("A1:K7")
    sheet.repeat_rows(3)
    sheet.set_row(4, 30)
    sheet.set_column("K:K", 20, bold, {"level": 1})
    sheet.set_row(29, None, None, {"level": 1, "hidden": True})
    sheet.set_header("&LPlan")
    sheet.set_tab_color("#005EB8")
    sheet.insert_image("M2", "red.png", {"image_data": picture(), "description": "a red dot"})


def _totals(book: Workbook, sheet: Worksheet) -> None:
    """`tblTotals`: a second table with a totals row, and one cell that speaks of it."""
    columns: list[dict[str, Any]] = [
        {"header": "Group", "total_string": "Total"},
        {"header": "Count", "total_function": "sum", "total_value": 6},
    ]
    rows = [["East", 1], ["West", 2], ["North", 3]]
    options = {"name": "tblTotals", "columns": columns, "data": rows, "total_row": True}
    sheet.add_table("P4:Q8", options)
    sheet.write_formula("S4", "=Q8/2", None, 3)
    sheet.write_formula("S5", "=SUM(Q5:Q7)", None, 6)
    del book


def _analysis(book: Workbook, sheet: Worksheet) -> None:
    sheet.write("A1", "What I looked at")
    sheet.write_formula("A2", "=SUM(Data!C5:C7)", None, 120)
    sheet.write_formula("A3", "=SUM(tblPlan[Apr-25])", None, 120)
    sheet.write_formula("A4", "=Data!$C$7", None, 70)
    sheet.write_formula("A5", '=COUNTIF(Data!$B$5:$B$7,"Data!C5:C7")', None, 0)
    sheet.write_dynamic_array_formula("C2:C4", "=SORT(Data!B5:B7)", None, "Dementia")
    sheet.write_array_formula("D2:D4", "{=Data!C5:C7*2}", None, 20)
    sheet.add_sparkline("F2", {"range": "Data!C5:C7", "type": "column"})
    sheet.data_validation("F4", {"validate": "list", "source": "=Data!$B$5:$B$7"})
    sheet.conditional_format("A2:A5", {"type": "cell", "criteria": ">", "value": "=Data!$C$5"})
    sheet.autofilter("A1:A5")
    sheet.protect("", {"format_cells": True})
    del book


def _chart(book: Workbook, kind: str) -> Any:
    chart = book.add_chart({"type": kind})
    chart.add_series({"name": "=Data!$C$4", "categories": "=Data!$B$5:$B$7", "values": "=Data!$C$5:$C$7"})
    return chart


def _charts(book: Workbook, sheet: Worksheet) -> None:
    for at, kind in enumerate(("column", "line", "pie", "scatter", "area", "radar", "doughnut", "bar")):
        chart = _chart(book, kind)
        chart.set_title({"name": "=Data!$A$1"})
        sheet.insert_chart(9 + 15 * at, 0, chart, {"description": f"A {kind} of April"})
    one = book.add_chart({"type": "line"})
    one.add_series({"name": "=Data!$B$6", "categories": "=Data!$C$4:$E$4", "values": "=Data!$C$6:$E$6"})
    sheet.insert_chart("K10", one)


def _other(book: Workbook, sheet: Worksheet) -> None:
    sheet.write_row("A1", ("What", "Value"))
    sheet.write_row("A2", ("As at", "2025-06"))
    sheet.write("A3", "Refreshed")
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_datetime("B3", datetime.fromisoformat("2025-07-01T09:30"), moment)
    sheet.insert_textbox("D2", "linked", {"textlink": "=Data!$C$7"})
    sheet.insert_button("D8", {"caption": "Press", "macro": "say_hello"})
    sheet.insert_checkbox("A6", True)
    sheet.merge_range("A10:C10", "merged")
    sheet.write("A12", "=not a formula")
