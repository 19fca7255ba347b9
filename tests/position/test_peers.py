"""Practices against their peers: by hand, by a second method, and never by a tiny denominator."""

import math
from fractions import Fraction
from statistics import fmean, quantiles
from typing import Any

import pytest
from hypothesis import given, settings
from scipy import stats

from les_xl.measures.peers import TOO_FEW, VERDICTS, judged_metrics, standings
from les_xl.position import Position, make_position
from les_xl.spec.model import Metric, Service
from tests.position.oracle import Oracle
from tests.position.oracle_facts import records
from tests.position.test_oracle import plain
from tests.position.world import known, metric, monthly, organisation, reviews, service, specs
from tests.position.worlds import World, worlds

TWO = [organisation("A1"), organisation("B2", sub_icb="A")]
LISTS = [("A1", "2025-04", 6000.0), ("B2", "2025-04", 4000.0)]


def rows(position: Position, name: str = "reviews") -> dict[str, dict[str, Any]]:
    """The rows of one metric by practice."""
    found = position.peers[position.peers["metric"] == name]
    return {row["org"]: row for row in records(found)}


def two(
    a1: tuple[float | None, ...], b2: tuple[float | None, ...], **changes: Any
) -> dict[str, dict[str, Any]]:
    """Rows of two practices from what they returned from April on."""
    activity = reviews(A1=monthly("2025-04", *a1), B2=monthly("2025-04", *b2))
    return rows(
        make_position(specs(service()), known(TWO, activity=activity, **{"list_sizes": LISTS} | changes))
    )


def test_the_rate_of_all_times_the_practices_own_patients() -> None:
    found = two((20, 30, 30), (10, 5, 5))
    # 100 of 10,000 patients in three months: 3.33 a month for 1,000; 60 and 40 are expected.
    assert [found[org]["expected"] for org in ("A1", "B2")] == pytest.approx([60, 40])
    assert [found[org]["ratio"] for org in ("A1", "B2")] == pytest.approx([80 / 60, 0.5])
    assert [found[org]["rate"] for org in ("A1", "B2")] == pytest.approx([80 / 18, 20 / 12])
    assert [found[org]["peer_rate"] for org in ("A1", "B2")] == pytest.approx([100 / 30] * 2)
    assert [found[org]["percentile"] for org in ("A1", "B2")] == [0.75, 0.25]


def test_limits_are_around_what_is_expected_and_decide() -> None:
    found = two((20, 30, 30), (10, 5, 5))
    # Byar's by hand: 40 (1 − 1/360 − z/3√40)³ and 61 (1 − 1/549 + z/3√61)³.
    lower = [40 * (1 - 1 / 360 - z / (3 * math.sqrt(40))) ** 3 for z in (1.959964, 3.090232)]
    upper = [61 * (1 - 1 / 549 + z / (3 * math.sqrt(61))) ** 3 for z in (1.959964, 3.090232)]
    assert [found["B2"]["lower_95"], found["B2"]["lower_998"]] == pytest.approx(lower, rel=1e-6)
    assert [found["A1"]["upper_95"], found["A1"]["upper_998"]] == pytest.approx(upper, rel=1e-6)
    assert lower[1] > 20  # and so very low
    assert upper[0] < 80 < upper[1]  # and so high
    assert [found[org]["verdict"] for org in ("A1", "B2")] == ["High", "Very low"]


def test_a_missing_return_makes_nobody_look_low() -> None:
    found = two((30, 30, 30), (20, None, 20))
    # B2: 40 of 8,000 patients and months, A1 90 of 18,000: the same rate.
    assert (found["B2"]["delivered"], found["B2"]["denominator"]) == (40, 8000)
    assert [found[org]["ratio"] for org in ("A1", "B2")] == pytest.approx([1, 1])
    assert [found[org]["percentile"] for org in ("A1", "B2")] == [0.5, 0.5]
    assert {found[org]["verdict"] for org in ("A1", "B2")} == {"As peers"}


def test_each_month_is_by_the_latest_list_up_to_it() -> None:
    lists = [*LISTS, ("A1", "2025-06", 9000.0), ("B2", "2025-07", 1.0)]
    found = two((20, 20, 20), (20, 20, 20), list_sizes=lists)
    assert (found["A1"]["denominator"], found["A1"]["list_size"]) == (21_000, 9000)
    assert (found["B2"]["denominator"], found["B2"]["list_size"]) == (12_000, 4000)


def test_who_has_no_list_is_neither_judged_nor_a_peer() -> None:
    found = two((20, 30, 30), (100, 100, 100), list_sizes=LISTS[:1])
    assert found["A1"]["ratio"] == 1
    assert math.isnan(found["B2"]["expected"])
    assert found["B2"]["verdict"] == "[x]"


