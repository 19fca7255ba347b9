"""The catalogue of what a workbook's tables, names, formulas, links and charts can have wrong."""

from les_xl.errors.problem import Kind, register

TABLE_NAME = Kind(
    "LES470",
    "A table name that Excel refuses",
    "'{name}' cannot be the name of a table: {reason}",
    "begin with a letter or _, then letters, digits, _ and full stops; not like a cell (LES1)",
    mistake="LES1",
    mended="tblLes1",
)
TABLE_NAME_TWICE = Kind(
    "LES471",
    "A table name that is taken",
    "the table name {name} is also that of {other}",
    "give one of them another name",
    mistake="two tables called tblSummary",
    mended="tblSummary, tblSummary2025",
)
TABLE_ID = Kind(
    "LES472",
    "Two tables with one number",
    "table {name} has the id {id}, as table {other} has",
    "Excel offers to repair such a file; take the copy before it (.bak)",
    mistake='<table id="1" …> in table1.xml and in table2.xml',
    mended='<table id="1" …> and <table id="2" …>',
)
HEADER_DIFFERS = Kind(
    "LES473",
    "A table header that differs from its cell",
    "table {table}: the column is '{column}', and the cell says {cell}",
    "Excel offers to repair such a file; write the same text in both",
    mistake="column Apr-25 over a cell that says Apr-26",
    mended="column Apr-26 over a cell that says Apr-26",
)
HEADER_ILLEGAL = Kind(
    "LES474",
    "A table header that Excel refuses",
    "table {table}, column {position}: the header {reason}",
    "give every column a text of its own, of 1 to 255 characters",
    mistake="LES, LES, Measure",
    mended="LES, Metric, Measure",
)
TABLE_RANGE = Kind(
    "LES475",
    "A table whose range does not fit",
    "table {table} ({ref}): {reason}",
    "Excel offers to repair such a file; take the copy before it (.bak)",
    mistake='<table ref="A3:C3" …> with four columns',
    mended='<table ref="A3:D9" …> with four columns',
)
TABLES_OVERLAP = Kind(
    "LES476",
    "Tables that overlap",
    "table {table} ({ref}) overlaps table {other} ({other_ref})",
    "move one of them",
    mistake="tblSummary in A3:D9, tblBanding in C5:H20",
    mended="tblSummary in A3:D9, tblBanding in F3:K20",
)
TABLE_FILTER = Kind(
    "LES477",
    "Filter buttons that do not fit their table",
    "table {table}: the filter covers {found}, and the table without its totals is {expected}",
    "switch the table's filter buttons off and on again in Excel",
    mistake='<table ref="A3:D9" …><autoFilter ref="A3:D8"/>',
    mended='<table ref="A3:D9" …><autoFilter ref="A3:D9"/>',
)
TABLE_TOTALS = Kind(
    "LES478",
    "A totals row that differs from its cells",
    "table {table}, column '{column}': {reason}",
    "switch the table's totals row off and on again in Excel",
    mistake="totals label 'Total' over a cell that says 'Sum'",
    mended="totals label 'Total' over a cell that says 'Total'",
)
MERGED_IN_TABLE = Kind(
    "LES479",
    "Merged cells in a table",
    "the merged cells {merged} lie in table {table} ({ref})",
    "unmerge them: Excel allows no merged cells in a table",
    mistake="tblSummary in A3:D9, with B4:B5 merged",
    mended="tblSummary in A3:D9, with nothing merged",
)
NAME_ILLEGAL = Kind(
    "LES480",
    "A name that Excel refuses",
    "'{name}' cannot be the name of a cell or range: {reason}",
    "begin with a letter or _, then letters, digits, _ and full stops; not like a cell (LES1)",
    mistake="As at",
    mended="LesAsAt",
)
NAME_TWICE = Kind(
    "LES481",
    "A name that is there twice",
    "the name {name} is there twice {scope}",
    "delete one of them in Excel's Name Manager",
    mistake="LesAsAt, lesasat",
    mended="LesAsAt",
)
NAME_BROKEN = Kind(
    "LES482",
    "A name that points nowhere",
    "the name {name} points at {text}: {reason}",
    "mend it, or delete it, in Excel's Name Manager",
    mistake="LesAsAt: =#REF!",
    mended="LesAsAt: =Cover!$C$4",
)
NEEDS_PREFIX = Kind(
    "LES483",
    "A function stored without its prefix",
    "{cells}: {function} must be stored as {stored}",
    "Excel shows #NAME? until the formula is entered anew",
    mistake="<f>IFNA(A1,0)</f>",
    mended="<f>_xlfn.IFNA(A1,0)</f>",
)
NEWER_FUNCTION = Kind(
    "LES484",
    "A function that Excel 2016 does not have",
    "{cells}: {function} is newer than Excel 2016",
    "use an older one, such as INDEX and MATCH for XLOOKUP",
    severity="warning",
    mistake='=XLOOKUP("ECGs",tblSummary[LES],tblSummary[Delivered])',
    mended='=INDEX(tblSummary[Delivered],MATCH("ECGs",tblSummary[LES],0))',
)
UNKNOWN_FUNCTION = Kind(
    "LES485",
    "A function that Excel does not have",
    "{cells}: there is no function {function}",
    "{advice}",
    mistake="=SUMM(B4:B8)",
    mended="=SUM(B4:B8)",
)
AT_SIGN = Kind(
    "LES486",
    "A reference to this row, stored as it is typed",
    "{cells}: [@…] is stored as it is typed, and Excel refuses the file",
    "store it as table[[#This Row],[column]]",
    mistake="<f>[@Delivered]/[@Planned]</f>",
    mended="<f>tblX[[#This Row],[Delivered]]/tblX[[#This Row],[Planned]]</f>",
)
LOOSE_REFERENCE = Kind(
    "LES487",
    "A table reference that only Excel reads",
    "{cells}: a reference to a column stands without its table, or without its own brackets",
    "store it as table[column] or table[[#This Row],[column]], which LibreOffice reads too",
    severity="warning",
    mistake="<f>SUBTOTAL(109,[Delivered])</f>",
    mended="<f>SUBTOTAL(109,tblX[Delivered])</f>",
)
BROKEN_FORMULA = Kind(
    "LES488",
    "A formula that refers to nothing",
    "{cells}: {what}",
    "mend the formula, or delete it",
    mistake="=SUM(#REF!)",
    mended="=SUM(B4:B8)",
)
DEAD_LINK = Kind(
    "LES489",
    "A link that leads nowhere",
    "the link to '{location}' leads nowhere: {reason}",
    "point it at a sheet, cell or name that is there",
    mistake="a link to 'Summry'!A1",
    mended="a link to Summary!A1",
)
CHART_BROKEN = Kind(
    "LES490",
    "A chart that refers to nothing",
    "{what} draws {text}: {reason}",
    "select the chart's data again, or delete it",
    mistake="a chart of Summry!$B$4:$B$9",
    mended="a chart of Summary!$B$4:$B$9",
)
CHART_OUTSIDE = Kind(
    "LES491",
    "A chart that draws empty cells",
    "{what} draws {text}, and the cells of that sheet end at {used}",
    "select the chart's data again",
    severity="warning",
    mistake="a chart of Summary!$B$4:$B$999, on a sheet of 20 rows",
    mended="a chart of Summary!$B$4:$B$16",
)

register(
    TABLE_NAME,
    TABLE_NAME_TWICE,
    TABLE_ID,
    HEADER_DIFFERS,
    HEADER_ILLEGAL,
    TABLE_RANGE,
    TABLES_OVERLAP,
    TABLE_FILTER,
    TABLE_TOTALS,
    MERGED_IN_TABLE,
    NAME_ILLEGAL,
    NAME_TWICE,
    NAME_BROKEN,
    NEEDS_PREFIX,
    NEWER_FUNCTION,
    UNKNOWN_FUNCTION,
    AT_SIGN,
    LOOSE_REFERENCE,
    BROKEN_FORMULA,
    DEAD_LINK,
    CHART_BROKEN,
    CHART_OUTSIDE,
)
