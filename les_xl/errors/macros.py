"""The catalogue of what a macro or a check of a workbook may have to say."""

from les_xl.errors.problem import Kind, register

NO_BOOK = Kind(
    "LES600",
    "No workbook",
    "no workbook asked for this",
    "open the workbook in Excel, and use the buttons of the LES tab",
    mistake="a macro of LES-XL run outside Excel",
    mended="Refresh on the LES tab, with the workbook in front",
)
STOPPED = Kind(
    "LES602",
    "Stopped",
    "{what} was stopped; the workbook is as it was",
    "start it again when you are ready",
    mistake="Esc pressed while the figures are worked out",
    mended="a refresh that was left to end",
)
NOT_CALCULATED = Kind(
    "LES603",
    "Formulas not worked out anew",
    "the tables are filled, but Excel did not work out the formulas: {reason}",
    "press Ctrl+Alt+F9",
    severity="warning",
    mistake="a cell edited at the very moment when a refresh ended",
    mended="Ctrl+Alt+F9",
)
STALE = Kind(
    "LES604",
    "The workbook shows another edition",
    "the workbook shows {shown}, and the figures are at {held}: {count} cells differ",
    "refresh it, or check it against the month that it is meant to show (--as-at)",
    mistake="a workbook of September after October was loaded",
    mended="the same workbook after Refresh",
)
DIFFERS = Kind(
    "LES605",
    "Figures differ from the position",
    "{what} of {table} differ from the position",
    "somebody typed over them, or deleted or added rows: refresh puts the figures back",
    mistake="a figure of tblCostVolume typed over by hand",
    mended="the same workbook after Refresh",
)
FOOTING = Kind(
    "LES606",
    "Figures that should agree do not",
    "{check} ({where}): {left} against {right}",
    "do not publish it before the reason is known; look first at the extracts and plans behind it",
    mistake="targets of practices that do not add up to the annual target",
    mended="targets that do",
)
RETURNS_MISSING = Kind(
    "LES607",
    "Returns that have not arrived",
    "{missing} of {expected} expected returns have not arrived",
    "tblReturns on the sheet Data quality lists them",
    severity="warning",
    mistake="an extract without some of the practices",
    mended="their extract loaded too",
)
DESKTOP_ONLY = Kind(
    "LES608",
    "Only in Excel on the desktop",
    "{what} works with the desktop add-in only",
    "ask whoever looks after the server",
    mistake="Open data folder in Excel on the web",
    mended="Open data folder in Excel on Windows, with the add-in",
)
CANNOT_OPEN = Kind(
    "LES609",
    "Cannot be opened",
    "{what} cannot be opened: {reason}",
    "open it by hand",
    mistake="Open data folder while the network drive is away",
    mended="Open data folder with the drive connected",
)
NOT_AN_ARGUMENT = Kind(
    "LES610",
    "Not an argument of a formula",
    "{given} cannot stand in a formula",
    "give a text, a number, a month, or a cell as =B2",
    mistake="the argument =SUM(A1:A9)+",
    mended="the argument =B2",
)
CANNOT_INSERT = Kind(
    "LES611",
    "The formula cannot be put there",
    "Excel did not take {formula} at {cell}: {reason}",
    "choose an empty cell on a sheet that is not protected",
    mistake="Insert function with a protected cell selected",
    mended="Insert function with a cell of your own sheet selected",
)
CLAIM = Kind(
    "LES612",
    "The commentary says another figure",
    "'{claim}' states {stated}, and it is {right} ({origin})",
    "correct the sentence; les-xl check shows what was understood of the others",
    mistake="LTC LES has delivered 44,698 assessments by October 2025.",
    mended="LTC LES has delivered 44,608 assessments by October 2025.",
)

register(
    NO_BOOK,
    STOPPED,
    NOT_CALCULATED,
    STALE,
    DIFFERS,
    FOOTING,
    RETURNS_MISSING,
    DESKTOP_ONLY,
    CANNOT_OPEN,
    NOT_AN_ARGUMENT,
    CANNOT_INSERT,
    CLAIM,
)
