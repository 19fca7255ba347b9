"""What a comparison of other providers' activity says: no more than its figures allow."""

import math

from les_xl.measures.sentences import percentage, quantity
from les_xl.measures.shift_compare import HELD_BACK, NO_CHANGE, NO_DATA, NOT_ASSESSABLE, SEASON, Compared
from les_xl.measures.shift_questions import Question
from les_xl.periods import long_label, months_between


def sentence(compared: Compared) -> str:
    """The comparison in words: what other providers did, what practices did, and what that does not show."""
    parts = [_others(compared), _practices(compared)]
    if compared.assessment not in (NO_CHANGE, SEASON):
        both = "Both are of the same months, which does not show that one caused the other."
        parts.append("This does not show what caused it." if math.isnan(compared.gp) else both)
    return " ".join(parts)


def reason(question: Question, status: str) -> str:
    """Why a comparison shows no figures."""
    if status == NOT_ASSESSABLE:
        return "Cannot be assessed: when the other service was decommissioned is not known."
    if status == NO_DATA:
        return f"No data of other providers has been loaded (indicator {question.indicator})."
    if status == HELD_BACK:
        first, shown = long_label(question.first or ""), long_label(question.shown_from)
        months = f"{question.lag} month{'' if question.lag == 1 else 's'}"
        return f"Held back: {first}, the first month compared, is shown {months} later, from {shown}."
    return "Incomplete: in no month before, or in none since, has everybody reported, practices included."


def _others(compared: Compared) -> str:
    question, after = compared.question, compared.after
    who = question.title if compared.area.level == "icb" else f"{question.title}, {compared.area.org}"
    gone = f", after the service there ended in {long_label(question.gone)}" if question.gone else ""
    monthly = " a month" if len(after) > 1 else ""
    had = (
        f"{who}: other providers had {quantity(compared.other_since)} {question.noun}{monthly} "
        f"{_span(after)}{gone}, against {quantity(compared.other_baseline)} a month {_span(compared.before)}"
    )
    if compared.assessment == NO_CHANGE:
        return f"{had}: no change that can be told from chance{_interval(compared)}."
    said = f"{had}: {_size(compared)}{_interval(compared)}."
    if compared.assessment == SEASON:
        like = quantity(compared.other_same_months)
        months = "month of that year does" if len(after) == 1 else "months of that year do"
        return f"{said} The same {months} not bear that out ({like}{monthly}): it may be the season."
    return said


def _size(compared: Compared) -> str:
    if math.isnan(compared.ratio):
        return "more than chance explains"
    return f"{percentage(abs(compared.ratio - 1))} {'more' if compared.ratio > 1 else 'fewer'}"


def _interval(compared: Compared) -> str:
    if math.isnan(compared.ratio):
        return ""
    ratio, low, high = (f"{number:.2f}" for number in (compared.ratio, compared.low, compared.high))
    return f" (rate ratio {ratio}, 95% interval {low} to {high})"


def _practices(compared: Compared) -> str:
    metric = compared.question.service.headline
    if math.isnan(compared.gp):
        return "No practice there provides the LES."
    unit = metric.unit or metric.title.lower()
    what = f"{quantity(compared.gp)} {unit}" if compared.gp else f"no {unit}"
    stock = metric.kind == "stock"
    when = _span(compared.after[-1:] if stock else compared.after)
    some = compared.gp_reported < compared.gp_expected
    partly = f" ({compared.gp_reported:,} of {compared.gp_expected:,} returns)" if some else ""
    return f"Practices {'had' if stock else 'delivered'} {what} {when}{partly}."


def _span(months: tuple[str, ...]) -> str:
    first, last = months[0], months[-1]
    if len(months) == 1:
        return f"in {long_label(first)}"
    whole = months_between(first, last) + 1
    some = "" if len(months) == whole else f"{len(months)} months of "
    return f"in {some}{long_label(first)} to {long_label(last)}"
