"""A sentence while its claims are read: what it is about, which words are used up, what is judged."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from les_xl.report.claims.passages import Passage
from les_xl.report.claims.stated import Stated
from les_xl.report.claims.subjects import About, Subjects
from les_xl.report.claims.tally import Figure, Tally
from les_xl.report.claims.verdict import Judgement, Verdict
from les_xl.spec.model import Contract

NO_FIGURE = "the position has no such figure"


@dataclass
class Topic:
    """What the sentences of a paragraph are talking about, for one that says only `a reduction of 26`."""

    band: str | None = None
    edge: float | None = None


@dataclass
class Sentence:
    """One sentence. `used` are the parts of its text that a claim has been read from."""

    passage: Passage
    about: About
    tally: Tally
    subjects: Subjects
    topic: Topic
    used: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words."""
        return self.passage.text

    @property
    def contract(self) -> Contract | None:
        """The kind of contract that is named nearest: here, in the paragraph, in a heading above."""
        for said in (self.text, *reversed(self.passage.before), *self.passage.headings):
            if (contract := self.subjects.about(said).contract) is not None:
                return contract
        return None

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches in words that no claim was read from yet; each is used up."""
        for found in pattern.finditer(self.text):
            if all(found.end() <= first or found.start() >= last for first, last in self.used):
                self.used.append(found.span())
                yield found

    def verdict(
        self, judgement: Judgement, claim: str, stated: str, right: str = "", source: str = ""
    ) -> Verdict:
        """A verdict at the sentence's place."""
        words = " ".join(claim.strip(" ,;:").split())
        return Verdict(judgement, words, stated, right, source, self.passage.place)

    def unknown(self, claim: str, why: str = NO_FIGURE) -> Verdict:
        """A claim that nothing can be held against."""
        return self.verdict("cannot be judged", claim, "", source=why)

    def figure(self, claim: str, stated: Stated, right: Figure | None) -> Verdict:
        """A stated number held against the right one."""
        if right is None:
            return self.unknown(claim)
        judgement: Judgement = "agrees" if stated.is_so(right.value) else "disagrees"
        return self.verdict(judgement, claim, stated.text, stated.written(right.value), right.source)

    def so(self, claim: str, so: bool, stated: str, right: str, source: str) -> Verdict:
        """A statement in words, true or not."""
        return self.verdict("agrees" if so else "disagrees", claim, stated, right, source)


Reader = Callable[[Sentence], Iterable[Verdict]]
"""Reads one kind of claim from a sentence."""


def widened(about: About, passage: Passage, subjects: Subjects) -> About:
    """What a sentence is about, with what its paragraph and then its heading name."""
    found = about
    for said in (*reversed(passage.before), *passage.headings):
        if found.rows or found.contract:
            break
        found = found.or_else(replace(subjects.about(said), org=None, month=None))
    return found
