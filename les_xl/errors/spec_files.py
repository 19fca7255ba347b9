"""The catalogue of what can be wrong with a spec file's text and shape: LES101 to LES123."""

from les_xl.errors.problem import Kind, register

UNKNOWN_KEY = Kind(
    "LES101",
    "Unknown key",
    "unknown key '{key}'",
    "{hint}",
    mistake="tittle: Dementia",
    mended="title: Dementia",
)
MISSING_KEY = Kind(
    "LES102",
    "Missing key",
    "the key '{key}' is missing",
    "add it: {meaning}",
    mistake="les: dementia   (and no title)",
    mended="les: dementia\ntitle: Dementia",
)
WRONG_TYPE = Kind(
    "LES103",
    "Wrong kind of value",
    "'{key}' must be {expected}, not {found}",
    "{hint}",
    mistake="title: 2025",
    mended='title: "2025"',
)
NOT_A_CHOICE = Kind(
    "LES104",
    "Not one of the choices",
    "'{written}' is not a choice for '{key}'",
    "{hint}",
    mistake="contract: capitted",
    mended="contract: capitated",
)
WRONG_FORM = Kind(
    "LES105",
    "Written in another form than expected",
    "'{written}' is not {expected}",
    "write it as {example}",
    mistake="starts: April 2025",
    mended="starts: 2025-04",
)
NOT_A_PERCENTAGE = Kind(
    "LES106",
    "Not a percentage",
    "'{written}' is not a percentage",
    "write it with its sign, such as 60%",
    mistake="edges: [10, 25, 50]",
    mended="edges: [10%, 25%, 50%]",
)
OUT_OF_RANGE = Kind(
    "LES107",
    "Outside what is allowed",
    "'{key}' {reason}",
    "{hint}",
    mistake="per_month: -5",
    mended="per_month: 5",
)
DUPLICATE_KEY = Kind(
    "LES108",
    "Duplicate key",
    "the key '{key}' stands twice",
    "it is on line {first} already; keep one of them",
    mistake="title: Dementia\ntitle: Dementia reviews",
    mended="title: Dementia",
)

SYNTAX = Kind(
    "LES110",
    "Not YAML",
    "this cannot be read as YAML: {what}",
    "{hint}",
    mistake='title: "Dementia',
    mended='title: "Dementia"',
)
TAB = Kind(
    "LES111",
    "Tab in the indentation",
    "a tab stands where only spaces may",
    "replace the tab by spaces",
    mistake="metrics:\n\t- id: reviews",
    mended="metrics:\n  - id: reviews",
)
ANCHOR = Kind(
    "LES112",
    "Anchor, alias or merge key",
    "'{what}' is an anchor, an alias or a merge key, which specifications do not use",
    "write the value out where it is meant",
    mistake="exceptions: *usual",
    mended="exceptions:\n  - id: under_plan",
)
TAG = Kind(
    "LES113",
    "Tag",
    "the tag '{what}' is not used in specifications",
    "leave the tag out; put text in quotes where it must stay text",
    mistake="title: !!str 2025",
    mended='title: "2025"',
)
TOO_LARGE = Kind(
    "LES114",
    "File too large",
    "the file is larger than {limit} KiB",
    "a specification is a few pages; is this the right file?",
    mistake="(an extract of activity saved as specs/services/dementia.yaml)",
    mended="(the extract in the folder of extracts)",
)
NOT_UTF8 = Kind(
    "LES115",
    "Not UTF-8",
    "the byte {byte} is not UTF-8 text",
    "save the file with the encoding UTF-8",
    mistake="(saved as ANSI or UTF-16)",
    mended="(saved as UTF-8)",
)
EMPTY = Kind(
    "LES116",
    "Empty file",
    "the file says nothing",
    "fill it, or take it out of the folder",
    mistake="(a file of comments only)",
    mended="spec: les/1\nles: dementia",
)
SEVERAL_DOCUMENTS = Kind(
    "LES117",
    "Several documents in one file",
    "a second document begins here",
    "take out the line '---', or make it a file of its own",
    mistake="les: dementia\n---\nles: diabetes",
    mended="les: dementia",
)
TOO_DEEP = Kind(
    "LES118",
    "Nested too deeply",
    "more than {limit} levels inside each other",
    "no specification needs so many; look for brackets too many",
    mistake="edges: [[[[[[[[[[[[[[[[[[[[[[10%]]]]]]]]]]]]]]]]]]]]]]",
    mended="edges: [10%]",
)
NOT_A_MAPPING = Kind(
    "LES119",
    "Not keys and values",
    "a specification is a list of keys and values, and this is something else",
    "begin with 'spec: les/1', or as other files of this folder do",
    mistake="- les: dementia",
    mended="les: dementia",
)
ODD_KEY = Kind(
    "LES120",
    "Key that is no word",
    "a list or a mapping stands where a key must",
    "write one word and a colon",
    mistake="{a: b}: c",
    mended="a: c",
)
UNREADABLE = Kind(
    "LES121",
    "File that cannot be read",
    "the file cannot be read: {reason}",
    "check that it exists and that you may read it",
    mistake="(no specs/les.yaml)",
    mended="(specs/les.yaml there, as `les-xl init` writes it)",
)
WRONG_ENDING = Kind(
    "LES122",
    "File name that does not end in .yaml",
    "the file is left out, because its name does not end in .yaml",
    "rename it to {better}, or move it elsewhere",
    severity="warning",
    mistake="specs/services/dementia.yml",
    mended="specs/services/dementia.yaml",
)
WRONG_FOLDER = Kind(
    "LES123",
    "File in the wrong folder",
    "'{version}' is not what this folder is for",
    "move the file to {folder}, or mend 'spec'",
    mistake="spec: les/1   (in specs/audiences/dementia.yaml)",
    mended="spec: les/1   (in specs/services/dementia.yaml)",
)

register(
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    NOT_A_CHOICE,
    WRONG_FORM,
    NOT_A_PERCENTAGE,
    OUT_OF_RANGE,
    DUPLICATE_KEY,
    SYNTAX,
    TAB,
    ANCHOR,
    TAG,
    TOO_LARGE,
    NOT_UTF8,
    EMPTY,
    SEVERAL_DOCUMENTS,
    TOO_DEEP,
    NOT_A_MAPPING,
    ODD_KEY,
    UNREADABLE,
    WRONG_ENDING,
    WRONG_FOLDER,
)
