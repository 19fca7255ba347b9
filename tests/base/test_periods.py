"""Months and financial years as people, files and Excel write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl import periods

MONTHS = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)).map(periods.month_of)


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2025-10", "2025-10"),
        ("Oct-25", "2025-10"),
        ("oct 2025", "2025-10"),
        ("OCTOBER 2025", "2025-10"),
        ("Sept 2025", "2025-09"),
        ("31/10/2025", "2025-10"),
        ("10/2025", "2025-10"),
        ("2025-10-31", "2025-10"),
        ("2025-10-31 00:00:00", "2025-10"),
        ("01-Oct-25", "2025-10"),
        (date(2025, 10, 31), "2025-10"),
        (datetime(2025, 10, 1, 12, 0), "2025-10"),  # noqa: DTZ001 - Excel's dates have no zone
        (45931, "2025-10"),  # 1 October 2025 in Excel's 1900 system
        (45961.75, "2025-10"),  # 31 October 2025, 18:00
    ],
)
def test_a_month_is_read_as_written(written: object, month: str) -> None:
    assert periods.parse_month(written) == month


@pytest.mark.parametrize(
    "written",
    ["", "Octember", "2025-13", "13/13/2025", "Oct", "2025", "31/02/2025", 3, -1, 1e9, True, "0025-10"],
)
def test_what_is_no_month_is_refused_with_a_sentence(written: object) -> None:
    with pytest.raises(ValueError, match="write 2025-10 or Oct-25"):
        periods.parse_month(written)


@given(MONTHS)
def test_every_way_to_write_a_month_reads_back(month: str) -> None:
    assert periods.parse_month(periods.long_label(month)) == month
    assert periods.parse_month((periods.first_day(month) - date(1899, 12, 30)).days) == month
    assert periods.parse_month(periods.last_day(month)) == month
    assert periods.is_month(month)


@given(MONTHS, st.integers(-240, 240))
def test_adding_months_and_counting_them_agree(month: str, count: int) -> None:
    later = periods.add_months(month, count)
    assert periods.months_between(month, later) == count
    assert periods.add_months(later, -count) == month


@given(MONTHS)
def test_a_month_lies_in_its_financial_year(month: str) -> None:
    year = periods.year_of(month)
    assert periods.is_year(year)
    months = periods.months_of(year)
    assert month in months
    assert len(months) == 12
    assert (months[0][5:], months[-1][5:]) == ("04", "03")
    assert periods.last_day(month) + timedelta(days=1) == periods.first_day(periods.add_months(month, 1))


def test_year_ends_and_labels_by_hand() -> None:
    assert periods.year_of("2026-03") == "2025-26"
    assert periods.year_of("2026-04") == "2026-27"
    assert periods.year_of("1999-12") == "1999-00"
    assert periods.label("2026-01") == "Jan-26"
    assert not periods.is_year("2025-27")
    assert periods.last_day("2024-02") == date(2024, 2, 29)
    assert periods.month_range("2025-05", "2025-04") == ()
