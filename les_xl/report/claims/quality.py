"""Claims about quality and outcomes: a rate with what it is made of, and how many are above a cap."""

import re
from collections.abc import Iterator

import pandas as pd

from les_xl.periods import long_label
from les_xl.report.claims.sentence import Sentence
from les_xl.report.claims.stated import HEDGE, NUMBER, PERCENT, read
from les_xl.report.claims.subjects import MONTH, fold, month_in
from les_xl.report.claims.tally import Figure
from les_xl.report.claims.verdict import Verdict

_WHEN = rf"(?P<when>to|by|in) (?P<month>{MONTH})"
_RATE = re.compile(
    rf"(?P<title>[^:;.]+?):? (?:is |are |was |were )?(?P<share>{HEDGE}{PERCENT}) of [^(%.;]+? "
    rf"\((?P<part>{NUMBER}) of (?P<whole>{NUMBER})\)(?: {_WHEN})?",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"(?P<title>[^:;.]+): (?P<part>{NUMBER}) {_WHEN}(?!\s?\d)", re.IGNORECASE)


def rates(sentence: Sentence) -> Iterator[Verdict]:
    """`Failed blood samples: 3.6% of blood samples taken (19,647 of 546,410) to October 2025`."""
    for pattern, parts in (
        (_RATE, {"share": "rate", "part": "numerator", "whole": "denominator"}),
        (_COUNT, {"part": "numerator"}),
    ):
        for found in pattern.finditer(sentence.text):
            row = _row(sentence, found)
            if row is None:
                continue
            sentence.used.append(found.span())
            span = "" if (found["when"] or "").lower() == "in" else "_to_date"
            source = f"tblQuality, {found['title'].strip()}, {long_label(str(row['month']))}"
            for name, column in parts.items():
                value = float(row[f"{column}{span}"])
                right = None if pd.isna(value) else Figure(value, source)
                yield sentence.figure(f"{found['title'].strip()}: {found[name]}", read(found[name]), right)


def _row(sentence: Sentence, found: "re.Match[str]") -> "pd.Series | None":
    """The figures of the metric that is named, of the organisation and the month in question."""
    position = sentence.tally.position
    wanted = fold(found["title"])
    named = [
        (service.les, metric.id)
        for service in position.specs.services
        for metric in service.metrics
        if fold(metric.title) == wanted
    ]
    if len(named) != 1:
        return None
    (les, metric), frame = named[0], position.quality
    month = (month_in(found["month"]) if found["month"] else None) or position.data_months.get(les)
    org = sentence.about.org or position.specs.workspace.icb.code
    here = frame[(frame["les"] == les) & (frame["metric"] == metric) & (frame["org"] == org)]
    here = here[here["month"] == month]
    return None if here.empty else here.iloc[-1]
