"""An index that looks up what is asked for gives the answers of one that holds everything."""

import pytest

from les_xl.functions.asked import asked_index
from les_xl.functions.expression import evaluate
from les_xl.functions.index import Index
from les_xl.functions.registry import functions
from les_xl.position import Position

_ARGUMENTS = (
    "",
    '"Dementia"',
    '"Dementia","Oct-25"',
    '"LTC LES","2025-06","01A"',
    '"Vasectomy","Aug-25","East Lancashire"',
    '"Vasectomy - Procedure","Aug-25",,"procedure"',
    '"Dementia","Jan-24"',
    '"Dementia","Oct-25","nowhere"',
    '"services"',
    '"bands"',
    '"LTC banding"',
    '"Exceptions"',
    '"Summary","Oct-25","East Lancashire"',
    '"Data dates"',
    '"nonsense"',
)


@pytest.fixture(scope="module")
def asked(position: Position) -> Index:
    return asked_index(position)


@pytest.mark.parametrize("function", [each.name for each in functions()])
def test_every_function_answers_the_same(function: str, asked: Index, index: Index) -> None:
    most = next(len(each.parameters) for each in functions() if each.name == function)
    practice = index.catalogue.orgs[0].code
    calls = [f"{function}({given})" for given in _ARGUMENTS if given.count(",") < most]
    calls += [f'{function}("LTC LES","{given}")' for given in (practice, "26-50%") if most > 1]
    answers = [evaluate(call, asked) for call in calls]
    assert answers == [evaluate(call, index) for call in calls]
    assert any(answer.kind != "error" for answer in answers)


def test_every_metric_of_every_level_is_the_same(asked: Index, index: Index) -> None:
    orgs = [*index.catalogue.orgs[::40], *(org for org in index.catalogue.orgs if org.level != "practice")]
    metrics = [(entry.les, metric.id) for entry in index.catalogue.services for metric in entry.metrics]
    for measure in index.grids:
        for les, metric in metrics[::5]:
            for org in orgs[::3]:
                for month in index.catalogue.months[::4]:
                    place = (measure, les, metric, org, month)
                    assert asked.cell(*place) == index.cell(*place), place


def test_the_catalogue_is_the_same(asked: Index, index: Index) -> None:
    assert dict(asked.catalogue.tables) == index.catalogue.tables
    assert asked.catalogue.bands == index.catalogue.bands
    assert asked.catalogue.signup == index.catalogue.signup
    assert asked.catalogue.orgs == index.catalogue.orgs