def test_who_reported_nothing_is_no_outlier() -> None:
    found = two((20, 30, 30), (None,))
    assert (found["B2"]["verdict"], found["A1"]["ratio"]) == ("[x]", 1)


@pytest.mark.parametrize("events", [0, 1, 12])
def test_a_tiny_list_makes_nobody_the_worst_or_the_best(events: int) -> None:
    """Twenty patients with none or with a dozen: the lowest or the highest rate, and no rank."""
    organisations = [organisation(f"P{at}") for at in range(9)] + [organisation("TINY")]
    activity = reviews(TINY={"2025-04": events}, **{f"P{at}": {"2025-04": 40 + at} for at in range(9)})
    lists = [(f"P{at}", "2025-04", 5000.0) for at in range(9)] + [("TINY", "2025-04", 20.0)]
    position = make_position(specs(service()), known(organisations, activity=activity, list_sizes=lists))
    found = rows(position)
    ratios = [found[f"P{at}"]["ratio"] for at in range(9)]
    assert not min(ratios) <= found["TINY"]["ratio"] <= max(ratios)
    assert math.isnan(found["TINY"]["percentile"])
    assert found["TINY"]["verdict"] == TOO_FEW
    assert [found[f"P{at}"]["percentile"] for at in range(9)] == [(2 * at + 1) / 18 for at in range(9)]


def test_fifteen_expected_are_enough_and_fewer_are_not() -> None:
    found = two((15, 0, 0), (9, 0, 1))
    assert found["A1"]["expected"] == pytest.approx(15)
    assert (found["A1"]["verdict"], found["B2"]["verdict"]) == ("As peers", TOO_FEW)


SHARE = [
    metric("reviews", headline=True, published_as="Dementia"),
    metric("failed", rate={"per": "reviews"}),
]


def failed(**values: float) -> list[tuple[Any, ...]]:
    return [(code, "dementia", "failed", "2025-04", value) for code, value in values.items()]


def test_a_share_of_another_metric_has_wilsons_limits() -> None:
    """By scipy's interval of 20 in 200, which is the proportion of all."""
    activity = [*reviews(A1={"2025-04": 300.0}, B2={"2025-04": 200.0}), *failed(A1=10, B2=40)]
    position = make_position(specs(service(metrics=SHARE)), known(TWO, activity=activity))
    found = rows(position, "failed")
    assert (found["B2"]["base"], found["B2"]["denominator"], found["B2"]["expected"]) == ("reviews", 200, 20)
    assert (found["B2"]["rate"], found["B2"]["peer_rate"]) == (0.2, 0.1)
    for share, lower, upper in ((0.95, "lower_95", "upper_95"), (0.998, "lower_998", "upper_998")):
        limits = stats.binomtest(20, 200).proportion_ci(share, method="wilson")
        assert found["B2"][lower] == pytest.approx(limits.low * 200)
        assert found["B2"][upper] == pytest.approx(limits.high * 200)
    assert (found["A1"]["verdict"], found["B2"]["verdict"]) == ("Very low", "Very high")
    assert rows(position)["A1"]["verdict"] == "[x]"  # the metric itself is by lists, of which none is known


def test_what_is_above_one_in_all_is_a_ratio() -> None:
    activity = [*reviews(A1={"2025-04": 20.0}, B2={"2025-04": 20.0}), *failed(A1=40, B2=20)]
    position = make_position(specs(service(metrics=SHARE)), known(TWO, activity=activity))
    found = rows(position, "failed")["A1"]
    assert (found["expected"], found["ratio"]) == (30, pytest.approx(4 / 3))
    assert found["upper_95"] == pytest.approx(
        31 * (1 - 1 / 279 + 1.959964 / (3 * math.sqrt(31))) ** 3, rel=1e-6
    )


def test_named_providers_serve_everybodys_patients() -> None:
    named = service(eligible={"ods_codes": ["A1"]})
    facts = known(TWO, activity=reviews(A1={"2025-04": 90.0}), list_sizes=LISTS)
    found = rows(make_position(specs(named), facts))
    assert {org: row["verdict"] for org, row in found.items()} == {"A1": "[z]"}


def test_a_register_is_that_of_the_month() -> None:
    register = service(metrics=[metric("reviews", kind="stock", headline=True, published_as="Dementia")])
    activity = reviews(A1=monthly("2025-04", 500, 120), B2=monthly("2025-04", 1, 80))
    found = rows(make_position(specs(register), known(TWO, activity=activity, list_sizes=LISTS)))
    assert [(row["delivered"], row["denominator"]) for row in found.values()] == [(120, 6000), (80, 4000)]
    assert found["A1"]["ratio"] == pytest.approx(1)


