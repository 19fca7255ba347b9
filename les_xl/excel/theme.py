"""Colours, fonts and cell formats of the workbook: NHS identity blue used soberly, every pair readable."""

from dataclasses import dataclass
from typing import Any

FONT = "Arial"
SIZE = 10

WHITE = "#FFFFFF"
BLACK = "#212B32"
BLUE = "#005EB8"
DARK_BLUE = "#003087"
GREY = "#4C6272"
LINE = "#D8DDE0"
STRONG_LINE = "#768692"
TINT = "#F0F4F5"
PLAN_LINE = "#425563"


@dataclass(frozen=True)
class Pair:
    """A text colour on the fill that it stands on."""

    text: str
    fill: str


BODY = Pair(BLACK, WHITE)
MUTED = Pair(GREY, WHITE)
DERIVED = Pair(BLACK, TINT)
MUTED_DERIVED = Pair(GREY, TINT)
HEADER = Pair(WHITE, BLUE)
TITLE = Pair(DARK_BLUE, WHITE)
LINK = Pair(BLUE, WHITE)
OWN_HEADER = Pair(BLACK, "#FFECB3")
OWN_CELL = Pair(BLACK, "#FFFBEF")

STATUS: dict[str, Pair] = {
    "Well below plan": Pair("#7A0B14", "#F9D9DB"),
    "Below plan": Pair("#5C3A00", "#FFEBC2"),
    "On plan": Pair("#00401F", "#D9EFE0"),
    "Above plan": Pair("#003087", "#DCE9F5"),
    "Well above plan": Pair("#43146B", "#E8DDF2"),
}
SEVERITY: dict[str, Pair] = {
    "Alert": STATUS["Well below plan"],
    "Advise": STATUS["Below plan"],
    "Assure": STATUS["On plan"],
}
PEERS: dict[str, Pair] = {
    "Very low": STATUS["Well below plan"],
    "Low": STATUS["Below plan"],
    "High": STATUS["Above plan"],
    "Very high": STATUS["Well above plan"],
}
CHECK: dict[str, Pair] = {"Failed": STATUS["Well below plan"], "Passed": STATUS["On plan"]}
SHIFT: dict[str, Pair] = {"Fewer elsewhere": STATUS["On plan"], "More elsewhere": STATUS["Below plan"]}
RETURN: dict[str, Pair] = {"Missing": STATUS["Below plan"]}

BANDS: tuple[Pair, ...] = (
    Pair(BLACK, "#E6F0F9"),
    Pair(BLACK, "#B5D3EC"),
    Pair(BLACK, "#7FB2DD"),
    Pair(WHITE, "#2F75B8"),
    Pair(WHITE, "#00509E"),
    Pair(WHITE, "#00264D"),
)
"""From the lowest band to the highest, each darker than the one before: grey copies keep the order."""

PAIRS: tuple[Pair, ...] = (
    BODY, MUTED, DERIVED, MUTED_DERIVED, HEADER, TITLE, LINK, OWN_HEADER, OWN_CELL,
    *STATUS.values(), *BANDS,
)  # fmt: skip
"""Every pair of text and fill in use."""

NUMBER_FORMATS: dict[str, str] = {
    "number": "#,##0",
    "exact": "#,##0.00####",
    "ratio": "0.00",
    "signed": "[>=0.5]+#,##0;[<=-0.5]-#,##0;0",
    "percent": "0.0%",
    "points": '+0.0" pts";-0.0" pts";0.0" pts"',
    "month": "mmm-yy",
    "date": "dd mmm yyyy",
}
"""How the kinds of columns are shown; what rounds to 0 shows no sign."""


def band(index: int, bands: int) -> Pair:
    """The colours of a band, spread over the palette where there are fewer bands than colours."""
    if bands <= 1:
        return BANDS[-1]
    return BANDS[min(len(BANDS) - 1, round(index * (len(BANDS) - 1) / (bands - 1)))]


def on(pair: Pair, **more: Any) -> dict[str, Any]:
    """Format properties of a pair."""
    fill = {} if pair.fill == WHITE else {"bg_color": pair.fill, "pattern": 1}
    return {"font_color": pair.text, **fill, **more}
