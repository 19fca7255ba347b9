"""XmR charts: vectors by hand, every edge of every rule, and a second method in exact fractions."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from les_xl.measures.spc import PROFILES, Assurance, Cause, Profile, Variation, xmr
from les_xl.spec.chart_model import Better

NHSR, MDC = PROFILES["nhsr"], PROFILES["mdc"]
CALM = [10.0, 12.0] * 6
"""Mean 11, every moving range 2: limits 11 ± 5.32, near limits 11 ± 3.546…"""


def flags(values: Sequence[float], profile: Profile = NHSR) -> list[str]:
    """The causes of a series, as texts."""
    return [str(cause) for cause in xmr(values, profile).causes]


def test_limits_by_hand() -> None:
    limits = xmr(CALM, NHSR).limits[0]
    assert limits is not None
    assert (limits.mean, limits.points) == (11, 12)
    assert (limits.lower, limits.upper) == pytest.approx((5.68, 16.32))
    assert (limits.near_lower, limits.near_upper) == pytest.approx((11 - 5.32 * 2 / 3, 11 + 5.32 * 2 / 3))
    assert flags(CALM) == [""] * 12


def test_no_limits_and_no_flags_under_twelve_points() -> None:
    chart = xmr([*CALM[:10], 1000.0], NHSR)
    assert set(chart.limits) == {None}
    assert set(chart.causes) == {Cause.NONE}
    assert chart.variation("up") is None
    assert chart.assurance(5, "up") is None


@pytest.mark.parametrize(("points", "trial"), [(12, True), (19, True), (20, False)])
def test_trial_limits_up_to_nineteen_points(points: int, trial: bool) -> None:
    limits = xmr((CALM * 2)[:points], NHSR).limits[-1]
    assert limits is not None
    assert limits.trial is trial


def test_an_empty_series_has_an_empty_chart() -> None:
    chart = xmr([], NHSR)
    assert (chart.limits, chart.causes, chart.variation("up"), chart.assurance(1, "up")) == (
        (),
        (),
        None,
        None,
    )


def test_a_month_without_a_return_is_no_point() -> None:
    with pytest.raises(ValueError, match="reported values"):
        xmr([*CALM, float("nan")], NHSR)


def test_one_screening_pass_of_large_moving_ranges() -> None:
    """One jump to 60: ranges 2 (×10), 50, 50; their mean is 10; 3.267 × that is 32.67: both big ones go."""
    values = [10.0, 12.0] * 5 + [10.0, 60.0, 10.0]
    screened, plain = xmr(values, NHSR).limits[0], xmr(values, MDC).limits[0]
    assert screened is not None
    assert plain is not None
    mean = 190 / 13
    assert (screened.mean, plain.mean) == pytest.approx((mean, mean))
    assert screened.upper == pytest.approx(mean + 2.66 * 2)
    assert plain.upper == pytest.approx(mean + 2.66 * 10)


def test_a_moving_range_at_the_screen_goes() -> None:
    """Ranges of 1, n-1 times, and one of r: r = 3.267 (n - 1 + r) / n solves r at the screen exactly."""
    n = 12
    big = 3.267 * (n - 1) / (n - 3.267)
    values = [0.0, 1.0] * 6 + [1.0 + big]
    at = xmr(values, NHSR).limits[0]
    just_under = xmr([*values[:-1], values[-1] - 1e-6], NHSR).limits[0]
    assert at is not None
    assert just_under is not None
    assert at.upper - at.mean == pytest.approx(2.66 * 1)
    assert just_under.upper - just_under.mean > 2.66 * 1.2


def test_a_point_exactly_on_a_limit_is_not_beyond_it() -> None:
    """17 points, the last v: v = (176 + v) / 17 + 2.66 (30 + v − 12) / 16 puts v on the upper limit."""
    part = Fraction("2.66") / 16
    on = float((Fraction(176, 17) + part * 18) / (1 - Fraction(1, 17) - part))
    limits = xmr([*CALM, *CALM[:4], on], MDC).limits[-1]
    assert limits is not None
    assert limits.upper == pytest.approx(on)
    assert flags([*CALM, *CALM[:4], on], MDC)[-1] == ""
    assert flags([*CALM, *CALM[:4], on + 0.001], MDC)[-1] == "above the upper limit"


def test_outside_a_limit() -> None:
    values = [*CALM, 25.0]
    assert flags(values)[-1] == "above the upper limit"
    assert flags([-value for value in values])[-1] == "below the lower limit"


def test_seven_points_on_one_side_and_six_are_none() -> None:
    """The mean is 9.05 with six and 9.14 with seven of the high points; none is near a limit."""
    six = [*[7.0, 9.0] * 7, *[11.0, 12.0] * 3]
    assert flags(six) == ["run below the mean"] * 14 + [""] * 6
    assert flags([*six, 11.0])[-7:] == ["run above the mean"] * 7
    assert flags(six, replace(NHSR, shift=6))[-6:] == ["run above the mean"] * 6


def test_a_value_on_the_mean_breaks_a_run() -> None:
    """3 × (9, 11) below and above 10, then seven of 9 to 10: with the fourth on the mean there is no run."""
    run = [9.0, 9.5, 9.0, 9.5, 9.0, 9.5, 9.0]
    balance = [11.0, 9.0] * 3 + [11.0, 10.5, 11.0, 10.5, 11.0, 10.5, 11.0]
    assert sum(run) + sum(balance) == 200  # of 20 points: the mean is 10
    assert flags([*balance, *run])[-7:] == ["run below the mean"] * 7
    broken = [*run[:3], 10.0, *run[4:]]
    again = [*balance[:-1], balance[-1] - 0.5]  # what the one on the mean adds goes elsewhere
    assert sum(broken) + sum(again) == 200
    assert flags([*again, *broken])[-7:] == [""] * 7


def test_seven_rising_points_are_a_trend_and_a_tie_breaks_it() -> None:
    calm = [10.0, 12.0] * 8
    rise = [10.0, 10.4, 10.8, 11.2, 11.6, 12.0, 12.4]
    assert flags([*calm, *rise])[-7:] == ["rising trend"] * 7
    tied = [10.0, 10.4, 10.8, 11.2, 11.2, 11.6, 12.0]
    assert "rising trend" not in flags([*calm, *tied])
    assert flags([*[-value for value in calm], *[-value for value in rise]])[-7:] == ["falling trend"] * 7


def test_where_a_trend_turns_what_comes_next_decides() -> None:
    calm = [10.0, 12.0] * 8
    up = [8.0, 8.6, 9.2, 9.8, 10.4, 11.0, 11.6]
    down = [11.0, 10.4, 9.8, 9.2, 8.6, 8.0]
    found = flags([*calm, 12.5, *up, *down])
    assert found[-13:-7] == ["rising trend"] * 6
    assert found[-7:] == ["falling trend"] * 7


def test_two_of_three_near_a_limit() -> None:
    """Mean 11.44, near limit 15.91, limit 18.15; with 10.0 between: 11.37, 16.12, 18.49."""
    calm = [10.0, 12.0] * 10
    found = flags([*calm, 16.4, 11.8, 16.4, 10.0])
    assert found[-4:] == ["two of three near the upper limit", "", "two of three near the upper limit", ""]
    other_side = flags([*calm, 16.4, 10.0, 16.4, 10.0])
    assert "two of three near the upper limit" not in other_side


def test_points_outside_count_as_near_in_mdc_only() -> None:
    calm = [10.0, 12.0] * 12
    series = [*calm, 15.8, 30.0, 12.0]
    no_screen = replace(MDC, screens=True)
    assert flags(series, no_screen)[-3:] == [
        "two of three near the upper limit",
        "above the upper limit",
        "",
    ]
    assert flags(series, NHSR)[-3:] == ["", "above the upper limit", ""]


def test_a_point_of_two_rules_is_named_by_the_first() -> None:
    calm = [10.0, 12.0] * 8
    rise = [10.0, 10.4, 10.8, 11.2, 11.6, 12.0, 40.0]
    assert flags([*calm, *rise])[-7:] == ["rising trend"] * 6 + ["above the upper limit"]


def test_a_rebase_starts_limits_anew() -> None:
    values = [*CALM, *[value + 100 for value in CALM]]
    whole, apart = xmr(values, NHSR), xmr(values, NHSR, rebase=[12])
    assert set(whole.causes) != {Cause.NONE}
    assert set(apart.causes) == {Cause.NONE}
    assert [limits.mean for limits in apart.limits if limits] == [11.0] * 12 + [111.0] * 12
    short = xmr(values, NHSR, rebase=[18])
    assert short.limits[17] is not None
    assert short.limits[18] is None


def test_a_rule_does_not_look_across_a_rebase() -> None:
    """Seven points rise; where limits begin anew at the fifth of them, four rise and then three do."""
    before, rise, after = [10.0, 12.0] * 8, [10.0, 10.4, 10.8, 11.2, 11.6, 12.0, 12.4], [10.0, 12.0] * 5
    values = [*before, *rise, *after]
    assert flags(values)[16:23] == ["rising trend"] * 7
    assert set(xmr(values, NHSR, rebase=[20]).causes) == {Cause.NONE}


@pytest.mark.parametrize(
    ("last", "direction", "variation"),
    [
        (25.0, "up", Variation.IMPROVEMENT),
        (25.0, "down", Variation.CONCERN),
        (25.0, "neither", Variation.NEITHER),
        (-3.0, "up", Variation.CONCERN),
        (-3.0, "down", Variation.IMPROVEMENT),
        (-3.0, "neither", Variation.NEITHER),
        (11.0, "up", Variation.COMMON),
        (11.0, "neither", Variation.COMMON),
    ],
)
def test_variation_is_by_the_direction_of_improvement(
    last: float, direction: Better, variation: Variation
) -> None:
    assert xmr([*CALM, last], NHSR).variation(direction) is variation


def test_variation_of_a_point_before_the_last() -> None:
    chart = xmr([*CALM, 25.0, 11.0], NHSR)
    assert chart.variation("up") is Variation.COMMON
    assert chart.variation("up", 12) is Variation.IMPROVEMENT


PASSING, FAILING, HIT_AND_MISS = Assurance.PASSING, Assurance.FAILING, Assurance.HIT_AND_MISS


@pytest.mark.parametrize(
    ("target", "up", "down"),
    [
        (17.0, FAILING, PASSING),
        (16.33, FAILING, PASSING),
        (16.32, HIT_AND_MISS, HIT_AND_MISS),  # on the upper limit, 11 + 2.66 × 2
        (16.31, HIT_AND_MISS, HIT_AND_MISS),
        (11.0, HIT_AND_MISS, HIT_AND_MISS),  # the mean
        (12.0, HIT_AND_MISS, HIT_AND_MISS),  # the last point
        (5.69, HIT_AND_MISS, HIT_AND_MISS),
        (5.68, HIT_AND_MISS, HIT_AND_MISS),  # on the lower limit
        (5.67, PASSING, FAILING),
    ],
)
def test_assurance_is_by_the_limits_at_the_last_point(target: float, up: Assurance, down: Assurance) -> None:
    chart = xmr(CALM, NHSR)
    assert (chart.assurance(target, "up"), chart.assurance(target, "down")) == (up, down)
    assert chart.assurance(target, "neither") is None


def test_assurance_is_of_the_process_not_of_the_last_point() -> None:
    """The last point passes 17 and the process does not: 13 points of mean 157 / 13, ranges of 2 alone."""
    chart = xmr([*CALM, 25.0], NHSR)
    assert chart.assurance(157 / 13 + 2.66 * 2 + 0.01, "up") is FAILING
    assert chart.assurance(157 / 13 + 2.66 * 2, "up") is HIT_AND_MISS


def test_a_process_without_any_variation_is_on_its_limits() -> None:
    chart = xmr([10.0] * 12, NHSR)
    assert [chart.assurance(target, "up") for target in (9.9, 10, 10.1)] == [PASSING, HIT_AND_MISS, FAILING]


@pytest.mark.parametrize(("since", "assured"), [(11, None), (12, PASSING), (13, PASSING)])
def test_after_a_rebase_the_new_limits_assure_from_twelve_points(
    since: int, assured: Assurance | None
) -> None:
    """12 points at 11, and then so many at 111: a target of 50 was failed and is passed."""
    after = [value + 100 for value in CALM]
    values = [*CALM, *(after * 2)[:since]]
    chart = xmr(values, NHSR, rebase=[12])
    assert chart.assurance(50, "up") is assured
    assert chart.variation("up") is (Variation.COMMON if assured else None)
    assert xmr(CALM, NHSR).assurance(50, "up") is FAILING


# A second method, in exact fractions and by the words of the rules: every window is looked at.


def slow(values: list[int], profile: Profile) -> list[str]:
    """The causes of a series of whole numbers, from the definitions."""
    if len(values) < 12:
        return [""] * len(values)
    mean, far = slow_limits(values, profile)
    away = [value - mean for value in values]
    rules = (
        {at: "above the upper limit" for at, distance in enumerate(away) if distance > far},
        {at: "below the lower limit" for at, distance in enumerate(away) if distance < -far},
        slow_trends(values, profile.trend),
        slow_near(away, far, profile, 1, "two of three near the upper limit"),
        slow_near(away, far, profile, -1, "two of three near the lower limit"),
        slow_run(away, profile.shift, 1, "run above the mean"),
        slow_run(away, profile.shift, -1, "run below the mean"),
    )
    return [next((rule[at] for rule in rules if at in rule), "") for at in range(len(values))]


def slow_limits(values: list[int], profile: Profile) -> tuple[Fraction, Fraction]:
    """The mean, and how far the limits are from it."""
    ranges = [Fraction(abs(after - before)) for before, after in pairwise(values)]
    typical = sum(ranges, Fraction(0)) / len(ranges)
    if profile.screens and typical:
        ranges = [one for one in ranges if one < Fraction("3.267") * typical]
        typical = sum(ranges, Fraction(0)) / len(ranges)
    return Fraction(sum(values), len(values)), Fraction("2.66") * typical


def windows(count: int, size: int) -> list[range]:
    """Every window of positions."""
    return [range(first, first + size) for first in range(count - size + 1)]


def slow_trends(values: list[int], size: int) -> dict[int, str]:
    """Points of trends; one of two trends takes the name of the second."""
    found: dict[int, set[int]] = {}
    for window in windows(len(values), size):
        steps = {(values[b] > values[a]) - (values[b] < values[a]) for a, b in pairwise(window)}
        if steps in ({1}, {-1}):
            for at in window:
                found.setdefault(at, set()).update(steps)
    names = {1: "rising trend", -1: "falling trend"}
    return {
        at: names[min(ways) if len(ways) == 1 else 1 if values[at + 1] > values[at] else -1]
        for at, ways in found.items()
    }


def slow_near(away: list[Fraction], far: Fraction, profile: Profile, sign: int, said: str) -> dict[int, str]:
    """Points beyond the near limit, of two at least in a window of three on that side of the mean."""
    found: dict[int, str] = {}
    for window in windows(len(away), 3):
        near = [
            at
            for at in window
            if sign * away[at] > far * 2 / 3 and (profile.outside_is_near or sign * away[at] <= far)
        ]
        if len(near) >= 2 and all(sign * away[at] > 0 for at in window):
            found |= dict.fromkeys(near, said)
    return found


def slow_run(away: list[Fraction], size: int, sign: int, said: str) -> dict[int, str]:
    """Points of windows that lie on one side of the mean."""
    found: dict[int, str] = {}
    for window in windows(len(away), size):
        if all(sign * away[at] > 0 for at in window):
            found |= dict.fromkeys(window, said)
    return found


@given(
    st.lists(st.integers(-12, 12), max_size=40),
    st.sampled_from([NHSR, MDC, replace(MDC, shift=6, trend=6), replace(NHSR, outside_is_near=True)]),
)
@example([0] * 15, NHSR)
@example([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1, 2], NHSR)
def test_the_same_by_a_second_method(values: list[int], profile: Profile) -> None:
    assert flags([float(value) for value in values], profile) == slow(values, profile)


@given(st.lists(st.integers(-50, 50), min_size=12, max_size=30), st.integers(1, 9), st.integers(-99, 99))
def test_scale_and_origin_decide_nothing(values: list[int], scale: int, origin: int) -> None:
    plain = flags([float(value) for value in values])
    assert flags([value * scale / 7 + origin for value in values]) == plain
