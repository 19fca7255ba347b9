"""What the definition of a measure says, and where measures come from."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "count", "fraction", "ratio", "percentage points", "pounds", "per 1,000 patients", "months", "text"
]

REPORT = "performance report, November 2025"
PAPER = "monitoring paper, 28 May 2025"
DESIGN = "rule of LES-XL"


@dataclass(frozen=True)
class Definition:
    """A measure as people read it. `formula` is in words and names of other measures."""

    name: str
    title: str
    unit: Unit
    meaning: str
    formula: str
    source: str
    group: str = "Delivery"
