"""The catalogue of what can be wrong in the rows of an extract: errors refuse it, warnings are listed."""

from les_xl.errors.problem import Kind, register

UNKNOWN_ORGANISATION = Kind(
    "LES230",
    "Organisation not known",
    "no organisation has the code '{code}'",
    "{advice}",
    mistake="P8l001,dementia,reviews,2025-10,12",
    mended="P81001,dementia,reviews,2025-10,12",
)
UNKNOWN_LES = Kind(
    "LES231",
    "LES not known",
    "there is no LES '{word}'",
    "{advice}",
    mistake="P81001,dementa,reviews,2025-10,12",
    mended="P81001,dementia,reviews,2025-10,12",
)
UNKNOWN_METRIC = Kind(
    "LES232",
    "Metric not known",
    "{les} has no metric '{word}'",
    "{advice}",
    mistake="P81001,dementia,review,2025-10,12",
    mended="P81001,dementia,reviews,2025-10,12",
)
SUM_LOADED = Kind(
    "LES233",
    "Sum loaded instead of its parts",
    "'{metric}' of {les} is the sum of others and is never loaded itself",
    "load its parts: {parts}",
    mistake="P81001,ring_pessary,fittings,2025-10,3",
    mended="P81001,ring_pessary,first_fit,2025-10,1\nP81001,ring_pessary,change,2025-10,2",
)
DUPLICATE_KEY = Kind(
    "LES234",
    "Row twice",
    "{row} says the same of {key} as {first} does",
    "keep one of the two rows",
    mistake="P81001,dementia,reviews,2025-10,12\nP81001,dementia,reviews,2025-10,13",
    mended="P81001,dementia,reviews,2025-10,13",
)
NO_VALUE = Kind(
    "LES235",
    "Cell empty",
    "'{column}' is empty, or holds an Excel error such as #N/A",
    "{advice}",
    mistake="P81001,dementia,reviews,2025-10,",
    mended="P81001,dementia,reviews,2025-10,0",
)
NOT_A_NUMBER = Kind(
    "LES236",
    "Not a number",
    "'{text}' is not a number",
    "write digits only, such as 12 or 12.5",
    mistake="P81001,dementia,reviews,2025-10,twelve",
    mended="P81001,dementia,reviews,2025-10,12",
)
NEGATIVE = Kind(
    "LES237",
    "Number below 0",
    "{text} is below 0",
    "load the corrected total of the month instead of a correction",
    mistake="P81001,dementia,reviews,2025-10,-3",
    mended="P81001,dementia,reviews,2025-10,9",
)
NOT_A_MONTH = Kind(
    "LES238",
    "Not a month",
    "'{text}' is not a month",
    "write it as 2025-10 or Oct-25",
    mistake="P81001,dementia,reviews,2025-13,12",
    mended="P81001,dementia,reviews,2025-10,12",
)
FUTURE_MONTH = Kind(
    "LES239",
    "Month after the load",
    "{month} is after the month of this load, {now}",
    "check the year; a month can be loaded once it has begun",
    mistake="P81001,dementia,reviews,2052-10,12",
    mended="P81001,dementia,reviews,2025-10,12",
)
AFTER_END = Kind(
    "LES240",
    "Month after the LES ended",
    "{les} ended in {ends}, and {month} is after it",
    "leave the row out, or correct `ends` in specs/services/{les}.yaml",
    mistake="P81001,dementia,reviews,2026-05,12   (where dementia ends in 2026-03)",
    mended="P81001,dementia,reviews,2026-03,12",
)
NOT_A_DATE = Kind(
    "LES241",
    "Not a date",
    "'{text}' is not a date or a month",
    "write it as 2025-10-31 or 2025-10, or leave it empty",
    mistake="closed: 31 Oktober",
    mended="closed: 2025-10-31",
)
NOT_A_YEAR = Kind(
    "LES242",
    "Not a financial year",
    "'{text}' is not a financial year",
    "write it as 2025-26",
    mistake="P81001,dementia,reviews,2025,41",
    mended="P81001,dementia,reviews,2025-26,41",
)
UNKNOWN_WORD = Kind(
    "LES243",
    "Word not known",
    "'{text}' is not a {column}",
    "{advice}",
    mistake="P81001,dementia,yes,2025-05,,",
    mended="P81001,dementia,signed_up,2025-05,,",
)
WRONG_ORDER = Kind(
    "LES244",
    "Ends before it begins",
    "{last_name} {last} is before {first_name} {first}",
    "correct one of the two",
    mistake="opened 2025-04-01, closed 2024-03-31",
    mended="opened 2024-04-01, closed 2025-03-31",
)
UNKNOWN_SUCCESSOR = Kind(
    "LES245",
    "Successor not known",
    "the successor '{code}' is not an organisation",
    "{advice}",
    mistake="P81001, closed 2025-06-30, successor P8l002",
    mended="P81001, closed 2025-06-30, successor P81002",
)
MONTH_OUTSIDE_YEAR = Kind(
    "LES246",
    "Month outside its year",
    "{month} is not in the financial year {year}",
    "a financial year runs from April to March",
    mistake="P81001,ltc,hha,2025-26,2026-04,17",
    mended="P81001,ltc,hha,2026-27,2026-04,17",
)
UNKNOWN_SUB_ICB = Kind(
    "LES247",
    "Sub ICB group not known",
    "'{code}' is not a sub ICB group of specs/les.yaml",
    "{advice}",
    mistake="P81001,…,01Z,…",
    mended="P81001,…,01A,…",
)
UNKNOWN_TRUST = Kind(
    "LES248",
    "Trust not known",
    "'{text}' is not the trust of any organisation",
    "{advice}",
    mistake="Fellside Bay Trust,North,vasectomy,2025-07,21",
    mended="Fellside Bay NHS Trust,North,vasectomy,2025-07,21",
)
UNKNOWN_PLACE = Kind(
    "LES249",
    "Place not known",
    "'{text}' is not the place of any organisation",
    "{advice}",
    mistake="Fellside Bay NHS Trust,Nrth,vasectomy,2025-07,21",
    mended="Fellside Bay NHS Trust,North,vasectomy,2025-07,21",
)
UNKNOWN_INDICATOR = Kind(
    "LES250",
    "Indicator not known",
    "'{text}' is not an indicator of other providers' activity",
    "{advice}",
    mistake="Fellside Bay NHS Trust,North,vasectomies,2025-07,21",
    mended="Fellside Bay NHS Trust,North,vasectomy,2025-07,21",
)
BEFORE_START = Kind(
    "LES260",
    "Month before the LES began",
    "{les} began in {starts}; {month} is kept and left out of the figures",
    "correct the month if it is wrong",
    severity="warning",
    mistake="P81001,dementia,reviews,2025-04,12   (where dementia starts in 2025-05)",
    mended="P81001,dementia,reviews,2025-05,12",
)
CLOSED = Kind(
    "LES261",
    "Organisation not open",
    "{code} is not open in {month}; its activity for {les} is kept and left out of the figures",
    "correct the code, or its opened and closed dates in the organisations file",
    severity="warning",
    mistake="activity of 2025-10 for a practice that closed in 2025-06",
    mended="the same activity under its successor's code",
)
NOT_SIGNED_UP = Kind(
    "LES262",
    "Organisation does not count",
    "{code} is not signed up to {les} in {month}, or is excluded; its activity is kept and left out",
    "correct the sign-up file if it should count",
    severity="warning",
    mistake="activity for a LES that the practice has not signed up to",
    mended="a row signed_up in the sign-up file",
)
OUTLIER = Kind(
    "LES263",
    "Value far above the usual",
    "{text} is {times} times the median of {code} for {metric} of {les}, {median}",
    "ask the practice; the value is used as it is, and one under {least} is never listed",
    severity="warning",
    mistake="P81001,dementia,reviews,2025-10,120   (where it is 11 in most months)",
    mended="P81001,dementia,reviews,2025-10,12",
)
MISSING_PRACTICE = Kind(
    "LES264",
    "Organisations missing",
    "{who} reported {les} for {before}, with no row for {month}",
    "ask for the return; what is missing counts as not reported, never as 0",
    severity="warning",
    mistake="activity of 2025-10 without a practice that is in 2025-09",
    mended="the same file with its row",
)
RESTATED = Kind(
    "LES265",
    "Month restated",
    "{metric} of {les} for {code} in {month} was {was} and is now {now}",
    "nothing to do if this is meant; the old value stays on record",
    severity="warning",
    mistake="P81001,dementia,reviews,2025-09,14   (where 12 was loaded before)",
    mended="P81001,dementia,reviews,2025-09,12",
)
SUCCESSOR_OF_OPEN = Kind(
    "LES266",
    "Successor of an open organisation",
    "{code} names the successor {successor} and is not closed; its history stays its own",
    "fill in the date on which it closed",
    severity="warning",
    mistake="P81001, closed (empty), successor P81002",
    mended="P81001, closed 2025-06-30, successor P81002",
)

register(
    UNKNOWN_ORGANISATION,
    UNKNOWN_LES,
    UNKNOWN_METRIC,
    SUM_LOADED,
    DUPLICATE_KEY,
    NO_VALUE,
    NOT_A_NUMBER,
    NEGATIVE,
    NOT_A_MONTH,
    FUTURE_MONTH,
    AFTER_END,
    NOT_A_DATE,
    NOT_A_YEAR,
    UNKNOWN_WORD,
    WRONG_ORDER,
    UNKNOWN_SUCCESSOR,
    MONTH_OUTSIDE_YEAR,
    UNKNOWN_SUB_ICB,
    UNKNOWN_TRUST,
    UNKNOWN_PLACE,
    UNKNOWN_INDICATOR,
    BEFORE_START,
    CLOSED,
    NOT_SIGNED_UP,
    OUTLIER,
    MISSING_PRACTICE,
    RESTATED,
    SUCCESSOR_OF_OPEN,
)
