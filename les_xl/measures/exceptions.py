"""What is flagged: each rule of each LES at each of its levels, with the figure and since when; worst first."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes
from les_xl.measures.groups import Groups
from les_xl.measures.marked import Flags, Floats
from les_xl.measures.sentences import exception_sentence
from les_xl.periods import months_between
from les_xl.spec.conditions import Condition, parse
from les_xl.spec.model import ExceptionRule

COLUMNS = [
    "key", "les", "metric", "label", "level", "org", "org_name", "rule", "measure",
    "value", "threshold", "severity", "since", "month", "sentence",
]  # fmt: skip
SEVERITIES = ("alert", "advise", "assure")
WIDEST_FIRST = ("icb", "sub_icb", "place", "pcn", "practice")


def make_exceptions(
    axes: Axes, groups: Groups, figures: Figures, months: Mapping[str, str | None]
) -> pd.DataFrame:
    """Rows of `Position.exceptions`: published metrics at the data month of their LES.

    A rule applies where the organisation counts. `since` is the first month of the unbroken run, up to the
    data month, in which it was so. Order: severity, level (the ICB first), distance from the threshold.
    """
    found = [
        _found(axes, groups, figures, at, rule, axes.year_months.index(month))
        for at, line in enumerate(axes.lines)
        if line.metric.published_as and (month := months[line.service.les]) is not None
        for rule in line.service.exceptions
    ]
    rows = [frame for frame in found if len(frame)]
    if not rows:
        return pd.DataFrame(columns=COLUMNS).astype({"value": float, "threshold": float})
    return _worst_first(pd.concat(rows, ignore_index=True))[COLUMNS]


def _found(
    axes: Axes, groups: Groups, figures: Figures, at: int, rule: ExceptionRule, last: int
) -> pd.DataFrame:
    line, month, condition = axes.lines[at], axes.year_months[last], _parsed(rule.when)
    measures = {name: _measure(axes, figures, at, name)[:, : last + 1] for name in condition.measures}
    expected = figures.n_expected[at, :, : last + 1] > 0
    so = _holds(condition, measures) & expected & _at_levels(groups, rule)[:, None]
    flagged = np.flatnonzero(so[:, last])
    threshold = condition.threshold
    measure = threshold.measure if threshold else condition.measures[0]
    orgs = groups.organisations.iloc[flagged]
    rows = pd.DataFrame(
        {
            "level": orgs["level"].to_numpy(),
            "org": orgs["org"].to_numpy(),
            "org_name": orgs["name"].to_numpy(),
            "value": measures[measure][flagged, last],
            "threshold": threshold.value if threshold else np.nan,
            "since": [axes.year_months[first] for first in _first_of_run(so[flagged])],
        }
    )
    rows = rows.assign(
        les=line.service.les, metric=line.metric.id, label=line.label, rule=rule.id, measure=measure,
        severity=_severity(rule, line.service.starts, month), month=month,
    )  # fmt: skip
    prefix = f"{line.service.les}|{line.metric.id}|{rule.id}|"
    rows["key"] = [prefix + f"{level}|{org}" for level, org in zip(rows["level"], rows["org"], strict=True)]
    of, to = _terms(figures, at, measure)
    rows["sentence"] = [
        exception_sentence(row, condition, of[org, last], to[org, last])
        for org, row in zip(flagged, rows.itertuples(index=False), strict=True)
    ]
    return rows


@cache
def _parsed(when: str) -> Condition:
    return parse(when)


def _measure(axes: Axes, figures: Figures, at: int, name: str) -> Floats:
    """A named measure of one metric: organisation by month, NaN where there is no number."""
    if name == "months_not_reported":
        return figures.months_not_reported[at]
    if name == "months_in_service":
        starts = axes.lines[at].service.starts
        served = np.array([months_between(starts, month) + 1.0 for month in axes.year_months])
        return np.broadcast_to(np.where(served > 0, served, np.nan), figures.n_expected[at].shape)
    return figures.measures[name].values[at]


def _terms(figures: Figures, at: int, measure: str) -> tuple[Floats, Floats]:
    """The two figures that a percentage or a difference is made of; twice the measure's own shape."""
    none = np.full(figures.n_expected[at].shape, np.nan)
    annual = np.broadcast_to(figures.annual_target.values[at][:, None], none.shape)
    named = {name: figure.values[at] for name, figure in figures.measures.items()}
    terms = {
        "pct_plan": (named["delivered"], named["planned"]),
        "variance": (named["delivered"], named["planned"]),
        "pct_plan_to_date": (named["delivered_to_date"], named["planned_to_date"]),
        "variance_to_date": (named["delivered_to_date"], named["planned_to_date"]),
        "pct_expected_to_date": (named["delivered_to_date"], named["expected_to_date"]),
        "pct_annual": (named["delivered_to_date"], annual),
    }
    return terms.get(measure, (none, none))


def _holds(condition: Condition, measures: Mapping[str, Floats]) -> Flags:
    shape = next(iter(measures.values())).shape
    flat = {name: pd.Series(values.ravel()) for name, values in measures.items()}
    return np.asarray(condition.evaluate(flat), dtype=bool).reshape(shape)


def _at_levels(groups: Groups, rule: ExceptionRule) -> Flags:
    return np.asarray(groups.organisations["level"].isin(rule.level), dtype=bool)


def _first_of_run(so: Flags) -> list[int]:
    """Where the unbroken run of True that ends in the last month begins."""
    backwards = ~so[:, ::-1]
    length = np.where(backwards.any(axis=1), backwards.argmax(axis=1), so.shape[1])
    return [int(first) for first in so.shape[1] - length]


def _severity(rule: ExceptionRule, starts: str, month: str) -> str:
    """While a LES ramps up, an alert is lowered to advise; it is never hidden."""
    ramping_up = months_between(starts, month) < rule.ramp_up_months
    return "advise" if ramping_up and rule.severity == "alert" else rule.severity


def _worst_first(rows: pd.DataFrame) -> pd.DataFrame:
    apart = (rows["value"] - rows["threshold"]).abs()
    scale = rows["threshold"].abs()
    order = pd.DataFrame(
        {
            "severity": rows["severity"].map({name: at for at, name in enumerate(SEVERITIES)}),
            "level": rows["level"].map({name: at for at, name in enumerate(WIDEST_FIRST)}),
            "nearness": -(apart / scale.where(scale > 0, 1.0)).fillna(0.0),
        }
    )
    return rows.loc[order.sort_values(list(order.columns), kind="stable").index].reset_index(drop=True)
