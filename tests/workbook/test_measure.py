"""Room for text: lines that wrap are no wider than their column, and lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.excel import measure

WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30)


def test_widths_are_those_of_arial_at_ten_points() -> None:
    # A digit is 556 thousandths of an em, and an em of 10 points is 13.33 pixels: 7 pixels, as Excel counts.
    assert measure.text_pixels("0" * 10) == pytest.approx(74.1, abs=0.1)
    assert measure.text_pixels("iiii") < measure.text_pixels("nnnn") < measure.text_pixels("mmmm")
    assert measure.text_pixels("words", bold=True) > measure.text_pixels("words")


@given(st.lists(WORDS, max_size=30), st.floats(20, 500))
def test_wrapping_loses_nothing_and_keeps_within_the_width(words: list[str], pixels: float) -> None:
    lines = measure.wrapped(" ".join(words), pixels)
    assert "".join(lines).replace(" ", "") == "".join(words)
    for line in lines:
        assert measure.text_pixels(line) <= pixels + 13 or " " not in line


@pytest.mark.parametrize(("text", "count"), [("", 1), ("short", 1), ("a text of several words", 2)])
def test_lines_of_a_column(text: str, count: int) -> None:
    assert measure.lines(text, 16) == count


def test_a_row_of_two_lines_is_higher() -> None:
    assert measure.row_points(2) - measure.row_points(1) == pytest.approx(12.75)
