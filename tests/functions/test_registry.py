"""What a host is made from: names, arguments and examples that Excel can take."""

import inspect
import re

import pytest

from les_xl.functions.expression import evaluate
from les_xl.functions.index import Index
from les_xl.functions.registry import Function, Parameter, find_function, function, functions


@pytest.mark.parametrize("each", functions(), ids=lambda each: each.name)
class TestEachFunction:
    """What holds for every function."""

    def test_its_name_is_no_cell_address(self, each: Function) -> None:
        assert re.fullmatch(r"LES_[A-Z0-9_]+", each.name)
        assert not re.fullmatch(r"[A-Z]{1,3}[0-9]+", each.name)

    def test_its_parameters_are_those_of_its_code(self, each: Function) -> None:
        code = list(inspect.signature(each.run).parameters.values())[1:]
        assert [one.name for one in code] == [one.name for one in each.parameters]
        assert [one.default is not one.empty for one in code] == [one.optional for one in each.parameters]

    def test_its_texts_fit_where_excel_shows_them(self, each: Function) -> None:
        assert each.summary.endswith(".")
        assert len(each.summary) <= 255
        assert all(0 < len(one.help) <= 255 for one in each.parameters)

    def test_its_example_has_an_answer(self, each: Function, index: Index) -> None:
        answer = evaluate(each.example, index)
        assert answer.kind == each.returns
        assert each.example.startswith(f"={each.name}(")

    def test_it_is_found_in_any_case(self, each: Function) -> None:
        assert find_function(each.name.lower()) is each

    def test_it_is_computed_again_only_when_it_must_be(self, each: Function) -> None:
        assert each.volatile is False


def test_the_functions_of_this_release() -> None:
    assert [each.name for each in functions()] == [
        "LES_PLAN",
        "LES_DELIVERED",
        "LES_PCT_PLAN",
        "LES_VARIANCE",
        "LES_EXPECTED",
        "LES_PLAN_TO_DATE",
        "LES_DELIVERED_TO_DATE",
        "LES_PCT_PLAN_TO_DATE",
        "LES_ANNUAL_TARGET",
        "LES_PCT_ANNUAL",
        "LES_FORECAST",
        "LES_RATE_PER_1000",
        "LES_STATUS",
        "LES_SIGNUP_PCT",
        "LES_AS_AT",
        "LES_BAND",
        "LES_BAND_COUNT",
        "LES_TABLE",
        "LES_TREND",
        "LES_EXCEPTIONS",
        "LES_LIST",
    ]


def test_a_name_can_be_taken_once() -> None:
    taken = function(
        "LES_PLAN", category="x", summary="x.", parameters=(Parameter("les", "x"),), example="=LES_PLAN()"
    )
    with pytest.raises(ValueError, match="LES_PLAN is registered twice"):
        taken(lambda *_: 0.0)


def test_a_name_that_is_not_there() -> None:
    assert find_function("LES_NOTHING") is None
