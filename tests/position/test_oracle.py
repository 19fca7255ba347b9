"""Random workspaces: the position against a plain re-computation of every figure."""

import math
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from les_xl.errors import LesError
from les_xl.measures.banding import Banding
from les_xl.periods import add_months
from les_xl.position import MEASURES, Position, make_position
from les_xl.spec.model import Service
from tests.position.oracle import NEVER, Cell, Oracle
from tests.position.oracle_exceptions import expected
from tests.position.worlds import MONTHS, World, worlds

plain = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


def agree(figure: float, mark: str, cell: Cell) -> bool:
    """Is it the same mark, or the same number to six decimals?"""
    if cell == NEVER:
        return mark == "" and figure == math.inf
    if isinstance(cell, str):
        return mark == cell and math.isnan(figure)
    return mark == "" and math.isclose(figure, cell, rel_tol=1e-9, abs_tol=6e-7)


def differences(position: Position, oracle: Oracle) -> list[tuple[Any, ...]]:
    """Cells in which the two disagree."""
    expected = dict(oracle.figures())
    keys = ["les", "metric", "level", "org", "month"]
    rows = position.monthly.to_dict("records")
    assert len(rows) == len(expected)
    targets = {
        tuple(row[key] for key in keys[:4]): (row["annual_target"], row["annual_target_mark"])
        for row in position.annual.to_dict("records")
    }
    found = []
    for row in rows:
        key = tuple(row[name] for name in keys)
        wanted = expected[key]
        shown = {name: (row[name], row[f"{name}_mark"]) for name in MEASURES} | {
            "annual_target": targets[key[:4]]
        }
        found += [
            (key, name, shown[name], wanted[name]) for name in shown if not agree(*shown[name], wanted[name])
        ]
    return found


def check_world(world: World, as_at: str | None) -> None:
    """Every figure, every band and every footing of one workspace."""
    oracle = Oracle(world.specs, world.known, as_at)
    if not oracle.as_at:
        with pytest.raises(LesError, match="LES353"):
            make_position(world.specs, world.known, as_at)
        return
    position = make_position(world.specs, world.known, as_at)
    assert position.edition.as_at == oracle.as_at
    assert position.data_months == {one.les: oracle.data_month(one) for one in world.specs.services}
    assert differences(position, oracle)[:3] == []
    assert set(position.bandings) == {one.les for one in world.specs.services if oracle.data_month(one)}
    for les in position.bandings:
        check_bands(position, oracle, world.specs.service(les))
    check_exceptions(position, oracle)
    check_footings(position)


def check_exceptions(position: Position, oracle: Oracle) -> None:
    """Who is flagged, since when, how severely, whether new; what is resolved; what is too small to judge."""
    wanted = expected(oracle)
    found = position.exceptions.set_index("key")
    assert found.index.is_unique
    columns = ("status", "since", "severity")
    shown = {key: tuple(row[name] for name in columns) for key, row in found.to_dict("index").items()}
    assert shown == {key: row[:3] for key, row in wanted.flagged.items()}
    for key, row in wanted.flagged.items():
        assert math.isclose(float(found["value"].loc[key]), row[3], rel_tol=1e-9)
    assert position.resolved.set_index("key")["severity"].to_dict() == wanted.resolved
    left_out = position.left_out.to_dict("records")
    names = ("les", "metric", "rule", "level")
    assert {tuple(row[name] for name in names): row["n"] for row in left_out} == wanted.left_out


