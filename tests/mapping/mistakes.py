"""Mappings with one mistake each; § stands where the problem is expected."""

from tests.spec.workspaces import DEMENTIA, GOOD, Files

EXPORT = "specs/extracts/export.yaml"
OTHER = "specs/extracts/other.yaml"

MAPPING = """\
spec: extract/1
mapping: export
title: An export
kind: activity
matches:
  - {file: "reviews*.csv", les: dementia, metric: reviews}
header: {find: Code}
footer: {heading: Code, texts: [Total]}
columns:
  ods_code: {headings: [Code]}
  value: {headings: [Count]}
month: {title: "Run date: {month}"}
"""

LONG = """\
spec: extract/1
mapping: export
title: An extract by code
kind: activity
matches:
  - {file: "codes*.csv"}
columns:
  ods_code: {headings: [Code]}
  value: {headings: [Count]}
  month: {headings: [Month]}
indicators:
  headings: [Ind, Field]
  metrics:
    - {code: [D1, N], les: dementia, metric: reviews}
  ignore:
    - [D1, D]
"""

WIDE = """\
spec: extract/1
mapping: export
title: A workbook
kind: activity
matches:
  - {file: "wide*.xlsx"}
sheets: {each: les, named: {Memory: dementia}}
layout: wide
columns:
  ods_code: {headings: [Code]}
months: {year: 2025-26}
"""

POSITIONS = """\
spec: extract/1
mapping: export
title: A file without headings
kind: organisations
matches:
  - {file: "places*.csv"}
header: {none: true}
columns:
  ods_code: {position: 1}
  name: {position: 2}
only:
  - {position: 3, among: [A]}
"""

MAPPINGS: dict[str, str] = {
    EXPORT: MAPPING,
    "specs/extracts/long.yaml": LONG.replace("mapping: export", "mapping: long"),
    "specs/extracts/wide.yaml": WIDE.replace("mapping: export", "mapping: wide"),
    "specs/extracts/positions.yaml": POSITIONS.replace("mapping: export", "mapping: positions"),
}
"""A workspace's good mappings, by file."""

SUM = """\
  - {id: register, title: Register, kind: stock}
  - {id: all, title: All, kind: flow, sum_of: [reviews]}
"""


def _mapping(base: str, *edits: tuple[str, str]) -> Files:
    for old, new in edits:
        assert base.count(old) == 1, f"{old!r} stands {base.count(old)} times"
        base = base.replace(old, new)
    return {**GOOD, EXPORT: base}


def _two(pattern: str, requires: str = "") -> Files:
    other = MAPPING.replace("mapping: export", "mapping: other").replace('"reviews*.csv"', pattern)
    return {**GOOD, EXPORT: MAPPING, OTHER: other + requires}


def _with_sum(files: Files) -> Files:
    dementia = GOOD[DEMENTIA].replace("  - {id: register, title: Register, kind: stock}\n", SUM)
    return {**files, DEMENTIA: dementia}


_COUNT = "  value: {headings: [Count]}\n"
_NAMED = "les: dementia, metric: reviews}"

