"""The catalogue of what can be wrong around a command: the workspace, arguments, the unforeseen."""

from les_xl.errors.problem import Kind, register

NO_WORKSPACE = Kind(
    "LES901",
    "No workspace here",
    "no specs/les.yaml in {folder} or above it",
    "go to the folder that holds specs/, name it with --workspace, or try `les-xl demo`",
    mistake="les-xl loads   (in a folder without specs/)",
    mended="les-xl --workspace C:\\LES loads",
)
NOT_A_MONTH = Kind(
    "LES902",
    "Not a month",
    "'{text}' is not a month",
    "write the month as 2025-10 or Oct-25",
    mistake="les-xl new les.xlsx --as-at Octember",
    mended="les-xl new les.xlsx --as-at Oct-25",
)
UNFORESEEN = Kind(
    "LES999",
    "Something unforeseen",
    "LES-XL stopped because of a fault of its own: {what}",
    "nothing was half-written; details for whoever looks after LES-XL are in {log}",
    mistake="(a fault in LES-XL)",
    mended="send the named log file to whoever looks after LES-XL",
)

register(NO_WORKSPACE, NOT_A_MONTH, UNFORESEEN)
