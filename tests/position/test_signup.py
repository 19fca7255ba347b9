"""Sign-up, coverage and notices, by hand and by a second method over random workspaces."""

import math
from fractions import Fraction

import pandas as pd
from hypothesis import given, settings

from les_xl.marks import Mark
from les_xl.position import Position, make_position
from tests.position.oracle import Cell, Oracle, X, Z, over
from tests.position.test_oracle import agree, plain
from tests.position.world import known, organisation, service, specs
from tests.position.worlds import MONTHS, World, worlds

FOUR = [
    organisation("A1"),
    organisation("B2", place="Fell"),
    organisation("C3", place="Fell", closed="2025-06"),
    organisation("D4", type="alternative_provider"),
]
LISTS = [("A1", "2025-04", 6000.0), ("B2", "2025-04", 3000.0), ("C3", "2025-04", 1000.0)]
SIGNED = [
    ("A1", "dementia", "signed_up", "", "", ""),
    ("B2", "dementia", "signed_up", "2025-05", "", ""),
    ("C3", "dementia", "not_signed_up", "", "", "declined"),
]
COLUMNS = ["eligible", "signed_up", "signup_pct", "registered", "covered", "coverage_pct"]


def row(position: Position, org: str = "QE1", month: str = "2025-05", les: str = "dementia") -> list[object]:
    """The figures of one row, with the mark where there is no number."""
    found = position.signup.query("les == @les and org == @org and month == @month").iloc[0]
    return [
        Mark(found[f"{name}_mark"]) if found.get(f"{name}_mark") else float(found[name]) for name in COLUMNS
    ]


def test_rate_and_coverage_by_month() -> None:
    position = make_position(specs(service()), known(FOUR, signup=SIGNED, list_sizes=LISTS), "2025-07")
    # Of four that could, one in April and two in May; C3 is open until June. D4 has no list.
    assert row(position, month="2025-04") == [4, 1, 0.25, 10000, 6000, 0.6]
    assert row(position, month="2025-05") == [4, 2, 0.5, 10000, 9000, 0.9]
    assert row(position, month="2025-07") == [3, 2, 2 / 3, 9000, 9000, 1]
    assert row(position, "Fell") == [2, 1, 0.5, 4000, 3000, 0.75]
    assert row(position, "C3", "2025-07") == [0, 0, Mark.NOT_APPLICABLE, X, X, X]
    assert row(position, "D4") == [1, 0, 0, X, X, X]


def test_who_is_excluded_could_not_sign_up_but_has_patients_who_are_not_covered() -> None:
    excluding = service(exclude=[{"rule": "special_scheme", "footnote": "f"}])
    signup = [*SIGNED[:2], ("C3", "dementia", "signed_up", "", "", "special_scheme")]
    position = make_position(specs(excluding), known(FOUR, signup=signup, list_sizes=LISTS), "2025-07")
    assert row(position) == [3, 2, 2 / 3, 10000, 9000, 0.9]


def test_named_providers_serve_everybody_s_patients() -> None:
    named = service(eligible={"ods_codes": ["A1", "D4"]})
    signup = [(code, "dementia", "signed_up", "", "", "") for code in ("A1", "D4")]
    position = make_position(specs(named), known(FOUR, signup=signup, list_sizes=LISTS), "2025-07")
    assert row(position) == [2, 2, 1, Z, Z, Z]
    assert row(position, "Fell") == [0, 0, Z, Z, Z, Z]


def test_a_les_without_any_sign_up_is_not_known_to_be_signed_up_to() -> None:
    position = make_position(specs(service()), known(FOUR, list_sizes=LISTS), "2025-07")
    assert row(position) == [4, 0, X, 10000, X, X]


def test_before_and_after_the_les_nothing_applies() -> None:
    limited = service(starts="2025-05", ends="2025-06")
    position = make_position(specs(limited), known(FOUR, signup=SIGNED, list_sizes=LISTS), "2025-06")
    for month in ("2025-04", "2025-07"):
        assert row(position, month=month) == [0, 0, Z, Z, Z, Z]
    assert row(position, month="2025-06")[:3] == [4, 2, 0.5]


