"""Rules on who may provide a LES and on a shift of service: no repeats, months in their order."""

from collections.abc import Iterator

from les_xl.errors import Problem
from les_xl.errors import spec_rules as kinds
from les_xl.spec.model import Eligible, Exclusion, Shift
from les_xl.spec.rules.lists import each_once
from les_xl.spec.rules.plans import forwards
from les_xl.spec.rules.spot import Spot


def providers_once(eligible: Eligible, spot: Spot) -> Iterator[Problem]:
    """No type of organisation and no code is listed twice (LES141)."""
    yield from each_once(eligible.types, spot.at("types"))
    yield from each_once(eligible.ods_codes, spot.at("ods_codes"))


def excluded_once(rule: Exclusion, spot: Spot) -> Iterator[Problem]:
    """No code is excluded twice by one rule (LES141)."""
    yield from each_once(rule.ods_codes, spot.at("ods_codes"))


def records_once(shift: Shift, spot: Spot) -> Iterator[Problem]:
    """No mechanism and no record of general practice is listed twice (LES141)."""
    yield from each_once(shift.mechanism, spot.at("mechanism"))
    yield from each_once(shift.gp_records, spot.at("gp_records"))


def baseline_before(shift: Shift, spot: Spot) -> Iterator[Problem]:
    """The baseline runs forwards, and ends before activity is stable (LES154, LES162)."""
    baseline, here = shift.baseline, spot.at("baseline")
    yield from forwards(baseline, here)
    if baseline.to >= shift.stable_from:
        yield here.at("to").problem(kinds.BASELINE, to=baseline.to, stable=shift.stable_from)


def decommissioned(shift: Shift, spot: Spot) -> Iterator[Problem]:
    """A passive mechanism says when the other service was decommissioned (LES163, a warning)."""
    if "passive" in shift.mechanism and shift.decommissioned is None:
        named = "decommissioned" in shift.model_fields_set
        here = spot.at("decommissioned" if named else "mechanism")
        yield here.key_problem(kinds.NOT_DECOMMISSIONED)
