"""Who signed up to which LES, and why the others did not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sample.generator.chance import chance
from sample.generator.practices import CLOSED, NOTICE_GIVEN, SPECIAL_ALLOCATION, Practice
from sample.generator.published import LTC, ROUTINE

_REASONS = {SPECIAL_ALLOCATION: "special_allocation_scheme", NOTICE_GIVEN: "notice_given"}
_ORDINARY = ("declined", "no_trained_staff", "provided_by_neighbour")
_VASECTOMY_PROVIDERS = 8
_MOST_LEFT_OUT = 11
START = {"ltc": "2025-04", "vasectomy": "2025-04"} | {series.les: "2025-05" for series in ROUTINE}


@dataclass(frozen=True)
class Signup:
    """One row of the sign-up file; `status` is signed_up or not_signed_up."""

    ods_code: str
    les: str
    status: str
    start: str
    reason: str = ""


def make_signup(practices: Sequence[Practice]) -> list[Signup]:
    """Rows for every open practice and LES; vasectomy: for its few providers and the excluded ones only."""
    codes = [practice.ods_code for practice in practices if practice.ods_code != CLOSED]
    counting = [code for code in codes if code not in _REASONS]
    rows = [
        Signup(code, les, "not_signed_up", start, why)
        for code, why in _REASONS.items()
        for les, start in START.items()
    ]
    rows += [Signup(code, LTC.les, "signed_up", START["ltc"]) for code in counting]
    providers = chance("vasectomy").sample(counting, _VASECTOMY_PROVIDERS)
    rows += [Signup(code, "vasectomy", "signed_up", START["vasectomy"]) for code in providers]
    for series in ROUTINE:
        rows += _routine(series.les, counting)
    return sorted(rows, key=lambda row: (row.ods_code, row.les))


def _routine(les: str, counting: Sequence[str]) -> list[Signup]:
    rng = chance(f"sign-up {les}")
    without = set(rng.sample(counting, rng.randint(3, _MOST_LEFT_OUT)))
    return [
        Signup(code, les, "not_signed_up", START[les], rng.choice(_ORDINARY))
        if code in without
        else Signup(code, les, "signed_up", START[les])
        for code in counting
    ]


def signed_up(rows: Sequence[Signup]) -> Mapping[str, tuple[str, ...]]:
    """Codes of the practices signed up, by LES."""
    found: dict[str, list[str]] = {les: [] for les in START}
    for row in rows:
        if row.status == "signed_up":
            found[row.les].append(row.ods_code)
    return {les: tuple(codes) for les, codes in found.items()}
