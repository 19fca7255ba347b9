"""Numbers as a sentence states them, and whether a true figure may be put so."""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NUMBER = r"[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
PERCENT = rf"{NUMBER}\s?(?:%|per cent|percent)"
_WORDS = {"half": "50%", "a half": "50%", "three quarters": "75%", "a quarter": "25%", "a third": "33%"}
FRACTION_WORDS = "|".join(sorted(_WORDS, key=len, reverse=True))

_ROUGHLY = r"about|around|approximately|roughly|some|circa|c\."
_OVER = r"more than|over|above|in excess of|at least"
_UNDER = r"less than|fewer than|under|below|nearly|almost|just under|up to"
_ABOUT = Decimal("0.05")
HEDGE = rf"(?:(?:{_ROUGHLY}|{_OVER}|{_UNDER})\s+)?"


@dataclass(frozen=True)
class Stated:
    """A number as it stands in a text: its value (a percentage as 56.3), its decimals, and how sure it is."""

    text: str
    value: Decimal
    decimals: int
    percent: bool
    hedge: str = ""

    def is_so(self, true: float) -> bool:
        """True where the figure, rounded as the text rounds (half up), is what the text states.

        `true` is a fraction where a percentage is stated. `more than 500` holds above 500, `nearly 500`
        below it by less than a tenth, `about 500` within 5 % of it.
        """
        if not math.isfinite(true):
            return False
        figure = Decimal(repr(float(true))) * (100 if self.percent else 1)
        if re.fullmatch(_OVER, self.hedge):
            return figure > self.value or (self.hedge == "at least" and figure == self.value)
        if re.fullmatch(_UNDER, self.hedge):
            near = self.hedge in {"nearly", "almost", "just under"}
            return figure < self.value and (not near or figure >= self.value * Decimal("0.9"))
        if re.fullmatch(_ROUGHLY, self.hedge):
            return abs(figure - self.value) <= abs(self.value) * _ABOUT
        return figure.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP) == self.value

    def written(self, true: float) -> str:
        """The true figure, written as the text writes its own."""
        figure = Decimal(repr(float(true))) * (100 if self.percent else 1)
        places = max(self.decimals, 1) if self.percent else self.decimals
        rounded = figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return f"{rounded:,}{'%' if self.percent else ''}"


def read(text: str) -> Stated:
    """The number of a text such as `44,698`, `56.3%`, `more than half`. Raises ValueError without one."""
    plain = " ".join(text.lower().split())
    hedge = re.match(rf"({_ROUGHLY}|{_OVER}|{_UNDER})\s+", plain)
    rest = plain[hedge.end() :] if hedge else plain
    rest = _WORDS.get(rest, rest)
    found = re.match(NUMBER, rest)
    if found is None:
        raise ValueError(f"there is no number in '{text}'")
    digits = found[0].replace(",", "").replace("−", "-").lstrip("+")
    percent = bool(re.search(r"%|per ?cent", rest))
    decimals = len(digits.partition(".")[2])
    return Stated(text.strip(), Decimal(digits), decimals, percent, hedge[1] if hedge else "")
