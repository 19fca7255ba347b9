"""What becomes known of later months changes no check of an earlier as-at month."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from pandas.testing import assert_frame_equal

from les_xl.data.known import Known
from les_xl.position import make_position
from tests.position.test_oracle import plain
from tests.position.world import known, monthly, organisation, reviews, service, specs
from tests.position.worlds import World, worlds

AS_AT = "2025-07"


def without_later(facts: Known) -> Known:
    """What would be known had nothing been heard of the months after the as-at month.

    A sign-up that ends later has no end yet. What is planned for the whole year, or once for an
    organisation, is the same.
    """

    def heard(frame: pd.DataFrame, column: str) -> pd.DataFrame:
        return frame[frame[column] <= AS_AT].reset_index(drop=True)

    signup = heard(facts.signup, "from")
    return replace(
        facts,
        activity=heard(facts.activity, "month"),
        list_sizes=heard(facts.list_sizes, "month"),
        signup=signup.assign(to=np.where(signup["to"] > AS_AT, "", signup["to"])),
    )


@settings(plain, max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(worlds())
def test_later_months_change_no_check(world: World) -> None:
    """Checks of the plan are of the whole year, as it is known: they are set aside."""
    whole, part = (
        make_position(world.specs, facts, AS_AT).checks for facts in (world.known, without_later(world.known))
    )
    assert_frame_equal(_of_months(whole), _of_months(part), check_exact=True)


def _of_months(checks: pd.DataFrame) -> pd.DataFrame:
    of_year = checks["check"].isin(["plan_year", "shares_make_plan"])
    return checks[~of_year & ~checks["scope"].str.endswith(", planned")].reset_index(drop=True)


NEITHER = [(code, "dementia", "not_signed_up", "", "", "") for code in ("A1", "B2")]
BOTH = [(code, "dementia", "signed_up", "", "", "") for code in ("A1", "B2")]
LISTS = [("A1", "2025-04", 6000.0), ("B2", "2025-04", 4000.0)]


@pytest.mark.parametrize(
    ("before", "later"),
    [
        ({"list_sizes": []}, {"list_sizes": [("A1", "2025-09", 9000.0)]}),
        ({"signup": NEITHER}, {"signup": [*NEITHER, ("B2", "dementia", "signed_up", "2025-10", "", "")]}),
        ({}, {"signup": [*BOTH, ("B2", "dementia", "not_signed_up", "2025-10", "", "")]}),
        ({}, {"signup": [BOTH[0], ("B2", "dementia", "signed_up", "", "2025-09", "")]}),
        ({}, {"activity": reviews(A1=monthly("2025-04", 4, 5, 6, 7, 90), B2=monthly("2025-04", 4, 5, 6, 7))}),
        ({}, {"organisations": [organisation("A1"), organisation("B2", sub_icb="A", closed="2025-09")]}),
    ],
)
def test_each_of_them_changes_none(before: dict[str, Any], later: dict[str, Any]) -> None:
    facts: dict[str, Any] = {
        "organisations": [organisation("A1"), organisation("B2", sub_icb="A")],
        "activity": reviews(A1=monthly("2025-04", 4, 5, 6, 7), B2=monthly("2025-04", 4, 5, 6, 7)),
        "signup": BOTH,
        "list_sizes": LISTS,
    }
    was, now = (
        make_position(specs(service()), known(**facts | one), AS_AT).checks
        for one in (before, before | later)
    )
    assert_frame_equal(now, was, check_exact=True)
