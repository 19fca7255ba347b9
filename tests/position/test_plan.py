"""Plans and targets on figures small enough to work out by hand."""

import pytest

from les_xl.marks import Mark
from les_xl.position import Position, make_position
from tests.position.world import (
    YEAR,
    flat,
    known,
    metric,
    monthly,
    organisation,
    profile,
    reviews,
    service,
    specs,
)

SHARES = {"2025-05": "3%", "2025-06": "12%", "2025-08": "85%"}
THREE = [organisation("A1"), organisation("B2", sub_icb="A"), organisation("C3", sub_icb="A", pcn="P2")]


def targets(**by_code: float) -> list[tuple[str, str, str, str, float]]:
    return [(code, "dementia", "reviews", YEAR, target) for code, target in by_code.items()]


def overrides(month: str, **by_code: float) -> list[tuple[str, str, str, str, float]]:
    return [(code, "dementia", "reviews", month, planned) for code, planned in by_code.items()]


def planned(position: Position, month: str = "2025-04", *orgs: str) -> list[object]:
    return [position.value("planned", "dementia", org=org, month=month) for org in orgs]


def test_practices_share_the_flat_plan_in_proportion_to_their_targets() -> None:
    position = make_position(
        specs(service(plan=[flat(100)])),
        known(THREE, targets=targets(A1=1, B2=2, C3=3)),
        "2025-04",
    )
    # 100 × 1/6, 2/6, 3/6, to six decimals.
    assert planned(position, "2025-04", "A1", "B2", "C3") == [16.666667, 33.333333, 50.0]


def test_a_group_is_added_up_before_it_is_divided() -> None:
    position = make_position(
        specs(service(plan=[flat(1)])),
        known(THREE, targets=targets(A1=1, B2=1, C3=1)),
        "2025-04",
    )
    # Two shares of 0.333333 are 0.666666; two of three are 0.666667.
    assert planned(position, "2025-04", "B2", "C3", "A", "QE1") == [0.333333, 0.333333, 0.666667, 1.0]


def test_a_practice_without_a_target_has_no_plan_and_one_with_a_target_of_0_has_0() -> None:
    position = make_position(
        specs(service(plan=[flat(100)])), known(THREE, targets=targets(A1=4, B2=0)), "2025-04"
    )
    assert planned(position, "2025-04", "A1", "B2", "C3") == [100.0, 0.0, Mark.NOT_APPLICABLE]
    assert position.value("pct_plan", "dementia", org="B2", month="2025-04") is Mark.NOT_APPLICABLE


@pytest.mark.parametrize("loaded", [{}, {"A1": 0.0, "B2": 0.0}])
def test_a_plan_that_nobody_shares_stands_for_the_icb_alone(loaded: dict[str, float]) -> None:
    position = make_position(
        specs(service(plan=[flat(100, annual_target=1150)])),
        known(THREE, targets=targets(**loaded)),
        "2025-04",
    )
    assert planned(position, "2025-04", "QE1", "A", "A1") == [100.0, Mark.NOT_APPLICABLE, Mark.NOT_APPLICABLE]


def test_an_override_is_used_and_the_others_share_what_is_left() -> None:
    position = make_position(
        specs(service(plan=[flat(100)])),
        known(THREE, targets=targets(A1=1, B2=1, C3=3), planned=overrides("2025-05", A1=40)),
        "2025-06",
    )
    assert planned(position, "2025-05", "A1", "B2", "C3", "A", "QE1") == [40.0, 15.0, 45.0, 60.0, 100.0]
    assert planned(position, "2025-06", "A1", "B2", "C3") == [20.0, 20.0, 60.0]


def test_overrides_above_the_plan_leave_the_others_nothing_and_fail_the_check() -> None:
    position = make_position(
        specs(service(plan=[flat(100)])),
        known(THREE, targets=targets(B2=1), planned=overrides("2025-04", A1=130)),
        "2025-04",
    )
    assert planned(position, "2025-04", "A1", "B2", "QE1") == [130.0, 0.0, 130.0]
    check = position.checks.set_index("check").loc["shares_make_plan"]
    assert (check["left"], check["right"], check["ok"]) == (130.0, 100.0, False)


def test_overrides_of_everybody_that_counts_are_the_plan() -> None:
    position = make_position(
        specs(service(plan=[flat(100)])),
        known(THREE, targets=targets(A1=1), planned=overrides("2025-04", A1=10, B2=20, C3=5)),
        "2025-04",
    )
    assert planned(position, "2025-04", "QE1", "A") == [35.0, 25.0]