def test_the_average_is_of_the_les_that_have_a_rate() -> None:
    signup = [*SIGNED, ("A1", "other", "signed_up", "", "", "")]
    three = specs(service(), service("other"), service("unknown"))
    position = make_position(three, known(FOUR, signup=signup), "2025-07")
    average = {(found["org"], found["month"]): found for found in position.signup_average.to_dict("records")}
    # 2 of 4 and 1 of 4; the third LES has no sign-up at all.
    assert [average["QE1", "2025-05"][name] for name in ("n_les", "signup_pct")] == [2, 0.375]
    assert average["A1", "2025-05"]["signup_pct"] == 1.0
    assert average["C3", "2025-07"]["signup_pct_mark"] == Z
    without = make_position(specs(service()), known(FOUR), "2025-07").signup_average
    assert set(without["signup_pct_mark"]) == {Mark.NOT_REPORTED.value, Mark.NOT_APPLICABLE.value}


def test_notices_say_who_and_since_when() -> None:
    signup = [
        ("A1", "other", "not_signed_up", "2025-08", "", "notice_given"),
        ("B2", "dementia", "not_signed_up", "2025-05", "2025-09", "notice_given"),
        ("C3", "dementia", "not_signed_up", "2024-05", "2025-03", "notice_given"),  # over before the year
        ("D4", "dementia", "not_signed_up", "2026-04", "", "notice_given"),  # of the next year
        ("C3", "other", "not_signed_up", "", "", "declined"),
    ]
    position = make_position(specs(service(), service("other")), known(FOUR, signup=signup), "2025-07")
    assert position.notices.to_dict("records") == [
        {"les": "dementia", "org": "B2", "name": "Practice B2", "place": "Fell", "sub_icb": "N",
         "since": "2025-05", "until": "2025-09"},
        {"les": "other", "org": "A1", "name": "Practice A1", "place": "Town", "sub_icb": "N",
         "since": "2025-08", "until": ""},
    ]  # fmt: skip


def expected_row(oracle: Oracle, les: str, codes: list[str], month: str) -> dict[str, Cell]:
    """Sign-up by the rules in words."""
    one = oracle.specs.service(les)
    if not oracle.in_service(one, month):
        return {"eligible": Fraction(0), "signed_up": Fraction(0)} | dict.fromkeys(COLUMNS[2:], Z)
    recorded = any(entry["les"] == les for entry in oracle.signup)
    could = [code for code in codes if oracle.could_sign_up(code, one, month)]
    signed = [code for code in codes if recorded and oracle.counts(code, one, month)]
    eligible, signed_up = Fraction(len(could)), Fraction(len(signed))
    lists = {
        code: size
        for code in codes
        if oracle.is_open(code, month) and (size := oracle.list_size(code, month)) is not None
    }
    registered: Cell = sum(lists.values(), Fraction(0)) if lists else X
    covered: Cell = sum((size for code, size in lists.items() if code in signed), Fraction(0)) if lists else X
    if one.eligible.ods_codes:
        registered = covered = Z
    elif not recorded:
        covered = X
    rate = Z if not could else X if not recorded else signed_up / eligible
    coverage = over(covered, registered)
    figures = (eligible, signed_up, rate, registered, covered, coverage)
    return dict(zip(COLUMNS, figures, strict=True))


@settings(plain, max_examples=6)
@given(worlds())
def test_sign_up_is_what_the_rules_in_words_come_to(world: World) -> None:
    position, oracle = (
        make_position(world.specs, world.known, "2025-09"),
        Oracle(world.specs, world.known, "2025-09"),
    )
    rows = {
        (found["les"], found["level"], found["org"], found["month"]): found
        for found in position.signup.to_dict("records")
    }
    groups = list(oracle.groups())
    assert len(rows) == len(groups) * len(world.specs.services) * len(MONTHS)
    for (les, level, org, month), found in rows.items():
        codes = next(codes for of, name, codes in groups if (of, name) == (level, org))
        for name, cell in expected_row(oracle, les, codes, month).items():
            assert agree(found[name], found.get(f"{name}_mark", ""), cell), (les, org, month, name)
    check_average(position.signup, position.signup_average)


def check_average(rates: pd.DataFrame, average: pd.DataFrame) -> None:
    """The mean by pandas of what is there."""
    mean = rates.groupby(["level", "org", "month"])["signup_pct"].mean()
    for found in average.to_dict("records"):
        value = mean[found["level"], found["org"], found["month"]]
        assert math.isnan(value) == math.isnan(found["signup_pct"]) == (found["n_les"] == 0)
        assert math.isnan(value) or math.isclose(value, found["signup_pct"])
