"""Whose activity is in the figures, and whom it belongs to after a merger or a move."""

from typing import Any

import pytest

from les_xl.marks import Mark
from les_xl.position import Position, make_position
from tests.position.world import YEAR, flat, known, monthly, organisation, reviews, service, specs

Z = Mark.NOT_APPLICABLE
EVERY_MONTH = monthly("2025-04", 1, 1, 1, 1)
JULY = "2025-07"


def delivered(position: Position, org: str = "QE1", month: str = JULY) -> object:
    return position.value("delivered", "dementia", org=org, month=month)


def one_of_two(**changes: Any) -> Position:
    """A1 counts; B2 is another organisation with the same activity."""
    rows = [organisation("A1"), organisation("B2", **changes)]
    return make_position(
        specs(service()), known(rows, activity=reviews(A1=EVERY_MONTH, B2=EVERY_MONTH)), JULY
    )


@pytest.mark.parametrize("kind", ["practice", "alternative_provider"])
def test_practices_and_alternative_providers_count(kind: str) -> None:
    assert delivered(one_of_two(type=kind)) == 2


def test_another_type_does_not_count_and_has_no_row() -> None:
    position = one_of_two(type="trust")
    assert delivered(position) == 1
    assert "B2" not in set(position.organisations["org"])


def test_an_organisation_counts_from_the_month_it_opens_to_the_month_it_closes() -> None:
    position = one_of_two(opened="2025-05", closed="2025-06")
    counted = [position.value("n_expected", "dementia", month=f"2025-0{at}") for at in (4, 5, 6, 7)]
    assert counted == [1.0, 2.0, 2.0, 1.0]
    assert [delivered(position, month=f"2025-0{at}") for at in (4, 5, 6, 7)] == [1.0, 2.0, 2.0, 1.0]
    assert delivered(position, "B2") is Z


def test_who_closed_before_the_year_has_no_row() -> None:
    assert "B2" not in set(one_of_two(closed="2025-03").organisations["org"])
    assert "B2" in set(one_of_two(closed="2025-04").organisations["org"])


class TestSignUp:
    """Rows of the sign-up file and exclusions."""

    @staticmethod
    def position(*signup: tuple[str, ...], **changes: Any) -> Position:
        rows = [(code, "dementia", *row) for code, *row in signup]
        return make_position(
            specs(service(**changes)),
            known(
                [organisation("A1"), organisation("B2")],
                activity=reviews(A1=EVERY_MONTH, B2=EVERY_MONTH),
                signup=rows,
            ),
            JULY,
        )

    def test_who_is_not_in_the_file_has_not_signed_up(self) -> None:
        position = self.position(("A1", "signed_up", "", "", ""))
        assert [delivered(position), delivered(position, "B2")] == [1.0, Z]

    def test_who_declined_does_not_count(self) -> None:
        position = self.position(("A1", "signed_up", "", "", ""), ("B2", "not_signed_up", "", "", ""))
        assert [delivered(position), delivered(position, "B2")] == [1.0, Z]

    def test_the_row_that_began_last_is_in_effect(self) -> None:
        position = self.position(
            ("A1", "signed_up", "", "", ""),
            ("B2", "signed_up", "", "", ""),
            ("B2", "not_signed_up", "2025-06", "", ""),
        )
        assert [delivered(position, month=f"2025-0{at}") for at in (4, 5, 6, 7)] == [2.0, 2.0, 1.0, 1.0]

    def test_an_exclusion_takes_out_who_has_its_reason_while_it_lasts(self) -> None:
        rule = {"rule": "notice_given", "footnote": "gave notice", "from": "2025-06", "to": "2025-06"}
        position = self.position(
            ("A1", "signed_up", "", "", ""), ("B2", "signed_up", "", "", "notice_given"), exclude=[rule]
        )
        assert [delivered(position, month=f"2025-0{at}") for at in (5, 6, 7)] == [2.0, 1.0, 2.0]

    def test_an_exclusion_can_name_codes(self) -> None:
        rule = {"rule": "special", "footnote": "special provider", "ods_codes": ["B2"]}
        position = self.position(exclude=[rule])
        assert [delivered(position), delivered(position, "B2")] == [1.0, Z]


