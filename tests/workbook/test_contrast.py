"""The colours: every text is readable on its fill, and the bands keep their order in grey."""

import pytest

from les_xl.excel import theme
from les_xl.measures.status import STATUSES


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_itself() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("pair", theme.PAIRS, ids=lambda pair: f"{pair.text} on {pair.fill}")
def test_text_is_readable(pair: theme.Pair) -> None:
    assert contrast(pair.text, pair.fill) >= 4.5


def test_bands_darken_in_steps_that_a_grey_copy_keeps() -> None:
    shades = [luminance(pair.fill) for pair in theme.BANDS]
    assert shades == sorted(shades, reverse=True)
    for lighter, darker in zip(theme.BANDS, theme.BANDS[1:], strict=False):
        assert contrast(lighter.fill, darker.fill) >= 1.25


@pytest.mark.parametrize("colour", [theme.PLAN_LINE, theme.DARK_BLUE, theme.BLUE])
def test_lines_stand_out_from_the_page(colour: str) -> None:
    assert contrast(colour, theme.WHITE) >= 3


def test_every_status_has_its_colours() -> None:
    assert tuple(theme.STATUS) == STATUSES


def test_fewer_bands_spread_over_the_palette() -> None:
    assert [theme.band(index, 3) for index in range(3)] == [theme.BANDS[0], theme.BANDS[2], theme.BANDS[5]]
    assert theme.band(0, 1) == theme.BANDS[-1]
    assert theme.band(9, 10) == theme.BANDS[-1]
