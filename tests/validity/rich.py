"""A sound workbook with what XlsxWriter can do beyond `sound.py`: other charts, tables and shapes."""

from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.validity.picture import pixel

SALES = "'Léa''s sheet'!"


def write_rich(path: Path) -> Path:
    """Sheets `Léa's sheet`, `Tables`, `Shapes` and a chart sheet."""
    book = xlsxwriter.Workbook(path)
    data, tables, shapes = (book.add_worksheet(name) for name in ("Léa's sheet", "Tables", "Shapes"))
    _data(book, data)
    _tables(tables)
    _shapes(shapes)
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": f"={SALES}$B$2:$B$5"})
    book.add_chartsheet("Pie").set_chart(chart)
    book.define_name("Rate", "=0.2")
    book.define_name("Whole", f"={SALES}$A:$B")
    book.define_name("_under.score\\back", "=Rate*2")
    book.set_custom_property("Edition", "2025-10")
    book.close()
    return path


def _data(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#005EB8", "font_color": "#FFFFFF"})
    sheet.write_rich_string("A1", "plain ", bold, "bold ", "plain")
    sheet.write_column("A2", ["a", "b", "c", "d"])
    sheet.write_column("B2", [1, 2, 3, 4])
    formulas = {
        "D2": ("=INDEX(B2:B5,MATCH(\"c\",A2:A5,0))", 3),
        "D3": ("=SUMIFS(B:B,A:A,\"<>a\")", 9),
        "D4": ("=SUMPRODUCT((A2:A5=\"b\")*B2:B5)*Rate", 0.4),
        "D5": ("=_xlfn.IFNA(VLOOKUP(\"z\",A2:B5,2,FALSE),0)", 0),
        "D6": ("=\"text with [@Col] and XLOOKUP( and Sheet9!A1\"&\"\"\"q\"\"\"", "text"),
        "D7": ("=SUM(tblPlain[Value])+SUM(tblPlain[[#Data],['#, '[x']]])", 21),
        "D8": ("=SUM('Léa''s sheet:Shapes'!B2)+1E3+LOG10(10)", 1004),
        "D9": ("=IF(TRUE,OFFSET(B2,1,0):B5,#N/A)", 2),
        "D10": ("=COUNTA(tblPlain[[Name]:[Value]])+ROWS(tblPlain[#All])+COLUMNS(tblPlain[])", 10),
        "D11": ("=[1]Other!A1+'[2]Elsewhere far'!$B$2", 0),
    }  # fmt: skip
    for cell, (formula, value) in formulas.items():
        sheet.write_formula(cell, formula, None, value)
    sheet.conditional_format("B2:B5", {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.conditional_format("B2:B5", {"type": "3_color_scale"})
    sheet.conditional_format(
        "A2:A5", {"type": "text", "criteria": "containing", "value": "a", "format": bold}
    )
    sheet.data_validation("A2:A5", {"validate": "custom", "value": "=LEN(A2)<9"})
    sheet.data_validation("B2:B5", {"validate": "whole", "criteria": "between", "minimum": 0, "maximum": 9})
    line = book.add_chart({"type": "line"})
    line.add_series({"values": f"={SALES}$B$2:$B$5", "categories": f"={SALES}$A:$A"})
    column = book.add_chart({"type": "column"})
    column.add_series({"values": [SALES.strip("!").strip("'").replace("''", "'"), 1, 1, 4, 1]})
    column.combine(line)
    sheet.insert_chart("F2", column)
    sheet.protect("secret")
    sheet.set_header("&L&G", {"image_left": "pixel.png", "image_data_left": pixel()})


def _tables(sheet: Worksheet) -> None:
    columns = [{"header": "Name"}, {"header": "Value"}, {"header": "#, [x]"}]
    sheet.add_table("A3:C6", {"name": "tblPlain", "columns": columns, "data": [["a", 1, 2], ["b", 3, 4]]})
    sheet.add_table("E3:F5", {"name": "tblBare", "header_row": False, "data": [[1, 2], [3, 4]]})
    sheet.add_table("A9:B11", {"name": "tblUnder", "style": None})
    sheet.write("A14", "x" * 32_767)


def _shapes(sheet: Worksheet) -> None:
    sheet.write("A1", "Shapes")
    sheet.write_column("B2", [5, 6])
    sheet.insert_textbox("D2", "a note", {"url": "internal:Tables!A3", "description": "A note"})
    sheet.insert_checkbox("A4", True)
    sheet.insert_image("D9", "pixel.png", {"image_data": pixel(), "url": "https://www.england.nhs.uk/"})
    sheet.write_comment("A1", "a comment")
    sheet.set_background(pixel())
    sheet.add_sparkline("F2", {"range": ["Shapes!B2:B3"], "location": ["F2"], "type": "column"})
