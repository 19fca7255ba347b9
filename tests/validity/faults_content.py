"""Faults of a workbook's tables, names, formulas, links and charts, each with what the lint says of it."""

from les_xl.errors import lint_content as content
from tests.validity.fault import BOOK, CHART, COVER, PLAN, TABLE, TREND, Fault, both, edit, formula
from tests.validity.parts import Plant, swap

NAME = '<definedName name="LesAsAt">'
TABLES: dict[str, Fault] = {
    "a table called like a cell": Fault(
        content.TABLE_NAME, edit(TREND, 'displayName="tblTrend"', 'displayName="LES1"'), "Plan", "G3", "cell"
    ),
    "a table name with a space": Fault(
        content.TABLE_NAME, edit(TREND, 'displayName="tblTrend"', 'displayName="tbl Trend"'), "Plan", "G3"
    ),
    "a table named as another": Fault(
        content.TABLE_NAME_TWICE,
        edit(TREND, 'displayName="tblTrend"', 'displayName="TBLPLAN"'),
        "Plan",
        "G3",
    ),
    "a table named as a cell is": Fault(
        content.TABLE_NAME_TWICE,
        edit(TREND, 'displayName="tblTrend"', 'displayName="lesasat"'),
        "Plan",
        "G3",
    ),
    "two tables with one id": Fault(
        content.TABLE_ID, edit(TREND, 'id="2" name="tbl', 'id="1" name="tbl'), "Plan", "G3"
    ),
    "a header that is not its cell": Fault(
        content.HEADER_DIFFERS, edit(TREND, 'name="Month"', 'name="Period"'), "Plan", "G3", "Period"
    ),
    "a header over a number": Fault(
        content.HEADER_DIFFERS, edit(PLAN, '<c r="G3" t="s">', '<c r="G3">'), "Plan", "G3", "nothing"
    ),
    "an empty header": Fault(
        content.HEADER_ILLEGAL,
        Plant(
            {
                TREND: swap('name="Month"', 'name=""'),
                PLAN: swap('<c r="G3" t="s"><v>15</v></c>', '<c r="G3" t="inlineStr"><is><t></t></is></c>'),
            }
        ),
        "Plan",
        "G3",
        "is empty",
    ),
    "a header that repeats": Fault(
        content.HEADER_ILLEGAL,
        Plant(
            {
                TREND: swap('name="Month"', 'name="delivered"'),
                PLAN: swap(
                    '<c r="G3" t="s"><v>15</v></c>', '<c r="G3" t="inlineStr"><is><t>delivered</t></is></c>'
                ),
            }
        ),
        "Plan",
        "G3",
        "column 2",
    ),
    "a header too long": Fault(
        content.HEADER_ILLEGAL,
        Plant(
            {
                TREND: swap('name="Month"', f'name="{"m" * 256}"'),
                PLAN: swap(
                    '<c r="G3" t="s"><v>15</v></c>',
                    f'<c r="G3" t="inlineStr"><is><t>{"m" * 256}</t></is></c>',
                ),
            }
        ),
        "Plan",
        "G3",
        "256",
    ),
    "a table wider than its columns": Fault(
        content.TABLE_RANGE,
        Plant({TREND: swap('ref="G3:H6"', 'ref="G3:I6"'), PLAN: swap('ref="A1:H7"', 'ref="A1:J9"')}),
        "Plan",
        "G3",
        "3 columns wide",
    ),
    "a table without rows": Fault(
        content.TABLE_RANGE, edit(TREND, 'ref="G3:H6"', 'ref="G3:H3"'), "Plan", "G3"
    ),
    "a table without a range": Fault(content.TABLE_RANGE, edit(TREND, 'ref="G3:H6"', 'ref="here"'), "Plan"),
    "tables that overlap": Fault(
        content.TABLES_OVERLAP,
        Plant(
            {
                TREND: swap('ref="G3:H6"', 'ref="E3:F6"'),
                PLAN: both(
                    swap(
                        '<c r="E3" t="s"><v>11</v></c>',
                        '<c r="E3" t="inlineStr"><is><t>Month</t></is></c>'
                        '<c r="F3" t="inlineStr"><is><t>Delivered</t></is></c>',
                    )
                ),
                TABLE: swap("Per&#xA;month", "Month"),
            }
        ),
        "Plan",
        "E3",
    ),
    "a filter that is short": Fault(
        content.TABLE_FILTER,
        edit(TABLE, '<autoFilter ref="A3:E6"/>', '<autoFilter ref="A3:E7"/>'),
        "Plan",
        "A3",
    ),
    "a totals label that is not its cell": Fault(
        content.TABLE_TOTALS, edit(TABLE, 'totalsRowLabel="Total"', 'totalsRowLabel="Sum"'), "Plan", "A7"
    ),
    "a total without its formula": Fault(
        content.TABLE_TOTALS, edit(PLAN, "<f>SUBTOTAL(109,tblPlan[Planned])</f>", ""), "Plan", "B7", "sum"
    ),
    "merged cells in a table": Fault(
        content.MERGED_IN_TABLE,
        edit(PLAN, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="E4:F5"/></mergeCells>'),
        "Plan",
        "E4",
    ),
}
NAMES: dict[str, Fault] = {
    "a name with a space": Fault(
        content.NAME_ILLEGAL,
        edit(BOOK, NAME, f'<definedName name="As at">1</definedName>{NAME}'),
        says="'As at'",
    ),
    "a name like a cell": Fault(
        content.NAME_ILLEGAL,
        edit(BOOK, NAME, f'<definedName name="LES2025">1</definedName>{NAME}'),
        says="cell",
    ),
    "a name twice": Fault(
        content.NAME_TWICE, edit(BOOK, NAME, f'<definedName name="lesasat">1</definedName>{NAME}')
    ),
    "a name twice on a sheet": Fault(
        content.NAME_TWICE,
        edit(BOOK, NAME, f'<definedName name="LESONLY" localSheetId="1">1</definedName>{NAME}'),
        "Plan",
        says="on sheet",
    ),
    "a name of deleted cells": Fault(
        content.NAME_BROKEN, edit(BOOK, f"{NAME}Cover!$B$3", f"{NAME}Cover!#REF!"), says="#REF!"
    ),
    "a name of no sheet": Fault(
        content.NAME_BROKEN, edit(BOOK, f"{NAME}Cover!$B$3", f"{NAME}Covr!$B$3"), says="no sheet 'Covr'"
    ),
    "a name of no column": Fault(
        content.NAME_BROKEN, edit(BOOK, "tblPlan[Planned]", "tblPlan[Plan]"), says="no column 'Plan'"
    ),
    "a name of a sheet that is not there": Fault(
        content.NAME_BROKEN, edit(BOOK, 'name="LesOnly" localSheetId="1"', 'name="LesOnly" localSheetId="7"')
    ),
}
FORMULAS: dict[str, Fault] = {
    "no prefix": Fault(
        content.NEEDS_PREFIX, edit(COVER, "_xlfn.STDEV.S(", "STDEV.S("), "Cover", "B11", "_xlfn.STDEV.S"
    ),
    "a newer function": Fault(
        content.NEWER_FUNCTION, formula('_xlfn.TEXTJOIN(",",TRUE,A1,A3)'), "Cover", "B9", "TEXTJOIN"
    ),
    "half a prefix": Fault(
        content.NEEDS_PREFIX, formula("_xlws.STDEV.S(Plan!B4:B6)"), "Cover", "B9", "_xlfn.STDEV.S"
    ),
    "no such function": Fault(content.UNKNOWN_FUNCTION, formula("SUMM(LesPlanned)"), "Cover", "B9", "SUMM"),
    "no such function in a rule": Fault(
        content.UNKNOWN_FUNCTION, edit(PLAN, "$C4&lt;$B4", "ISLOW($C4)"), "Plan", "B4:C6", "ISLOW"
    ),
    "an at sign": Fault(
        content.AT_SIGN,
        edit(PLAN, "tblPlan[[#This Row],[Delivered]]/", "tblPlan[@Delivered]/"),
        "Plan",
        "D4",
    ),
    "a row without its table": Fault(
        content.LOOSE_REFERENCE,
        edit(PLAN, "tblPlan[[#This Row],[Delivered]]/", "[[#This Row],[Delivered]]/"),
        "Plan",
        "D4",
    ),
    "a row's column without brackets": Fault(
        content.LOOSE_REFERENCE,
        edit(PLAN, "tblPlan[[#This Row],[Delivered]]/", "tblPlan[[#This Row],Delivered]/"),
        "Plan",
        "D4",
    ),
    "a total without its table": Fault(
        content.LOOSE_REFERENCE,
        edit(PLAN, "SUBTOTAL(109,tblPlan[Planned])", "SUBTOTAL(109,[Planned])"),
        "Plan",
        "B7",
    ),
    "deleted cells": Fault(content.BROKEN_FORMULA, formula("SUM(#REF!)"), "Cover", "B9", "#REF!"),
    "a sheet that is not there": Fault(
        content.BROKEN_FORMULA, formula("SUM('Cost and volume'!A1:A9)"), "Cover", "B9", "'Cost and volume'"
    ),
    "a table that is not there": Fault(
        content.BROKEN_FORMULA, formula("SUM(tblPlans[Planned])"), "Cover", "B9", "tblPlans"
    ),
    "a column that is not there": Fault(
        content.BROKEN_FORMULA, formula("SUM(tblPlan[Plan])"), "Cover", "B9", "'Plan'"
    ),
    "a name that is not there": Fault(content.BROKEN_FORMULA, formula("LesAsOf+1"), "Cover", "B9", "LesAsOf"),
    "a list of no sheet": Fault(
        content.BROKEN_FORMULA, edit(COVER, "<formula1>Plan!", "<formula1>Lists!"), "Cover", "B3", "Lists"
    ),
    "a calculated column of nothing": Fault(
        content.BROKEN_FORMULA,
        edit(TABLE, "tblPlan[[#This Row],[Delivered]]/", "tblPlan[[#This Row],[Done]]/"),
        "Plan",
        "table tblPlan",
    ),
}
POINTERS: dict[str, Fault] = {
    "a link to no sheet": Fault(
        content.DEAD_LINK, edit(COVER, 'location="Plan!A3"', 'location="Plans!A3"'), "Cover", "A5"
    ),
    "a link to no cell": Fault(
        content.DEAD_LINK, edit(COVER, 'location="Plan!A3"', 'location="Plan!XFE1"'), "Cover", "A5", "XFE1"
    ),
    "a link to no name": Fault(
        content.DEAD_LINK, edit(COVER, 'location="LesAsAt"', 'location="LesAsOf"'), "Cover", "A7"
    ),
    "a HYPERLINK to no sheet": Fault(
        content.DEAD_LINK, edit(COVER, '"#Plan!A3"', '"#Plans!A3"'), "Cover", "A9"
    ),
    "a drawing's link to no sheet": Fault(
        content.DEAD_LINK,
        edit(
            "xl/drawings/_rels/drawing2.xml.rels",
            "</Relationships>",
            '<Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'hyperlink" Target="#Plans!A3"/></Relationships>',
        ),
        "Cost & volume",
    ),
    "a chart of no sheet": Fault(
        content.CHART_BROKEN, edit(CHART, "Plan!$B$4:$B$6", "Plans!$B$4:$B$6"), "Plan", says="Plans"
    ),
    "a chart of deleted cells": Fault(
        content.CHART_BROKEN, edit(CHART, "Plan!$B$4:$B$6", "Plan!#REF!"), "Plan", says="#REF!"
    ),
    "a sparkline of no sheet": Fault(
        content.CHART_BROKEN,
        edit(PLAN, "<xm:f>Plan!H4:H6</xm:f>", "<xm:f>Pla!H4:H6</xm:f>"),
        "Plan",
        says="J4",
    ),
    "a chart beyond the cells": Fault(
        content.CHART_OUTSIDE, edit(CHART, "Plan!$B$4:$B$6", "Plan!$B$4:$B$60"), "Plan", says="H7"
    ),
}
