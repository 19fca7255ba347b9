"""One call as typed: what is read, what is refused and where, and that nothing else ever happens."""

import json
import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.errors import LesError, render
from les_xl.functions.arguments import Argument
from les_xl.functions.expression import Answer, evaluate, parse
from les_xl.functions.index import Index
from les_xl.functions.registry import Function, functions
from les_xl.functions.results import MISSING, ExcelError, NotAvailable, Table


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("LES_AS_AT()", ()),
        (" = LES_AS_AT ( ) ", ()),
        ('LES_PLAN("a")', ("a",)),
        ('LES_PLAN("a",,"00Q")', ("a", MISSING, "00Q")),
        ('LES_PLAN("a";;"00Q")', ("a", MISSING, "00Q")),
        ("LES_PLAN(,)", (MISSING, MISSING)),
        ('LES_PLAN("")', ("",)),
        ('LES_PLAN("say ""hi""")', ('say "hi"',)),
        ("LES_PLAN('O''Dell, & (Co)')", ("O'Dell, & (Co)",)),
        ("LES_PLAN(45961)", (45961.0,)),
        ("LES_PLAN(-1.5e-3, +.5, 7.)", (-0.0015, 0.5, 7.0)),
        ("LES_PLAN(true,False)", (True, False)),
        ("LES_PLAN(#N/A,#div/0!)", (ExcelError.NOT_AVAILABLE, ExcelError.DIVISION)),
        ('LES_PLAN(\n\t"a" ,\n"b")', ("a", "b")),
    ],
)
def test_a_call_is_read(text: str, arguments: tuple[Argument, ...]) -> None:
    assert parse(text).arguments == arguments


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "LES520", 1),
        ("  ", "LES520", 3),
        ("=", "LES520", 2),
        ("Dementia", "LES520", 1),
        ("694/1332", "LES520", 1),
        ('LES_PLN("Dementia")', "LES521", 1),
        ('=  LES_PLN("Dementia")', "LES521", 4),
        ('LES_PLAN("Dementia)', "LES522", 10),
        ("LES_PLAN('Dementia\")", "LES522", 10),
        ("LES_PLAN(Dementia)", "LES523", 10),
        ('LES_PLAN("Dementia", Oct-25)', "LES523", 22),
        ('LES_PLAN("Dementia" "Oct-25")', "LES523", 21),
        ('LES_PLAN("Dementia")+1', "LES523", 21),
        ('LES_PLAN(LES_AS_AT("Dementia"))', "LES523", 10),
        ("LES_PLAN(1.2.3)", "LES523", 10),
        ("LES_PLAN(2025-10)", "LES523", 14),
        ('LES_AS_AT("Dementia","Oct-25")', "LES524", 1),
        ('LES_PLAN("Dementia"', "LES525", 20),
        ("LES_PLAN(", "LES525", 10),
    ],
)
def test_what_is_no_call_is_refused_with_its_place(text: str, code: str, column: int, index: Index) -> None:
    with pytest.raises(LesError) as raised:
        evaluate(text, index)
    (problem,) = raised.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == (code, 1, column)


def test_the_caret_stands_under_the_place(index: Index) -> None:
    with pytest.raises(LesError) as raised:
        evaluate("=LES_PLAN(\tDementia)", index)
    assert render(raised.value.problems).splitlines()[1:] == [
        "    =LES_PLAN( Dementia)",
        "    " + " " * 11 + "^",
    ]


def test_a_misspelt_function_says_the_nearest(index: Index) -> None:
    with pytest.raises(LesError, match="did you mean LES_PCT_PLAN"):
        evaluate('LES_PCT_PLN("Dementia")', index)


def test_a_text_of_any_length_is_refused_in_time(index: Index) -> None:
    with pytest.raises(LesError, match="LES526"):
        evaluate("LES_PLAN(" + "," * 9000 + ")", index)
    with pytest.raises(LesError, match="LES524"):
        evaluate("LES_PLAN(" + "," * 8000 + ")", index)


@pytest.mark.parametrize(
    ("text", "shown", "as_json"),
    [
        ('les_plan("dementia")', "1332.0", {"value": 1332.0, "kind": "number"}),
        ("LES_AS_AT()", "2025-10", {"value": "2025-10", "kind": "text"}),
        ('LES_DELIVERED("dementia","Nov-25")', "[x]", {"value": "[x]", "kind": "mark"}),
        ("LES_PLAN(#REF!)", "#REF!", {"value": "#REF!", "kind": "error"}),
        (
            'LES_PLAN("")',
            "#N/A: no LES is named — give its name as the first argument, such as Dementia (LES501)",
            {
                "value": "#N/A",
                "kind": "error",
                "reason": "no LES is named — give its name as the first argument, such as Dementia",
                "code": "LES501",
            },
        ),
    ],
)
def test_an_answer_in_words_and_as_json(
    text: str, shown: str, as_json: dict[str, object], index: Index
) -> None:
    answer = evaluate(text, index)
    assert str(answer) == shown
    assert json.loads(json.dumps(answer.as_json())) == as_json


def test_a_table_in_words_and_as_json() -> None:
    answer = Answer(Table(("LES", "Planned"), (("Dementia", 1332.0),)), "table")
    assert str(answer) == "LES\tPlanned\nDementia\t1332.0"
    assert answer.as_json() == {"value": [["LES", "Planned"], ["Dementia", 1332.0]], "kind": "table"}


_SIGNS = ("=", "(", ")", ",", ";", '"', "'", " ", "\t", "\n", "#N/A", "TRUE", "1e999", "-1", "{", "\0", "𝟘")
_WORDS = ('"Dementia"', '"ltc"', '"Oct-25"', "45961", '"00Q"', '"51-75%"', "LES_")
_PIECES = st.sampled_from((*_SIGNS, *_WORDS, *(each.name for each in functions())))


def _outcome(text: str, index: Index) -> str:
    """The kind of an answer, or the code of the problem; whatever else is raised fails the test."""
    try:
        answer = evaluate(text, index)
    except LesError as error:
        return error.problems[0].code
    json.dumps(answer.as_json(), allow_nan=False)
    return answer.kind


@given(text=st.one_of(st.text(), st.lists(_PIECES).map("".join)))
def test_whatever_is_typed_gives_an_answer_or_a_problem(index: Index, text: str) -> None:
    assert re.fullmatch("number|text|mark|table|error|LES52[0-6]", _outcome(text, index))


_ANYTHING = st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.none())
_ASKED = st.tuples(st.sampled_from(["ltc", "Dementia"]), _ANYTHING, _ANYTHING, _ANYTHING)


@given(function=st.sampled_from(functions()), arguments=st.one_of(_ASKED, st.lists(_ANYTHING, max_size=5)))
def test_whatever_a_cell_holds_gives_an_answer(
    index: Index, function: Function, arguments: Iterable[Argument]
) -> None:
    assert isinstance(function.answer(index, *arguments), (float, str, Table, NotAvailable))


@given(st.text(), st.text())
def test_texts_come_through_as_they_were(first: str, second: str) -> None:
    quoted = ['"' + text.replace('"', '""') + '"' for text in (first, second)]
    assert parse(f"LES_PLAN({','.join(quoted)})").arguments == (first, second)
