"""The pieces of a `when:` condition: measures that it may name, and its text cut into tokens."""

import re
from typing import Literal, NamedTuple

from les_xl.errors import Kind, LesError, Place
from les_xl.errors import spec_conditions as kinds

MEASURES = {
    "pct_plan": "delivered ÷ planned, in the month",
    "pct_plan_to_date": "delivered ÷ planned, from the first month of the LES to the month",
    "pct_annual": "delivered to date ÷ annual target",
    "pct_expected_to_date": "delivered ÷ expected by the profile, to date",
    "planned": "planned in the month",
    "delivered": "delivered in the month",
    "planned_to_date": "planned to date",
    "delivered_to_date": "delivered to date",
    "variance": "delivered − planned, in the month",
    "variance_to_date": "delivered − planned, to date",
    "change": "delivered − delivered in the month before",
    "months_not_reported": "months without a return in a row, up to the month",
    "months_in_service": "months since the LES started, the first one counted",
}
"""Measures that a condition may name; those that begin with `pct_` are fractions, written as `60%`."""

MEASURE_NAMES = tuple(MEASURES)

MAX_TOKENS = 200

_MEANT = {
    "=": "==",
    "<>": "!=",
    "=<": "<=",
    "=>": ">=",
    "&&": "and",
    "||": "or",
    "&": "and",
    "|": "or",
    "!": "not",
}
_TOKEN = re.compile(
    r"(?P<number>[0-9][A-Za-z0-9_.]*)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign><>|[<>=!]=|=[<>]|&&|\|\||[<>%()+*/=&|!-])"
)
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_MOST_DIGITS = 15
_WORDS = ("and", "or", "not")


class Token(NamedTuple):
    """A piece of the text, what sort it is, and where it begins (from 0)."""

    sort: Literal["number", "name", "sign", "end"]
    text: str
    at: int


def refuse(kind: Kind, text: str, at: int, **words: str) -> LesError:
    """The error of a condition: its place is a column of the text itself, from 1."""
    return LesError(kind.at(Place(column=at + 1), source=text, **words))


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a condition, an end token last. Raises LesError (LES170, LES172)."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found = _TOKEN.match(text, at)
        if found is None:
            raise refuse(kinds.CONDITION, text, at, what=f"'{text[at]}' has no meaning here")
        if len(tokens) == MAX_TOKENS:
            raise refuse(kinds.CONDITION_TOO_LONG, text, at, what=f"longer than {MAX_TOKENS} words and signs")
        tokens.append(_token(text, found))
        at = found.end()
    return (*tokens, Token("end", "", len(text)))


def _token(text: str, found: re.Match[str]) -> Token:
    piece, at = found[0], found.start()
    if found["number"]:
        if not _NUMBER.fullmatch(piece):
            raise refuse(kinds.CONDITION, text, at, what=f"'{piece}' is not a number")
        if len(piece) > _MOST_DIGITS:
            raise refuse(kinds.CONDITION, text, at, what="the number has too many digits")
        return Token("number", piece, at)
    if found["word"]:
        # People write AND as often as and; measures are spelt one way only.
        return Token("sign", piece.lower(), at) if piece.lower() in _WORDS else Token("name", piece, at)
    if piece in _MEANT:
        raise refuse(kinds.CONDITION, text, at, what=f"for '{piece}' write '{_MEANT[piece]}'")
    return Token("sign", piece, at)
