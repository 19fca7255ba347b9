"""Who counts, who belongs where, and who took over, month by month; expected answers worked out by hand."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from les_xl.data.known import FRAMES, Known
from les_xl.data.organisations import counting, membership, successors
from les_xl.data.records import dtypes
from les_xl.spec.model import Eligible, Exclusion
from les_xl.spec.read import Specs
from tests.data.world import specs

Rows = list[dict[str, str]]


def known(organisations: Rows, signup: Rows | None = None) -> Known:
    """What is known, with "" or a usual value in what a row does not say."""
    usual: Mapping[str, str] = {"type": "practice", "sub_icb": "00Q"}
    frames = {}
    for name, record in FRAMES.items():
        rows = {"organisations": organisations, "signup": signup or []}.get(name, [])
        filled = [
            {column: row.get(column, usual.get(column, "")) for column in record.columns} for row in rows
        ]
        frames[name] = pd.DataFrame(filled, columns=list(record.columns)).astype(dict(dtypes(record.columns)))
    return Known(as_of=1, loads=pd.DataFrame(), **frames)


def dementia_only(*exclude: Exclusion) -> Specs:
    """Specs of one LES, with these exclusions."""
    both = specs(Path())
    return replace(both, services=(both.services[0].model_copy(update={"exclude": exclude}),))


def rule(**said: object) -> Exclusion:
    """An exclusion as a spec file says it."""
    return Exclusion.model_validate({"footnote": "left out", **said})


def who(given: Known, months: str, exclude: tuple[Exclusion, ...] = ()) -> str:
    """Who counts for dementia, as `A 04 A 05`: codes and months."""
    frame = counting(given, dementia_only(*exclude), [f"2025-{month}" for month in months.split()])
    assert list(frame) == ["ods_code", "les", "month"]
    return " ".join(frame["ods_code"] + " " + frame["month"].str[5:])


def signed(
    code: str, from_: str = "", to: str = "", status: str = "signed_up", reason: str = ""
) -> dict[str, str]:
    """A sign-up row for dementia."""
    return {"ods_code": code, "les": "dementia", "from": from_, "to": to, "status": status, "reason": reason}


def test_an_organisation_counts_in_the_months_from_opening_to_closing() -> None:
    given = known([{"ods_code": "A", "opened": "2025-05", "closed": "2025-06"}, {"ods_code": "B"}])
    assert who(given, "04 05 06 07") == "A 05 A 06 B 04 B 05 B 06 B 07"


def test_only_practices_and_alternative_providers_count() -> None:
    given = known(
        [
            {"ods_code": "A", "type": "practice"},
            {"ods_code": "B", "type": "alternative_provider"},
            {"ods_code": "C", "type": "other"},
        ]
    )
    assert who(given, "04") == "A 04 B 04"


def test_once_one_sign_up_is_known_the_others_do_not_count() -> None:
    both: Rows = [{"ods_code": "A"}, {"ods_code": "B"}]
    assert who(known(both), "04") == "A 04 B 04"
    assert who(known(both, [signed("A")]), "04") == "A 04"
    assert who(known(both, [{**signed("A"), "les": "ltc"}]), "04") == "A 04 B 04"


def test_the_sign_up_row_in_effect_is_the_latest_begun_and_not_over() -> None:
    rows = [
        signed("A", "2025-05"),
        signed("A", "2025-07", "2025-08", "not_signed_up"),
        signed("A", "2025-10", "", "not_signed_up"),
    ]
    assert who(known([{"ods_code": "A"}], rows), "04 05 06 07 08 09 10 11") == "A 05 A 06 A 09"


@pytest.mark.parametrize(
    ("eligible", "counts"),
    [
        ({}, "A 04 B 04 C 04"),
        ({"types": ["practice"]}, "A 04 C 04"),
        ({"types": ["alternative_provider"]}, "B 04"),
        ({"ods_codes": ["A", "B", "Z"]}, "A 04 B 04"),
        ({"types": ["practice"], "ods_codes": ["A", "B"]}, "A 04"),
    ],
)
def test_only_who_may_provide_a_les_counts(eligible: dict[str, list[str]], counts: str) -> None:
    rows: Rows = [{"ods_code": "A"}, {"ods_code": "B", "type": "alternative_provider"}, {"ods_code": "C"}]
    narrowed = dementia_only()
    service = narrowed.services[0].model_copy(
        update={"eligible": Eligible.model_validate(eligible, strict=False)}
    )
    for signup in ([], [signed(row["ods_code"]) for row in rows]):
        frame = counting(known(rows, signup), replace(narrowed, services=(service,)), ["2025-04"])
        assert " ".join(frame["ods_code"] + " " + frame["month"].str[5:]) == counts


def test_an_exclusion_is_in_force_where_the_sign_up_gives_its_reason_or_it_names_the_code() -> None:
    given = known(
        [{"ods_code": code} for code in "ABC"],
        [
            signed("A"),
            signed("A", "2025-06", reason="notice_given"),
            signed("B"),
            signed("C", reason="other"),
        ],
    )
    notice = rule(rule="notice_given")
    assert who(given, "05 06", (notice,)) == "A 05 B 05 B 06 C 05 C 06"
    named = rule(rule="special", ods_codes=("B",), to="2025-06", **{"from": "2025-06"})
    assert who(given, "05 06 07", (named,)) == "A 05 A 06 A 07 B 05 B 07 C 05 C 06 C 07"
    later = rule(rule="notice_given", **{"from": "2025-07"})
    assert who(given, "06 07", (later,)) == "A 06 B 06 B 07 C 06 C 07"


def test_nobody_counts_where_nothing_is_known() -> None:
    assert who(known([]), "04") == ""
    assert counting(known([{"ods_code": "A"}]), dementia_only(), []).empty


MOVES: Rows = [
    {"ods_code": "A", "pcn": "U1", "valid_from": "2025-04"},
    {"ods_code": "A", "pcn": "U2", "valid_from": "2025-07", "closed": "2025-09"},
    {"ods_code": "B", "pcn": "U1"},
]


@pytest.mark.parametrize(
    ("month", "pcn"), [("2025-03", "U1"), ("2025-06", "U1"), ("2025-07", "U2"), ("2026-01", "U2")]
)
def test_membership_is_that_of_the_month_and_dates_are_those_known_last(month: str, pcn: str) -> None:
    rows = membership(known(MOVES), month).set_index("ods_code")
    assert list(rows.index) == ["A", "B"]
    assert (rows.loc["A", "pcn"], rows.loc["A", "closed"], rows.loc["B", "pcn"]) == (pcn, "2025-09", "U1")


def merged(*rows: tuple[str, str, str]) -> Known:
    """Organisations with their closing month and successor."""
    return known([{"ods_code": code, "closed": closed, "successor": next_} for code, closed, next_ in rows])


def test_history_goes_to_the_last_of_a_chain_once_each_has_closed() -> None:
    given = merged(("A", "2025-05", "B"), ("B", "2025-08", "C"), ("C", "", ""))
    assert dict(successors(given, "2025-05")) == {}
    assert dict(successors(given, "2025-06")) == {"A": "B"}
    assert dict(successors(given, "2025-09")) == {"A": "C", "B": "C"}


def test_an_open_organisation_and_one_without_a_known_successor_stay_their_own() -> None:
    given = merged(("A", "", "C"), ("B", "2025-05", ""), ("C", "", ""), ("D", "2025-05", "Z"))
    assert dict(successors(given, "2025-10")) == {}


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ABCDE"), st.sampled_from(["", "A", "B", "C", "D", "E"])),
        unique_by=lambda pair: pair[0],
    )
)
def test_circles_end_and_no_history_goes_to_what_is_closed_with_a_successor(
    pairs: list[tuple[str, str]],
) -> None:
    given = merged(*((code, "2025-05", next_) for code, next_ in pairs))
    follows = {code: next_ for code, next_ in pairs if next_}
    for code, final in successors(given, "2025-10").items():
        assert code != final
        assert final not in follows
