"""Sentences about sign-up: the published ones agree, and each kind is right or wrong by figures by hand."""

import pytest

from les_xl.position import Position, make_position
from tests.claims.saying import judged, verdicts
from tests.position.world import known, organisation, service, specs

AGREES, DISAGREES, UNKNOWN = "agrees", "disagrees", "cannot be judged"

AVERAGE = (
    "Sign-Up Rates: The sign-up figures for all LESs across the ICB remain unchanged from last month, with "
    "an average sign-up rate of 96% across GP practices in Lancashire and South Cumbria (LSC)."
)
ROUTINE = "There is a 96% sign up to the delivery of the routine LES contracts for 2025/26."
PUBLISHED = {AVERAGE: [(AGREES, "96%"), (AGREES, "unchanged")], ROUTINE: [(AGREES, "96%")]}


@pytest.mark.parametrize(("text", "expected"), PUBLISHED.items())
def test_the_published_sentences_agree(
    position: Position, text: str, expected: list[tuple[str, str]]
) -> None:
    assert judged(position, text, "Actions:", "General Practice Local Enhanced Services: LTC") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Ring pessary: 190 signed up, of 196 that could and 197 that are open: 96.9 % and 96.4 %.
        ("The sign-up rate of Ring Pessary is 96.9%.", [(AGREES, "96.9%")]),
        ("Ring Pessary has a sign-up rate of 96.9%.", [(AGREES, "96.9%")]),
        ("Ring Pessary has a sign-up rate of 96.4%.", [(AGREES, "96.4%")]),
        ("Ring Pessary has a sign-up rate of 95.9%.", [(DISAGREES, "95.9%")]),
        ("There is a 97% sign-up to Ring Pessary.", [(AGREES, "97%")]),
        ("97% of practices have signed up to Ring Pessary.", [(AGREES, "97%")]),
        ("90% of practices are signed up to Ring Pessary.", [(DISAGREES, "90%")]),
        ("190 practices signed up to Ring Pessary.", [(AGREES, "190")]),
        ("191 practices are signed up to Ring Pessary.", [(DISAGREES, "191")]),
        ("190 of 196 practices are signed up to Ring Pessary.", [(AGREES, "190"), (AGREES, "196")]),
        ("190 of 197 practices have signed up to Ring Pessary.", [(AGREES, "190"), (AGREES, "197")]),
        ("190 of 195 practices have signed up to Ring Pessary.", [(AGREES, "190"), (DISAGREES, "195")]),
        ("190 practices have signed up.", [(UNKNOWN, "")]),
        ("The average sign-up rate is 98%.", [(DISAGREES, "98%")]),
        ("Sign-up averages 96.8% over 13 LES, from 93.9% (Phlebotomy) to 100.0% (LTC LES).",
         [(AGREES, "96.8%"), (AGREES, "13"), (AGREES, "93.9%"), (AGREES, "100.0%")]),
        ("Sign-up averages 96.8% over 12 LES, from 94.9% (Phlebotomy) to 100.0% (LTC LES).",
         [(AGREES, "96.8%"), (DISAGREES, "12"), (DISAGREES, "94.9%"), (AGREES, "100.0%")]),
        ("1 practice has given notice.", [(AGREES, "1")]),
        ("2 practices gave notice on Dementia.", [(DISAGREES, "2")]),
        ("145,951 registered patients are not covered for Diabetes.", [(AGREES, "145,951")]),
        ("75,173 patients are not covered for Diabetes in Central.", [(AGREES, "75,173")]),
        ("75,174 patients are not covered for Diabetes in Central.", [(DISAGREES, "75,174")]),
        ("8 patients are not covered for Vasectomy.", [(UNKNOWN, "")]),
        ("Sign-up figures are unchanged from September 2025.", [(AGREES, "unchanged")]),
        ("Sign-up figures are unchanged from March 2025.", [(UNKNOWN, "")]),
    ],
)  # fmt: skip
def test_each_kind_of_claim(position: Position, text: str, expected: list[tuple[str, str]]) -> None:
    assert judged(position, text) == expected


def test_the_source_says_of_whom_the_rate_is(position: Position) -> None:
    (found,) = verdicts(position, "Ring Pessary has a sign-up rate of 96.4%.")
    assert "of all that are open, October 2025" in found.source
    (found,) = verdicts(position, "Ring Pessary has a sign-up rate of 90%.")
    assert found.right == "96.9%"
    assert "of those that could" in found.source


def test_a_change_of_sign_up_is_said() -> None:
    signup = [
        ("A1", "dementia", "signed_up", "", "", ""),
        ("B2", "dementia", "signed_up", "2025-06", "", ""),
    ]
    two = [organisation("A1"), organisation("B2")]
    position = make_position(specs(service()), known(two, signup=signup), "2025-06")
    (found,) = verdicts(position, "The sign-up figures remain unchanged from last month.")
    assert (found.judgement, found.right) == (DISAGREES, "dementia 1 to 2")
