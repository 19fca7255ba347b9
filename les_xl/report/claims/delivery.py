"""Claims about delivery: so much of so much, a share of the plan or the target, a count, a change."""

import itertools
import operator
import re
from collections.abc import Iterator
from dataclasses import replace

from les_xl.measures.sentences import signed
from les_xl.periods import add_months, long_label
from les_xl.report import words
from les_xl.report.claims.practices import DOWN, MONTH_BEFORE, SINCE, UP
from les_xl.report.claims.sentence import Sentence
from les_xl.report.claims.stated import HEDGE, NUMBER, PERCENT, read
from les_xl.report.claims.subjects import MONTH, About, month_in
from les_xl.report.claims.tally import MEASURES, Figure
from les_xl.report.claims.verdict import Verdict
from les_xl.spec.read import PublishedRow

_WHEN = rf"(?P<when>in|by the end of|by|up to|to|for) (?P<month>{MONTH})"
_OF = re.compile(
    rf"(?P<part>{NUMBER}) of (?P<whole>{NUMBER})(?P<what> planned| expected| for the year,)?(?: {_WHEN})? "
    rf"\((?P<share>{PERCENT}|[+\-−]?{NUMBER})\)(?: by (?P<month2>{MONTH}))?",
    re.IGNORECASE,
)
_TARGET = re.compile(
    rf"(?P<share>{HEDGE}{PERCENT})(?: \((?P<count>{NUMBER})(?!\s?%)[^)]*\))? of (?:its|their|the|an?) "
    rf"(?:total |full |overall )?(?:annual|yearly|full-year|year's) (?:target|plan)(?: {_WHEN})?",
    re.IGNORECASE,
)
_PLAN = re.compile(
    rf"(?P<share>{HEDGE}{PERCENT}) of (?:its |the |their )?(?P<what>plan(?:ned)?(?: levels?| activity)?|"
    rf"expected profile|expected(?: activity)?|profile)(?P<date> to date| in the month)?(?: {_WHEN})?",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:delivered|completed|carried out|recorded) (?P<count>{HEDGE}{NUMBER})"
    r"(?![\d,.]*\s?(?:%|per ?cent| of ))"
    rf"(?: [A-Za-z][A-Za-z ]{{0,40}}?)?(?: {_WHEN}| (?P<date>to date|so far|this year))",
    re.IGNORECASE,
)
_WAS_COUNT = re.compile(
    rf"(?P<count>{HEDGE}{NUMBER})(?: [A-Za-z][A-Za-z ]{{0,40}}?)? (?:were|was|have been|had been) "
    rf"(?P<what>delivered|completed|planned)(?: {_WHEN}| (?P<date>to date|so far|this year))",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf",? (?P<side>at or below|at or above|below|above) (?P<edge>{PERCENT}) since (?P<month>{MONTH})",
    re.IGNORECASE,
)
_SIDES = {
    "below": operator.lt,
    "at or below": operator.le,
    "above": operator.gt,
    "at or above": operator.ge,
}
_CHANGED = re.compile(
    rf"(?:an? )?(?P<before>{UP}|{DOWN})? ?(?:of |by )?(?P<size>{HEDGE}{NUMBER})(?P<unit>\s?(?:%|per cent))?"
    rf"(?: (?P<after>{UP}|{DOWN}))? {SINCE}{MONTH_BEFORE}",
    re.IGNORECASE,
)
_FAMILIES = {"planned": "planned", "expected": "expected", "for the year,": "annual"}


def part_of_whole(sentence: Sentence) -> Iterator[Verdict]:
    """`4,700 of 7,992 planned to October 2025 (58.8%)`, `44,608 of 76,637 (58.2%) by October 2025`."""
    for found in sentence.find(_OF):
        row, about = _named(sentence, found)
        if row is None:
            yield sentence.unknown(found[0], "no LES is named")
            continue
        family = _FAMILIES.get((found["what"] or "").strip().lower(), "annual")
        measures = _measures(family, (found["when"] or "by").lower() == "in")
        part, whole = read(found["part"]), read(found["whole"])
        yield sentence.figure(f"{row.label}: {found['part']}", part, _ask(sentence, measures[0], row, about))
        yield sentence.figure(f"of {found['whole']}", whole, _ask(sentence, measures[1], row, about))
        share = read(found["share"])
        if share.percent:
            yield sentence.figure(found["share"], share, _ask(sentence, measures[2], row, about))
            yield from _since(sentence, found, measures[2], row, about)


def _since(
    sentence: Sentence, share: re.Match[str], measure: str, row: PublishedRow, about: About
) -> Iterator[Verdict]:
    """What follows a share: `below 60% since August 2025`: so in each month from then on, and not before."""
    found = _SINCE.match(sentence.text, share.end())
    if found is None:
        return
    sentence.used.append(found.span())
    edge, asked = float(read(found["edge"]).value) / 100, month_in(found["month"])
    series = sentence.tally.series(measure, row, about)
    meets = {month: _SIDES[found["side"].lower()](value, edge) for month, value in series}
    run = list(itertools.takewhile(lambda month: meets[month], reversed(meets)))
    right = f"since {long_label(run[-1])}" if run else "not so in the last month"
    source = sentence.tally.source(row, MEASURES[measure], None, about.org)
    yield sentence.so(found[0], bool(run) and run[-1] == asked, f"since {found['month']}", right, source)


