"""The catalogue of what can be wrong about a `=LES_…` function: its arguments, and the text of a call."""

from les_xl.errors.problem import Kind, register

NO_LES = Kind(
    "LES501",
    "No LES is named",
    "no LES is named",
    "give its name as the first argument, such as Dementia",
    mistake='=LES_PLAN("")',
    mended='=LES_PLAN("Dementia")',
)
UNKNOWN_LES = Kind(
    "LES502",
    "Unknown LES",
    "there is no LES called '{given}'",
    "{advice}",
    mistake='=LES_PLAN("Dementai")',
    mended='=LES_PLAN("Dementia")',
)
SEVERAL_LES = Kind(
    "LES503",
    "Part of the names of several LES",
    "'{given}' may be any of {choices}",
    "write more of the name",
    mistake='=LES_PLAN("injections")',
    mended='=LES_PLAN("simple injections")',
)
SEVERAL_METRICS = Kind(
    "LES504",
    "A LES with several published rows",
    "'{given}' is published as {choices}",
    "write the one that is meant, or name the metric as the last argument",
    mistake='=LES_PLAN("Vasectomy")',
    mended='=LES_PLAN("Vasectomy Procedure")',
)
UNKNOWN_METRIC = Kind(
    "LES505",
    "Unknown metric",
    "{les} has no metric '{given}'",
    "{advice}",
    mistake='=LES_DELIVERED("Diabetes",,,"insulin")',
    mended='=LES_DELIVERED("Diabetes",,,"insulin_monitoring")',
)
OTHER_METRIC = Kind(
    "LES506",
    "Two different metrics are named",
    "'{given}' is the metric {metric}, and the last argument names {other}",
    "leave the last argument out, or name the LES by its title",
    mistake='=LES_PLAN("Vasectomy Procedure",,,"counselling")',
    mended='=LES_PLAN("Vasectomy Counselling")',
)
NOT_A_MONTH = Kind(
    "LES507",
    "Not a month",
    "'{given}' is not a month",
    "write 2025-10 or Oct-25, or give a cell that holds a date",
    mistake='=LES_PLAN("Dementia","Octember")',
    mended='=LES_PLAN("Dementia","Oct-25")',
)
OUTSIDE_YEAR = Kind(
    "LES508",
    "A month of another year",
    "{month} is outside {first} to {last}, the year of this position",
    "ask for a month of that year, or set the as-at month to the other year",
    mistake='=LES_PLAN("Dementia","Oct-19")',
    mended='=LES_PLAN("Dementia","Oct-25")',
)
UNKNOWN_ORG = Kind(
    "LES509",
    "Unknown organisation",
    "there is no organisation '{given}'",
    "{advice}",
    mistake='=LES_PLAN("Dementia",,"East Lancs.")',
    mended='=LES_PLAN("Dementia",,"East Lancashire")',
)
SEVERAL_ORGS = Kind(
    "LES510",
    "Several organisations of that name",
    "'{given}' is the name of {choices}",
    "give the code",
    mistake='=LES_PLAN("Dementia",,"The Surgery")',
    mended='=LES_PLAN("Dementia",,"Z00001")',
)
UNKNOWN_BAND = Kind(
    "LES511",
    "Unknown band",
    "{les} has no band '{given}'",
    "its bands are {choices}",
    mistake='=LES_BAND_COUNT("LTC LES","10-20%")',
    mended='=LES_BAND_COUNT("LTC LES","11-25%")',
)
NO_BANDS = Kind(
    "LES512",
    "A LES without bands",
    "practices are not put into bands for {les}",
    "bands are set in its specification",
    mistake='=LES_BAND_COUNT("Dementia","0-10%")',
    mended='=LES_BAND_COUNT("LTC LES","0-10%")',
)
NO_BAND_COUNT = Kind(
    "LES513",
    "No band counts of one practice",
    "practices per band are counted for groups of practices, and {org} is one practice",
    "name a PCN, a place or a Sub ICB Group, or leave the organisation out",
    mistake='=LES_BAND_COUNT("LTC LES","0-10%",,"Z00001")',
    mended='=LES_BAND_COUNT("LTC LES","0-10%",,"00Q")',
)
NOT_ONE_VALUE = Kind(
    "LES514",
    "Not one value",
    "{argument} is {given}, where one text, number or date is expected",
    "give a single cell",
    mistake='=LES_PLAN(A1:A9,"Oct-25")',
    mended='=LES_PLAN(A1,"Oct-25")',
)
UNKNOWN_TABLE = Kind(
    "LES515",
    "Unknown table",
    "there is no table '{given}'",
    "{advice}",
    mistake='=LES_TABLE("tblSumary")',
    mended='=LES_TABLE("tblSummary")',
)
UNKNOWN_LIST = Kind(
    "LES516",
    "Unknown list",
    "there is no list '{given}'",
    "{advice}",
    mistake='=LES_LIST("month")',
    mended='=LES_LIST("months")',
)
NOT_A_PRACTICE = Kind(
    "LES517",
    "A band of a group",
    "a practice is in a band, and {org} is not one practice",
    "name a practice, or count those of a group with LES_BAND_COUNT",
    mistake='=LES_BAND("LTC LES","00Q")',
    mended='=LES_BAND("LTC LES","Z00001")',
)
NO_PRACTICE = Kind(
    "LES518",
    "No practice is named",
    "no practice is named",
    "give its code or its name as the second argument",
    mistake='=LES_BAND("LTC LES")',
    mended='=LES_BAND("LTC LES","Z00001")',
)
WHOLE_ICB_ONLY = Kind(
    "LES519",
    "A table of the whole ICB",
    "{table} is there for the whole ICB only, not for {org}",
    "leave the organisation out",
    mistake='=LES_TABLE("tblBanding",,"00Q")',
    mended='=LES_TABLE("tblBanding")',
)
OTHER_AS_AT = Kind(
    "LES550",
    "A position of another month",
    "what is open here is the position of {as_at}, without the store that one of {month} could be made from",
    "leave the month out, or set the as-at month of the workbook",
    mistake='=LES_TABLE("tblSummary","Sep-25")',
    mended='=LES_TABLE("tblSummary")',
)
NOT_A_CALL = Kind(
    "LES520",
    "Not a function call",
    "a function with its arguments in brackets is expected here",
    'write it as in a cell: LES_PCT_PLAN("Dementia","Oct-25")',
    mistake="Dementia Oct-25",
    mended='LES_PCT_PLAN("Dementia","Oct-25")',
)
UNKNOWN_FUNCTION = Kind(
    "LES521",
    "Unknown function",
    "there is no function {given}",
    "{advice}",
    mistake='LES_PCT_PLANS("Dementia")',
    mended='LES_PCT_PLAN("Dementia")',
)
OPEN_TEXT = Kind(
    "LES522",
    "Text without its closing quotation mark",
    "the text that begins here has no closing quotation mark",
    "a quotation mark inside a text is written twice",
    mistake='LES_PLAN("Dementia)',
    mended='LES_PLAN("Dementia")',
)
UNEXPECTED = Kind(
    "LES523",
    "Something unexpected in a call",
    "'{given}' is not expected here",
    "text stands in quotation marks (single ones where the terminal takes double ones away); "
    "arguments are separated by a comma",
    mistake="LES_PLAN(Dementia)",
    mended='LES_PLAN("Dementia")',
)
TOO_MANY = Kind(
    "LES524",
    "Too many arguments",
    "there are more arguments than {name} takes",
    "it is {syntax}",
    mistake='LES_AS_AT("Dementia","Oct-25")',
    mended='LES_AS_AT("Dementia")',
)
NOT_CLOSED = Kind(
    "LES525",
    "No closing bracket",
    "the call ends without its closing bracket",
    "add )",
    mistake='LES_PLAN("Dementia"',
    mended='LES_PLAN("Dementia")',
)
TOO_LONG = Kind(
    "LES526",
    "Too long for a formula",
    "a call has at most {most} characters, and this has {length}",
    "give one function with its arguments",
    mistake='LES_PLAN("Dementia and many thousands of letters more")',
    mended='LES_PLAN("Dementia")',
)

register(
    NO_LES,
    UNKNOWN_LES,
    SEVERAL_LES,
    SEVERAL_METRICS,
    UNKNOWN_METRIC,
    OTHER_METRIC,
    NOT_A_MONTH,
    OUTSIDE_YEAR,
    UNKNOWN_ORG,
    SEVERAL_ORGS,
    UNKNOWN_BAND,
    NO_BANDS,
    NO_BAND_COUNT,
    NOT_ONE_VALUE,
    UNKNOWN_TABLE,
    UNKNOWN_LIST,
    NOT_A_PRACTICE,
    NO_PRACTICE,
    WHOLE_ICB_ONLY,
    OTHER_AS_AT,
    NOT_A_CALL,
    UNKNOWN_FUNCTION,
    OPEN_TEXT,
    UNEXPECTED,
    TOO_MANY,
    NOT_CLOSED,
    TOO_LONG,
)
