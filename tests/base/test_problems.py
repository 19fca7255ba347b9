"""Problems: their printed form, carets, nearest names, and a catalogue without gaps."""

import re

import pytest

from les_xl.errors import Kind, LesError, Place, nearest, register, render
from les_xl.errors.reference import catalogue, markdown

UNKNOWN = Kind("LES000", "Unknown key", "unknown key '{key}'", "did you mean '{near}'?")


def test_a_problem_is_printed_with_its_place_its_line_and_a_caret() -> None:
    place = Place("specs/services/dementia.yaml", line=14, column=5)
    problem = UNKNOWN.at(place, source="  - tittle: x", key="tittle", near="title")
    assert render([problem]) == (
        "specs/services/dementia.yaml:14:5: LES000 unknown key 'tittle' — did you mean 'title'?\n"
        "      - tittle: x\n"
        "        ^"
    )


def test_a_place_in_an_extract_names_sheet_row_and_column() -> None:
    assert (
        str(Place("a.xlsx", sheet="Oct", row=12, field="value"))
        == "a.xlsx, sheet 'Oct', row 12, column 'value'"
    )
    assert str(Place()) == ""


def test_an_error_carries_every_problem() -> None:
    problems = [UNKNOWN.at(Place("a.yaml", line, 1), key="x", near="y") for line in (1, 2, 3)]
    error = LesError(*problems)
    assert error.problems == tuple(problems)
    assert str(error).count("LES000") == 3


def test_nearest_names() -> None:
    assert nearest("Demensia", ["Dementia", "Diabetes"]) == "Dementia"
    assert nearest("zzzz", ["Dementia", "Diabetes"]) is None


def test_a_code_stands_for_one_kind() -> None:
    taken = catalogue()[0]
    with pytest.raises(ValueError, match="twice"):
        register(Kind(taken.code, "Another", "another"))


@pytest.mark.parametrize("kind", catalogue(), ids=lambda kind: kind.code)
def test_every_kind_tells_what_to_do_with_an_example(kind: Kind) -> None:
    assert re.fullmatch(r"LES[1-9][0-9]{2}", kind.code)
    assert kind.title
    assert kind.message
    assert kind.hint, "what to do is part of the message"
    assert kind.mistake, "an example of the mistake belongs in docs/errors.md"
    assert kind.mended, "and of the mended text"


def test_the_page_names_every_kind() -> None:
    page = markdown()
    assert all(f"### {kind.code} {kind.title}" in page for kind in catalogue())
