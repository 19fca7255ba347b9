"""Tie-outs beside delivery: quality within what it is of, sign-up against who counts, patients, returns."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes
from les_xl.measures.checks import Check, first_of, worst
from les_xl.measures.groups import GROUPINGS, Groups
from les_xl.measures.marked import Floats
from les_xl.measures.quality import RATE
from les_xl.periods import label


@dataclass(frozen=True)
class _Grid:
    """A frame of the dense grid as arrays: block by organisation by month, 0 where there is no number.

    The months are those of the year, the first `come` of them up to the as-at month: what is known of later
    ones is another position's.
    """

    frame: pd.DataFrame
    groups: Groups
    months: tuple[str, ...]
    come: int

    def of(self, name: str) -> Floats:
        """One column, up to the as-at month."""
        values = self.frame[name].fillna(0.0).to_numpy(dtype=np.float64)
        return values.reshape(-1, len(self.groups.organisations), len(self.months))[..., : self.come]

    def first(self, name: str) -> list[str]:
        """A key column, once for each block."""
        size = len(self.groups.organisations) * len(self.months)
        return [str(text) for text in self.frame[name].iloc[::size]]

    def footings(self, name: str, at: int, scope: str) -> Iterator[Check]:
        """Practices make their group, group by group, and sub-ICBs the ICB."""
        values, orgs = self.of(name)[at], self.groups.organisations
        practices = orgs[self.groups.practices]
        own = values[self.groups.practices]
        for grouping in GROUPINGS:
            here = np.flatnonzero(orgs["level"] == grouping)
            members = practices[grouping].to_numpy()[None, :] == orgs["org"].to_numpy()[here][:, None]
            made = members.astype(np.float64) @ own
            yield worst(f"practices_make_{grouping}", scope, made, values[here], len(own))
        sub_icbs = values[np.flatnonzero(orgs["level"] == "sub_icb")].sum(axis=0)
        yield worst("sub_icbs_make_icb", scope, sub_icbs, values[self.groups.icb], len(own))


def make_tie_outs(
    axes: Axes, groups: Groups, figures: Figures, signup: pd.DataFrame, quality: pd.DataFrame, as_at: str
) -> Iterator[Check]:
    """Checks of `Position.signup` and `Position.quality`, of returns and of the expected profile.

    All but the profile, which is of the year, are up to the as-at month.

    `share_within_whole` has a row for each practice with a numerator above its denominator in some month, in
    the month in which it is furthest above; where there is none, one row for the metric.
    """
    come = axes.year_months.index(as_at) + 1
    beside, provision = (_Grid(frame, groups, axes.year_months, come) for frame in (quality, signup))
    yield from _returns(axes, figures, come)
    yield from _profiles(axes, groups, figures)
    yield from _signup(axes, groups, figures, provision)
    yield from _patients(provision)
    yield from _quality(axes, beside)


def _returns(axes: Axes, figures: Figures, come: int) -> Iterator[Check]:
    published = [at for at, line in enumerate(axes.lines) if line.metric.published_as]
    if published:
        reported, expected = (one[published][..., :come] for one in (figures.n_reported, figures.n_expected))
        yield _within("returns_within_expected", "All published rows", reported, expected)


def _profiles(axes: Axes, groups: Groups, figures: Figures) -> Iterator[Check]:
    """The months of the expected profile make the annual target."""
    expected = figures.shown("expected").or_zero[:, groups.icb]
    annual = figures.annual_target.rounded().or_zero[:, groups.icb]
    for at, line in enumerate(axes.lines):
        if line.metric.published_as and expected[at].any():
            left = float(expected[at].sum())
            yield Check("profile_makes_target", line.label, left, float(annual[at]), len(expected[at]))


def _signup(axes: Axes, groups: Groups, figures: Figures, provision: _Grid) -> Iterator[Check]:
    """Who is signed up is who counts in figures, month by month; practices make the groups."""
    signed_up, eligible = provision.of("signed_up"), provision.of("eligible")
    for at, service in enumerate(axes.services):
        if not signed_up[at].any():
            continue  # nothing is known of who signed up, so that everybody counts
        line = axes.position(service.les, service.headline.id)
        served, expected = axes.in_service[line, axes.year], figures.n_expected[line]
        counted = np.where(served[: provision.come], expected[:, : provision.come], signed_up[at])
        yield worst("signed_up_make_counted", service.title, signed_up[at], counted, 1)
        yield from provision.footings("signed_up", at, f"{service.title}, signed up")
    if signed_up.any():
        yield _within("signed_up_within_eligible", "All services", signed_up, eligible)


def _patients(provision: _Grid) -> Iterator[Check]:
    registered = provision.of("registered")
    covered = provision.of("covered")
    if registered.any():
        at = int(registered.sum(axis=(1, 2)).argmax())
        yield from provision.footings("registered", at, "Registered patients")
        yield _within("covered_within_registered", "All services", covered, registered)


def _quality(axes: Axes, beside: _Grid) -> Iterator[Check]:
    keys = zip(*(beside.first(name) for name in ("les", "metric", "measure")), strict=True)
    parts = {name: beside.of(name) for name in ("numerator", "denominator")}
    for at, (les, metric, measure) in enumerate(keys):
        line = axes.lines[axes.position(les, metric)]
        for name, values in parts.items():
            if values[at].any():
                said = f", {name}" if measure == RATE else ""
                yield from beside.footings(name, at, f"{line.label}{said}")
        if measure == RATE and parts["denominator"][at].any():
            yield from _shares(beside, line.label, parts["numerator"][at], parts["denominator"][at])


def _shares(beside: _Grid, name: str, numerator: Floats, denominator: Floats) -> Iterator[Check]:
    here = beside.groups.practices
    above = (numerator - denominator)[here]
    found = np.flatnonzero((above > 0).any(axis=1))
    orgs = beside.groups.organisations[here]
    for at in found:
        month = int(above[at].argmax())
        who = f"{orgs['name'].iloc[at]} ({orgs['org'].iloc[at]})"
        scope = f"{name}, {who}, {label(beside.months[month])}"
        left, right = float(numerator[here][at, month]), float(denominator[here][at, month])
        yield Check("share_within_whole", scope, left, right, at_most=True)
    if not found.size:
        yield _within("share_within_whole", name, numerator[here], denominator[here])


def _within(check: str, scope: str, left: Floats, right: Floats) -> Check:
    """The pair in which the left comes nearest to the right, or furthest beyond it; the first of those."""
    apart = left - right
    if not apart.size:
        return Check(check, scope, 0.0, 0.0, at_most=True)
    at = first_of(apart == apart.max(), left)
    return Check(check, scope, float(left[at]), float(right[at]), at_most=True)
