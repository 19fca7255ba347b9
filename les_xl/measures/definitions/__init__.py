"""What each measure is: definition, unit, formula and source, from which `docs/measures.md` is made."""

from les_xl.measures.definitions.definition import Definition
from les_xl.measures.definitions.delivery import DELIVERY
from les_xl.measures.definitions.pace import PACE
from les_xl.measures.definitions.practices import BANDS, PEERS
from les_xl.measures.definitions.provision import SHIFT, SIGNUP
from les_xl.measures.definitions.quality import QUALITY
from les_xl.measures.definitions.signals import EXCEPTIONS, TRENDS

__all__ = ["DEFINITIONS", "Definition", "markdown"]

DEFINITIONS: tuple[Definition, ...] = (
    *DELIVERY,
    *PACE,
    *BANDS,
    *SIGNUP,
    *QUALITY,
    *TRENDS,
    *EXCEPTIONS,
    *PEERS,
    *SHIFT,
)
"""Every measure, in the order of the page."""


def markdown() -> str:
    """`docs/measures.md`: every measure by group."""
    lines = [
        "# Measures",
        "",
        "Generated from `les_xl/measures/definitions`; `make docs` writes it anew. Fractions are shown as",
        "percentages; nothing is computed from a rounded number. How months, marks and who counts are",
        "decided is in [figures.md](figures.md).",
    ]
    for group in dict.fromkeys(one.group for one in DEFINITIONS):
        lines += [
            "",
            f"## {group}",
            "",
            "| measure | name | unit | what it is | formula | source |",
            "|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {one.title} | `{one.name}` | {one.unit} | {one.meaning} | {one.formula} | {one.source} |"
            for one in DEFINITIONS
            if one.group == group
        ]
    return "\n".join(lines) + "\n"
