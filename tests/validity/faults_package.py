"""Faults of a workbook's package, sheets and cells, each with what the lint says of it."""

from les_xl.errors import lint as package
from tests.validity.fault import BOOK, CHART, COVER, PLAN, STYLES, TABLE, TYPES, Fault, both, edit
from tests.validity.parts import Plant, swap

PACKAGE: dict[str, Fault] = {
    "no workbook part": Fault(
        package.NOT_A_WORKBOOK,
        edit("_rels/.rels", "relationships/officeDocument", "relationships/other"),
    ),
    "half a part": Fault(
        package.UNREADABLE_PART, Plant({"docProps/app.xml": lambda old: old[:200]}), says="app.xml"
    ),
    "a document type": Fault(
        package.UNREADABLE_PART,
        Plant({"docProps/app.xml": swap("<Properties", '<!DOCTYPE x [<!ENTITY y "z">]><Properties')}),
        says="document type",
    ),
    "a part twice": Fault(
        package.REPEATED_PART, Plant(added={"XL/Workbook.xml": b"<workbook/>"}), says="xl/workbook.xml"
    ),
    "an unknown ending": Fault(
        package.NO_CONTENT_TYPE,
        edit(TYPES, '<Default Extension="png" ContentType="image/png"/>', ""),
        says="image1.png",
    ),
    "a table without its type": Fault(
        package.NO_CONTENT_TYPE,
        edit(TYPES, 'PartName="/xl/tables/table1.xml"', 'PartName="/xl/workbook.xml"'),
        says="table1.xml",
    ),
    "a type of nothing": Fault(
        package.TYPE_OF_NOTHING,
        edit(
            TYPES, "</Types>", '<Override PartName="/xl/calcChain.xml" ContentType="application/x"/></Types>'
        ),
        says="calcchain.xml",
    ),
    "a picture that is not there": Fault(
        package.DEAD_RELATIONSHIP, Plant(dropped=("xl/media/image1.png",)), says="xl/media/image1.png"
    ),
    "a relationship that is not there": Fault(
        package.UNKNOWN_RELATIONSHIP, edit(CHART, "<c:chart>", '<c:chart r:id="rId9">'), says="rId9"
    ),
    "an orphan": Fault(package.ORPHAN_PART, Plant(added={"xl/media/image2.png": b""}), says="image2.png"),
}
SHEETS: dict[str, Fault] = {
    "a text beyond the last": Fault(
        package.NO_SUCH_TEXT, edit(COVER, "<v>0</v>", "<v>99</v>"), "Cover", "A1", "not among the"
    ),
    "a text that is no number": Fault(
        package.NO_SUCH_TEXT, edit(COVER, "<v>0</v>", "<v>first</v>"), "Cover", "A1"
    ),
    "a cell's style": Fault(
        package.NO_SUCH_STYLE, edit(PLAN, '<c r="D5" s="2">', '<c r="D5" s="3">'), "Plan", "D5"
    ),
    "a row's style": Fault(
        package.NO_SUCH_STYLE, edit(COVER, '<row r="5"', '<row r="5" s="44"'), "Cover", says="row 5"
    ),
    "a column's style": Fault(
        package.NO_SUCH_STYLE,
        edit(COVER, "<sheetData>", '<cols><col min="2" max="3" width="9" style="7"/></cols><sheetData>'),
        "Cover",
        says="column B",
    ),
    "a font that is not there": Fault(
        package.NO_SUCH_STYLE,
        edit(STYLES, '<xf numFmtId="164" fontId="0"', '<xf numFmtId="164" fontId="8"'),
        says="fonts",
    ),
    "a number format that is not there": Fault(
        package.NO_SUCH_STYLE,
        edit(STYLES, '<xf numFmtId="164"', '<xf numFmtId="165"'),
        says="number formats",
    ),
    "a rule's style": Fault(
        package.NO_SUCH_DXF, edit(PLAN, 'type="cellIs" dxfId="1"', 'type="cellIs" dxfId="2"'), says="cfRule"
    ),
    "a table's style": Fault(
        package.NO_SUCH_DXF, edit(TABLE, 'dataDxfId="0"', 'dataDxfId="5"'), says="tableColumn"
    ),
    "cells out of order": Fault(
        package.CELLS_OUT_OF_ORDER, edit(COVER, '<c r="B9">', '<c r="A9">'), "Cover", "A9"
    ),
    "rows out of order": Fault(
        package.CELLS_OUT_OF_ORDER,
        edit(COVER, "<sheetData>", '<sheetData><row r="2"><c r="A2"><v>1</v></c></row>'),
        "Cover",
        "A1",
    ),
    "no result": Fault(package.NO_CACHED_VALUE, edit(COVER, "</f><v>240</v>", "</f>"), "Cover", "B9"),
    "an empty result": Fault(
        package.NO_CACHED_VALUE, edit(COVER, "</f><v>240</v>", "</f><v></v>"), "Cover", "B9"
    ),
    "an error for a result": Fault(
        package.CACHED_ERROR,
        Plant({COVER: both(swap('<c r="B9">', '<c r="B9" t="e">'), swap("<v>240</v>", "<v>#DIV/0!</v>"))}),
        "Cover",
        "B9",
        "#DIV/0!",
    ),
    "a sheet name too long": Fault(
        package.SHEET_NAME,
        edit(BOOK, "<sheets>", f'<sheets><sheet name="{"n" * 32}" sheetId="9"/>'),
        "n" * 32,
        says="31",
    ),
    "a sheet name with a slash": Fault(
        package.SHEET_NAME, edit(BOOK, "<sheets>", '<sheets><sheet name="a/b" sheetId="9"/>'), "a/b"
    ),
    "two sheets of one name": Fault(
        package.SHEET_NAME, edit(BOOK, "</sheets>", '<sheet name="COVER" sheetId="9"/></sheets>'), "COVER"
    ),
    "a hidden sheet": Fault(
        package.HIDDEN_SHEET, edit(BOOK, 'sheetId="3"', 'sheetId="3" state="veryHidden"'), "Cost & volume"
    ),
    "a hidden row": Fault(
        package.HIDDEN_CELLS, edit(COVER, '<row r="5"', '<row r="5" hidden="1"'), "Cover", says="row 5 is"
    ),
    "hidden columns": Fault(
        package.HIDDEN_CELLS,
        edit(
            COVER, "<sheetData>", '<cols><col min="4" max="6" width="0" customWidth="1"/></cols><sheetData>'
        ),
        "Cover",
        says="columns D:F are",
    ),
}
