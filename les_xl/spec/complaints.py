"""Pydantic's complaints in our words: which kind of problem each is, and what was expected at its node."""

import re
from collections.abc import Callable
from collections.abc import Sequence as Steps
from dataclasses import dataclass

from pydantic_core import ErrorDetails

from les_xl.errors import Problem, nearest
from les_xl.errors import spec_files as kinds
from les_xl.spec import advice
from les_xl.spec.nodes import Document, Mapping, Node, Scalar, Sequence
from les_xl.spec.outline import Outline, Step
from les_xl.spec.scalars import MONTH_PATTERN, SLUG_PATTERN, YEAR_PATTERN

_FORMS = {
    SLUG_PATTERN: (
        "a slug (a to z, 0 to 9 and _, beginning with a letter)",
        "post_bariatric_monitoring",
        advice.slug,
    ),
    MONTH_PATTERN: ("a month", "2025-04", advice.month),
    YEAR_PATTERN: ("a financial year", "2025-26", advice.year),
}
_EXPECTED = {
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
}


@dataclass(frozen=True)
class _Spot:
    """Where a complaint points: the deepest node of its path, the outline there, and the last key passed."""

    document: Document
    node: Node
    outline: Outline
    key: Scalar | None

    @property
    def name(self) -> str:
        return self.key.text if self.key else "the file"

    @property
    def text(self) -> str:
        """The value as it is written, for a message."""
        return self.node.text if isinstance(self.node, Scalar) and self.node.text else _described(self.node)


def problem_of(document: Document, outline: Outline, complaint: ErrorDetails) -> Problem | None:
    """The problem that a complaint is (not of an unknown key); None where it only echoes another."""
    spot = _found(document, outline, complaint["loc"])
    if _echoes(spot.node, complaint):
        return None
    kind = complaint["type"]
    if kind in _EXPECTED:
        return _wrong_type(spot, _EXPECTED[kind])
    return _BY_TYPE.get(kind, _outside)(spot, complaint)


def _echoes(node: Node, complaint: ErrorDetails) -> bool:
    # A list whose items are all refused is called too short as well, though it is not.
    if complaint["type"] != "too_short" or not isinstance(node, Sequence):
        return False
    return len(node.items) >= int(complaint["ctx"]["min_length"])


def _found(document: Document, outline: Outline, loc: Steps[Step]) -> _Spot:
    node: Node = document.root
    key: Scalar | None = None
    for step in loc:
        tag, outline = outline.tagged, outline.at(step)
        if tag:
            continue
        if step == "[key]" and key is not None:
            node = key
        elif isinstance(node, Mapping) and (entry := node.entry(step)):
            node, key = entry.value, entry.key
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    return _Spot(document, node, outline, key)


def _described(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "keys and values"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return "true or false"
    return "text" if isinstance(node.value, str) else "a number"


def _wrong_type(spot: _Spot, expected: str) -> Problem:
    found = _described(spot.node)
    hint = "give it a value, or take the key out" if found == "nothing" else _instead(spot, expected)
    if expected == "a whole number" and found == "a number":
        found, hint = "a fraction", "write a whole number"
    return spot.document.problem(
        kinds.WRONG_TYPE, spot.node, key=spot.name, expected=expected, found=found, hint=hint
    )


def _instead(spot: _Spot, expected: str) -> str:
    written = spot.node.text if isinstance(spot.node, Scalar) else None
    if expected == "true or false":
        return "write true or false"
    if expected == "text":
        return f'put it in quotes: "{written}"' if written is not None else "write one text"
    if expected == "a list":
        return f"put it in brackets: [{written}]" if written is not None else "begin each entry with a dash"
    if expected == "keys and values":
        return advice.keys(spot.outline.keys)
    return advice.number(written, quoted=True) if written is not None else "write one number"


def _missing(spot: _Spot, complaint: ErrorDetails) -> Problem:
    key = str(complaint["loc"][-1])
    return spot.document.problem(kinds.MISSING_KEY, spot.node, key=key, meaning=spot.outline.meaning)


def _no_tag(spot: _Spot, complaint: ErrorDetails) -> Problem:
    key = complaint["ctx"]["discriminator"].strip("'")
    choices = " or ".join(spot.outline.tags)
    return spot.document.problem(kinds.MISSING_KEY, spot.node, key=key, meaning=choices)


def _no_choice(spot: _Spot, complaint: ErrorDetails) -> Problem:
    return _choice(spot, re.findall(r"'([^']*)'", complaint["ctx"]["expected"]))


def _bad_tag(spot: _Spot, complaint: ErrorDetails) -> Problem:
    discriminator = complaint["ctx"]["discriminator"].strip("'")
    entry = spot.node.entry(discriminator) if isinstance(spot.node, Mapping) else None
    at = _Spot(spot.document, entry.value, spot.outline, entry.key) if entry else spot
    return _choice(at, spot.outline.tags)


def _choice(spot: _Spot, choices: Steps[str]) -> Problem:
    near = nearest(spot.text, choices)
    hint = f"did you mean '{near}'?" if near else advice.choice(choices)
    return spot.document.problem(kinds.NOT_A_CHOICE, spot.node, written=spot.text, key=spot.name, hint=hint)


def _wrong_form(spot: _Spot, complaint: ErrorDetails) -> Problem:
    form = _FORMS.get(complaint["ctx"]["pattern"])
    if form is None:
        return _out_of_range(spot, "is blank", "write a text, or take the key out")
    return _form(spot, *form)


def _form(spot: _Spot, expected: str, example: str, mend: Callable[[str, str], str]) -> Problem:
    return spot.document.problem(
        kinds.WRONG_FORM, spot.node, written=spot.text, expected=expected, example=mend(spot.text, example)
    )


def _not_a_year(spot: _Spot, _: ErrorDetails) -> Problem:
    return _form(spot, *_FORMS[YEAR_PATTERN])


def _not_a_percentage(spot: _Spot, _: ErrorDetails) -> Problem:
    return spot.document.problem(kinds.NOT_A_PERCENTAGE, spot.node, written=spot.text)


def _out_of_range(spot: _Spot, reason: str, hint: str) -> Problem:
    return spot.document.problem(kinds.OUT_OF_RANGE, spot.node, key=spot.name, reason=reason, hint=hint)


def _below(spot: _Spot, complaint: ErrorDetails) -> Problem:
    return _out_of_range(
        spot,
        f"must be {complaint['ctx']['ge']:g} or more",
        f"mend the number: {spot.text} makes no sense here",
    )


def _too_long(spot: _Spot, complaint: ErrorDetails) -> Problem:
    most = complaint["ctx"]["max_length"]
    return _out_of_range(spot, f"has room for {most} entries only", f"keep {most} of them")


def _too_short(spot: _Spot, complaint: ErrorDetails) -> Problem:
    least = complaint["ctx"]["min_length"]
    reason = f"needs at least {least} {'entry' if least == 1 else 'entries'}"
    return _out_of_range(spot, reason, "add what is missing")


def _outside(spot: _Spot, complaint: ErrorDetails) -> Problem:
    return _out_of_range(spot, f"is refused: {complaint['msg']}", "look its key up in docs/specs.md")


_BY_TYPE: dict[str, Callable[[_Spot, ErrorDetails], Problem]] = {
    "missing": _missing,
    "union_tag_not_found": _no_tag,
    "union_tag_invalid": _bad_tag,
    "literal_error": _no_choice,
    "string_pattern_mismatch": _wrong_form,
    "financial_year": _not_a_year,
    "percentage": _not_a_percentage,
    "greater_than_equal": _below,
    "too_short": _too_short,
    "too_long": _too_long,
}
