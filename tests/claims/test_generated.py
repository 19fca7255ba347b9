"""Sentences that the product makes from its figures: none is blamed, and one with another figure is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.errors import Place
from les_xl.measures.silence import as_lines
from les_xl.position import Position
from les_xl.report import drafts, narrative
from les_xl.report.claims.judge import judge
from les_xl.report.claims.passages import Document, Passage, sentences
from les_xl.report.figures import exception_lines, records
from les_xl.report.tables import texts
from les_xl.report.three_as import three_as
from les_xl.report.words import CONTRACTS
from tests.claims.saying import verdicts
from tests.position.test_trends import position as charted
from tests.workbook.sample_position import sample_position

POSITION = sample_position()


def passages(position: Position) -> list[Passage]:
    """Every sentence of the workbook that is made from figures, under the headings that it stands under."""
    place = Place("generated", line=1)
    found: list[Passage] = []
    for point in narrative.points_of_note(position):
        found += sentences(point.sentence, place, (point.topic,))
    for _, point in three_as(position).by_heading():
        found += sentences(point.sentence, place, (point.topic,))
    for section in narrative.sections(position):
        for heading in drafts.HEADINGS:
            found += sentences(drafts.draft(position, section, heading), place, (heading, section))
    for service in position.specs.services:
        for metric in service.published or (service.headline,):
            said = narrative.service_chart(position, service, metric)
            found += sentences(said, place, (service.title,))
    for banding in position.bandings.values():
        found += sentences(narrative.banding_chart(banding), place)
    for contract, title in CONTRACTS.items():
        found += sentences(narrative.plan_chart(position, contract), place, (title,))
    found += sentences(narrative.profile_chart(position), place)
    for sentence in position.exceptions["sentence"]:
        found += sentences(str(sentence), place)
    return found


def test_none_is_blamed_and_nearly_all_are_understood() -> None:
    said = passages(POSITION)
    found = judge(Document(tuple(said)), POSITION)
    assert [str(verdict) for verdict in found if verdict.judgement == "disagrees"] == []
    # Not understood: the two lists of shares in the texts beside the charts of a kind of contract.
    assert sum(verdict.judgement == "cannot be judged" for verdict in found) == len(CONTRACTS)
    assert len(found) > 3 * len(said)


CALM = [100.0, 120.0] * 12


@pytest.mark.parametrize(
    "last", [[200.0], [10.0], [126.0, 127] * 4, [101.0, 104, 107, 110, 113, 116, 119], [200.0, 110.0]]
)
def test_sentences_about_special_cause_are_not_blamed(last: list[float]) -> None:
    position = charted(*CALM[: 24 - len(last)], *last)
    said = [*position.exceptions["sentence"], *position.resolved["sentence"]]
    said += [line.text for line in texts.lines(position)]
    assert len(said) > 3
    place = Place("generated", line=1)
    found = judge(Document(tuple(one for text in said for one in sentences(str(text), place))), position)
    assert [str(verdict) for verdict in found if verdict.judgement == "disagrees"] == []


def test_lines_of_silence_and_what_is_resolved_are_not_blamed() -> None:
    resolved = as_lines(records(POSITION.resolved))
    said = [str(line["sentence"]) for line in (*exception_lines(POSITION), *resolved)]
    place = Place("generated", line=1)
    found = judge(Document(tuple(one for text in said for one in sentences(text, place))), POSITION)
    assert [str(verdict) for verdict in found if verdict.judgement == "disagrees"] == []


NUMBERS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+\.\d%|(?<![\d.,-])\d{2,3}(?![\d.,%-])(?! \d{4})")
CHANGEABLE = [
    passage
    for passage in passages(POSITION)[:400]
    if NUMBERS.search(passage.text)
    and not passage.text.startswith(("Post Bariatric Monitoring 4", "LTC LES 9"))
]


@given(st.sampled_from(CHANGEABLE), st.data())
def test_another_figure_is_blamed(passage: Passage, data: st.DataObject) -> None:
    """One number of a sentence is made larger by a tenth at least: it no longer agrees."""
    spots = [
        one
        for one in NUMBERS.finditer(passage.text)
        if not re.search(r"(?:than|above|below|at) $", passage.text[: one.start()])
        and not re.match(r" (?:practices have|published)", passage.text[one.end() :])
    ]
    if not spots:
        return
    spot = data.draw(st.sampled_from(spots))
    number = float(spot[0].replace(",", "").rstrip("%"))
    wrong = f"{number * 1.2 + 1:.1f}%" if spot[0].endswith("%") else f"{int(number * 1.2) + 1:,}"
    text = passage.text[: spot.start()] + wrong + passage.text[spot.end() :]
    if text == passage.text:
        return
    found = verdicts(POSITION, text, *passage.headings)
    assert any(verdict.judgement == "disagrees" for verdict in found), text


@pytest.mark.parametrize("section", [*CONTRACTS.values(), "LTC LES", "Summary"])
def test_every_section_says_something(section: str) -> None:
    assert any(section in passage.headings for passage in passages(POSITION))