def of_target(sentence: Sentence) -> Iterator[Verdict]:
    """`has delivered 58% (44,698 Holistic Health Assessments) of their annual target by October 25`."""
    for found in sentence.find(_TARGET):
        row, about = _named(sentence, found)
        if row is None:
            yield sentence.unknown(found[0], "no LES is named")
            continue
        yield sentence.figure(found[0], read(found["share"]), _ask(sentence, "pct_annual", row, about))
        if found["count"]:
            right = _ask(sentence, "delivered_to_date", row, about)
            yield sentence.figure(found[0], read(found["count"]), right)


def of_plan(sentence: Sentence) -> Iterator[Verdict]:
    """`58.8% of plan to date`, `96.9% of the expected profile to date`."""
    for found in sentence.find(_PLAN):
        row, about = _named(sentence, found)
        if row is None:
            yield sentence.unknown(found[0], "no LES is named")
            continue
        expected = found["what"].lower().startswith(("expected", "profile"))
        in_month = (found["date"] or "").strip() == "in the month" or (found["when"] or "").lower() == "in"
        measure = "pct_plan" if in_month else "pct_plan_to_date"
        measure = "pct_expected_to_date" if expected else measure
        yield sentence.figure(found[0], read(found["share"]), _ask(sentence, measure, row, about))


def counts(sentence: Sentence) -> Iterator[Verdict]:
    """`delivered 44,608 assessments by October 2025`, `694 reviews were delivered in October 2025`."""
    for pattern in (_COUNT, _WAS_COUNT):
        for found in sentence.find(pattern):
            row, about = _named(sentence, found)
            if row is None:
                yield sentence.unknown(found[0], "no LES is named")
                continue
            what = found.groupdict().get("what") or "delivered"
            base = "planned" if what.lower() == "planned" else "delivered"
            in_month = (found["when"] or "").lower() in {"in", "for"}
            measure = base if in_month else f"{base}_to_date"
            yield sentence.figure(found[0], read(found["count"]), _ask(sentence, measure, row, about))


def change_of_delivered(sentence: Sentence) -> Iterator[Verdict]:
    """`Dementia fell by 119 from last month`, `a 14.6% decrease from last month`: delivered in the month."""
    for found in sentence.find(_CHANGED):
        row, about = _named(sentence, found)
        way = (found["before"] or found["after"] or "").lower()
        if row is None or not way:
            yield sentence.unknown(found[0], "no LES is named" if row is None else "up or down is not said")
            continue
        base, said = month_in(found[0]), month_in(sentence.text[: found.start()])
        about = replace(about, month=said or (base and add_months(base, 1)))
        change, now = (_ask(sentence, measure, row, about) for measure in ("change", "delivered"))
        if base is not None and base != add_months(sentence.tally.month(row, about), -1):
            change = None  # figures are compared with the month before only
        if change is None or now is None:
            yield sentence.unknown(found[0])
            continue
        before = now.value - change.value
        sign = -1 if re.fullmatch(DOWN, way) else 1
        share = change.value / before if before else float("nan")
        stated = read(f"{found['size']}{found['unit'] or ''}")
        right = (
            f"{signed(change.value)}, {words.percent(share) if before else 'from 0'}, {now.value:,.0f} now"
        )
        so = stated.is_so(sign * (share if stated.percent else change.value))
        yield sentence.so(found[0], so, f"{way} {stated.text}", right, change.source)


def _measures(family: str, in_month: bool) -> tuple[str, str, str]:
    if family == "annual":
        return "delivered_to_date", "annual_target", "pct_annual"
    if family == "expected":
        return "delivered_to_date", "expected_to_date", "pct_expected_to_date"
    if in_month:
        return "delivered", "planned", "pct_plan"
    return "delivered_to_date", "planned_to_date", "pct_plan_to_date"


def _named(sentence: Sentence, found: re.Match[str]) -> tuple[PublishedRow | None, About]:
    """The row that a match is about (the last that is named before it), and the month that it names."""
    about = sentence.about
    before = sentence.subjects.about(sentence.text[: found.start()])
    rows = before.rows[-1:] or about.rows
    groups = found.groupdict()
    said = groups.get("month") or groups.get("month2")
    month = month_in(said) if said else None
    org, known = _organisation(sentence)
    if len(rows) != 1 or not known:
        return None, about
    return rows[0], replace(about, rows=rows[:1], month=month or before.month or about.month, org=org)


def _organisation(sentence: Sentence) -> tuple[str | None, bool]:
    """The organisation of `Dementia, Bank Surgery: …`, and whether it is known where one is named so."""
    head, colon, _ = sentence.text.partition(": ")
    if not colon or ", " not in head or re.search(r"\d", head):
        return sentence.about.org, True
    for at in (at for at, sign in enumerate(head) if sign == ","):
        code = sentence.subjects.organisation(head[at + 1 :])
        if code is not None:
            return code, True
    return None, not sentence.subjects.about(head).rows


def _ask(sentence: Sentence, measure: str, row: PublishedRow, about: About) -> Figure | None:
    return sentence.tally.figure(measure, row, about)
