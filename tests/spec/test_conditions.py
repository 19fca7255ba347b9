"""The language of `when:`: what it reads, what it refuses and where, and what it finds in a frame."""

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from les_xl.errors import LesError
from les_xl.spec.conditions import MEASURE_NAMES, Threshold, parse

NAN = math.nan


def _found(text: str, **measures: list[float]) -> list[bool]:
    frame = {name: pd.Series(values, dtype="float64") for name, values in measures.items()}
    return [bool(so) for so in parse(text).evaluate(frame)]


@pytest.mark.parametrize(
    ("text", "measure", "op", "value"),
    [
        ("pct_plan_to_date < 60%", "pct_plan_to_date", "<", 0.6),
        ("60% > pct_plan_to_date", "pct_plan_to_date", "<", 0.6),
        ("(pct_plan) >= (150 %)", "pct_plan", ">=", 1.5),
        ("pct_plan <= 10.1%", "pct_plan", "<=", 0.101),
        ("months_not_reported >= 2", "months_not_reported", ">=", 2.0),
        ("variance_to_date < -100", "variance_to_date", "<", -100.0),
        ("change != 2 * 3 - 1", "change", "!=", 5.0),
        ("pct_plan < 50% + 10% / 2", "pct_plan", "<", 0.55),
        ("0 == planned", "planned", "==", 0.0),
    ],
)
def test_a_simple_condition_has_a_threshold(text: str, measure: str, op: str, value: float) -> None:
    threshold = parse(text).threshold
    assert threshold is not None
    assert (threshold.measure, threshold.op) == (measure, op)
    assert threshold.value == pytest.approx(value, abs=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "pct_plan < 60% and change < 0",
        "not pct_plan < 60%",
        "delivered < planned",
        "delivered * 2 < 10",
        "planned > 1 / 0",
    ],
)
def test_any_other_condition_has_none(text: str) -> None:
    assert parse(text).threshold is None


def test_measures_stand_once_in_the_order_of_their_use() -> None:
    text = "change < 0 and (delivered / planned < 50% or not change > delivered)"
    assert parse(text).measures == ("change", "delivered", "planned")


def test_equal_conditions_are_equal_whatever_their_spacing() -> None:
    assert parse("pct_plan<60%") == parse(" pct_plan  <  60 % ")
    assert parse("pct_plan<60%") != parse("pct_plan<=60%")
    assert len({parse("pct_plan<60%"), parse("pct_plan < 60%")}) == 1


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "LES170", 1),
        ("pct_plan <", "LES170", 11),
        ("pct_plan < 60% and", "LES170", 19),
        ("pct_plan 60%", "LES170", 10),
        ("(pct_plan < 60%", "LES170", 16),
        ("pct_plan < 60%)", "LES170", 15),
        ("pct_plan < < 60%", "LES170", 12),
        ("0% < pct_plan < 60%", "LES170", 15),
        ("pct_plan <> 60%", "LES170", 10),
        ("pct_plan < 60% && change < 0", "LES170", 16),
        ("pct_plan < 60$", "LES170", 14),
        ("pct_plan ** 2 > 1", "LES170", 11),
        ("pct_plan < 1e5", "LES170", 12),
        ("pct_plan < .5", "LES170", 12),
        ("__import__('os')", "LES170", 12),
        ("planned.real > 0", "LES170", 8),
        ("change < 1234567890123456", "LES170", 10),
        ("percent_plan < 60%", "LES171", 1),
        ("change < 0 or PLANNED < 1", "LES171", 15),
        ("open > 1", "LES171", 1),
        ("- " * 21 + "change < 0", "LES172", 43),
        ("not " * 21 + "change < 0", "LES172", 85),
        ("(" * 5000, "LES172", 201),
        ("change + " * 101 + "1 > 0", "LES172", 901),
        ("planned", "LES173", 1),
        ("change < 0 and planned", "LES173", 16),
        ("not planned", "LES173", 5),
        ("(change < 0) + 1 > 0", "LES173", 9),
        ("1 < 2", "LES173", 1),
        ("pct_plan < 60", "LES174", 12),
        ("0.6 > pct_plan", "LES174", 1),
        ("change > 10%", "LES174", 10),
    ],
)
def test_what_is_wrong_is_said_at_its_column(text: str, code: str, column: int) -> None:
    with pytest.raises(LesError) as raised:
        parse(text)
    (problem,) = raised.value.problems
    assert (problem.code, problem.place.column, problem.source) == (code, column, text)


def test_a_misspelt_measure_is_told_its_nearest() -> None:
    with pytest.raises(LesError, match="did you mean 'pct_plan_to_date'"):
        parse("pct_plan_todate < 60%")


def test_precedence_is_that_of_school() -> None:
    values = {"planned": [1.0, 2.0, 3.0], "delivered": [3.0, 2.0, 1.0]}
    assert _found("planned + delivered * 2 > 6", **values) == [True, False, False]
    assert _found("(planned + delivered) * 2 > 6", **values) == [True, True, True]
    assert _found("planned - 1 - 1 == 1", **values) == [False, False, True]
    assert _found("planned / 2 / 2 == 0.5", **values) == [False, True, False]
    assert _found("-planned + 1 == 0", **values) == [True, False, False]
    assert _found("planned > 2 or planned > 1 and delivered > 2", **values) == [False, False, True]
    assert _found("(planned > 2 or planned > 1) and delivered > 1", **values) == [False, True, False]
    assert _found("not planned > 2 and delivered > 2", **values) == [True, False, False]


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "==", "!="])
def test_what_is_not_known_flags_nothing(op: str) -> None:
    assert _found(f"pct_plan {op} 60%", pct_plan=[NAN]) == [False]
    assert _found(f"not pct_plan {op} 60%", pct_plan=[NAN]) == [False]
    assert _found(f"pct_plan - pct_plan {op} 0", pct_plan=[NAN]) == [False]


