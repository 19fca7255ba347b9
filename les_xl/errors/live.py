"""The catalogue of what can keep a workbook that is open in Excel from being refreshed."""

from les_xl.errors.problem import Kind, register

FILTER_LOST = Kind(
    "LES440",
    "Filter of an open table cleared",
    "the filter of {table} was taken off for the refresh and could not be set again",
    "set the filter again",
    severity="warning",
    mistake="a filter by colour on a table that was refreshed in Excel",
    mended="the filter set again after the refresh",
)
SHEET_PROTECTED = Kind(
    "LES441",
    "Protected sheet",
    "the sheet '{sheet}' is protected, and {what} on it has to change",
    "take the protection off (Review, Unprotect Sheet), refresh, and protect it again",
    mistake="Refresh while the sheet with tblCostVolume is protected",
    mended="the sheet unprotected before Refresh",
)
READ_ONLY = Kind(
    "LES442",
    "Workbook open read-only",
    "{book} is open read-only, and what a refresh changed could not be saved in it",
    "close it where it is open elsewhere, or save it under another name, and refresh again",
    mistake="Refresh in a workbook with [Read-Only] in its title bar",
    mended="the same workbook opened for editing",
)
PROTECTED_VIEW = Kind(
    "LES443",
    "Workbook in Protected View",
    "{book} is in Protected View, where nothing can be changed",
    "choose Enable Editing in the yellow bar, and refresh again",
    mistake="Refresh in a workbook opened from an e-mail",
    mended="the same workbook after Enable Editing",
)
EXCEL_BUSY = Kind(
    "LES444",
    "Excel is busy",
    "Excel does not take orders now: a cell is being edited, or a window waits for an answer",
    "press Enter or Esc in the cell, or close the window, and refresh again",
    mistake="Refresh with the cursor blinking in a cell",
    mended="Refresh after Enter",
)
READ_DIFFERENTLY = Kind(
    "LES445",
    "Excel made something else of a value",
    "Excel did not keep what was put into {cell} of '{sheet}'",
    "format the cells of the table as General instead of Text, and refresh again",
    mistake="a column of figures formatted as Text",
    mended="the same column formatted as General or with its number format",
)
PUT_BACK = Kind(
    "LES446",
    "Refresh stopped; everything was put back",
    "the refresh stopped: {reason}; the tables hold what they held before",
    "mend that, and refresh again",
    mistake="Esc pressed during a refresh",
    mended="a refresh that was left to end",
)
NOT_PUT_BACK = Kind(
    "LES447",
    "Refresh stopped half-way",
    "the refresh stopped: {reason}; {what} could not be put back",
    "close the workbook without saving, open it again, and refresh again",
    mistake="Excel closed during a refresh",
    mended="a refresh that was left to end",
)
EXCEL_REFUSED = Kind(
    "LES448",
    "Excel refused",
    "Excel refused: {reason}; nothing was changed",
    "mend that, and refresh again",
    mistake="Refresh while another macro runs",
    mended="Refresh after it has ended",
)
SETTINGS_LOST = Kind(
    "LES449",
    "Excel not set back",
    "Excel could not be set back to how it was before the refresh: {what}",
    "close Excel and open it again; check Formulas, Calculation Options",
    severity="warning",
    mistake="Excel ended while a refresh ran",
    mended="a refresh that was left to end",
)

register(
    FILTER_LOST,
    SHEET_PROTECTED,
    READ_ONLY,
    PROTECTED_VIEW,
    EXCEL_BUSY,
    READ_DIFFERENTLY,
    PUT_BACK,
    NOT_PUT_BACK,
    EXCEL_REFUSED,
    SETTINGS_LOST,
)
