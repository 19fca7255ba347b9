"""The catalogue of what can be wrong with an extract as a file, and of what may not be in one at all."""

from les_xl.errors.problem import Kind, register

NO_SUCH_FILE = Kind(
    "LES201",
    "No such file",
    "there is no file or folder of this name",
    "check the spelling of the path",
    mistake="les-xl load activty_2025-10.csv",
    mended="les-xl load activity_2025-10.csv",
)
NOT_AN_EXTRACT = Kind(
    "LES202",
    "Not a CSV or XLSX file",
    "a file that ends in '{suffix}' is not an extract",
    "save it as CSV (UTF-8) or as an Excel workbook (.xlsx)",
    mistake="les-xl load activity.xls",
    mended="les-xl load activity.xlsx",
)
NOTHING_IN_FOLDER = Kind(
    "LES203",
    "No extracts in the folder",
    "the folder holds no .csv and no .xlsx file",
    "put the extracts there, or name the folder that holds them",
    mistake="les-xl load empty-folder",
    mended="les-xl load data/extracts",
)
LOCKED = Kind(
    "LES204",
    "File cannot be opened",
    "the file cannot be opened: {reason}",
    "close it in Excel, or ask for the right to read it, then load again",
    mistake="loading a workbook that somebody has open",
    mended="closing it first",
)
UNREADABLE = Kind(
    "LES205",
    "File cannot be read",
    "the file cannot be read: {reason}",
    "open it in Excel and save it anew, as CSV UTF-8 or as .xlsx",
    mistake="a download that broke off, or a file of another kind renamed to .xlsx",
    mended="the file downloaded again",
)
PROTECTED = Kind(
    "LES206",
    "Workbook has a password",
    "the workbook is protected by a password",
    "open it in Excel, remove the password (File, Info, Protect Workbook) and save it",
    mistake="activity.xlsx, encrypted with a password",
    mended="activity.xlsx without a password",
)
EMPTY = Kind(
    "LES207",
    "Nothing in the file",
    "the file holds no rows under its headings",
    "export it again; a month without activity is a file of rows with 0",
    mistake="ods_code,les,metric,month,value",
    mended="ods_code,les,metric,month,value\nP81001,dementia,reviews,2025-10,0",
)
UNKNOWN_KIND = Kind(
    "LES208",
    "Headings not recognised",
    "no row has the headings of an extract",
    "the first row must name the columns, separated by commas in a CSV; activity needs: {activity}",
    mistake="P81001;dementia;reviews;2025-10;12",
    mended="ods_code,les,metric,month,value\nP81001,dementia,reviews,2025-10,12",
)
MISSING_COLUMN = Kind(
    "LES209",
    "Column missing",
    "this looks like {kind}, and the column '{column}' is missing",
    "{advice}",
    mistake="ods_code,les,metric,mnth,value",
    mended="ods_code,les,metric,month,value",
)
DUPLICATE_COLUMN = Kind(
    "LES210",
    "Column twice",
    "the column '{column}' is there twice",
    "delete or rename one of them",
    mistake="ods_code,les,metric,month,value,value",
    mended="ods_code,les,metric,month,value",
)
EXTRA_COLUMN = Kind(
    "LES211",
    "Column not used",
    "the column '{column}' is not a column of {kind} and was left out",
    "{advice}",
    severity="warning",
    mistake="ods_code,les,metric,month,value,comment",
    mended="ods_code,les,metric,month,value",
)
RAGGED_ROW = Kind(
    "LES212",
    "Row longer than the headings",
    "the row has a value to the right of the last heading",
    "put a value that contains a comma in double quotes, or delete the extra one",
    mistake="P81001,dementia,reviews,2025-10,1,200",
    mended='P81001,dementia,reviews,2025-10,"1,200"',
)
SEVERAL_SHEETS = Kind(
    "LES213",
    "Several sheets to load",
    "the sheets {sheets} all have the headings of an extract",
    "keep one of them in the file and save each other as a file of its own",
    mistake="activity.xlsx with the sheets Apr and May",
    mended="activity_2025-04.xlsx and activity_2025-05.xlsx",
)
IDENTIFIER_VALUE = Kind(
    "LES220",
    "NHS number in the file",
    "the cell holds a number that passes the check of an NHS number; it is not repeated here",
    "refuse the file from its sender, delete your copies, and ask for counts without patients",
    mistake="(a value that is an NHS number)",
    mended="ods_code,les,metric,month,value",
)
IDENTIFIER_COLUMN = Kind(
    "LES221",
    "Column that identifies patients",
    "a column named '{column}' holds what identifies patients",
    "ask for counts without patients; if it is about the practice, name it so (such as practice_name)",
    mistake="ods_code,date_of_birth,value",
    mended="ods_code,les,metric,month,value",
)
IDENTIFIER_NAME = Kind(
    "LES222",
    "NHS number in a name",
    "the name of the {what} holds a number that passes the check of an NHS number",
    "rename it; a file name must not tell who a patient is",
    mistake="(a file named after an NHS number)",
    mended="activity_2025-10.csv",
)
REPORT_NOT_WRITTEN = Kind(
    "LES223",
    "Report of problems not written",
    "the report {name} could not be written beside the file: {reason}",
    "close it if it is open in Excel; the problems are listed here all the same",
    severity="warning",
    mistake="activity.csv.problems.xlsx, open in Excel",
    mended="closing it and loading again",
)
AND_MORE = Kind(
    "LES224",
    "More of the same",
    "{count} more of {code} are not listed one by one",
    "mend the listed ones first; they often have one cause",
    mistake="an extract of 5,000 rows with codes that Excel changed",
    mended="the codes' column formatted as text before the file is saved",
)

register(
    NO_SUCH_FILE,
    NOT_AN_EXTRACT,
    NOTHING_IN_FOLDER,
    LOCKED,
    UNREADABLE,
    PROTECTED,
    EMPTY,
    UNKNOWN_KIND,
    MISSING_COLUMN,
    DUPLICATE_COLUMN,
    EXTRA_COLUMN,
    RAGGED_ROW,
    SEVERAL_SHEETS,
    IDENTIFIER_VALUE,
    IDENTIFIER_COLUMN,
    IDENTIFIER_NAME,
    REPORT_NOT_WRITTEN,
    AND_MORE,
)
