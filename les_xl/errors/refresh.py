"""The catalogue of what can keep a refresh from changing a workbook, and of what it warns of."""

from les_xl.errors.problem import Kind, register

NO_WORKBOOK = Kind(
    "LES420",
    "No such workbook",
    "there is no workbook {file}",
    "name the workbook that `les-xl new` wrote",
    mistake="les-xl refresh les_mster.xlsx",
    mended="les-xl refresh les_master.xlsx",
)
NOT_A_WORKBOOK = Kind(
    "LES421",
    "Not a workbook that can be refreshed",
    "{reason}",
    "open it in Excel and save it as an Excel workbook (.xlsx or .xlsm)",
    mistake="les-xl refresh les_master.xlsb",
    mended="les-xl refresh les_master.xlsx",
)
PROTECTED = Kind(
    "LES422",
    "Encrypted workbook",
    "the workbook is protected by a password or a sensitivity label",
    "remove the password in Excel (File, Info, Protect Workbook, Encrypt with Password) and save",
    mistake="a workbook that asks for a password when it is opened",
    mended="the same workbook saved without a password",
)
SIGNED = Kind(
    "LES423",
    "Signed workbook",
    "the workbook carries a digital signature, which any change would break",
    "remove the signature in Excel (File, Info, View Signatures), refresh, and sign again",
    mistake="a workbook signed before the figures were refreshed",
    mended="the same workbook, signed after the refresh",
)
SHARED = Kind(
    "LES424",
    "Legacy shared workbook",
    "the workbook is in Excel's old shared mode, which keeps a history that a refresh would break",
    "stop sharing it in Excel (Review, Share Workbook (Legacy)); co-authoring in OneDrive needs no sharing",
    mistake="a workbook with [Shared] in its title bar",
    mended="the same workbook, not shared",
)
DAMAGED = Kind(
    "LES425",
    "Damaged workbook",
    "{part} cannot be read: {reason}",
    "take the copy before it (.bak), or let Excel repair the file",
    mistake="a workbook whose download stopped half-way",
    mended="the workbook downloaded again",
)
TOO_LARGE = Kind(
    "LES426",
    "Too large to be refreshed",
    "{what}",
    "remove what was pasted by mistake, or look where the file came from",
    mistake="a file of 1 MB that unpacks to many gigabytes",
    mended="a workbook of ordinary size",
)
SHEETS_NOT_ADDED = Kind(
    "LES427",
    "Sheets cannot be added",
    "the workbook lacks {sheets}, and nothing can be added to it: {reason}",
    "lift the protection of its structure, or save it as an Excel workbook (.xlsx), and refresh again",
    severity="warning",
    mistake="a workbook of an older version whose structure is protected",
    mended="the same without that protection; the protection of sheets may stay",
)
NAME_TAKEN = Kind(
    "LES428",
    "Name of a new table taken",
    "the sheet '{sheet}' is not added: '{name}', the name of its table, is a name of yours",
    "give yours another name (Formulas, Name Manager) and refresh again",
    severity="warning",
    mistake="cells that you named tblShift, in a workbook to which a table of that name is to come",
    mended="the same cells under the name myShift",
)
CHANGED_MEANWHILE = Kind(
    "LES429",
    "Workbook changed during the refresh",
    "{file} was changed by somebody else while it was refreshed; it is as they saved it",
    "run the refresh again",
    mistake="two people who refresh one workbook at once",
    mended="one after the other",
)
CONFLICT_COPY = Kind(
    "LES430",
    "Conflict copy beside the workbook",
    "{copy} looks like a copy that OneDrive or SharePoint made because two people changed {file}",
    "compare the two, keep one, and delete the other",
    severity="warning",
    mistake="les_master.xlsx and les_master-LAPTOP7.xlsx",
    mended="les_master.xlsx",
)
NO_KEY = Kind(
    "LES431",
    "Key column missing",
    "{table} has no column '{column}', which says what each row is",
    "give the column its header back, or delete the table if it is no longer wanted",
    mistake="the header 'LES' of tblCostVolume overwritten with 'Service'",
    mended="LES",
)
IN_THE_WAY = Kind(
    "LES433",
    "No room for a table to grow",
    "{table} needs rows {first} to {last} of '{sheet}', but {what} at {cell} is in the way",
    "move it, or move the table, and refresh again",
    mistake="notes typed two rows under a table that grows by five",
    mended="the notes above the table or beside it",
)
TOUCHES = Kind(
    "LES434",
    "Table that cannot be resized",
    "{table} cannot change its rows because of {what} at {cell}",
    "undo the merge, the array formula or the pivot table there, and refresh again",
    mistake="an array formula over several rows of a table",
    mended="one formula in each row",
)
FOREIGN = Kind(
    "LES435",
    "Table filled by something else",
    "{table} is filled by a query or an XML map",
    "convert it to an ordinary table (Table Design, Unlink), or give it another name",
    mistake="tblCostVolume as the result of a Power Query",
    mended="a query whose table has a name of its own",
)
FILTER_CLEARED = Kind(
    "LES436",
    "Filter cleared",
    "the filter of {table} cannot be worked out without Excel and was cleared, so that it hides no row",
    "set the filter again",
    severity="warning",
    mistake="a filter 'Top 10' on a table that was refreshed in a closed file",
    mended="the filter set again after the refresh",
)
TEXT_TOO_LONG = Kind(
    "LES437",
    "Text too long for a cell",
    "a text of {count} characters does not fit into {where}, which holds 32,767",
    "shorten it",
    mistake="a note of 40,000 characters",
    mended="a note of a page",
)
LACKS = Kind(
    "LES438",
    "Workbook lacks something",
    "the workbook has no {what}, and nothing was filled there",
    "leave it if you deleted it on purpose; `les-xl refresh FILE --add-missing` adds, to a workbook that is "
    "closed, the sheets of which it has no table any more, and columns where there is room for them",
    severity="warning",
    mistake="a workbook of an older version, without tblSignup",
    mended="a workbook with it, or without it on purpose",
)

WORKED_OUT_LATER = Kind(
    "LES439",
    "Formulas without a result for now",
    "{count} formulas of yours show nothing until Excel has opened the workbook and worked them out",
    "open it in Excel once and save it; or install `les-xl[results]`, which works most of them out",
    severity="warning",
    mistake="=INDIRECT(B1) beside a table, read by a previewer right after a refresh",
    mended="the same after Excel has opened and saved the workbook",
)

register(
    NO_WORKBOOK,
    NOT_A_WORKBOOK,
    PROTECTED,
    SIGNED,
    SHARED,
    DAMAGED,
    TOO_LARGE,
    SHEETS_NOT_ADDED,
    NAME_TAKEN,
    CHANGED_MEANWHILE,
    CONFLICT_COPY,
    NO_KEY,
    IN_THE_WAY,
    TOUCHES,
    FOREIGN,
    FILTER_CLEARED,
    TEXT_TOO_LONG,
    LACKS,
    WORKED_OUT_LATER,
)
