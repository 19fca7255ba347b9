"""The catalogue of what keeps a file of claims from being checked."""

from les_xl.errors.problem import Kind, register

NOT_CLAIMS = Kind(
    "LES700",
    "Not a file of claims",
    "{name} is a {kind}, which is not checked",
    "save the text as .md, .txt or .yaml, or check the workbook (.xlsx) that it is in",
    mistake="les-xl check report.docx",
    mended="les-xl check report.txt",
)
NO_SUCH_CLAIMS = Kind(
    "LES701",
    "No such file",
    "there is no file {name}",
    "check the folder and the spelling",
    mistake="les-xl check raport.md",
    mended="les-xl check report.md",
)
CLAIMS_UNREADABLE = Kind(
    "LES702",
    "Claims cannot be read",
    "{name} cannot be read: {reason}",
    "save it anew as plain text in UTF-8, and close it where it is open",
    mistake="a picture renamed to report.md",
    mended="the text itself in report.md",
)
CLAIMS_YAML = Kind(
    "LES703",
    "Not a list of claims",
    "expected {expected}",
    "write a sentence after each dash: `- Dementia delivered 694 in October 2025`",
    mistake="claims: Dementia delivered 694",
    mended="- Dementia delivered 694 in October 2025",
)
CLAIMS_OF_PATIENTS = Kind(
    "LES704",
    "Patient identifier among the claims",
    "a text holds what passes the NHS number check; it is not repeated here",
    "take the number out, and out of every copy of the file",
    mistake="a commentary that names a patient by NHS number",
    mended="the commentary without it",
)

register(NOT_CLAIMS, NO_SUCH_CLAIMS, CLAIMS_UNREADABLE, CLAIMS_YAML, CLAIMS_OF_PATIENTS)