def test_what_is_known_decides_where_it_can() -> None:
    known, unknown = [5.0, -5.0], [NAN, NAN]
    assert _found("change > 0 or pct_plan < 60%", change=known, pct_plan=unknown) == [True, False]
    assert _found("pct_plan < 60% or change > 0", change=known, pct_plan=unknown) == [True, False]
    assert _found("change > 0 and pct_plan < 60%", change=known, pct_plan=unknown) == [False, False]
    assert _found("not (change > 0 and pct_plan < 60%)", change=known, pct_plan=unknown) == [False, True]
    assert _found("not (change > 0 or pct_plan < 60%)", change=known, pct_plan=unknown) == [False, False]


def test_a_division_by_zero_is_not_known() -> None:
    values = {"delivered": [1.0, 0.0, 1.0], "planned": [0.0, 0.0, 2.0]}
    assert _found("delivered / planned >= 0", **values) == [False, False, True]
    assert _found("not delivered / planned < 0", **values) == [False, False, True]
    assert _found("delivered / 0 != 1", delivered=[1.0]) == [False]


def test_the_index_and_whole_numbers_of_a_frame_are_kept() -> None:
    frame = {"months_not_reported": pd.Series([0, 2, 3], index=["x", "y", "z"])}
    found = parse("months_not_reported >= 2").evaluate(frame)
    assert found.to_dict() == {"x": False, "y": True, "z": True}
    assert found.dtype == bool


def test_a_nullable_column_is_unknown_where_it_is_null() -> None:
    frame = {"change": pd.Series([1, None], dtype="Int64")}
    assert parse("not change < 0").evaluate(frame).to_list() == [True, False]


def test_an_empty_frame_gives_nothing() -> None:
    assert _found("change < 0 or planned > 1", change=[], planned=[]) == []


def test_a_measure_that_the_frame_lacks_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="planned"):
        parse("planned > 1").evaluate({"change": pd.Series([1.0])})


NAMES = st.sampled_from(["planned", "delivered", "change"])
NUMBERS = st.integers(0, 20).map(str) | st.sampled_from(["0.5", "2.25", "10.0"])
QUANTITIES: st.SearchStrategy[str] = st.recursive(
    NAMES | NUMBERS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(" ".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-({text})"),
    ),
    max_leaves=6,
)
COMPARISONS = st.tuples(QUANTITIES, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), QUANTITIES).map(
    " ".join
)
TRUTHS: st.SearchStrategy[str] = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(" ".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"not {text}"),
    ),
    max_leaves=6,
)
# Quarters up to 100: every product and sum of a few of them is exact in binary.
FIGURES = st.lists(st.tuples(*[st.integers(-400, 400).map(lambda n: n / 4)] * 3), min_size=1, max_size=4)


@settings(deadline=None)
@given(TRUTHS, FIGURES)
def test_known_figures_give_what_python_gives(text: str, rows: list[tuple[float, float, float]]) -> None:
    columns = dict(zip(("planned", "delivered", "change"), zip(*rows, strict=True), strict=True))
    frame = {name: pd.Series(values, dtype="float64") for name, values in columns.items()}
    text = f"({text}) and planned == planned"
    expected = [
        eval(text, {"__builtins__": {}}, {name: values[row] for name, values in columns.items()})  # noqa: S307
        for row in range(len(rows))
    ]
    assert parse(text).evaluate(frame).to_list() == expected


@settings(deadline=None)
@given(TRUTHS, FIGURES)
def test_one_unknown_figure_never_turns_a_no_into_a_yes(
    text: str, rows: list[tuple[float, float, float]]
) -> None:
    """Flagged with `planned` unknown means: flagged whatever `planned` is."""
    text = f"({text}) and change == change"
    frame: dict[str, pd.Series[Any]] = {
        "planned": pd.Series([NAN] * len(rows)),
        "delivered": pd.Series([row[1] for row in rows]),
        "change": pd.Series([row[2] for row in rows]),
    }
    unknown = parse(text).evaluate(frame)
    known = parse(text).evaluate({**frame, "planned": pd.Series([row[0] for row in rows])})
    assert not (unknown & ~known).any()


@settings(deadline=None)
@given(st.text())
@example("(" * 100_000)
@example("1" * 100_000)
@example("and " * 100_000)
@example("٣ < planned")
@example("\x00")
def test_random_text_is_a_condition_or_a_problem(text: str) -> None:
    _read(text)


PIECES = (
    *MEASURE_NAMES[:3],
    "and",
    "or",
    "not",
    "(",
    ")",
    "<",
    "==",
    "+",
    "-",
    "*",
    "/",
    "%",
    "60",
    "2.5",
    "x",
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_random_words_are_a_condition_or_a_problem(pieces: list[str]) -> None:
    _read(" ".join(pieces))


def _read(text: str) -> None:
    try:
        condition = parse(text)
    except LesError as error:
        (problem,) = error.problems
        assert problem.code in ("LES170", "LES171", "LES172", "LES173", "LES174")
        assert problem.place.column is not None
        assert 1 <= problem.place.column <= len(text) + 1
    else:
        frame = {name: pd.Series([1.0, NAN]) for name in condition.measures}
        assert len(condition.evaluate(frame)) == 2
        assert condition.threshold is None or isinstance(condition.threshold, Threshold)
