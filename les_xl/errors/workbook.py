"""LES4xx: what can be wrong with the workbook's file when it is written."""

from les_xl.errors.problem import Kind, register

FILE_EXISTS = Kind(
    code="LES401",
    title="The workbook is already there",
    message="'{name}' exists, and is the analyst's file",
    hint="choose another name, or ask to replace it (les-xl new --force): the old file is kept as '{backup}'",
    mistake="les-xl new workbooks/les_master.xlsx    # a second time",
    mended="les-xl new workbooks/les_master.xlsx --force",
)
NO_FOLDER = Kind(
    code="LES402",
    title="The folder of the workbook is not there",
    message="there is no folder '{folder}'",
    hint="make the folder, or choose one that exists",
    mistake="les-xl new workbook/les_master.xlsx",
    mended="les-xl new workbooks/les_master.xlsx",
)
FILE_OPEN = Kind(
    code="LES403",
    title="The workbook is open or locked",
    message="'{name}' is open in another program{who}",
    hint="close it and try again; if nobody has it open, delete the lock file '{lock}' beside it",
    mistake="les-xl new les_master.xlsx --force    # while Excel has it open",
    mended="les-xl new les_master.xlsx --force    # after closing it in Excel",
)
NO_SPACE = Kind(
    code="LES404",
    title="No space left for the workbook",
    message="the disk or quota of '{folder}' is full; nothing was written",
    hint="free some space, or choose another folder",
    mistake="les-xl new /full/les_master.xlsx",
    mended="les-xl new /roomy/les_master.xlsx",
)
CANNOT_WRITE = Kind(
    code="LES405",
    title="The workbook cannot be written",
    message="'{name}' cannot be written: {reason}; nothing was changed",
    hint="check that you may write to the folder and that the file is not open, then try again",
    mistake="les-xl new /read-only/les_master.xlsx",
    mended="les-xl new workbooks/les_master.xlsx",
)
NOT_XLSX = Kind(
    code="LES406",
    title="The workbook's name does not end in .xlsx",
    message="'{name}' does not end in .xlsx, and Excel would not open it",
    hint="call it '{suggested}'",
    mistake="les-xl new les_master.xls",
    mended="les-xl new les_master.xlsx",
)

register(FILE_EXISTS, NO_FOLDER, FILE_OPEN, NO_SPACE, CANNOT_WRITE, NOT_XLSX)
