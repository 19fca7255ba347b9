"""The catalogue of what a mapping in specs/extracts can say that makes no sense: LES180 to LES189."""

from les_xl.errors.problem import Kind, register

COLUMN_OF_OTHER_KIND = Kind(
    "LES180",
    "Column of another kind of extract",
    "{extract} has no column '{name}'",
    "its columns are {columns}",
    mistake="kind: activity\ncolumns: {planned: {headings: [Plan]}}",
    mended="kind: plans\ncolumns: {planned: {headings: [Plan]}}",
)
NO_SOURCE = Kind(
    "LES181",
    "Column without a source",
    "nothing says where '{name}' comes from",
    "{hint}",
    mistake="kind: activity\ncolumns: {ods_code: {headings: [Code]}, value: {headings: [Count]}}",
    mended="columns: {ods_code: {headings: [Code]}, value: {headings: [Count]}, les: {value: dementia}, …}",
)
ONE_OF = Kind(
    "LES182",
    "Not exactly one of several keys",
    "'{key}' needs exactly one of {choices}",
    "{hint}",
    mistake="ods_code: {headings: [Code], value: P81001}",
    mended="ods_code: {headings: [Code]}",
)
HEADINGS_OR_POSITIONS = Kind(
    "LES183",
    "Headings and positions",
    "{what}",
    "give headings where the file has them, and positions with `header: {{none: true}}`",
    mistake="header: {none: true}\ncolumns: {ods_code: {headings: [Code]}}",
    mended="header: {none: true}\ncolumns: {ods_code: {position: 1}}",
)
BAD_PATTERN = Kind(
    "LES184",
    "Pattern that cannot be meant",
    "'{pattern}' {reason}",
    "{hint}",
    mistake='month: {title: "Run date:"}',
    mended='month: {title: "Run date: {month}"}',
)
UNKNOWN_LES = Kind(
    "LES185",
    "LES of a mapping not known",
    "there is no LES '{les}'",
    "{hint}",
    mistake="columns: {les: {value: dementa}}",
    mended="columns: {les: {value: dementia}}",
)
UNKNOWN_METRIC = Kind(
    "LES186",
    "Metric of a mapping not known or never loaded",
    "'{metric}' {reason}",
    "{hint}",
    mistake="- {code: [DEM001], les: dementia, metric: review}",
    mended="- {code: [DEM001], les: dementia, metric: reviews}",
)
SAME_NAMES = Kind(
    "LES187",
    "Two mappings for one file name",
    "a file could fit both this and '{pattern}' of {other}",
    "make the names differ, or give each headings under `requires` that the other's files have not",
    mistake='matches: [{file: "*reviews*.csv"}]   (and "dementia*.csv" in another file)',
    mended='matches: [{file: "cqrs reviews*.csv"}]',
)
CONTRADICTION = Kind(
    "LES188",
    "Keys that do not go together",
    "'{key}' {reason}",
    "{hint}",
    mistake="layout: long\nmonths: {year: 2025-26}",
    mended="layout: wide\nmonths: {year: 2025-26}",
)
FILE_NAME = Kind(
    "LES189",
    "File named otherwise than its mapping",
    "the file of the mapping '{mapping}' has another name",
    "name it {mapping}.yaml, so that no two mappings have one name",
    mistake="mapping: cqrs   (in specs/extracts/new.yaml)",
    mended="mapping: cqrs   (in specs/extracts/cqrs.yaml)",
)

register(
    COLUMN_OF_OTHER_KIND,
    NO_SOURCE,
    ONE_OF,
    HEADINGS_OR_POSITIONS,
    BAD_PATTERN,
    UNKNOWN_LES,
    UNKNOWN_METRIC,
    SAME_NAMES,
    CONTRADICTION,
    FILE_NAME,
)
