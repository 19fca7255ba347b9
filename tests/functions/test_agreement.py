"""Every function gives what the position holds, however its arguments are spelled."""

import math
from datetime import date

import pytest

from les_xl.functions.arguments import Argument
from les_xl.functions.index import Index
from les_xl.functions.registry import Function, find_function
from les_xl.functions.results import MISSING, Result
from les_xl.marks import Cell, Mark
from les_xl.periods import label, long_label
from les_xl.position import MEASURES, Position

FUNCTIONS = {
    "LES_PLAN": "planned",
    "LES_DELIVERED": "delivered",
    "LES_PCT_PLAN": "pct_plan",
    "LES_VARIANCE": "variance",
    "LES_PLAN_TO_DATE": "planned_to_date",
    "LES_DELIVERED_TO_DATE": "delivered_to_date",
    "LES_PCT_PLAN_TO_DATE": "pct_plan_to_date",
    "LES_ANNUAL_TARGET": "annual_target",
    "LES_PCT_ANNUAL": "pct_annual",
    "LES_EXPECTED": "expected",
    "LES_FORECAST": "forecast",
    "LES_RATE_PER_1000": "rate_per_1000",
}


def _function(name: str) -> Function:
    found = find_function(name)
    assert found is not None
    return found


def _same(answer: Result | Cell, expected: Cell) -> bool:
    return type(answer) is type(expected) and answer == expected


def _orgs(position: Position) -> list[str]:
    """Every group, and every ninth practice."""
    orgs = position.organisations
    practices = orgs.loc[orgs["level"] == "practice", "org"]
    return [*practices.iloc[::9], *orgs.loc[orgs["level"] != "practice", "org"]]


@pytest.mark.parametrize(("name", "measure"), FUNCTIONS.items())
def test_a_function_gives_what_the_position_holds(
    name: str, measure: str, position: Position, index: Index
) -> None:
    function, rows, orgs = _function(name), position.specs.published_rows(), _orgs(position)
    asked = [(row, month, org) for row in rows for month in index.catalogue.months for org in orgs]
    wrong = [
        (row.label, month, org)
        for row, month, org in asked
        if not _same(
            function.answer(index, row.label, month, org),
            position.value(measure, row.les, row.metric, org, month),
        )
    ]
    assert len(asked) > 14 * 12 * 40
    assert wrong == []


@pytest.mark.parametrize(("name", "measure"), FUNCTIONS.items())
def test_every_metric_can_be_named(name: str, measure: str, position: Position, index: Index) -> None:
    for service in position.specs.services:
        for metric in service.metrics:
            expected = position.value(measure, service.les, metric.id)
            for spelled in (metric.id, metric.title.upper()):
                answer = _function(name).answer(index, service.les, MISSING, MISSING, spelled)
                assert _same(answer, expected), (service.les, metric.id)


def test_the_index_holds_every_measure_of_every_row(position: Position, index: Index) -> None:
    orgs = {(org.level, org.code): org for org in index.catalogue.orgs}
    rows = position.monthly.iloc[::37]
    for measure in MEASURES:
        columns = ["les", "metric", "level", "org", "month", measure, f"{measure}_mark"]
        for les, metric, level, org, month, number, mark in rows[columns].itertuples(index=False, name=None):
            cell = index.cell(measure, les, metric, orgs[level, org], month)
            assert cell == Mark(mark) if mark else math.isclose(float(cell), number, rel_tol=0, abs_tol=0)


_TEXTS = ("2025-10", label("2025-10"), long_label("2025-10"), "october 2025", " Oct 2025 ", "01/10/2025")
_OTHERS = (date(2025, 10, 31), 45931, 45931.0, 45961.75, MISSING, None, "", "  ")


@pytest.mark.parametrize("month", [*_TEXTS, *_OTHERS], ids=repr)
def test_a_month_can_be_spelled_in_many_ways(month: Argument, index: Index) -> None:
    assert _function("LES_DELIVERED").answer(index, "dementia", month) == 694.0


@pytest.mark.parametrize(
    "les", ["dementia", "Dementia", "DEMENTIA", " dementia ", "\tDementia\u00a0", "demen", "Ment"]
)
def test_a_les_can_be_spelled_in_many_ways(les: str, index: Index) -> None:
    assert _function("LES_DELIVERED").answer(index, les, "Oct-25") == 694.0


@pytest.mark.parametrize(
    ("spelled", "code"),
    [
        ("00X", "00X"),
        ("00x", "00X"),
        (" 00X ", "00X"),
        ("Chorley & South Ribble", "00X"),
        ("chorley and  south ribble", "00X"),
        ("Chorley & South Ribble (00X)", "00X"),
        ("01E105", "01E105"),
        ("01e105", "01E105"),
        ("qe1", "QE1"),
        ("Lancashire and South Cumbria ICB (synthetic data)", "QE1"),
        ("East", "East"),
        ("EAST (place)", "East"),
        ("zu006", "ZU006"),
        ("Fennel PCN (fictional)", "ZU006"),
        (MISSING, "QE1"),
        (None, "QE1"),
        ("", "QE1"),
    ],
)
def test_an_organisation_can_be_spelled_in_many_ways(
    spelled: Argument, code: str, position: Position, index: Index
) -> None:
    expected = position.value("delivered", "phlebotomy", None, code, "2025-09")
    assert not isinstance(expected, Mark)
    assert _function("LES_DELIVERED").answer(index, "Phlebotomy", "Sep-25", spelled) == expected
