"""Numbers as they are stated, and what may be stated of a figure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.report.claims.stated import read


@pytest.mark.parametrize(
    ("text", "value", "decimals", "percent", "hedge"),
    [
        ("44,698", "44698", 0, False, ""),
        ("56.3%", "56.3", 1, True, ""),
        ("56.30 per cent", "56.30", 2, True, ""),
        ("more than half", "50", 0, True, "more than"),
        ("around 1,200", "1200", 0, False, "around"),
        ("−26", "-26", 0, False, ""),
        ("+26", "26", 0, False, ""),
    ],
)
def test_numbers(text: str, value: str, decimals: int, percent: bool, hedge: str) -> None:
    found = read(text)
    assert (found.value, found.decimals, found.percent, found.hedge) == (
        Decimal(value),
        decimals,
        percent,
        hedge,
    )


def test_no_number() -> None:
    with pytest.raises(ValueError, match="no number"):
        read("some")


@pytest.mark.parametrize(
    ("text", "true", "so"),
    [
        ("56.4%", 110 / 195, True),
        ("56%", 110 / 195, True),
        ("56.3%", 110 / 195, False),
        ("31.3%", 5 / 16, True),  # 31.25 is rounded half up
        ("31.2%", 5 / 16, False),
        ("500", 500.4, True),
        ("500", 500.5, False),
        ("more than 500", 500.0, False),
        ("at least 500", 500.0, True),
        ("fewer than 500", 499.0, True),
        ("nearly 500", 455.0, True),
        ("nearly 500", 449.0, False),
        ("about 500", 525.0, True),
        ("about 500", 526.0, False),
        ("500", float("nan"), False),
    ],
)
def test_what_may_be_stated(text: str, true: float, so: bool) -> None:
    assert read(text).is_so(true) is so


@given(st.floats(0, 5, allow_nan=False), st.integers(0, 3))
def test_a_figure_rounded_half_up_is_so(fraction: float, places: int) -> None:
    exact = Decimal(repr(fraction)) * 100
    rounded = exact.quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
    assert read(f"{rounded:f}%").is_so(fraction)


@given(st.integers(0, 10**7))
def test_a_count_is_written_as_it_is_read(count: int) -> None:
    stated = read(f"{count:,}")
    assert stated.is_so(float(count))
    assert stated.written(float(count)) == f"{count:,}"
