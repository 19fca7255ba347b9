"""The catalogue of what can be wrong when a position is asked for."""

from les_xl.errors.problem import Kind, register

NO_ORGANISATIONS = Kind(
    "LES351",
    "Nothing loaded yet",
    "no organisations are known, so there is nothing to report on",
    "load the organisations file first, then plans and activity: les-xl load FILE…",
    mistake="les-xl new les.xlsx   (with an empty store)",
    mended="les-xl load organisations.csv plans.csv activity.csv, then les-xl new les.xlsx",
)
NOT_IN_YEAR = Kind(
    "LES352",
    "As-at month outside the financial year",
    "'{month}' is not a month of the financial year {year}",
    "choose one from {first} to {last}; {returns}",
    mistake="les-xl new les.xlsx --as-at 2026-04   (a workspace of 2025-26)",
    mended="les-xl new les.xlsx --as-at 2025-10",
)
NO_AS_AT = Kind(
    "LES353",
    "No month to report",
    "in no month of {year} have {share} of the expected practices reported",
    "load the activity, or name the as-at month yourself; {returns}",
    mistake="les-xl new les.xlsx   (two of 197 practices have reported)",
    mended="les-xl new les.xlsx --as-at 2025-10",
)
NOT_A_YEAR = Kind(
    "LES354",
    "Not a financial year",
    "'{year}' is not a financial year",
    "write it as {example}",
    mistake="2025/26",
    mended="2025-26",
)

register(NO_ORGANISATIONS, NOT_IN_YEAR, NO_AS_AT, NOT_A_YEAR)