class TestMergers:
    """A closed practice whose history follows its successor."""

    MERGED = (
        organisation("A1", closed="2025-05", successor="B2", sub_icb="N", place="Town"),
        organisation("B2", sub_icb="A", place="Fell"),
    )

    def position(self, as_at: str = JULY) -> Position:
        return make_position(
            specs(service(plan=[flat(30)])),
            known(
                self.MERGED,
                activity=reviews(A1=monthly("2025-04", 3, 4, 50), B2=monthly("2025-04", 10, 10, 10, 10)),
                targets=[("A1", "dementia", "reviews", YEAR, 1.0), ("B2", "dementia", "reviews", YEAR, 2.0)],
            ),
            as_at,
        )

    def test_the_successor_has_the_history_and_the_groups_follow_it(self) -> None:
        position = self.position()
        # The 50 of June were reported for a code that was closed by then.
        months = [f"2025-0{at}" for at in (4, 5, 6, 7)]
        assert [delivered(position, "B2", month) for month in months] == [13.0, 14.0, 10.0, 10.0]
        assert [delivered(position, "A", month) for month in months] == [13.0, 14.0, 10.0, 10.0]
        assert delivered(position, "N") is Z
        assert "A1" not in set(position.organisations["org"])
        assert position.value("n_expected", "dementia", org="B2", month="2025-05") == 2
        assert position.value("n_expected", "dementia", org="B2", month="2025-06") == 1

    def test_so_do_its_targets(self) -> None:
        position = self.position()
        assert position.value("annual_target", "dementia", org="B2") == 3
        assert [position.value("planned", "dementia", org="B2", month=f"2025-0{at}") for at in (5, 6)] == [
            30.0,
            30.0,
        ]

    def test_until_it_closes_it_stands_for_itself(self) -> None:
        position = self.position("2025-05")
        assert delivered(position, "A1", "2025-05") == 4
        assert delivered(position, "N", "2025-05") == 4
        assert position.value("planned", "dementia", org="A1", month="2025-05") == 10
        # What comes after is already planned for the successor.
        assert position.value("planned", "dementia", org="A1", month="2025-06") is Z
        assert position.value("planned", "dementia", org="B2", month="2025-06") == 30

    def test_a_chain_leads_to_its_end(self) -> None:
        rows = [
            organisation("A1", closed="2025-04", successor="B2"),
            organisation("B2", closed="2025-05", successor="C3"),
            organisation("C3"),
        ]
        activity = reviews(A1={"2025-04": 1}, B2={"2025-05": 2}, C3=monthly("2025-04", 10, 10, 10))
        position = make_position(specs(service()), known(rows, activity=activity), "2025-06")
        assert [delivered(position, "C3", f"2025-0{at}") for at in (4, 5, 6)] == [11.0, 12.0, 10.0]


class TestGroups:
    """PCNs, places and sub-ICBs, and the order of all rows."""

    ROWS = (
        organisation("Z9", sub_icb="N", pcn="P2", pcn_name="Second PCN", place="Town"),
        organisation("A1", sub_icb="A", pcn="P1", place="Fell"),
        organisation("B2", sub_icb="N", pcn="P1", place="Fell"),
        organisation("C3", sub_icb="Q", sub_icb_name="Unheard of", pcn="", place=""),
    )

    def position(self) -> Position:
        activity = reviews(Z9={"2025-04": 1}, A1={"2025-04": 2}, B2={"2025-04": 4}, C3={"2025-04": 8})
        return make_position(specs(service()), known(self.ROWS, activity=activity))

    def test_the_order_of_organisations(self) -> None:
        shown = self.position().organisations
        assert list(zip(shown["level"], shown["org"], strict=True)) == [
            ("practice", "B2"), ("practice", "Z9"), ("practice", "A1"), ("practice", "C3"),
            ("pcn", "P1"), ("pcn", "P2"),
            ("place", "Fell"), ("place", "Town"),
            ("sub_icb", "N"), ("sub_icb", "A"), ("sub_icb", "Q"),
            ("icb", "QE1"),
        ]  # fmt: skip
        names = dict(zip(shown["org"], shown["name"], strict=True))
        assert names["P2"] == "Second PCN"
        assert names["A"] == "South"
        assert names["Q"] == "Unheard of"
        assert names["Fell"] == "Fell"
        assert names["QE1"] == "The ICB"

    def test_each_row_says_what_it_belongs_to(self) -> None:
        shown = self.position().organisations
        found = {row.org: (row.pcn, row.place, row.sub_icb) for row in shown.itertuples()}
        assert found["B2"] == ("P1", "Fell", "N")
        assert found["C3"] == ("", "", "Q")
        assert found["P1"] == ("P1", "", "")
        assert found["Town"] == ("", "Town", "")
        assert found["QE1"] == ("", "", "")

    def test_each_group_adds_up_its_own_practices(self) -> None:
        position = self.position()
        found = {org: delivered(position, org, "2025-04") for org in position.organisations["org"]}
        assert found == {
            "Z9": 1.0, "A1": 2.0, "B2": 4.0, "C3": 8.0,
            "P1": 6.0, "P2": 1.0, "Fell": 6.0, "Town": 1.0, "N": 5.0, "A": 2.0, "Q": 8.0, "QE1": 15.0,
        }  # fmt: skip

    def test_a_practice_that_moved_takes_its_history_along(self) -> None:
        rows = [
            organisation("A1", valid_from=""),
            organisation("A1", valid_from="2025-06", sub_icb="A", place="Fell"),
        ]
        facts = known(rows, activity=reviews(A1=monthly("2025-04", 1, 2, 3)))
        before, after = (make_position(specs(service()), facts, month) for month in ("2025-05", "2025-06"))
        assert [before.value("delivered_to_date", "dementia", org=org) for org in ("N", "A")] == [3.0, Z]
        assert [after.value("delivered_to_date", "dementia", org=org) for org in ("N", "A")] == [Z, 6.0]
