"""What is flagged: each rule of each LES at each of its levels, since when, and what is no longer flagged."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes
from les_xl.measures.conditions import Conditioned, conditioned
from les_xl.measures.groups import Groups
from les_xl.measures.sentences import SILENCE, Flagged, exception_key
from les_xl.measures.special_cause import Charted, charted_rules
from les_xl.measures.trends import Charts

_TEXTS = ("key", "les", "metric", "label", "level", "org", "org_name", "rule", "measure")
_NUMBERS = ("value", "threshold")
_COLUMNS = (*_TEXTS, *_NUMBERS, "severity", "since", "month", "sentence", "status")
_SIZE = "size"
_LEFT_OUT = ("les", "metric", "rule", "level")

SEVERITIES = ("alert", "advise", "assure")
"""Worst first."""

STATUSES = ("new", "continuing")
"""Against the month before the data month; what is no longer flagged is `resolved`."""

WIDEST_FIRST = ("icb", "sub_icb", "place", "pcn", "practice")
"""Levels as exceptions are ordered."""

Judged = Conditioned | Charted
"""One rule on one metric."""


@dataclass(frozen=True)
class Exceptions:
    """The frames `exceptions`, `resolved` and `left_out` of a Position."""

    flagged: pd.DataFrame
    resolved: pd.DataFrame
    left_out: pd.DataFrame


def make_exceptions(
    axes: Axes, groups: Groups, figures: Figures, months: Mapping[str, str | None], charts: Charts
) -> Exceptions:
    """Published and headline metrics at the data month of their LES, which is how its lag is honoured.

    A rule applies where the organisation counts, in the months that it is for; what is not known, such as a
    percentage without a plan, flags nothing. `since` is the first month of the unbroken run, up to the data
    month, in which it was so. Where a condition names more than one figure, `measure` and `value` are
    its first, and there is no threshold. Numbers too small to judge (see `Conditioned` and `Charted`) are
    counted in `left_out`.

    `status` is `continuing` for what the same rules flagged in the month before, by what is known of that
    month now; what they flagged then and do not now is in `resolved`. In April everything is new: figures to
    date begin anew with the year.

    Order, so that the first lines are those to act on: the ICB's alerts and advisories (a service that is off
    plan as a whole, and few); then by severity, which is what the owner of the specifications asks to be
    acted on; wider levels before narrower, for they hold many practices; the farthest from the threshold in
    proportion to it, where a silent practice counts with the months of all its services. Only where all that
    is alike (ten practices at 0 %) new before continuing, for what continues has its response, and then the
    largest figure first: worse is worse, however long it is known.
    """
    found = _Found()
    for judged, month in _judged(axes, groups, figures, months, charts):
        found.look(judged, month)
    return Exceptions(found.flagged(), found.resolved(), found.left_out())


def _judged(
    axes: Axes, groups: Groups, figures: Figures, months: Mapping[str, str | None], charts: Charts
) -> Iterator[tuple[Judged, int]]:
    for at, line in enumerate(axes.lines):
        month = months[line.service.les]
        if month is None or not line.metric.charted:
            continue
        rules, in_year = line.service.exceptions, axes.year_months.index(month)
        yield from ((judged, in_year) for judged in conditioned(axes, groups, figures, at, rules))
        yield from ((judged, in_year) for judged in charted_rules(charts, groups, at, rules))


class _Found:
    """What the rules flag in the data months and in those before; rules of one id follow each other."""

    def __init__(self) -> None:
        self._now: dict[str, tuple[Flagged, str]] = {}
        self._before: dict[str, tuple[Judged, int, int]] = {}
        self._small: Counter[tuple[str, ...]] = Counter()

    def look(self, judged: Judged, month: int) -> None:
        """Apply one rule on one metric in its data month and in the month before."""
        for org in judged.flagged(month):
            flagged, sentence = judged.exception(org, month)
            self._now[flagged.key] = flagged, sentence
        for org in judged.flagged(month - 1) if month else ():
            self._before[self._key(judged, org)] = judged, org, month
        for org in judged.left_out(month):
            self._small[tuple(self._key(judged, org).split("|", 4)[:4])] += 1

    @staticmethod
    def _key(judged: Judged, org: int) -> str:
        level, code, _ = judged.groups.named[org]
        return exception_key(judged.line.service.les, judged.line.metric.id, judged.rule.id, level, code)

    def flagged(self) -> pd.DataFrame:
        """`Position.exceptions`."""
        return _frame(
            _row(flagged, sentence, "continuing" if key in self._before else "new")
            for key, (flagged, sentence) in self._now.items()
        )

    def resolved(self) -> pd.DataFrame:
        """`Position.resolved`."""
        gone = (one for key, one in self._before.items() if key not in self._now)
        return _frame(_row(*judged.resolved(org, month), "resolved") for judged, org, month in gone)

    def left_out(self) -> pd.DataFrame:
        """`Position.left_out`."""
        rows = [(*names, number) for names, number in self._small.items()]
        frame = pd.DataFrame(rows, columns=[*_LEFT_OUT, "n"])
        return frame.astype(dict.fromkeys(_LEFT_OUT, "str") | {"n": "int64"})


def _row(flagged: Flagged, sentence: str, status: str) -> dict[str, object]:
    size = max(flagged.terms, default=0.0)
    return vars(flagged) | {"key": flagged.key, "sentence": sentence, "status": status, _SIZE: size}


def _frame(rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=[*_COLUMNS, _SIZE])
    texts = {name: "str" for name in _COLUMNS if name not in _NUMBERS}
    return _first_to_act_on(frame.astype(texts | dict.fromkeys((*_NUMBERS, _SIZE), "float64")))


def _first_to_act_on(rows: pd.DataFrame) -> pd.DataFrame:
    silent = rows["measure"] == SILENCE
    together = rows.groupby(["rule", "level", "org"])["value"].transform("sum")
    apart = (rows["value"].where(~silent, together) - rows["threshold"]).abs()
    scale = rows["threshold"].abs()
    order = pd.DataFrame(
        {
            "rest": ~((rows["level"] == WIDEST_FIRST[0]) & (rows["severity"] != SEVERITIES[-1])),
            "severity": rows["severity"].map({name: at for at, name in enumerate(SEVERITIES)}),
            "level": rows["level"].map({name: at for at, name in enumerate(WIDEST_FIRST)}),
            "nearness": -(apart / scale.where(scale > 0, 1.0)).fillna(0.0),
            "known": rows["status"] != STATUSES[0],
            "smallness": -rows[_SIZE].fillna(0.0),
        }
    )
    in_order = order.sort_values(list(order.columns), kind="stable").index
    return rows.loc[in_order, list(_COLUMNS)].reset_index(drop=True)
