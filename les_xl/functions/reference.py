"""`docs/functions.md` from the registry: every function with its arguments and an example."""

from les_xl.functions.registry import Function, functions
from les_xl.marks import MEANING, Mark

_MARKS = (Mark.NOT_REPORTED, Mark.NOT_APPLICABLE)
_HEAD = """\
# The `=LES_…` functions

Generated from the registry in `les_xl/functions/`; `make docs` writes it anew.

The same functions answer in a cell and in the terminal:

```
les-xl calc 'LES_PCT_PLAN("Dementia","Oct-25")'
```

Where a terminal takes the double quotation marks away (PowerShell, the Windows command prompt), write single
ones inside: `les-xl calc "LES_PCT_PLAN('Dementia','Oct-25')"`.

- **les** is the name as published, the title, the slug (`dementia`) or an unambiguous part of one, in any
  case. A LES that is published in several rows needs the row's name: `Vasectomy Procedure`, not `Vasectomy`.
- **month** is `Oct-25`, `2025-10`, `October 2025`, or a cell that holds a date. Left out or empty, it is the
  as-at month of the position.
- **org** is the code or the name of a practice, PCN, place or Sub ICB Group. Left out or empty, it is the
  ICB. A name that several organisations share is told apart by its code, or by `(place)` behind the name.
- **metric** is the slug or the title of a metric. Left out, it is the published one.
- **month** of `LES_TABLE` and `LES_EXCEPTIONS` is the as-at month at which the whole position is to stand, as
  in `les-xl refresh --as-at`. The first answer for another month takes a second or two, the next ones do not.
- A cell, a range of one cell, or text with spaces around it will do; a range of several cells is `#N/A`.

Functions that give a table spill: their headings stand in the first row. `LES_TABLE` gives the cells of the
workbook's own tables, of the ICB or of one organisation. Months in a table are texts, as `Oct-25`.

A percentage is a fraction (0.521 for 52.1 %); format the cell as `0.0%`. Nothing is rounded.

| answer | meaning |
|---|---|
{marks}
| `#N/A` | what is asked for is not there; the reason is shown where the host can |
| another error | an argument is that error |

They are different facts, and none of them is 0.
"""


def markdown() -> str:
    """The function reference as a page."""
    marks = "\n".join(f"| `{mark}` | {MEANING[mark]} |" for mark in _MARKS)
    lines = [_HEAD.format(marks=marks), "| function | what it gives |", "|---|---|"]
    lines += [f"| [`{each.syntax}`](#{each.name.lower()}) | {each.summary} |" for each in functions()]
    for category in dict.fromkeys(each.category for each in functions()):
        lines += ["", f"## {category}"]
        for each in functions():
            lines += _entry(each) if each.category == category else []
    return "\n".join(lines) + "\n"


def _entry(each: Function) -> list[str]:
    lines = ["", f"### {each.name}", "", each.summary, "", "```", each.example, "```", ""]
    lines += ["| argument | | |", "|---|---|---|"]
    for parameter in each.parameters:
        needed = "may be left out" if parameter.optional else "needed"
        lines.append(f"| {parameter.name} | {needed} | {parameter.help} |")
    return [*lines, "", f"Gives a {each.returns}."]
