"""The way in: a document and a position in, a verdict on every claim out, in the order of the document."""

import re
from collections.abc import Iterable, Iterator

from les_xl.position import Position
from les_xl.report.claims import counts, delivery, practices, quality, signup, trends
from les_xl.report.claims.passages import Document, Passage
from les_xl.report.claims.sentence import Reader, Sentence, Topic, widened
from les_xl.report.claims.stated import NUMBER
from les_xl.report.claims.subjects import MONTH, Subjects
from les_xl.report.claims.tables import table_verdicts
from les_xl.report.claims.tally import Tally
from les_xl.report.claims.verdict import Verdict

_READERS: tuple[Reader, ...] = (
    trends.statuses,
    trends.movers,
    counts.returns,
    counts.checks,
    counts.by_rule,
    counts.flagged,
    signup.rates,
    signup.practices,
    signup.patients,
    signup.unchanged,
    quality.rates,
    trends.ranges,
    practices.over_a_share,
    practices.change_of_share,
    practices.in_a_band,
    practices.listed_bands,
    practices.change_of_band,
    delivery.part_of_whole,
    delivery.of_target,
    delivery.of_plan,
    delivery.change_of_delivered,
    delivery.counts,
    trends.each_month,
    trends.steadily,
    trends.on_target,
    trends.as_expected,
    trends.how_many_contracts,
)
"""Every kind of claim that is understood; what one has read, those after it do not read again."""

_FIGURE = re.compile(
    rf"{NUMBER}\s?(?:%|per cent)|(?<![\d/]){NUMBER}(?![\d/]|st\b|nd\b|rd\b|th\b)", re.IGNORECASE
)
_NO_FIGURE = re.compile(
    rf"{MONTH}|\b(?:19|20)\d\d(?:[/-]\d\d)?\b|\b(?:slide|page|figure|table|domain|section|appendix|stage|q)\s?\d+"
    r"|\b(?:first|last|next|every|within)\s\d+\b|\b\d+(?:st|nd|rd|th)\b|\b\d+ (?:months?|weeks?|days?)\b",
    re.IGNORECASE,
)
_LEAST = 10
"""Smaller numbers without a unit are more often numbering than figures."""


def judge(document: Document, position: Position) -> tuple[Verdict, ...]:
    """A verdict on every claim that is understood, and `cannot be judged` on other figures in sentences."""
    tally, subjects = Tally(position), Subjects(position)
    said = [*_sentences(document.passages, tally, subjects)]
    for grid in document.grids:
        said += table_verdicts(grid, tally, subjects)
    return tuple(sorted(said, key=lambda verdict: verdict.place.line or 0))


def _sentences(passages: Iterable[Passage], tally: Tally, subjects: Subjects) -> Iterator[Verdict]:
    topic = Topic()
    for passage in passages:
        if not passage.before:
            topic = Topic()
        about = widened(subjects.about(passage.text), passage, subjects)
        sentence = Sentence(passage, about, tally, subjects, topic)
        for reader in _READERS:
            yield from reader(sentence)
        yield from _not_understood(sentence)


def _not_understood(sentence: Sentence) -> Iterator[Verdict]:
    """Figures of a sentence that no reader knows, as one verdict."""
    skipped = [found.span() for found in _NO_FIGURE.finditer(sentence.text)]
    left = [
        found[0]
        for found in _FIGURE.finditer(sentence.text)
        if not any(found.start() < last and found.end() > first for first, last in (*sentence.used, *skipped))
        and ("%" in found[0] or float(found[0].replace(",", "").replace("−", "-")) >= _LEAST)
    ]
    if left:
        yield sentence.unknown(sentence.text, f"what {', '.join(left)} is about is not understood")
