"""Who has signed up to what: rates among those that could, patients covered, and notice given."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from les_xl.data.known import Known
from les_xl.data.organisations import allowed, open_organisations
from les_xl.measures.axes import Axes, positions
from les_xl.measures.frames import frame, marked_columns, org_columns, texts
from les_xl.measures.groups import Groups
from les_xl.measures.marked import NOT_APPLICABLE, Flags, Floats, Marked, marked
from les_xl.measures.returns import Returns
from les_xl.spec.read import Specs

NOTICE_GIVEN = "notice_given"
"""Reason of a sign-up row that says that an organisation gave notice on its contract."""

_NOTICES = ["les", "org", "name", "place", "sub_icb", "since", "until"]


@dataclass(frozen=True)
class Signup:
    """Sign-up as frames; see `Position.signup`, `signup_average` and `notices`."""

    rates: pd.DataFrame
    average: pd.DataFrame
    notices: pd.DataFrame


@dataclass(frozen=True)
class _Provision:
    """LES by code by month of the year: who could sign up, and who of them has.

    allowed: open and allowed by the specification, who is excluded by a rule among them. in_service: LES by
    month. recorded: LES, True where any sign-up row is known. named: LES, True where the
    specification names its providers. listed: code by month, the patients of those that are open.
    """

    allowed: Flags
    eligible: Flags
    signed_up: Flags
    in_service: Flags
    recorded: Flags
    named: Flags
    listed: Floats


def make_signup(
    specs: Specs, known: Known, axes: Axes, groups: Groups, returns: Returns, list_sizes: Floats
) -> Signup:
    """Sign-up by LES, organisation and month of the year.

    Rate: organisations signed up ÷ organisations that could be: open in the month, allowed to provide the LES
    by its specification, and not excluded by one of its rules. `[z]` where nobody could, and before and after
    the LES's own time; `[x]` for a LES of which no sign-up at all is known. Unit: fraction.

    Coverage: registered patients of those that are signed up ÷ registered patients of all that are open,
    excluded ones too (their patients are not covered), at the latest list size up to the month. `[z]` also
    where the specification names the providers, who then serve everybody's patients; `[x]` also where no
    list size is known.

    Of open: the same, of all that are open and allowed, those that a rule excludes among them, as a report
    says that counts every practice.

    Average: the mean of each over all LES that have a rate. Source: performance report, November 2025, "an
    average sign-up rate of 96% across GP practices".

    A successor stands together with what it took over, in the months in which that was open.
    """
    provision = _provision(specs, known, axes, returns, list_sizes)
    in_service = provision.in_service[:, None, :]
    recorded = provision.recorded[:, None, None]
    eligible, signed_up = groups.sum(provision.eligible), groups.sum(provision.signed_up)
    is_open = groups.sum(provision.allowed)
    every = marked(is_open, applicable=in_service & (is_open > 0))
    could = marked(eligible, applicable=in_service & (eligible > 0))
    rate = marked(signed_up, applicable=in_service, known=recorded).over(could)
    of_open = marked(signed_up, applicable=in_service, known=recorded).over(every)
    patients = _patients(provision, groups)
    columns = {
        "les": texts(
            np.repeat(np.arange(len(eligible)), eligible[0].size), [service.les for service in axes.services]
        ),
        **org_columns(groups.organisations, len(eligible), len(axes.year_months)),
        "month": _months(axes, eligible[..., 0].size),
        "open": pa.array(np.where(in_service, is_open, 0.0).ravel().astype(np.int64)),
        "eligible": pa.array(np.where(in_service, eligible, 0.0).ravel().astype(np.int64)),
        "signed_up": pa.array(np.where(in_service & recorded, signed_up, 0.0).ravel().astype(np.int64)),
        **marked_columns("signup_pct", rate),
        **marked_columns("of_open_pct", of_open),
        **marked_columns("registered", patients[0]),
        **marked_columns("covered", patients[1]),
        **marked_columns("coverage_pct", patients[1].over(patients[0])),
    }
    return Signup(frame(columns), _average(axes, groups, rate, of_open), _notices(known, axes, groups))


def _provision(specs: Specs, known: Known, axes: Axes, returns: Returns, list_sizes: Floats) -> _Provision:
    months, slugs = axes.year_months, [service.les for service in axes.services]
    opened = open_organisations(known, months)
    is_open = np.zeros(list_sizes.shape, dtype=bool)
    is_open[positions(opened["ods_code"], axes.codes), positions(opened["month"], months)] = True
    in_service = [[one.starts <= month <= (one.ends or month) for month in months] for one in axes.services]
    return _Provision(
        axes.service_flags(allowed(known, specs, months))[:, :, axes.year],
        returns.eligible[:, :, axes.year],
        returns.signed_up[:, :, axes.year],
        np.array(in_service, dtype=bool),
        np.isin(slugs, known.signup["les"].unique()),
        np.array([bool(service.eligible.ods_codes) for service in axes.services]),
        np.where(is_open, list_sizes, np.nan),
    )


def _patients(provision: _Provision, groups: Groups) -> tuple[Marked, Marked]:
    """Registered patients and those covered, LES by organisation by month."""
    listed = np.nan_to_num(provision.listed)
    there = groups.sum(~np.isnan(provision.listed)) > 0
    applicable = (provision.in_service & ~provision.named[:, None])[:, None, :]
    covered = groups.sum(np.where(provision.signed_up, listed, 0.0))
    registered = np.broadcast_to(groups.sum(listed), covered.shape)
    return (
        marked(registered, applicable=applicable, known=there),
        marked(covered, applicable=applicable, known=there & provision.recorded[:, None, None]),
    )


def _average(axes: Axes, groups: Groups, rate: Marked, of_open: Marked) -> pd.DataFrame:
    return frame(
        {
            **org_columns(groups.organisations, 1, len(axes.year_months)),
            "month": _months(axes, len(groups.organisations)),
            "n_les": pa.array(rate.known.sum(axis=0).ravel().astype(np.int64)),
            **marked_columns("signup_pct", _mean(rate)),
            **marked_columns("of_open_pct", _mean(of_open)),
        }
    )


def _mean(rate: Marked) -> Marked:
    """The mean over the LES that have a rate, organisation by month."""
    number = rate.known.sum(axis=0)
    applicable = (rate.marks != NOT_APPLICABLE).any(axis=0)
    return marked(rate.or_zero.sum(axis=0) / np.maximum(number, 1), applicable=applicable, known=number > 0)


def _months(axes: Axes, times: int) -> pa.Array:
    months = axes.year_months
    return texts(np.tile(np.arange(len(months)), times), months)


def _notices(known: Known, axes: Axes, groups: Groups) -> pd.DataFrame:
    """Who gave notice on which LES, of the rows that hold in some month of the year; by LES, then code."""
    rows = known.signup[known.signup["reason"] == NOTICE_GIVEN]
    over = (rows["to"] != "") & (rows["to"] < axes.year_months[0])
    rows = rows[(rows["from"] <= axes.year_months[-1]) & ~over]
    practices = groups.organisations[groups.practices]
    found = rows.rename(columns={"ods_code": "org", "from": "since", "to": "until"}).merge(
        practices, on="org"
    )
    order = {service.les: at for at, service in enumerate(axes.services)}
    found = found[found["les"].isin(order)]
    return found.sort_values(
        ["les", "org", "since"], key=lambda column: column.map(order) if column.name == "les" else column
    )[_NOTICES].reset_index(drop=True)