def check_bands(position: Position, oracle: Oracle, service: Service) -> None:
    banding = position.bandings[service.les]
    expected = oracle.bands(service, banding.month)
    assert banding.month == oracle.data_month(service)
    shown = dict(zip(banding.practices["ods_code"], banding.practices["band"], strict=True))
    assert shown == {practice: band for practice, (band, _) in expected.items()}
    reported = dict(zip(banding.practices["ods_code"], banding.practices["reported"], strict=True))
    assert reported == {practice: isinstance(share, Fraction) for practice, (_, share) in expected.items()}
    assert banding.total.to_dict() == {name: len(codes) for name, codes in by_band(expected, banding).items()}
    assert banding.groups.to_dict("index") == {
        sub_icb: {
            name: sum(oracle.facts(code)["sub_icb"] == sub_icb for code in codes)
            for name, codes in by_band(expected, banding).items()
        }
        for sub_icb in banding.groups.index
    }
    check_month_before(banding, oracle, service)
    check_history(banding, oracle, service)
    above = [share for _, share in expected.values() if isinstance(share, Fraction)]
    if expected:
        assert banding.over_half == sum(share > Fraction(1, 2) for share in above) / len(expected)
        assert banding.over_three_quarters == sum(share > Fraction(3, 4) for share in above) / len(expected)
    else:
        assert math.isnan(banding.over_half)


def check_month_before(banding: Banding, oracle: Oracle, service: Service) -> None:
    before = add_months(banding.month, -1)
    if before < max(MONTHS[0], service.starts):
        assert banding.last_month is None
        assert banding.change is None
        assert banding.over_half_last_month is None
        return
    last = by_band(oracle.bands(service, before), banding)
    assert banding.last_month is not None
    assert banding.change is not None
    assert banding.last_month.to_dict() == {name: len(codes) for name, codes in last.items()}
    assert banding.change.to_dict() == {
        name: banding.total[name] - len(codes) for name, codes in last.items()
    }


def check_history(banding: Banding, oracle: Oracle, service: Service) -> None:
    """Every month's practices, with those that have left since."""
    shown = {
        str(month): set(zip(rows["ods_code"], rows["band"], strict=True))
        for month, rows in banding.history.groupby("month")
    }
    months = [month for month in MONTHS if service.starts <= month <= banding.month]
    for month in months:
        expected = {(practice, band) for practice, (band, _) in oracle.bands(service, month).items()}
        assert shown.get(month, set()) == expected, month
    assert set(shown) <= set(months)


def by_band(banded: dict[str, tuple[str, Cell]], banding: Banding) -> dict[str, list[str]]:
    """Practices by label, and all of them as `total`."""
    return {"total": list(banded)} | {
        label: [practice for practice, (band, _) in banded.items() if band == label]
        for label in banding.labels
    }


def check_footings(position: Position) -> None:
    """What holds whatever the data: groups and months are sums; bands are the practices counted."""
    checks = position.checks
    always = checks["check"].str.startswith(
        ("practices_make", "months_make", "parts_make", "bands_", "band_")
    )
    assert checks[always & ~checks["ok"]].empty


@settings(plain, max_examples=25)
@given(worlds(), st.one_of(st.none(), st.sampled_from(MONTHS)))
def test_every_figure_is_what_the_rules_in_words_come_to(world: World, as_at: str | None) -> None:
    check_world(world, as_at)


@pytest.mark.slow
@settings(plain, max_examples=1000)
@given(worlds(), st.one_of(st.none(), st.sampled_from(MONTHS)))
def test_every_figure_of_many_worlds(world: World, as_at: str | None) -> None:
    check_world(world, as_at)


@settings(plain, max_examples=10)
@given(worlds(), st.data())
def test_one_return_moves_only_its_own_ancestors(world: World, data: st.DataObject) -> None:
    activity = world.known.activity
    assume(len(activity))
    at = data.draw(st.integers(0, len(activity) - 1))
    changed = activity.copy()
    changed["value"] += 7.0 * (changed.index == at)
    before = make_position(world.specs, world.known, "2025-10")
    after = make_position(world.specs, replace(world.known, activity=changed), "2025-10")
    same = (before.monthly.fillna(-1) == after.monthly.fillna(-1)).all(axis=1)
    moved = before.monthly.loc[~same, ["les", "level", "org"]].drop_duplicates()
    oracle = Oracle(world.specs, world.known, "2025-10")
    ancestors = {
        (level, org) for level, org, codes in oracle.groups() if activity.loc[at, "ods_code"] in codes
    }
    assert set(zip(moved["level"], moved["org"], strict=True)) <= ancestors
    assert set(moved["les"]) <= {activity.loc[at, "les"]}
