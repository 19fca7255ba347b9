"""One claim and what became of it: the words, what they state, the right figure and where it comes from."""

from dataclasses import dataclass, field
from typing import Literal

from les_xl.errors import Place

Judgement = Literal["agrees", "disagrees", "cannot be judged"]


@dataclass(frozen=True)
class Verdict:
    """A judged claim.

    claim: the words that make it. stated, right: the figures as text, `right` empty where none is known.
    source: what gave the right figure, or why there is none. place: file with line, or sheet with cell.
    """

    judgement: Judgement
    claim: str
    stated: str
    right: str
    source: str
    place: Place = field(default_factory=Place)

    def __str__(self) -> str:
        """`report.md:12: disagrees: '44,698 …' states 44,698, and it is 44,608 (LTC LES, delivered …)`."""
        where = f"{self.place}: " if str(self.place) else ""
        if self.judgement == "cannot be judged":
            return f"{where}cannot be judged: '{self.claim}' ({self.source})"
        found = f"and it is {self.right}" if self.judgement == "disagrees" else "and it is so"
        return f"{where}{self.judgement}: '{self.claim}' states {self.stated}, {found} ({self.source})"

    def as_json(self) -> dict[str, str]:
        """The verdict as JSON can hold it."""
        names = ("judgement", "claim", "stated", "right", "source")
        return {name: getattr(self, name) for name in names} | {"place": str(self.place)}
