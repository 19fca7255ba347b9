"""The functions give the published figures; expected values are those of the report, worked out by hand."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from les_xl.functions.expression import evaluate
from les_xl.functions.index import Index
from les_xl.periods import label

PUBLISHED = Path(__file__).resolve().parents[1] / "published"
BANDS = ("0-10%", "11-25%", "26-50%", "51-75%", "76-100%", "100%+")


def _value(text: str, index: Index) -> object:
    return evaluate(text, index).value


def _published(name: str) -> Iterator[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_dementia_in_october(index: Index) -> None:
    assert _value('=LES_PCT_PLAN("Dementia","Oct-25")', index) == 694 / 1332
    assert str(evaluate('LES_PCT_PLAN("Dementia","Oct-25")', index)) == "0.521021021021021"


def test_the_table_of_the_report(index: Index) -> None:
    rows = list(_published("published_plan_vs_delivered.csv"))
    assert len(rows) == 98
    for row in rows:
        for function, column in (("LES_PLAN", "planned"), ("LES_DELIVERED", "delivered")):
            shown = _value(f'{function}("{row["les"]}","{label(row["month"])}")', index)
            expected = float(row[column]) if row[column] else "[z]"
            assert shown == expected, (function, row)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('LES_ANNUAL_TARGET("LTC LES")', 76637),
        ('LES_DELIVERED_TO_DATE("LTC LES","Oct-25")', 44608),
        ('LES_PLAN_TO_DATE("LTC LES","Oct-25")', 7 * 6384),
        ('LES_PCT_PLAN_TO_DATE("LTC LES","Oct-25")', 44608 / (7 * 6384)),
        ('LES_PCT_ANNUAL("LTC LES")', 44608 / 76637),
        ('LES_VARIANCE("Dementia","Oct-25")', 694 - 1332),
        ('LES_PLAN("Dementia","Mar-26")', 1332),
        ('LES_PLAN_TO_DATE("Dementia","Oct-25")', 6 * 1332),
        ('LES_PLAN("Vasectomy Procedure")', 91),
        ('LES_PLAN("Vasectomy Counselling")', 87),
        ('LES_PLAN("vasectomy",,,"counselling")', 87),
    ],
)
def test_figures_by_hand(text: str, expected: float, index: Index) -> None:
    assert _value(text, index) == pytest.approx(expected, rel=1e-12)


def test_the_banding_of_the_report(index: Index) -> None:
    for row in _published("published_banding_2025-10.csv"):
        if row["sub_icb"] == "Total":
            continue
        counts = [_value(f'LES_BAND_COUNT("LTC LES","{band}",,"{row["sub_icb"]}")', index) for band in BANDS]
        expected = [float(row[band]) for band in BANDS]
        if row["sub_icb"] == "Morecambe Bay":
            # The published bands of Morecambe Bay make 31, and the group has 30 practices.
            expected[2] -= 1
        assert counts == expected, row["sub_icb"]


def test_the_bands_of_the_icb_and_the_month_before(index: Index) -> None:
    """195 practices; 110 of them over half in October and 86 in September; the lowest band 16, down by 26."""
    october, september = (
        [float(str(_value(f'LES_BAND_COUNT("LTC LES","{band}","{month}")', index))) for band in BANDS]
        for month in ("Oct-25", "Sep-25")
    )
    assert (sum(october), sum(september)) == (195, 195)
    assert (sum(october[3:]), sum(september[3:])) == (110, 86)
    assert (october[0], september[0]) == (16, 16 + 26)


@pytest.mark.parametrize("level", ["pcn", "place", "sub_icb"])
def test_the_groups_of_a_level_make_the_icb(level: str, index: Index) -> None:
    codes = [org.code for org in index.catalogue.orgs if org.level == level]
    for band in BANDS:
        counts = [_value(f'LES_BAND_COUNT("ltc","{band}","2025-08","{code}")', index) for code in codes]
        assert sum(float(str(count)) for count in counts) == _value(
            f'LES_BAND_COUNT("ltc","{band}","2025-08")', index
        )
