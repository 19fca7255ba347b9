"""The catalogue of what an audience's specification can say that makes no sense: LES190 to LES196."""

from les_xl.errors.problem import Kind, register

UNKNOWN_AUDIENCE = Kind(
    "LES190",
    "Unknown audience",
    "'{audience}' is not another audience",
    "{hint}",
    mistake="escalates_to: quality_committee",
    mended="escalates_to: quality_and_outcomes_committee",
)
ONE_SIDED = Kind(
    "LES191",
    "Escalation that only one side knows of",
    "'{other}' does not say that '{audience}' {does}",
    "write '{key}' in the file of '{other}', or take it out here",
    mistake="escalates_to: board   (and no escalated_from in board.yaml)",
    mended="escalated_from: [primary_care_quality_group]   (in board.yaml)",
)
UNKNOWN_LES = Kind(
    "LES192",
    "LES that an audience names and nobody specifies",
    "'{les}' is not a LES of this workspace",
    "{hint}",
    mistake="les: [dementa]",
    mended="les: [dementia]",
)
TWO_AUDIENCES = Kind(
    "LES193",
    "Two specifications of one audience",
    "'{audience}' is the audience of {other} too",
    "keep one file an audience",
    mistake="audience: board   (in board.yaml and in board_new.yaml)",
    mended="audience: board   (in board.yaml)",
)
AUDIENCE_FILE_NAME = Kind(
    "LES194",
    "File named otherwise than its audience",
    "the file of '{audience}' has another name",
    "name it {audience}.yaml, so that others find it",
    severity="warning",
    mistake="audience: board   (in specs/audiences/the_board.yaml)",
    mended="audience: board   (in specs/audiences/board.yaml)",
)
FOR_EACH = Kind(
    "LES195",
    "Form or kind that does not go with for_each",
    "{what}",
    "{hint}",
    mistake="kind: committee\nreceives: practice",
    mended="kind: practice\nfor_each: practice\nreceives: practice",
)
NOT_THEIRS = Kind(
    "LES196",
    "Section that shows what is not theirs",
    "'{section}' shows figures of every practice, and each {each} is to see its own only",
    "take the section out",
    mistake="for_each: practice\nsections: [summary, practices]",
    mended="for_each: practice\nsections: [summary, data_quality]",
)

register(
    UNKNOWN_AUDIENCE,
    ONE_SIDED,
    UNKNOWN_LES,
    TWO_AUDIENCES,
    AUDIENCE_FILE_NAME,
    FOR_EACH,
    NOT_THEIRS,
)
