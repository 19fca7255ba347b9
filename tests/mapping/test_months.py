"""Months as suppliers write them, in headings, titles and names; and patterns that can fit one name."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.data.mapping.months import heading_month, iso_dates, otherwise_written, written_month
from les_xl.spec.wildcards import fits, overlap

ABBREVIATED = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
months = st.tuples(st.integers(1990, 2099), st.integers(1, 12))
recent = st.tuples(st.integers(2000, 2099), st.integers(1, 12))
FORMS = (
    lambda year, month: f"{year}-{month:02d}-01",
    lambda year, month: f"{year}-{month:02d}",
    lambda year, month: f"{ABBREVIATED[month - 1]} {year}",
    lambda year, month: f"{NAMES[month - 1].upper()} {year}",
    lambda year, month: f"{month:02d}/{year}",
    lambda year, month: f"01/{month:02d}/{year}",
    lambda year, month: str((date(year, month, 1) - date(1899, 12, 30)).days),
)


@given(months, st.sampled_from(range(len(FORMS))))
def test_a_heading_is_its_month(month: tuple[int, int], form: int) -> None:
    assert heading_month(FORMS[form](*month)) == f"{month[0]}-{month[1]:02d}"


@given(recent, st.sampled_from(["-", " ", "'", ""]))
def test_a_short_heading_is_its_month(month: tuple[int, int], between: str) -> None:
    text = f"{ABBREVIATED[month[1] - 1]}{between}{month[0] % 100:02d}"
    assert heading_month(text) == f"{month[0]}-{month[1]:02d}"
    assert heading_month(f"{text}  Actual", "{month} actual") == f"{month[0]}-{month[1]:02d}"
    assert heading_month(f"{text} Plan", "{month} actual") is None


@given(st.integers(2000, 2090), st.integers(1, 12), st.booleans())
def test_a_bare_month_is_of_the_year(start: int, month: int, whole: bool) -> None:
    name = (NAMES if whole else ABBREVIATED)[month - 1]
    expected = f"{start + (month < 4)}-{month:02d}"
    assert heading_month(name, year=f"{start}-{(start + 1) % 100:02d}") == expected
    assert heading_month(name) is None


@given(st.text(max_size=30))
def test_any_heading_is_a_month_or_is_none(text: str) -> None:
    month = heading_month(text, year="2025-26")
    assert month is None or (1990 <= int(month[:4]) <= 2099 and 1 <= int(month[5:]) <= 12)


@pytest.mark.parametrize(
    "text", ["Total", "2025-26", "Q1", "12", "2025", "Apr to Oct", "Mai-25", "99/2025", ""]
)
def test_what_is_no_month(text: str) -> None:
    assert heading_month(text, year="2025-26") is None


@pytest.mark.parametrize(
    ("pattern", "text", "month"),
    [
        ("Run date: {month}", "Run date: 03/11/2025", "2025-11"),
        ("run date:*{month}*", "Run  Date:  03/11/2025 08:15", "2025-11"),
        ("*{month}*", "LES 2025-26, run on 2025-10-03 by BI", "2025-10"),
        ("*{month}*", "Activity for October 2025", "2025-10"),
        ("list sizes*{month}.csv", "List_sizes 2025-10.csv", None),
        ("list*{month}.csv", "List_sizes_2025-10.csv", "2025-10"),
        ("CQRS_{month}.csv", "cqrs_20251031.csv", "2025-10"),
        ("Run date: {month}", "Printed: 03/11/2025", None),
        ("Run date: {month}", "Run date: soon", None),
        ("Run date: {month}", "Run date: 13/13/2025", None),
    ],
)
def test_a_month_in_a_title_or_name(pattern: str, text: str, month: str | None) -> None:
    assert written_month(pattern, text) == month


@pytest.mark.parametrize(
    ("written", "text", "iso"),
    [
        ("yyyymmdd", "20251031", "2025-10-31"),
        ("yyyymmdd", "20251301", "20251301"),
        ("yyyymmdd", "20250230", "20250230"),
        ("yyyymm", "202510", "2025-10"),
        ("dd/mm/yyyy", "3/4/2025", "2025-04-03"),
        ("mm/dd/yyyy", "3/4/2025", "2025-03-04"),
        ("dd/mm/yy", "31/10/25 00:00", "2025-10-31"),
        ("dd-mmm-yyyy", "31-oct-2025", "2025-10-31"),
        ("dd-mmm-yyyy", "31-okt-2025", "31-okt-2025"),
        ("mmm-yy", "Oct-25", "2025-10"),
        ("yyyymmdd", "", ""),
    ],
)
def test_dates_in_a_format(written: str, text: str, iso: str) -> None:
    assert list(iso_dates(pd.Series([text], dtype="str"), written)) == [iso]


def test_a_date_in_another_format_is_told_and_a_workbooks_own_is_not() -> None:
    texts = pd.Series(["20251031", "2025-10-31", "03/04/2025", "Oct-25", "soon", ""], dtype="str")
    assert list(otherwise_written(texts, "yyyymmdd")) == [False, False, True, True, False, False]


patterns = st.text("ab*?", min_size=1, max_size=6)
names = st.text("ab", max_size=6)


@given(patterns, patterns, names)
def test_patterns_that_both_fit_a_name_overlap(one: str, other: str, name: str) -> None:
    if fits(one, name) and fits(other, name):
        assert overlap(one, other)
    assert overlap(one, other) == overlap(other, one)


@given(patterns, names)
def test_a_name_overlaps_what_it_fits(pattern: str, name: str) -> None:
    assert overlap(pattern, name) == fits(pattern, name)


def test_only_star_and_question_mark_are_special() -> None:
    assert fits("a[1]+.csv", "A[1]+.csv")
    assert not fits("a.c", "abc")