def test_overrides_need_no_plan_in_the_specification() -> None:
    position = make_position(specs(service()), known(THREE, planned=overrides("2025-04", A1=10)), "2025-04")
    assert planned(position, "2025-04", "A1", "B2", "QE1") == [10.0, Mark.NOT_APPLICABLE, 10.0]


def test_a_plan_can_begin_late_change_mid_year_and_end() -> None:
    position = make_position(
        specs(
            service(
                plan=[flat(10, **{"from": "2025-06", "to": "2025-08"}), flat(20, **{"from": "2025-10"})],
                ends="2026-01",
            )
        ),
        known(THREE, targets=targets(A1=1)),
        "2025-04",
    )
    z = Mark.NOT_APPLICABLE
    months = ["2025-05", "2025-06", "2025-08", "2025-09", "2025-10", "2026-01", "2026-02"]
    assert [planned(position, month, "QE1")[0] for month in months] == [z, 10.0, 10.0, z, 20.0, 20.0, z]


def test_a_plan_of_another_year_is_no_plan_of_this_one() -> None:
    last = flat(10, year="2024-25")
    position = make_position(specs(service(plan=[last])), known(THREE, targets=targets(A1=1)), "2025-04")
    assert planned(position, "2025-04", "QE1") == [Mark.NOT_APPLICABLE]


def test_a_practice_that_leaves_hands_its_share_to_the_others() -> None:
    leaver = organisation("B2", closed="2025-05")
    position = make_position(
        specs(service(plan=[flat(90)])),
        known([organisation("A1"), leaver], targets=targets(A1=1, B2=2)),
        "2025-06",
    )
    # It still counts in the month in which it closes.
    assert planned(position, "2025-05", "A1", "B2", "QE1") == [30.0, 60.0, 90.0]
    assert planned(position, "2025-06", "A1", "B2", "QE1") == [90.0, Mark.NOT_APPLICABLE, 90.0]


def test_the_second_planned_metric_has_its_own_plan() -> None:
    two = service(
        metrics=[
            metric("procedure", headline=True, published_as="Procedure"),
            metric("talk", published_as="Talk"),
        ],
        plan=[flat(91), flat(87, metric="talk")],
    )
    position = make_position(specs(two), known(THREE), "2025-04")
    assert position.value("planned", "dementia", month="2025-04") == 91
    assert position.value("planned", "dementia", "talk", month="2025-04") == 87