MAPPING_MISTAKES: dict[str, tuple[Files, tuple[str, ...]]] = {
    "column of another kind": (
        _mapping(MAPPING, (_COUNT, f"{_COUNT}  §planned: {{headings: [P]}}\n")),
        ("LES180",),
    ),
    "no value": (_mapping(MAPPING, ("columns:\n", "§columns:\n"), (_COUNT, "")), ("LES181",)),
    "no month": (
        _mapping(MAPPING, ("columns:\n", "§columns:\n"), ('month: {title: "Run date: {month}"}\n', "")),
        ("LES181",),
    ),
    "no metric": (_mapping(MAPPING, ("columns:\n", "§columns:\n"), (", metric: reviews", "")), ("LES181",)),
    "two sources": (
        _mapping(MAPPING, ("ods_code: {headings: [Code]}", "§ods_code: {headings: [Code], value: P81001}")),
        ("LES182",),
    ),
    "no source": (
        _mapping(MAPPING, ("  value: {headings: [Count]}", "  §value: {values: {a: b}}")),
        ("LES182",),
    ),
    "two headers": (_mapping(MAPPING, ("header: {find", "§header: {row: 2, find")), ("LES182",)),
    "two months": (
        _mapping(
            MAPPING, ('month: {title: "Run date: {month}"}', '§month: {value: 2025-10, title: "R {month}"}')
        ),
        ("LES182",),
    ),
    "footer by nothing": (_mapping(MAPPING, ("footer: {heading: Code, ", "§footer: {")), ("LES182",)),
    "position in a file with headings": (
        _mapping(MAPPING, (_COUNT, "  value: {position: §2}\n")),
        ("LES183",),
    ),
    "heading in a file without": (_mapping(POSITIONS, ("{position: 2}", "{headings: §[Name]}")), ("LES183",)),
    "filter by heading in a file without": (
        _mapping(POSITIONS, ("{position: 3,", "{heading: §Status,")),
        ("LES183",),
    ),
    "title without a month": (
        _mapping(MAPPING, ('title: "Run date: {month}"', 'title: §"Run date:"')),
        ("LES184",),
    ),
    "title with two months": (
        _mapping(MAPPING, ('"Run date: {month}"', '§"{month} to {month}"')),
        ("LES184",),
    ),
    "every file": (_mapping(MAPPING, ('"reviews*.csv"', '§"*.csv"')), ("LES184",)),
    "a folder": (_mapping(MAPPING, ('"reviews*.csv"', '§"in/reviews*.csv"')), ("LES184",)),
    "another ending": (_mapping(MAPPING, ('"reviews*.csv"', '§"reviews*.pdf"')), ("LES184",)),
    "months without their place": (
        _mapping(WIDE, ("{year: 2025-26}", "{heading: §Activity}")),
        ("LES184",),
    ),
    "unknown LES": (_mapping(MAPPING, ("les: dementia", "les: §dementa")), ("LES185",)),
    "unknown LES of a sheet": (_mapping(WIDE, ("Memory: dementia", "Memory: §memory")), ("LES185",)),
    "unknown LES of a code": (_mapping(LONG, ("les: dementia", "les: §dementa")), ("LES185",)),
    "unknown metric": (_mapping(MAPPING, ("metric: reviews", "metric: §review")), ("LES186",)),
    "unknown metric of a code": (_mapping(LONG, ("metric: reviews", "metric: §review")), ("LES186",)),
    "a sum": (_with_sum(_mapping(MAPPING, ("metric: reviews", "metric: §all"))), ("LES186",)),
    "one name": (_two('§"reviews*.csv"'), ("LES187",)),
    "names that can be one": (_two('§"*2025.csv"'), ("LES187",)),
    "required headings of only one": (_two('§"*2025.csv"', "requires: [Kind]\n"), ("LES187",)),
    "months in a long layout": (
        _mapping(LONG, ("indicators:", "months: §{year: 2025-26}\nindicators:")),
        ("LES188",),
    ),
    "value in a wide layout": (
        _mapping(
            WIDE,
            (
                "  ods_code: {headings: [Code]}\n",
                "  ods_code: {headings: [Code]}\n  value: §{headings: [V]}\n",
            ),
        ),
        ("LES188",),
    ),
    "month twice": (_mapping(LONG, ("indicators:", "month: §{value: 2025-10}\nindicators:")), ("LES188",)),
    "zeros of organisations": (_mapping(POSITIONS, ("only:", "absent: §zero\nonly:")), ("LES188",)),
    "sheets named for nothing": (
        _mapping(
            WIDE,
            ("each: les, named: {", "named: §{"),
            ("columns:\n", "columns:\n  les: {value: dementia}\n  metric: {value: reviews}\n"),
        ),
        ("LES188",),
    ),
    "a code too short": (_mapping(LONG, ("code: [D1, N]", "code: §[D1]")), ("LES188",)),
    "an ignored code too long": (_mapping(LONG, ("- [D1, D]", "- §[D1, D, E]")), ("LES188",)),
    "LES by name and by code": (
        _mapping(LONG, ('"codes*.csv"', '"codes*.csv", les: §dementia')),
        ("LES188",),
    ),
    "wide without headings": (
        _mapping(
            POSITIONS.replace("organisations", "list_sizes").replace("  name: {position: 2}\n", ""),
            ("only:", "layout: §wide\nonly:"),
        ),
        ("LES188",),
    ),
    "another file name": (_mapping(MAPPING, ("mapping: export", "mapping: §exports")), ("LES189",)),
    "dropped twice": (_mapping(MAPPING, ("header:", "drop: [Y1, §Y1]\nheader:")), ("LES141",)),
    "a code twice": (
        _mapping(LONG, ("  ignore:", "    - {code: §[D1, N], les: dementia, metric: register}\n  ignore:")),
        ("LES141",),
    ),
    "unknown key of a column": (_mapping(MAPPING, ("{headings: [Code]}", "{§heading: [Code]}")), ("LES101",)),
    "unknown column": (_mapping(MAPPING, ("  value: {h", "  §valeu: {h")), ("LES101",)),
    "number for text": (_mapping(POSITIONS, ("among: [A]", "among: [§4]")), ("LES103",)),
    "unknown delimiter": (_mapping(MAPPING, ("header:", "delimiter: §commas\nheader:")), ("LES104",)),
    "position 0": (_mapping(POSITIONS, ("{position: 2}", "{position: §0}")), ("LES107",)),
}
