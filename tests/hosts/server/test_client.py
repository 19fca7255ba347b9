"""The add-in's script in a browser: what the registry answers, few requests, a reason where nothing is."""

import itertools
from typing import Any

import pytest
from selenium.webdriver import Chrome

from les_xl.functions.index import Index
from les_xl.functions.registry import Function, functions
from les_xl.functions.results import MISSING, ExcelError, NotAvailable, Result, Table
from les_xl.hosts.serving.metadata import identifier
from les_xl.marks import Mark
from tests.hosts.server.browser import opened
from tests.hosts.server.serving import CALLS, Served

pytestmark = pytest.mark.office

LEFT_OUT = {"left": True}
GIVEN: dict[str, tuple[Any, ...]] = {
    "les": ("Dementia", "vasectomy", "LTC LES", "phlebotomy", "Dementai", None, 12.5, ExcelError.REFERENCE),
    "month": ("Oct-25", 45931, "2025-09", "Mar-26", "Oct-19", True, MISSING, None, ExcelError.DIVISION),
    "org": ("00Q", "ZZ0001", "East", "nobody", MISSING, ExcelError.NAME),
    "metric": ("reviews", "nothing", MISSING),
    "practice": ("ZZ0001", "nobody"),
    "table": ("tblSummary", "tblNothing"),
    "what": ("les", "nothing"),
    "band": ("51-75%", "0-10%", "10-20%", MISSING),
}
_OTHERS = ("East", 1, MISSING)
_MANY = 300
_STEP = 7
"""Shares no factor with the numbers of values, so that every two of them meet."""


def grid(function: Function) -> list[tuple[Any, ...]]:
    """Arguments of every kind for one function; the combinations are spread evenly where there are many."""
    values = [GIVEN.get(each.name, _OTHERS) for each in function.parameters]
    found = list(itertools.product(*values))
    return found if len(found) < _MANY else found[::_STEP]


def as_range(argument: Any) -> Any:
    """An argument as Excel gives it to the add-in."""
    if argument is MISSING:
        return LEFT_OUT
    return [[{"error": argument.value} if isinstance(argument, ExcelError) else argument]]


def expected(result: Result) -> dict[str, Any]:
    """What a cell shows of an answer of the registry."""
    match result:
        case NotAvailable():
            return {"error": "#N/A", "message": result.reason}
        case ExcelError.NAME | ExcelError.REFERENCE:
            return {"error": "#VALUE!", "message": f"an argument is {result}"}
        case ExcelError():
            return {"error": result.value, "message": None}
        case Mark():
            return {"value": result.value}
        case Table():
            rows = [[str(cell) if isinstance(cell, Mark) else cell for cell in row] for row in result.rows]
            return {"value": [list(result.columns), *rows]}
    return {"value": result}


def test_every_function_gives_the_registrys_answer(browser: Chrome, served: Served, index: Index) -> None:
    asked = [(each, arguments) for each in functions() for arguments in grid(each)]
    assert any(each.returns == "table" for each, _ in asked)
    calls = [(identifier(each), [as_range(one) for one in arguments]) for each, arguments in asked]
    with opened(browser, served) as pane:
        found = pane.answers(calls)
    wanted = [expected(each.answer(index, *arguments)) for each, arguments in asked]
    wrong = [
        (each.name, arguments, answer, want)
        for (each, arguments), answer, want in zip(asked, found, wanted, strict=True)
        if answer != want
    ]
    assert wrong == []
    kinds = {next(iter(answer)) for answer in found}
    assert kinds == {"value", "error"}
    assert len({repr(answer) for answer in found}) > 100


def test_a_recalculation_is_a_request_for_every_thousand_cells(browser: Chrome, served: Served) -> None:
    calls = [("LES.PLAN", [[["Dementia"]], [["Oct-25"]]])] * 3000
    with opened(browser, served) as pane:
        before = served.asked.count(("POST", CALLS))
        assert pane.answers(calls) == [{"value": 1332}] * 3000
        assert served.asked.count(("POST", CALLS)) - before == 3
        assert pane.answers(calls[:7]) == [{"value": 1332}] * 7
        assert served.asked.count(("POST", CALLS)) - before == 4


def test_arguments_that_are_left_out_at_the_end_do_not_travel(browser: Chrome, served: Served) -> None:
    with opened(browser, served) as pane:
        calls = [("LES.AS.AT", []), ("LES.AS.AT", [LEFT_OUT])]
        assert pane.answers(calls) == [{"value": "2025-10"}] * 2


def test_a_range_of_several_cells_has_its_reason(browser: Chrome, served: Served) -> None:
    with opened(browser, served) as pane:
        (answer,) = pane.answers([("LES.PLAN", [[["Dementia"], ["LTC LES"]]])])
    assert answer["error"] == "#N/A"
    assert "give a single cell" in answer["message"]


@pytest.mark.parametrize("token", [None, "not-the-secret"])
def test_without_a_sign_in_each_cell_says_so(browser: Chrome, served: Served, token: str | None) -> None:
    with opened(browser, served, token) as pane:
        answers = pane.answers([("LES.PLAN", [[["Dementia"]]]), ("LES.AS.AT", [])])
    for answer in answers:
        assert answer["error"] == "#N/A"
        assert "not signed in" in answer["message"]


def test_without_an_answer_of_the_server_each_cell_says_so(browser: Chrome, served: Served) -> None:
    with opened(browser, served) as pane:
        browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": [f"*{CALLS}"]})
        (answer,) = pane.answers([("LES.AS.AT", [])])
    assert answer == {
        "error": "#N/A",
        "message": "the LES-XL server does not answer: check the connection, then recalculate",
    }
