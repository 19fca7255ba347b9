"""Random small workspaces: every kind of service; organisations that open, close and merge; gaps."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from les_xl.data.known import Known
from les_xl.periods import month_range, months_of
from les_xl.spec.model import Service
from les_xl.spec.read import Specs
from tests.position.world import YEAR, flat, known, metric, organisation, profile, service, specs

MONTHS = months_of(YEAR)
CODES = ("A1", "B2", "C3", "D4", "E5")
BANDS = {
    "of": "pct_annual",
    "edges": ["10%", "25%", "50%", "75%", "100%"],
    "labels": ["0-10%", "11-25%", "26-50%", "51-75%", "76-100%", "100% +"],
}
SHAPES = (
    [metric("reviews", headline=True, published_as="One", tariff=12.5)],
    [
        metric("activity", headline=True, published_as="One", sum_of=["first", "second"]),
        metric("first", tariff=2.25),
        metric("second", tariff=0),
    ],
    [metric("reviews", headline=True, published_as="One"), metric("register", kind="stock")],
    [metric("procedure", headline=True, published_as="One", tariff=100), metric("talk", published_as="Two")],
    [metric("register", kind="stock", headline=True, published_as="One")],
)
RULES = [
    {
        "id": "under",
        "level": ["icb", "sub_icb", "practice"],
        "when": "pct_plan_to_date < 60%",
        "severity": "alert",
    },
    {"id": "silent", "level": ["practice"], "when": "months_not_reported >= 2", "severity": "advise"},
    {
        "id": "over",
        "level": ["icb", "pcn", "practice"],
        "when": "pct_plan > 150%",
        "severity": "alert",
        "ramp_up_months": 6,
        "least": 40,
        "to": "2025-08",
    },
    {"id": "over", "level": ["icb"], "when": "pct_plan > 120%", "severity": "alert", "from": "2025-09"},
]


@dataclass(frozen=True)
class World:
    """A workspace and what is known of it."""

    specs: Specs
    known: Known


some_months = st.sampled_from(MONTHS)


@st.composite
def a_service(draw: st.DrawFn, les: str) -> Service:
    """A LES with up to two flat plans and a profile."""
    starts = draw(st.sampled_from(["2024-12", "2025-04", "2025-05", "2025-07"]))
    metrics = draw(st.sampled_from(SHAPES))
    plans: list[dict[str, Any]] = []
    for first in draw(st.sampled_from([(), (None,), (None, "2025-09")])):
        target = draw(st.one_of(st.none(), st.integers(0, 500)))
        ends = draw(st.one_of(st.none(), st.just("2026-01"))) if first else None
        changes = {"from": first, "to": ends, "annual_target": target}
        plans.append(flat(draw(st.integers(0, 200)) / 2, **changes))
    if draw(st.booleans()):
        plans.append(profile(draw(shares())))
    exclude = draw(
        st.sampled_from(
            [
                [],
                [{"rule": "gone", "footnote": "f", "from": "2025-06"}],
                [{"rule": "named", "footnote": "f", "ods_codes": ["A1"], "to": "2025-08"}],
            ]
        )
    )
    eligible = st.sampled_from([{}, {}, {"types": ["practice"]}, {"ods_codes": ["A1", "B2", "E5"]}])
    return service(
        les, starts=starts, ends=draw(st.sampled_from([None, None, "2025-11"])), metrics=metrics, plan=plans,
        exclude=exclude, eligible=draw(eligible), bands=BANDS, exceptions=RULES,
    )  # fmt: skip


@st.composite
def shares(draw: st.DrawFn) -> dict[str, str]:
    """Shares by month that make 100 %, from some month on."""
    first = draw(st.integers(0, 6))
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=11 - first, max_size=11 - first)))
    edges = [0, *cuts, 100]
    return {month: f"{edges[at + 1] - edges[at]}%" for at, month in enumerate(MONTHS[first:])}


@st.composite
def organisations(draw: st.DrawFn) -> list[dict[str, str]]:
    """Up to five organisations, some of which open late, close, or are taken over."""
    codes = CODES[: draw(st.integers(1, 5))]
    opening = st.sampled_from(["", "", "", "2019-01", "2025-08"])
    closing = st.sampled_from(["", "", "", "2025-01", "2025-06", "2025-09", "2026-02"])
    return [
        organisation(
            code,
            type=draw(st.sampled_from(["practice", "practice", "practice", "alternative_provider", "trust"])),
            sub_icb=draw(st.sampled_from(["N", "A", "A", "Q"])),
            pcn=draw(st.sampled_from(["P1", "P2", ""])),
            place=draw(st.sampled_from(["Town", "Fell", ""])),
            opened=draw(opening),
            closed=draw(closing),
            successor=draw(st.sampled_from(["", "", *CODES])),
        )
        for code in codes
    ]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A workspace of one or two LES."""
    services = [draw(a_service(les)) for les in draw(st.sampled_from([("one",), ("one", "two")]))]
    rows = draw(organisations())
    codes = [row["ods_code"] for row in rows]
    lines = [(one.les, each.id) for one in services for each in one.metrics]
    loaded = [(one.les, each.id) for one in services for each in one.metrics if not each.sum_of]
    reported = month_range("2025-02", draw(st.sampled_from(["2025-05", "2025-07", "2025-10"])))
    amounts = st.one_of(st.none(), st.integers(0, 60))
    activity = [
        (code, *line, month, amount)
        for code in codes
        for line in loaded
        for month in reported
        if (amount := draw(amounts)) is not None
    ]
    targets = [
        (code, *line, YEAR, target / 4)
        for code in codes
        for line in lines
        if (target := draw(st.sampled_from([None, None, 0, 90, 400, 1001]))) is not None
    ]
    overrides = draw(st.lists(
        st.tuples(st.sampled_from(codes), st.sampled_from(lines), some_months), max_size=8, unique=True
    ))  # fmt: skip
    planned = [(code, *line, month, draw(st.integers(0, 40))) for code, line, month in overrides]
    signup = [
        row
        for one in services
        if draw(st.booleans())
        for code in codes
        for row in draw(sign_ups(code, one.les))
    ]
    lists = draw(st.sets(
        st.tuples(st.sampled_from(codes), st.sampled_from(["2024-10", "2025-04", "2025-08"])), max_size=8
    ))  # fmt: skip
    list_sizes = [(*key, draw(st.integers(0, 9000))) for key in sorted(lists)]
    return World(
        specs(*services),
        known(
            rows,
            activity=activity,
            targets=targets,
            planned=planned,
            signup=signup,
            list_sizes=list_sizes,
        ),
    )


@st.composite
def sign_ups(draw: st.DrawFn, code: str, les: str) -> list[tuple[str, ...]]:
    """Up to two sign-up rows of one organisation for one LES."""
    status = st.sampled_from(["signed_up", "signed_up", "signed_up", "not_signed_up"])
    reason = st.sampled_from(["", "", "gone", "named"])
    first = (code, les, draw(status), draw(st.sampled_from(["", "2025-04"])),
             draw(st.sampled_from(["", "", "2025-08"])), draw(reason))  # fmt: skip
    later = (code, les, draw(status), draw(st.sampled_from(["2025-07", "2025-10"])), "", draw(reason))
    return draw(st.sampled_from([[first], [first, later], []]))
