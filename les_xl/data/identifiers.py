"""Patient identifiers: numbers that pass the NHS number check, and headings that name patients' details."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from les_xl.errors import Problem

if TYPE_CHECKING:
    import pandas as pd

WITHHELD = "[withheld]"
"""Stands where a text held an NHS number."""

_SEPARATOR = r"[\s.\-\u2010-\u2015\u2212]?"
# Ten digits that stand alone, in the usual groups of 3, 3 and 4 or in one, inside any text.
_GROUPED = rf"(?<![0-9])[0-9]{{3}}{_SEPARATOR}[0-9]{{3}}{_SEPARATOR}[0-9]{{4}}(?![0-9])"
# A whole cell of ten digits, however somebody has spaced them.
_SPACED = rf"\s*(?:[0-9]{_SEPARATOR}){{9}}[0-9]\s*"
_CANDIDATE = re.compile(rf"{_GROUPED}|^{_SPACED}$")
_WEIGHTS = range(10, 1, -1)

_PATIENT_DETAILS = frozenset(
    {
        "birthdate",
        "dateofbirth",
        "birthday",
        "dob",
        "familyname",
        "firstname",
        "firstnames",
        "forename",
        "forenames",
        "fullname",
        "givenname",
        "givennames",
        "initials",
        "lastname",
        "middlename",
        "nhsid",
        "nhsno",
        "nhsnum",
        "nhsnumber",
        "patient",
        "patientid",
        "ptname",
        "surname",
    }
)
_ORGANISATIONS = (
    "practice",
    "surgery",
    "gp",
    "organisation",
    "org",
    "provider",
    "pcn",
    "subicb",
    "trust",
    "site",
)
_ALWAYS = ("dateofbirth", "birthdate", "nhsnumber", "nhsno", "patientname", "patientaddress", "surname")
_UNLESS_OF_ORGANISATION = ("postcode", "postalcode")


def is_nhs_number(text: str) -> bool:
    """True for ten digits (spaces and dashes between them are passed over) that pass the modulus 11 check.

    The first nine digits, weighted 10 to 2, are summed; 11 less the remainder by 11 must be the tenth digit,
    11 standing for 0; 10 is never valid. Formula source: NHS Data Dictionary, NHS NUMBER.
    """
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) != 10:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def has_identifier(text: str) -> bool:
    """True where any part of the text passes the NHS number check."""
    return any(is_nhs_number(found[0]) for found in _CANDIDATE.finditer(text))


def rows_with_identifiers(texts: "pd.Series[str]") -> "pd.Series[bool]":
    """For each text of a column whether it holds a number that passes the NHS number check."""
    suspects = texts.str.contains(r"[0-9][^A-Za-z]*[0-9]", regex=True) & (texts.str.len() >= 10)
    found = {text: has_identifier(text) for text in texts[suspects].unique()}
    return texts.map(lambda text: found.get(text, False)).astype(bool)


def names_patients(heading: str, organisations: bool) -> bool:
    """True for a heading of patients' names, birth dates, addresses or NHS numbers.

    In an organisations file the name and the address are the organisation's. Elsewhere a bare `name` or
    `postcode` is refused, and `practice_name` or `practice_postcode` is not.
    """
    plain = re.sub(r"[^a-z]", "", heading.casefold())
    if plain in _PATIENT_DETAILS or plain.startswith("dob") or any(part in plain for part in _ALWAYS):
        return True
    if plain in ("name", "address"):
        return not organisations
    of_organisation = (organisations or plain.startswith(_ORGANISATIONS)) and "patient" not in plain
    return not of_organisation and any(part in plain for part in _UNLESS_OF_ORGANISATION)


def withhold(text: str) -> str:
    """The text with every number that passes the NHS number check replaced."""
    return _CANDIDATE.sub(lambda found: WITHHELD if is_nhs_number(found[0]) else found[0], text)


def without_identifiers(problem: Problem) -> Problem:
    """The problem with no NHS number in any of its texts, wherever one may have come from."""
    place = problem.place
    safe = replace(
        place,
        file=_withhold_any(place.file),
        sheet=_withhold_any(place.sheet),
        field=_withhold_any(place.field),
        cell=_withhold_any(place.cell),
    )
    return replace(
        problem,
        place=safe,
        message=withhold(problem.message),
        hint=withhold(problem.hint),
        source=withhold(problem.source),
        value=withhold(problem.value),
    )


def _withhold_any(text: str | None) -> str | None:
    return text if text is None else withhold(text)
