"""Names of sheets: legal, short enough, each once; and links to them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from les_xl.excel.titles import LONGEST, link_to, sheet_names


def test_what_excel_does_not_allow_becomes_a_dash() -> None:
    assert sheet_names(["Spiro / FeNO", "Who? [draft]: a*b\\c", "'Quoted'"], []) == [
        "Spiro - FeNO", "Who- -draft- a-b-c", "Quoted",
    ]  # fmt: skip


def test_names_that_are_taken_get_a_number_in_whatever_case() -> None:
    assert sheet_names(["Notes", "notes", "History", ""], ["NOTES"]) == [
        "Notes (2)", "notes (3)", "History (2)", "LES",
    ]  # fmt: skip


def test_a_long_title_is_cut_and_still_told_from_its_neighbour() -> None:
    long = "A service whose title is far too long"
    assert sheet_names([long, long], []) == [
        "A service whose title is far to",
        "A service whose title is fa (2)",
    ]


def test_an_apostrophe_is_doubled_in_a_link() -> None:
    assert link_to("Women's health") == "internal:'Women''s health'!A1"


@given(st.lists(st.text(max_size=40), max_size=12), st.lists(st.text(max_size=31), max_size=3))
def test_every_name_is_legal_and_the_only_one(titles: list[str], taken: list[str]) -> None:
    names = sheet_names(titles, taken)
    assert len(names) == len(titles)
    folded = [name.casefold() for name in (*names,)]
    assert len(set(folded)) == len(folded)
    assert not {*folded} & {name.casefold() for name in taken}
    for name in names:
        assert 1 <= len(name) <= LONGEST
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert name.strip("'") == name.strip() == name
