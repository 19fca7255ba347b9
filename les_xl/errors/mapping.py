"""The catalogue of what can be wrong with a supplier's file as its mapping describes it: LES280 to LES294."""

from les_xl.errors.problem import Kind, register

TWO_MAPPINGS = Kind(
    "LES280",
    "Two mappings fit the file",
    "the mappings {mappings} all fit this file",
    "give one of them a narrower name under `matches`, or further headings under `requires`",
    mistake="a file with the headings that two mappings require",
    mended="requires: [IND_CODE]   (in one of them)",
)
HEADING_MISSING = Kind(
    "LES281",
    "Heading of the mapping missing",
    "the mapping '{mapping}' needs the heading {wanted}, and it is not there",
    "{advice}",
    mistake="ODS,Population Count   (where ods_code: {headings: [ODS Code]})",
    mended="ods_code: {headings: [ODS Code, ODS]}",
)
HEADER_NOT_FOUND = Kind(
    "LES282",
    "Row of headings not found",
    "the mapping '{mapping}' expects its headings in {where}, and they are not there",
    "look whether this is the right file; if the supplier changed it, change `header` in the mapping",
    mistake="header: {find: ODS Code}   (and the file says Practice code)",
    mended="header: {find: Practice code}",
)
COLUMN_TWICE = Kind(
    "LES283",
    "Two columns for one",
    "the columns {headings} both are {column}",
    "delete one of them in the file, or narrow the headings in the mapping '{mapping}'",
    mistake="ODS Code,CDB,Count   (where ods_code: {headings: [ODS Code, CDB]})",
    mended="ods_code: {headings: [ODS Code]}\nignore: [CDB]",
)
WRONG_SHEET = Kind(
    "LES284",
    "Sheet that the mapping does not know",
    "{what}",
    "{advice}",
    mistake="sheets: {each: les}   (and a sheet Bundle)",
    mended="sheets: {each: les, named: {Bundle: spiro_feno}}",
)
NO_TOTALS_ROW = Kind(
    "LES285",
    "Row of totals missing",
    "the mapping '{mapping}' expects a row of totals ({texts}), and there is none",
    "the file may have been cut off: export it again; if it never has one, write `optional: true` there",
    mistake="an export that broke off in the middle",
    mended="the file with its Total row",
)
TOTALS_DIFFER = Kind(
    "LES286",
    "Rows do not make their total",
    "the rows above make {sum}, and the row of totals says {total}",
    "rows are missing, or were changed by hand; export the file again",
    mistake="Abbey Surgery,12\nBridge Surgery,9\nTotal,25",
    mended="Abbey Surgery,12\nBridge Surgery,13\nTotal,25",
)
NO_MONTH = Kind(
    "LES287",
    "Month not found",
    "{what}",
    "{advice}",
    mistake='month: {title: "Run date: {month}"}   (and no title begins so)',
    mended='month: {title: "Report date {month}"}',
)
UNKNOWN_INDICATOR = Kind(
    "LES288",
    "Code of the supplier not known",
    "the mapping '{mapping}' does not know the code '{code}'",
    "add it under `indicators` in specs/extracts/{mapping}.yaml: to `metrics`, or to `ignore`",
    mistake="P81001,20251031,DEM009,Count,12",
    mended="- {code: [DEM009, Count], les: dementia, metric: reviews}",
)
NOT_A_HEADING = Kind(
    "LES289",
    "Heading that is no month",
    "the column '{column}' is neither mapped nor ignored, and its heading is no month",
    "correct the heading, or add it to `ignore` in the mapping '{mapping}'",
    mistake="Practice code,Apr-25,Mai-25",
    mended="Practice code,Apr-25,May-25",
)
OTHER_DATE_FORMAT = Kind(
    "LES290",
    "Date in another format",
    "'{text}' is not written as {format}, as the mapping '{mapping}' says",
    "correct the cell, or `date_format` in the mapping: a day must not be taken for a month",
    mistake="03/04/2025   (where date_format: yyyymmdd)",
    mended="20250403",
)
DROPPED = Kind(
    "LES291",
    "Rows left out by code",
    "{count} row{s} of {code} left out, as the mapping '{mapping}' says",
    "nothing to do if this is meant",
    severity="warning",
    mistake="Y99999,…   (where drop: [Y99999])",
    mended="the same file without it",
)
NOT_KEPT = Kind(
    "LES292",
    "Rows left out",
    "{count} row{s} left out, because {reason}",
    "nothing to do if this is meant",
    severity="warning",
    mistake="only: [{heading: Status, among: [Active]}]   (and a row that says Closed)",
    mended="the same file without it",
)
TAKEN_AS_ZERO = Kind(
    "LES293",
    "Absent rows taken as 0",
    "{count} organisation{s} without a row for {metric} of {les} in {month} taken as 0: {codes}",
    "nothing to do if the supplier leaves out zeros; else write `absent: not_reported` in the mapping",
    severity="warning",
    mistake="absent: zero   (and a practice that counts has no row)",
    mended="a row with 0",
)

register(
    TWO_MAPPINGS,
    HEADING_MISSING,
    HEADER_NOT_FOUND,
    COLUMN_TWICE,
    WRONG_SHEET,
    NO_TOTALS_ROW,
    TOTALS_DIFFER,
    NO_MONTH,
    UNKNOWN_INDICATOR,
    NOT_A_HEADING,
    OTHER_DATE_FORMAT,
    DROPPED,
    NOT_KEPT,
    TAKEN_AS_ZERO,
)
