"""Service shift and system impact: other providers' activity before and after, beside general practice's."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from les_xl.data.known import Known
from les_xl.marks import Mark
from les_xl.measures.axes import Axes
from les_xl.measures.returns import Returns
from les_xl.measures.shift_compare import (
    ASSESSED,
    FIGURES,
    HELD_BACK,
    INCOMPLETE,
    NO_DATA,
    NOT_ASSESSABLE,
    Compared,
    compare,
)
from les_xl.measures.shift_questions import Question, questions
from les_xl.measures.shift_sentences import reason, sentence
from les_xl.measures.shift_sides import Area, General, Others, counted_elsewhere, make_areas
from les_xl.periods import add_months, month_range
from les_xl.spec.read import Specs

_TEXTS = (
    *("kind", "les", "indicator", "title", "mechanism", "level", "org", "status", "shown_from"),
    *("baseline_from", "baseline_to", "since_from", "since_to", "assessment", "reason", "sentence"),
    *(f"{name}_mark" for name in FIGURES),
)
_COUNTS = ("baseline_months", "months", "gp_reported", "gp_expected")
_MONTH_TEXTS = ("kind", "les", "indicator", "title", "month", "period", "other_mark", "share_mark")


@dataclass(frozen=True)
class Shift:
    """Other providers' activity before and after, for every question, trust and place, and the ICB.

    comparisons: kind (shift | impact), les, indicator, title, mechanism (active | passive | "" for an
        impact), level (icb | trust | place), org (name; the ICB's code), status (assessed | held back |
        no data | incomplete | not assessable), reason (why it is not assessed, ""), shown_from (first as-at
        month in which it may be shown, "" where not known), baseline_from, baseline_to, baseline_months,
        since_from, since_to, months (those compared; the same on both sides), gp_reported, gp_expected
        (returns in them), a float and a mark for each of FIGURES, assessment (fewer | more | season |
        no change | ""), sentence.
    months: kind, les, indicator, title, month, period (before | between | after), and with a mark beside
        each other (the ICB's count) and share (fraction of its baseline mean) — one row an indicator and
        month from the first of its baseline to the as-at month; `[x]` until the lag has passed.
    """

    comparisons: pd.DataFrame
    months: pd.DataFrame


def make_shift(specs: Specs, known: Known, axes: Axes, returns: Returns, as_at: str) -> Shift:
    """Compare other providers' activity after general practice took over with that before.

    Other, before: mean a month over the baseline's months. Other, after, and general practice: over the
    months from the first that may be compared to the last whose lag has passed by `as_at`, the same months
    on both sides. A month is taken where every trust and place that reported in the baseline has a row of it
    and general practice reported, so that a missing return does not look like a reduction. Unit: counts a
    month (`gp`: the count over the months; of a stock, that of the last); ratio = after ÷ before, with the
    interval of `rate_ratio`; change = after − before, a month.

    Active looks from the stable month on, passive from the month after the other service was decommissioned.
    Trusts and places are those of the as-at month. `[x]`: held back, no data or incomplete. `[z]`: cannot be
    assessed, nobody counts there, or nothing was counted before. It shows what went together, not what
    caused it. Source: monitoring paper, 28 May 2025, sections 4 and 5.
    """
    asked = questions(specs)
    general = General(
        specs, known, axes, returns, min((one.first for one in asked if one.first), default=as_at)
    )
    areas = make_areas(specs, known, axes, as_at)
    others = {one.indicator: counted_elsewhere(known, one.indicator) for one in asked}
    rows = [
        _row(one, area, _status_and_figures(one, area, others[one.indicator], general, as_at))
        for one in asked
        for area in areas
    ]
    first_asked = {one.indicator: one for one in reversed(asked)}
    months = [
        row for indicator in others for row in _months(first_asked[indicator], others[indicator], as_at)
    ]
    return Shift(_frame(rows, _TEXTS, _COUNTS, FIGURES), _frame(months, _MONTH_TEXTS, (), ("other", "share")))


def _status_and_figures(
    question: Question, area: Area, others: Others, general: General, as_at: str
) -> tuple[str, Compared | None]:
    own, months = others.of(area), question.months_after(as_at)
    if question.first is None:
        return NOT_ASSESSABLE, None
    if not own.counts.size:
        return NO_DATA, None
    if not months:
        return HELD_BACK, None
    found = compare(question, area, own.complete(question.baseline), general.of(question, area, months))
    return (INCOMPLETE, None) if found is None else (ASSESSED, found)


def _row(question: Question, area: Area, judged: tuple[str, Compared | None]) -> dict[str, object]:
    status, found = judged
    row: dict[str, object] = {
        "kind": question.kind,
        "les": question.service.les,
        "indicator": question.indicator,
        "title": question.title,
        "mechanism": question.mechanism,
        "level": area.level,
        "org": area.org,
        "status": status,
        "shown_from": question.shown_from,
        "reason": "" if found else reason(question, status),
        "sentence": sentence(found) if found else "",
        "assessment": found.assessment if found else "",
    }
    before, after = (found.before, found.after) if found else (question.baseline, ())
    row |= _span("baseline", before) | _span("since", after)
    row |= {"baseline_months": len(found.before) if found else 0, "months": len(after)}
    row |= {name: getattr(found, name) if found else 0 for name in ("gp_reported", "gp_expected")}
    absent = Mark.NOT_APPLICABLE if found or status == NOT_ASSESSABLE else Mark.NOT_REPORTED
    for name in FIGURES:
        value = getattr(found, name) if found else math.nan
        row[name] = value if math.isfinite(value) else math.nan
        row[f"{name}_mark"] = "" if math.isfinite(value) else str(absent)
    return row


def _span(name: str, months: Sequence[str]) -> dict[str, object]:
    return {f"{name}_from": months[0] if months else "", f"{name}_to": months[-1] if months else ""}


def _months(question: Question, others: Others, as_at: str) -> Iterator[dict[str, object]]:
    """The ICB's months of one indicator, as `Shift.months`."""
    if not question.baseline:
        return
    last = add_months(as_at, -question.lag)
    counts = {month: count for month, count in others.complete(question.baseline).items() if month <= last}
    base = [counts[month] for month in question.baseline if month in counts]
    mean = sum(base) / len(base) if base else math.nan
    for month in month_range(question.baseline[0], as_at):
        count = counts.get(month, math.nan)
        share = count / mean if mean else math.nan
        yield {
            "kind": question.kind,
            "les": question.service.les,
            "indicator": question.indicator,
            "title": question.title,
            "month": month,
            "period": _period(question, month),
            "other": count,
            "other_mark": _mark(count, counted=False),
            "share": share,
            "share_mark": _mark(share, counted=not math.isnan(count)),
        }


def _mark(value: float, *, counted: bool) -> str:
    if not math.isnan(value):
        return ""
    return str(Mark.NOT_APPLICABLE if counted else Mark.NOT_REPORTED)


def _period(question: Question, month: str) -> str:
    if month <= question.baseline[-1]:
        return "before"
    return "between" if question.first is None or month < question.first else "after"


def _frame(
    rows: Iterable[Mapping[str, object]],
    texts: tuple[str, ...],
    counts: tuple[str, ...],
    numbers: tuple[str, ...],
) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=[*texts, *counts, *numbers])
    types = dict.fromkeys(texts, "str") | dict.fromkeys(counts, "int64") | dict.fromkeys(numbers, "float64")
    return frame.astype(types)
