"""The catalogue of what can be wrong with a `when:` condition: LES170 to LES174."""

from les_xl.errors.problem import Kind, register

CONDITION = Kind(
    "LES170",
    "Condition that cannot be read",
    "the condition cannot be read: {what}",
    "write it like pct_plan_to_date < 60% and months_in_service > 2",
    mistake="when: pct_plan_to_date = 60%",
    mended="when: pct_plan_to_date == 60%",
)
UNKNOWN_MEASURE = Kind(
    "LES171",
    "Unknown measure",
    "unknown measure '{name}'",
    "{hint}",
    mistake="when: pct_plan_todate < 60%",
    mended="when: pct_plan_to_date < 60%",
)
CONDITION_TOO_LONG = Kind(
    "LES172",
    "Condition too long",
    "the condition is {what}",
    "write several exception rules instead",
    mistake="when: ((((((((((((((((((((((pct_plan < 60%))))))))))))))))))))))",
    mended="when: pct_plan < 60%",
)
NOT_A_CONDITION = Kind(
    "LES173",
    "Not a condition",
    "this is not a condition: {what}",
    "compare a measure with a number: pct_plan_to_date < 60%",
    mistake="when: pct_plan",
    mended="when: pct_plan < 60%",
)
MIXED_UNITS = Kind(
    "LES174",
    "Number of the wrong sort",
    "'{name}' is compared with a number of the wrong sort",
    "write {better}",
    mistake="when: pct_plan < 60",
    mended="when: pct_plan < 60%",
)

register(
    CONDITION,
    UNKNOWN_MEASURE,
    CONDITION_TOO_LONG,
    NOT_A_CONDITION,
    MIXED_UNITS,
)
