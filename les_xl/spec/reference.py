"""The reference page of the specifications, `docs/specs.md`, made from the models."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from les_xl.spec.nodes import MAX_BYTES
from les_xl.spec.scalars import MONTH_PATTERN, PERCENT_PATTERN, REAL_YEAR_PATTERN, SLUG_PATTERN, TEXT_PATTERN
from les_xl.spec.schema import schemas
from les_xl.spec.tokens import MEASURES

Schema = Mapping[str, Any]

_HEADINGS = {
    "Service": "A service",
    "Eligible": "eligible",
    "Owner": "owner",
    "Metric": "metrics",
    "Rate": "rate",
    "Cap": "cap",
    "TrendChart": "chart",
    "Rebase": "rebase",
    "FlatPlan": "plan flat",
    "ProfilePlan": "plan profile",
    "Bands": "bands",
    "FormerBands": "former_bands",
    "Exclusion": "exclude",
    "ExceptionRule": "exceptions",
    "Shift": "shift",
    "Baseline": "baseline",
    "Impact": "impact",
    "Workspace": "The workspace",
    "Named": "code and name",
    "AsAtRule": "as_at",
    "StatusEdges": "status",
    "ExtractMapping": "A mapping of extracts",
    "NameMatch": "matches",
    "SheetChoice": "sheets",
    "HeaderRow": "header",
    "TotalsRow": "footer",
    "Columns": "columns",
    "Column": "a column",
    "Indicators": "indicators",
    "Indicator": "metrics of indicators",
    "MonthFrom": "month",
    "WideMonths": "months",
    "Only": "only",
    "Audience": "An audience",
}
_PATTERNS = {
    TEXT_PATTERN: "text",
    SLUG_PATTERN: "slug",
    MONTH_PATTERN: "month",
    REAL_YEAR_PATTERN: "year",
    PERCENT_PATTERN: "percentage",
}
_PLAIN = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false"}

_INTRODUCTION = f"""# Specifications

Generated from the models by `make docs`; change `les_xl/spec/*model.py`, not this page.

| file | what it says |
|---|---|
| `specs/les.yaml` | the workspace: ICB, year, published order, where the store and the extracts are |
| `specs/services/<les>.yaml` | one Local Enhanced Service each |
| `specs/extracts/<mapping>.yaml` | how a supplier's files map to our columns; [examples](extracts.md) |
| `specs/audiences/<audience>.yaml` | who receives what, in which form; [all of them](audiences.md) |
| `specs/schema/*.schema.json` | generated; an editor completes and checks the files with them |

`les-xl specs check` reads them all and shows everything that is wrong at once, each with file, line and
column. [specs/services/ltc.yaml](../specs/services/ltc.yaml) uses nearly every key.

## How values are written

| value | written as | |
|---|---|---|
| text | `Dementia` | in quotes where it would read as a number, `true`, `false` or `null`: `"2025"` |
| slug | `ring_pessary` | a to z, 0 to 9 and `_`, beginning with a letter |
| month | `2025-10` | |
| year | `2025-26` | a financial year, April to March |
| percentage | `60%` | always with its sign, 0% or more |

The files are YAML in UTF-8, of at most {MAX_BYTES // 1024} KiB each. Only plain whole and decimal numbers,
`true`, `false` and `null` are more than text: `NO`, `0123`, `1E5`, `12:30` and dates stay as they are
written. Anchors, aliases, merge keys, tags and a second document in a file are refused, and so is a key that
stands twice.
"""

_CONDITIONS = """## Conditions

`when:` compares measures with numbers: `<`, `<=`, `>`, `>=`, `==`, `!=`, joined by `and`, `or` and `not`,
with `+`, `-`, `*`, `/` and brackets. A percentage is written with its sign: `pct_plan_to_date < 60%`.
What is not known (not reported, no plan, a division by 0) flags nothing, under `not` and `!=` too; only what
is known to be so is flagged.

| measure | |
|---|---|
"""

_CHANGES = """## What changes within a year

A change is added with the month from which it holds, and leaves the positions of earlier months as they were:
delivered, percentages, exceptions, bands and checks up to October are the same before and after a change from
November. What is planned after the as-at month is shown as it is known now.

| what changes | how it is written |
|---|---|
| a plan | `to` at the old one, a second entry with `from`; each with its `annual_target` |
| a practice's target | a row of the plans file with the month in the column `from` |
| who is left out | `from` and `to` at an entry of `exclude` |
| who belongs where | a row of the organisations file with `valid_from` |
| who signed up | a row of the sign-up file with `from` |
| when something is flagged | `to` at the old rule, a second rule of the same `id` with `from` |
| bands | the old ones under `former_bands`, with `to` |
| what is counted | `from` and `to` at a metric |
| how much is usual | an entry of `rebase` at the metric's `chart`, with its reason |

Where a plan changes and its parts give no `annual_target` (LES159), the annual target in a month is what the
plan in force then comes to if it runs on. `les-xl specs diff OLD NEW` tells what a change amounts to.
"""


def markdown() -> str:
    """The page: how values are written, every key of every model, and the language of conditions."""
    sections = [_INTRODUCTION]
    models: dict[str, Schema] = {}
    tops = ("Service", "Workspace", "ExtractMapping", "Audience")
    for schema, top in zip(schemas().values(), tops, strict=True):
        # What two kinds of file share, as the owner, is told once.
        models = {**schema.get("$defs", {}), **models, top: schema}
    sections += [_section(name, models[name]) for name in _HEADINGS]
    measures = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in MEASURES.items())
    return "\n".join([*sections, _CONDITIONS + measures, _CHANGES])


def _section(name: str, schema: Schema) -> str:
    lines = [f"## {_HEADINGS[name]}", "", schema["description"], ""]
    lines += ["| key | value | where left out | what it means | example |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *_rows(schema)]) + "\n"


def _rows(schema: Schema) -> Iterator[str]:
    required = schema.get("required", ())
    for key, value in schema["properties"].items():
        left_out = "must be there" if key in required else _default(value)
        example = "".join(f"`{_as_yaml(example)}`" for example in value.get("examples", ()))
        cells = (f"`{key}`", _kind(value), left_out, value["description"], example)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(value: Schema) -> str:
    default = value.get("default")
    return f"`{_as_yaml(default)}`" if default not in (None, []) else ""


def _kind(value: Schema) -> str:
    """What may stand there, in words."""
    if "$ref" in value:
        return _link(value["$ref"])
    if options := value.get("anyOf") or value.get("oneOf"):
        return " or ".join(_kind(option) for option in options if option.get("type") != "null")
    if value.get("type") == "array":
        return f"list of: {_kind(value['items'])}"
    if "patternProperties" in value:
        return "; ".join(f"{_PATTERNS[key]}: {_kind(of)}" for key, of in value["patternProperties"].items())
    if choices := value.get("enum") or ([value["const"]] if "const" in value else None):
        return ", ".join(f"`{choice}`" for choice in choices)
    kind = _PATTERNS.get(value.get("pattern", ""), "") or _PLAIN[value["type"]]
    return f"{kind}, {value['minimum']} or more" if "minimum" in value else kind


def _link(reference: str) -> str:
    heading = _HEADINGS[reference.rpartition("/")[2]]
    return f"[{heading}](#{heading.lower().replace(' ', '-')})"


def _as_yaml(value: Any) -> str:
    """A value as it stands in a spec file."""
    if isinstance(value, list):
        return "[" + ", ".join(_as_yaml(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_as_yaml(item)}" for key, item in value.items()) + "}"
    return value if isinstance(value, str) else json.dumps(value)
