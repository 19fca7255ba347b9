"""The waist: one as-at month, every number. Workbook, functions, packs and pages read it; none computes."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from les_xl.data.known import Known
from les_xl.marks import Cell
from les_xl.measures.banding import Banding
from les_xl.spec.read import Specs

MEASURES = (
    "planned",
    "delivered",
    "pct_plan",
    "variance",
    "planned_to_date",
    "delivered_to_date",
    "pct_plan_to_date",
    "variance_to_date",
    "pct_annual",
    "expected",
    "expected_to_date",
    "pct_expected_to_date",
    "change",
)
"""Columns of `Position.monthly` that hold a number; `<measure>_mark` beside each says why where it is NaN."""


@dataclass(frozen=True)
class Edition:
    """What a position stands on: as-at month, last load taken into account, hash of the specs."""

    as_at: str
    as_of: int
    data_version: str

    def __str__(self) -> str:
        """`2025-10, load 12, specs 1a2b3c4d`."""
        return f"{self.as_at}, load {self.as_of}, specs {self.data_version[:8]}"


@dataclass(frozen=True)
class Position:
    """Every number of one edition.

    organisations: level, org, name, pcn, place, sub_icb — one row for each organisation and group; `org` is
        its code (a place's is its name), the ICB's row last. Practices: those of the as-at month's membership.
    monthly: les, metric, level, org, month, n_reported, n_expected (int), and for each of MEASURES a float
        column (fractions for percentages; `change` is delivered minus the month before) with NaN where there is
        no number and beside it `<measure>_mark` ("" | "[x]" | "[z]"); one row a LES, metric, level, org and
        month of the financial year.
    annual: les, metric, level, org, annual_target (float, NaN = none), annual_target_mark.
    data_months: for each LES the last month of its own data (as_at, or earlier), None before any.
    bandings: for each LES with bands, its Banding at its data month.
    exceptions: key, les, metric, label, level, org, org_name, rule, measure, value, threshold, severity
        (alert | advise | assure), since, month, sentence — worst first.
    checks: check, scope, left, right, difference, ok — one row a footing or tie-out.
    """

    edition: Edition
    specs: Specs
    organisations: pd.DataFrame
    monthly: pd.DataFrame
    annual: pd.DataFrame
    data_months: Mapping[str, str | None]
    bandings: Mapping[str, Banding]
    exceptions: pd.DataFrame
    checks: pd.DataFrame

    def value(
        self, measure: str, les: str, metric: str | None = None, org: str | None = None, month: str | None = None
    ) -> Cell:
        """One number or the mark in its place; the headline metric, the ICB and the as-at month where left out.

        Raises KeyError for a LES, metric, organisation, month or measure that the position does not have.
        """
        raise NotImplementedError


def make_position(specs: Specs, known: Known, as_at: str | None = None, year: str | None = None) -> Position:
    """The position of a workspace as of what `known` holds; `as_at` by the workspace's rule where left out."""
    raise NotImplementedError
