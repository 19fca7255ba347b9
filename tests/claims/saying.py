"""Short ways to say a sentence and to have it judged."""

from les_xl.errors import Place
from les_xl.position import Position
from les_xl.report.claims.judge import judge
from les_xl.report.claims.passages import Document, sentences
from les_xl.report.claims.verdict import Verdict


def verdicts(position: Position, text: str, *headings: str) -> tuple[Verdict, ...]:
    """What is judged of a text under headings, the nearest first."""
    return judge(Document(tuple(sentences(text, Place("text", line=1), headings))), position)


def judged(position: Position, text: str, *headings: str) -> list[tuple[str, str]]:
    """The judgement of each claim with what it states."""
    return [(verdict.judgement, verdict.stated) for verdict in verdicts(position, text, *headings)]