class TestAnnualTargets:
    """Where the annual target of each level comes from."""

    def test_loaded_targets_are_added_up_and_the_plans_own_figure_is_checked_against_them(self) -> None:
        position = make_position(
            specs(service(plan=[flat(10, annual_target=125)])),
            known(THREE, targets=targets(A1=50, B2=70)),
            "2025-04",
        )
        found = [position.value("annual_target", "dementia", org=org) for org in ("A1", "C3", "A", "QE1")]
        assert found == [50.0, Mark.NOT_APPLICABLE, 70.0, 120.0]
        checks = position.checks.set_index("check")
        assert checks.loc["targets_make_plan", "difference"] == -5
        assert not checks.loc["targets_make_plan", "ok"]
        # Twelve months of 10 are the loaded 120.
        assert checks.loc["plan_year", "ok"]

    def test_without_targets_the_icb_has_the_plans_own(self) -> None:
        position = make_position(specs(service(plan=[flat(10, annual_target=125)])), known(THREE), "2025-04")
        assert position.value("annual_target", "dementia") == 125
        assert position.value("annual_target", "dementia", org="A") is Mark.NOT_APPLICABLE

    def test_without_any_figure_it_is_the_plan_of_the_months_in_service(self) -> None:
        position = make_position(specs(service(plan=[flat(10)], starts="2025-06")), known(THREE), "2025-04")
        assert position.value("annual_target", "dementia") == 100

    def test_a_practice_with_monthly_overrides_only_has_their_sum(self) -> None:
        position = make_position(
            specs(service(plan=[flat(100)])),
            known(
                THREE,
                targets=targets(A1=600),
                planned=[*overrides("2025-04", B2=10, A1=7), *overrides("2026-03", B2=5)],
            ),
            "2025-04",
        )
        found = [position.value("annual_target", "dementia", org=org) for org in ("A1", "B2", "QE1")]
        assert found == [600.0, 15.0, 615.0]

    def test_an_override_outside_the_months_in_service_is_not_in_it(self) -> None:
        rows = [*overrides("2025-04", A1=10), *overrides("2025-06", A1=5), *overrides("2026-01", A1=20)]
        limited = service(starts="2025-05", ends="2025-12")
        position = make_position(specs(limited), known(THREE, planned=rows), "2025-06")
        assert position.value("annual_target", "dementia", org="A1") == 5

    @pytest.mark.parametrize(("codes", "icb"), [(("A1", "B2", "C3"), 30.0), (("A1", "B2"), 125.0)])
    def test_overrides_alone_are_the_icbs_target_only_where_everybody_has_some(
        self, codes: tuple[str, ...], icb: float
    ) -> None:
        rows = overrides("2025-04", **dict.fromkeys(codes, 10.0))
        position = make_position(
            specs(service(plan=[flat(10, annual_target=125)])), known(THREE, planned=rows), "2025-04"
        )
        assert position.value("annual_target", "dementia") == icb
        assert position.value("annual_target", "dementia", org="A1") == 10

    def test_after_the_les_has_ended_without_data_it_is_that_of_its_last_month(self) -> None:
        position = make_position(
            specs(service(ends="2025-06")), known(THREE, targets=targets(A1=5)), "2025-09"
        )
        assert position.value("annual_target", "dementia", org="A1") == 5

    def test_a_target_of_another_year_is_not_used(self) -> None:
        rows = [("A1", "dementia", "reviews", "2024-25", 99.0)]
        position = make_position(specs(service()), known(THREE, targets=rows), "2025-04")
        assert position.value("annual_target", "dementia") is Mark.NOT_APPLICABLE

    def test_only_those_that_count_in_the_data_month_are_in_it(self) -> None:
        leaver = organisation("B2", closed="2025-05")
        activity = reviews(A1=monthly("2025-04", 1, 1, 1), B2=monthly("2025-04", 1, 1))
        position = make_position(
            specs(service()),
            known([organisation("A1"), leaver], targets=targets(A1=5, B2=7), activity=activity),
        )
        assert position.data_months == {"dementia": "2025-06"}
        assert position.value("annual_target", "dementia") == 5
        before = make_position(
            specs(service()),
            known([organisation("A1"), leaver], targets=targets(A1=5, B2=7), activity=activity),
            "2025-05",
        )
        assert before.value("annual_target", "dementia") == 12

    def test_before_the_les_begins_it_is_that_of_its_first_month(self) -> None:
        position = make_position(
            specs(service(starts="2025-05")), known(THREE, targets=targets(A1=5)), "2025-04"
        )
        assert position.value("annual_target", "dementia", org="A1") == 5


class TestProfile:
    """The expected spread over the year."""

    def test_it_is_the_annual_target_by_month(self) -> None:
        activity = reviews(A1=monthly("2025-04", 1, 2, 4))
        position = make_position(
            specs(service(plan=[flat(10, annual_target=1000), profile(SHARES)])),
            known([organisation("A1")], activity=activity),
        )
        expected = [
            position.value("expected", "dementia", month=f"2025-0{month}") for month in (4, 5, 6, 7, 8)
        ]
        assert expected == [Mark.NOT_APPLICABLE, 30.0, 120.0, 0.0, 850.0]
        to_date = [
            position.value("expected_to_date", "dementia", month=f"2025-0{month}") for month in (4, 5, 6, 7)
        ]
        assert to_date == [Mark.NOT_APPLICABLE, 30.0, 150.0, Mark.NOT_REPORTED]
        # 1 + 2 + 4 delivered of 150 expected.
        assert position.value("pct_expected_to_date", "dementia") == pytest.approx(7 / 150)

    def test_without_a_profile_or_a_target_there_is_none(self) -> None:
        plain = make_position(specs(service(plan=[flat(10)])), known(THREE), "2025-04")
        assert plain.value("expected", "dementia") is Mark.NOT_APPLICABLE
        shared = make_position(specs(service(plan=[profile(SHARES)])), known(THREE), "2025-04")
        assert shared.value("expected", "dementia", month="2025-06") is Mark.NOT_APPLICABLE

    def test_before_the_les_begins_there_is_none(self) -> None:
        late = service(starts="2025-06", plan=[flat(10, annual_target=1000), profile(SHARES)])
        position = make_position(specs(late), known(THREE), "2025-06")
        assert position.value("expected", "dementia", month="2025-05") is Mark.NOT_APPLICABLE
        assert position.value("expected", "dementia", month="2025-06") == 120
