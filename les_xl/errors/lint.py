"""The catalogue of what a workbook's package, sheets and cells can have wrong; lint_content has the rest."""

from les_xl.errors.problem import Kind, register

NOT_A_WORKBOOK = Kind(
    "LES450",
    "Not a workbook that can be read",
    "{reason}",
    "open it in Excel and save it as an Excel workbook (.xlsx), without a password",
    mistake="les_master.xls, renamed to les_master.xlsx",
    mended="les_master.xlsx, saved by Excel as Excel Workbook",
)
TOO_LARGE = Kind(
    "LES451",
    "Too large to be looked at",
    "{what}, and at most {most} is read",
    "remove what was pasted by mistake (whole columns, pictures), or look where the file came from",
    mistake="a file of 1 MB that unpacks to many gigabytes",
    mended="a workbook of ordinary size",
)
UNREADABLE_PART = Kind(
    "LES452",
    "A damaged part",
    "{part} cannot be read: {reason}",
    "take the copy before it (.bak), or let Excel repair the file",
    mistake="xl/workbook.xml that ends in the middle of a tag",
    mended="xl/workbook.xml that is complete",
)
REPEATED_PART = Kind(
    "LES453",
    "A part that is there twice",
    "{part} is in the file {count} times",
    "save the workbook again with the program that wrote it",
    mistake="xl/workbook.xml, XL/Workbook.xml",
    mended="xl/workbook.xml",
)
NO_CONTENT_TYPE = Kind(
    "LES454",
    "A part of no known type",
    "{part} has no content type",
    "Excel offers to repair such a file; save it again with the program that wrote it",
    mistake="xl/tables/table1.xml, not named in [Content_Types].xml",
    mended='<Override PartName="/xl/tables/table1.xml" ContentType="…table+xml"/>',
)
TYPE_OF_NOTHING = Kind(
    "LES455",
    "A content type without its part",
    "a content type is given for {part}, which is not in the file",
    "save the workbook again with the program that wrote it",
    severity="warning",
    mistake='<Override PartName="/xl/calcChain.xml" …/>, with no xl/calcChain.xml in the file',
    mended="neither of the two",
)
DEAD_RELATIONSHIP = Kind(
    "LES456",
    "A relationship that leads nowhere",
    "{part} leads to {target}, which is not in the file",
    "Excel offers to repair such a file; take the copy before it (.bak)",
    mistake='<Relationship Id="rId2" Target="../tables/table9.xml" …/>',
    mended='<Relationship Id="rId2" Target="../tables/table1.xml" …/>',
)
UNKNOWN_RELATIONSHIP = Kind(
    "LES457",
    "An unknown relationship",
    "{part} uses the relationship {id}, which it does not have",
    "Excel offers to repair such a file; take the copy before it (.bak)",
    mistake='<tablePart r:id="rId9"/>',
    mended='<tablePart r:id="rId2"/>',
)
ORPHAN_PART = Kind(
    "LES458",
    "A part that nothing leads to",
    "{part} is in the file, and nothing leads to it",
    "Excel drops it when it saves; make sure that nothing is missing from the workbook",
    severity="warning",
    mistake="xl/tables/table9.xml, named by no sheet",
    mended="xl/tables/table1.xml, named by xl/worksheets/_rels/sheet1.xml.rels",
)
NO_SUCH_TEXT = Kind(
    "LES459",
    "A cell whose text is missing",
    "{cells}: the shared text is not among the {count} of the workbook",
    "take the copy before it (.bak)",
    mistake='<c r="A1" t="s"><v>99</v></c>, of 12 shared texts',
    mended='<c r="A1" t="s"><v>0</v></c>',
)
NO_SUCH_STYLE = Kind(
    "LES460",
    "A style that is missing",
    "{where}: the style is not among the {count} {what} of the workbook",
    "Excel offers to repair such a file; take the copy before it (.bak)",
    mistake='<c r="A1" s="99">, of 12 cell formats',
    mended='<c r="A1" s="0">',
)
NO_SUCH_DXF = Kind(
    "LES461",
    "A conditional style that is missing",
    "{part}: {element} uses the conditional style {index}, and there are {count}, counted from 0",
    "Excel offers to repair such a file; take the copy before it (.bak)",
    mistake='<cfRule dxfId="9" …>, of 2 conditional styles',
    mended='<cfRule dxfId="0" …>',
)
CELLS_OUT_OF_ORDER = Kind(
    "LES462",
    "Cells out of order",
    "{cells}: the cell is there twice, or stands after one that should follow it",
    "Excel offers to repair such a file; take the copy before it (.bak)",
    mistake='<c r="B2"/><c r="A2"/>',
    mended='<c r="A2"/><c r="B2"/>',
)
NO_CACHED_VALUE = Kind(
    "LES463",
    "A formula without its result",
    "{cells}: the formula has no stored result",
    "a previewer shows nothing there until Excel has calculated; open, recalculate and save it in Excel",
    mistake='<c r="B9"><f>SUM(B4:B8)</f></c>',
    mended='<c r="B9"><f>SUM(B4:B8)</f><v>1204</v></c>',
)
CACHED_ERROR = Kind(
    "LES464",
    "An error value in a cell",
    "{cells}: the cell shows {shown}",
    "mend the formula, or put it inside IFERROR",
    severity="warning",
    mistake="=B4/C4   (shows #DIV/0!)",
    mended='=IFERROR(B4/C4,"[z]")',
)
SHEET_NAME = Kind(
    "LES465",
    "A sheet name that Excel refuses",
    "sheet '{name}': {reason}",
    "a sheet name is unique, has 1 to 31 characters, and none of \\ / ? * [ ] :",
    mistake="Cost/volume",
    mended="Cost and volume",
)
HIDDEN_SHEET = Kind(
    "LES466",
    "A hidden sheet",
    "the sheet is hidden",
    "show it, or delete it before the workbook is sent out",
    severity="warning",
    mistake="sheet 'Workings', hidden",
    mended="sheet 'Workings', shown",
)
HIDDEN_CELLS = Kind(
    "LES467",
    "Hidden rows or columns",
    "{what} hidden",
    "show them, or clear the filter, before the workbook is sent out",
    severity="warning",
    mistake="column C, hidden",
    mended="column C, shown",
)

register(
    NOT_A_WORKBOOK,
    TOO_LARGE,
    UNREADABLE_PART,
    REPEATED_PART,
    NO_CONTENT_TYPE,
    TYPE_OF_NOTHING,
    DEAD_RELATIONSHIP,
    UNKNOWN_RELATIONSHIP,
    ORPHAN_PART,
    NO_SUCH_TEXT,
    NO_SUCH_STYLE,
    NO_SUCH_DXF,
    CELLS_OUT_OF_ORDER,
    NO_CACHED_VALUE,
    CACHED_ERROR,
    SHEET_NAME,
    HIDDEN_SHEET,
    HIDDEN_CELLS,
)