def test_before_any_data_there_is_nobody() -> None:
    position = make_position(specs(service()), known(TWO), "2025-04")
    assert position.peers.empty
    assert {"les", "org", "ratio", "percentile", "verdict"} <= set(position.peers.columns)
    assert judged_metrics(position.peers) == frozenset()
    assert standings(position.peers, []).empty


def test_in_how_many_les_a_practice_stands_out() -> None:
    activity = [
        row
        for les, b2 in (("one", 20.0), ("two", 20.0), ("small", 1.0))
        for row in reviews(les, A1={"2025-04": 4 * b2}, B2={"2025-04": b2})
    ]
    workspace = specs(*(service(les) for les in ("one", "two", "small")))
    position = make_position(workspace, known(TWO, activity=activity, list_sizes=LISTS))
    metrics = [(les, "reviews") for les in ("one", "two", "small")]
    counted = standings(position.peers, metrics).set_index("org").to_dict("index")
    assert counted["B2"] == {"judged": 2, "very_low": 2, "very_high": 0}
    assert standings(position.peers, metrics[:1]).set_index("org").loc["B2", "very_low"] == 1
    assert judged_metrics(position.peers) == {("one", "reviews"), ("two", "reviews")}


def many(*delivered: float, **more: Any) -> dict[str, dict[str, Any]]:
    """Rows of practices of 1,000 patients each, from what they returned in April."""
    codes = [f"P{at:02d}" for at in range(len(delivered))]
    activity = reviews(**{code: {"2025-04": value} for code, value in zip(codes, delivered, strict=True)})
    facts = {"activity": activity, "list_sizes": [(code, "2025-04", 1000.0) for code in codes]} | more
    return rows(make_position(specs(service()), known([organisation(code) for code in codes], **facts)))


WIDE = (400.0, 529, 529, 625, 625, 676, 676, 729, 729, 784, 784, 900)
"""Squares of 20 to 30; 7,986 in all, so that 665.5 are expected of each."""


def test_limits_are_widened_where_practices_differ_by_more_than_chance() -> None:
    """By Python's own percentiles: z = 2 (root − √665.5), of which the outer tenths are drawn in."""
    found = many(*WIDE)
    middle = math.sqrt(665.5)
    z = [2 * (math.sqrt(value) - middle) for value in WIDE]
    low, *_, high = quantiles(z, n=10, method="inclusive")
    phi = fmean(min(max(one, low), high) ** 2 for one in z)
    assert phi > 1 + 2 * math.sqrt(2 / 12)
    for row in found.values():
        assert (row["phi"], row["widened"]) == (pytest.approx(phi), True)
        for limit, share in (("_95", 1.959964), ("_998", 3.090232)):
            apart = share * math.sqrt(phi) / 2
            assert row[f"lower{limit}"] == pytest.approx((middle - apart) ** 2, rel=1e-6)
            assert row[f"upper{limit}"] == pytest.approx((middle + apart) ** 2, rel=1e-6)
    # By chance alone 400 and 529 were very low, 784 and 900 very high. Phi is 14.09, and its root 3.754:
    # limits are at z of 7.36 and 11.600, those of 400 and 900 at 11.595 and 8.41.
    assert [row["verdict"] for row in found.values()] == ["Low", *["As peers"] * 10, "High"]


def test_who_is_too_small_to_judge_says_nothing_of_how_practices_differ() -> None:
    lists = [(f"P{at:02d}", "2025-04", 1000.0) for at in range(12)] + [("P12", "2025-04", 10.0)]
    found = many(*WIDE, 80, list_sizes=lists)
    assert found["P12"]["verdict"] == TOO_FEW
    z = [2 * (math.sqrt(value) - math.sqrt(found["P00"]["expected"])) for value in WIDE]
    low, *_, high = quantiles(z, n=10, method="inclusive")
    assert found["P12"]["phi"] == pytest.approx(fmean(min(max(one, low), high) ** 2 for one in z))


def test_practices_that_differ_by_chance_have_the_limits_of_chance() -> None:
    found = many(*(100 + step for step in (-18, -9, -6, -4, -2, 0, 2, 4, 6, 9, 18)))
    assert {row["widened"] for row in found.values()} == {False}
    assert found["P00"]["phi"] < 1
    assert found["P00"]["lower_95"] == pytest.approx(100 * (1 - 1 / 900 - 1.959964 / 30) ** 3, rel=1e-6)


