"""A formula made from a function's name and arguments, as a person would type it."""

from datetime import date

import pytest

from les_xl.errors import LesError
from les_xl.functions.expression import evaluate
from les_xl.functions.index import Index
from les_xl.functions.session import open_index
from les_xl.hosts.formula import Given, explained, formula_of


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("LES_PLAN", ("Dementia",), '=LES_PLAN("Dementia")'),
        ("=les_plan(", ("Dementia", date(2025, 10, 31)), '=LES_PLAN("Dementia","2025-10")'),
        ("LES_PLAN", ("=B2", "=$C$1", "", None), "=LES_PLAN(B2,$C$1)"),
        ("LES_PLAN", ("=LesChosen", None, "='My sheet'!B2"), "=LES_PLAN(LesChosen,,'My sheet'!B2)"),
        ("LES_PLAN", ('say "so"', 45931), '=LES_PLAN("say ""so""",45931)'),
        ("LES_AS_AT", (), "=LES_AS_AT()"),
    ],
)
def test_formulas(name: str, arguments: tuple[Given, ...], said: str) -> None:
    assert formula_of(name, arguments)[1] == said


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("LES_PLANS", (), "LES521 .*did you mean LES_PLAN"),
        ("SUM", (), "LES521 .*there is no function SUM"),
        ("LES_AS_AT", ("a", "b"), "LES524 .*LES_AS_AT"),
        ("LES_PLAN", ('=SUM(A1)&CMD("x")',), "LES610"),
        ("LES_PLAN", ("=B2,C3",), "LES610"),
        ("LES_PLAN", ("=",), "LES610"),
    ],
)
def test_refused(name: str, arguments: tuple[Given, ...], said: str) -> None:
    with pytest.raises(LesError, match=said):
        formula_of(name, arguments)


@pytest.fixture(scope="module")
def index(sample_workspace: object) -> Index:
    return open_index(sample_workspace)  # type: ignore[arg-type]


def test_what_is_made_is_what_the_functions_understand(index: Index) -> None:
    _, text = formula_of("les_delivered", ("LTC LES", date(2025, 10, 1)))
    assert evaluate(text, index).value == evaluate('LES_DELIVERED("LTC LES","Oct-25")', index).value


def test_the_help_names_every_argument_and_what_may_be_left_out() -> None:
    said = explained("LES_PLAN")
    assert said.startswith("=LES_PLAN(les, [month], [org], [metric])")
    assert "org (may be left out): Code or name of a practice" in said
    assert "les: Name of the LES" in said
    assert "LES_AS_AT" in explained()
