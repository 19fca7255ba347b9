"""What is flagged: each rule of each LES at each of its levels, with the figure, and since when."""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes
from les_xl.measures.groups import Groups
from les_xl.measures.marked import Flags, Floats, settled
from les_xl.measures.sentences import Flagged, exception_sentence
from les_xl.periods import months_between
from les_xl.spec.conditions import Condition, parse
from les_xl.spec.model import ExceptionRule

_TEXTS = ("key", "les", "metric", "label", "level", "org", "org_name", "rule", "measure")
_NUMBERS = ("value", "threshold")
_COLUMNS = (*_TEXTS, *_NUMBERS, "severity", "since", "month", "sentence")

SEVERITIES = ("alert", "advise", "assure")
"""Worst first."""

WIDEST_FIRST = ("icb", "sub_icb", "place", "pcn", "practice")
"""Levels as exceptions are ordered."""

_TERMS = {
    "pct_plan": ("delivered", "planned"),
    "variance": ("delivered", "planned"),
    "pct_plan_to_date": ("delivered_to_date", "planned_to_date"),
    "variance_to_date": ("delivered_to_date", "planned_to_date"),
    "pct_expected_to_date": ("delivered_to_date", "expected_to_date"),
    "pct_annual": ("delivered_to_date", "annual_target"),
}
"""The two figures that a percentage or a difference is made of."""


def make_exceptions(
    axes: Axes, groups: Groups, figures: Figures, months: Mapping[str, str | None]
) -> pd.DataFrame:
    """Rows of `Position.exceptions`: published and headline metrics at the data month of their LES.

    A rule applies where the organisation counts, in the months that it is for; what is not known, such as a
    percentage without a plan, flags nothing. `since` is the first month of the unbroken run, up to the data
    month, in which it was so. Where a condition names more than one figure, `measure` and `value` are
    its first, and there is no threshold. Order: severity, level (the ICB first), distance from the threshold.
    """
    found = [
        flagged
        for at, line in enumerate(axes.lines)
        if (line.metric.published_as or line.metric.headline)
        and (month := months[line.service.les]) is not None
        for rule in line.service.exceptions
        for flagged in _flagged(axes, groups, figures, at, rule, axes.year_months.index(month))
    ]
    rows = pd.DataFrame([_row(flagged) for flagged in found], columns=list(_COLUMNS))
    texts = {name: "str" for name in _COLUMNS if name not in _NUMBERS}
    return _worst_first(rows.astype(texts | dict.fromkeys(_NUMBERS, "float64")))


def _row(flagged: Flagged) -> dict[str, object]:
    key = (flagged.les, flagged.metric, flagged.rule, flagged.level, flagged.org)
    return vars(flagged) | {"key": "|".join(key), "sentence": exception_sentence(flagged)}


def _flagged(
    axes: Axes, groups: Groups, figures: Figures, at: int, rule: ExceptionRule, last: int
) -> Iterable[Flagged]:
    line, condition = axes.lines[at], _parsed(rule.when)
    so = _holds(axes, figures, at, condition) & (figures.n_expected[at] > 0)
    so &= np.array([(rule.from_ or "") <= month <= (rule.to or month) for month in axes.year_months])
    so = so[:, : last + 1] & np.asarray(groups.organisations["level"].isin(rule.level))[:, None]
    flagged = np.flatnonzero(so[:, last])
    threshold = condition.threshold
    measure = threshold.measure if threshold else condition.measures[0]
    parts = [_measure(axes, figures, at, name)[flagged, last] for name in (measure, *_TERMS.get(measure, ()))]
    orgs = groups.organisations.iloc[flagged]
    severity = _severity(rule, line.service.starts, axes.year_months[last])
    for level, org, name, first, *numbers in zip(
        orgs["level"], orgs["org"], orgs["name"], _first_of_run(so[flagged]), *parts, strict=True
    ):
        yield Flagged(
            les=line.service.les,
            metric=line.metric.id,
            label=line.label,
            level=level,
            org=org,
            org_name=name,
            rule=rule.id,
            measure=measure,
            value=float(numbers[0]),
            terms=tuple(float(number) for number in numbers[1:]),
            threshold=threshold.value if threshold else float("nan"),
            side=threshold.op if threshold else "",
            severity=severity,
            since=axes.year_months[first],
            month=axes.year_months[last],
        )


@cache
def _parsed(when: str) -> Condition:
    return parse(when)


def _measure(axes: Axes, figures: Figures, at: int, name: str) -> Floats:
    """A named measure of one metric: organisation by month, NaN where there is no number."""
    shape = figures.n_expected[at].shape
    if name == "months_not_reported":
        return _spread(figures.months_not_reported[at], shape)
    if name == "annual_target":
        return _spread(figures.annual_target.values[at][:, None], shape)
    if name == "months_in_service":
        starts = axes.lines[at].service.starts
        served = np.array([months_between(starts, month) + 1.0 for month in axes.year_months])
        return _spread(np.where(served > 0, served, np.nan), shape)
    monthly: Floats = figures.measures[name].values[at]
    return monthly


def _spread(values: Floats, shape: tuple[int, ...]) -> Floats:
    spread: Floats = np.broadcast_to(values, shape)
    return spread


def _holds(axes: Axes, figures: Figures, at: int, condition: Condition) -> Flags:
    measures = {
        name: pd.Series(settled(_measure(axes, figures, at, name)).ravel()) for name in condition.measures
    }
    return np.asarray(condition.evaluate(measures), dtype=bool).reshape(figures.n_expected[at].shape)


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