def test_nine_practices_are_too_few_to_say_how_they_differ() -> None:
    found = many(*WIDE[1:10])
    assert {row["widened"] for row in found.values()} == {False}
    assert math.isnan(found["P00"]["phi"])


def test_shares_that_differ_by_more_than_chance_have_wider_limits() -> None:
    """Of 100 each: by arcsines, about the share of all."""
    parts = (2, 5, 8, 10, 15, 20, 25, 30, 40, 45)
    codes = [f"P{at:02d}" for at in range(10)]
    activity = reviews(**{code: {"2025-04": 100.0} for code in codes})
    activity += failed(**dict(zip(codes, parts, strict=True)))
    position = make_position(
        specs(service(metrics=SHARE)), known([organisation(code) for code in codes], activity=activity)
    )
    found, middle = rows(position, "failed"), math.asin(math.sqrt(0.2))
    z = [20 * (math.asin(math.sqrt(part / 100)) - middle) for part in parts]
    low, *_, high = quantiles(z, n=10, method="inclusive")
    phi = fmean(min(max(one, low), high) ** 2 for one in z)
    row = found["P00"]
    assert (row["phi"], row["widened"]) == (pytest.approx(phi), True)
    apart = 1.959964 * math.sqrt(phi) / 20
    assert row["lower_95"] == pytest.approx(100 * math.sin(max(middle - apart, 0)) ** 2, rel=1e-5)
    assert row["upper_95"] == pytest.approx(100 * math.sin(middle + apart) ** 2, rel=1e-5)


# A second method: the rules in words, one practice at a time


def held(
    oracle: Oracle, service: Service, metric: Metric, practice: str, month: str
) -> tuple[Fraction, Fraction] | None:
    """What a practice delivered, and patients × months, of the months with a return and a list."""
    months = [month] if metric.kind == "stock" else [at for at in oracle.months if at <= month]
    pairs = [
        (value, patients)
        for at in months
        for code in oracle.rows_of_practices[practice]
        if (value := oracle.returned(code, service, metric, at)) is not None
        and (patients := oracle.list_size(code, at)) is not None
    ]
    return (
        (sum((one for one, _ in pairs), Fraction(0)), sum((one for _, one in pairs), Fraction(0)))
        if pairs
        else None
    )


def expectations(oracle: Oracle, service: Service, metric: Metric, month: str) -> dict[str, Fraction | str]:
    counting = [
        practice
        for practice, codes in oracle.rows_of_practices.items()
        if any(oracle.counts(code, service, month) for code in codes)
    ]
    if service.eligible.ods_codes:
        return dict.fromkeys(counting, "[z]")
    pairs = {practice: held(oracle, service, metric, practice, month) for practice in counting}
    events = sum((pair[0] for pair in pairs.values() if pair), Fraction(0))
    patients = sum((pair[1] for pair in pairs.values() if pair), Fraction(0))
    return {
        practice: "[x]" if pair is None else events / patients * pair[1] if patients else "nobody"
        for practice, pair in pairs.items()
    }


@settings(plain, max_examples=12)
@given(worlds())
def test_what_is_expected_is_what_the_rules_in_words_come_to(world: World) -> None:
    oracle = Oracle(world.specs, world.known, "2025-10")
    position = make_position(world.specs, world.known, "2025-10")
    shown = {(row["les"], row["metric"], row["org"]): row for row in records(position.peers)}
    for les in world.specs.services:
        month = oracle.data_month(les)
        for one in les.metrics if month else ():
            if not (one.headline or one.published_as):
                continue
            for practice, expected in expectations(oracle, les, one, month or "").items():
                check(shown.pop((les.les, one.id, practice)), expected)
    assert not shown
    sums = position.peers.groupby(["les", "metric"])[["expected", "delivered"]].sum()
    held_to = position.peers.groupby(["les", "metric"])["expected"].count() > 0
    apart = (sums["expected"] - sums["delivered"])[held_to]
    assert (apart.abs() < 1e-6).all(), "what is expected of all is what they delivered"


def check(row: dict[str, Any], expected: Fraction | str) -> None:
    if isinstance(expected, str):
        assert math.isnan(row["expected"])
        assert row["verdict"] == (TOO_FEW if expected == "nobody" else expected)
        return
    assert row["expected"] == pytest.approx(float(expected))
    judged = round(float(expected), 9) >= 15
    assert judged == (row["verdict"] in VERDICTS) == (not math.isnan(row["percentile"]))
    assert row["lower_998"] <= row["lower_95"] <= row["expected"] <= row["upper_95"] <= row["upper_998"]
