"""Claims about sign-up: a rate of one LES or on average, practices signed up, notices, coverage."""

import re
from collections.abc import Iterator

from les_xl.periods import add_months, long_label
from les_xl.report.claims.practices import MONTH_BEFORE
from les_xl.report.claims.sentence import Sentence
from les_xl.report.claims.stated import HEDGE, NUMBER, PERCENT, read
from les_xl.report.claims.subjects import month_in
from les_xl.report.claims.tally import Figure
from les_xl.report.claims.verdict import Verdict
from les_xl.spec.model import Service

_UP = r"sign(?:ed)?[\s-]?up"
_RATES = (
    re.compile(
        rf"{_UP} (?:rate )?(?:(?:of|for|to) [^.,;%\d]{{1,60}}? )?(?:of|is|was|stands at|averages?) "
        rf"(?P<share>{HEDGE}{PERCENT})(?: over (?P<les>{NUMBER}) LES)?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<share>{HEDGE}{PERCENT}) (?:average )?{_UP}(?: rate)?", re.IGNORECASE),
    re.compile(
        rf"(?P<share>{HEDGE}{PERCENT}) of (?:eligible |GP |all )*practices (?:have |are |were )?{_UP}",
        re.IGNORECASE,
    ),
)
_ALL = re.compile(r"\ball (?:the )?LES(?:e?s|'s)?\b|\baverages?\b|\boverall\b", re.IGNORECASE)
_SPAN = re.compile(
    rf"from (?P<low>{PERCENT}) \((?P<lowest>[^)]+)\) to (?P<high>{PERCENT}) \((?P<highest>[^)]+)\)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?P<part>{HEDGE}{NUMBER})(?: of (?:the )?(?P<whole>{NUMBER}))? (?:eligible |GP )?practices? "
    rf"(?:(?:has|have|had|is|are|were|was) )?{_UP}",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    rf"(?P<count>{NUMBER}) (?:GP )?practices? (?:(?:has|have|had) )?g(?:iven|ave) notice", re.IGNORECASE
)
_GAP = re.compile(
    rf"(?P<count>{HEDGE}{NUMBER}) (?:registered )?patients (?:are |were )?not covered", re.IGNORECASE
)
_UNCHANGED = re.compile(
    rf"{_UP} (?:figures|rates)[^.;]*?(?:remains?|are|is) unchanged from (?:{MONTH_BEFORE})", re.IGNORECASE
)


def rates(sentence: Sentence) -> Iterator[Verdict]:
    """`an average sign-up rate of 96%`, `96% sign up to the routine LES contracts`, and from what to what.

    A rate may be meant of those that could sign up, or of all that are open: it agrees where it is either.
    """
    for pattern in _RATES:
        for found in sentence.find(pattern):
            stated, several = read(found["share"]), _several(sentence)
            right = [figure for figure in _figures(sentence, several) if figure is not None]
            agreeing = [figure for figure in right if stated.is_so(figure.value)]
            yield sentence.figure(found[0], stated, next(iter(agreeing or right), None))
            number = found.groupdict().get("les")
            if number and several:
                rated = Figure(
                    sentence.tally.signup_rates(_services(sentence)).size, "LES with a sign-up rate"
                )
                yield sentence.figure(f"over {number} LES", read(number), rated)
            yield from _span(sentence, found.end())


def _several(sentence: Sentence) -> bool:
    """True where a rate is of several LES together."""
    return _ALL.search(sentence.text) is not None or not sentence.about.rows


def _services(sentence: Sentence) -> tuple[Service, ...]:
    """The LES that several are: those of the contract that is named in the sentence, or all."""
    own = sentence.subjects.about(sentence.text)
    contract = own.contract or (None if _ALL.search(sentence.text) else sentence.about.contract)
    named = sentence.tally.position.specs.services
    if contract is None:
        return named
    # What is said of a kind of contract is said of what practices may choose, not of named providers.
    return tuple(one for one in named if one.contract == contract and not one.eligible.ods_codes)


def _figures(sentence: Sentence, several: bool) -> Iterator[Figure | None]:
    services = _services(sentence) if several else sentence.tally.services(sentence.about)[:1]
    for of, said in (("signup_pct", "of those that could"), ("of_open_pct", "of all that are open")):
        found = sentence.tally.signup_rates(services, of, sentence.about)
        what = f"average of {found.size} LES" if several else services[0].title
        source = f"tblSignup, {what}, {said}, {long_label(sentence.tally.signup_month(sentence.about))}"
        yield Figure(float(found.mean()), source) if found.size else None


def _span(sentence: Sentence, at: int) -> Iterator[Verdict]:
    """`…, from 93.9% (Phlebotomy) to 100.0% (LTC LES)`, right after a rate."""
    found = _SPAN.search(sentence.text, at)
    if found is None or found.start() > at + 3:
        return
    sentence.used.append(found.span())
    every = sentence.tally.signup_rates(_services(sentence))
    for end, name, right in (("low", "lowest", every.min()), ("high", "highest", every.max())):
        source = "tblSignup, of those that could"
        yield sentence.figure(f"{found[end]} ({found[name]})", read(found[end]), Figure(float(right), source))


def practices(sentence: Sentence) -> Iterator[Verdict]:
    """`190 of 196 practices are signed up to Ring Pessary`, `1 practice has given notice`."""
    for found in sentence.find(_COUNT):
        rows = sentence.tally.signup_rows(sentence.tally.services(sentence.about)[:1], sentence.about)
        if not sentence.about.rows or rows.empty:
            yield sentence.unknown(found[0], "no LES is named")
            continue
        source = f"tblSignup, {sentence.tally.scope(sentence.about)}"
        yield sentence.figure(
            found[0], read(found["part"]), Figure(float(rows["signed_up"].iloc[-1]), source)
        )
        if found["whole"]:
            whole = read(found["whole"])
            could, is_open = (float(rows[name].iloc[-1]) for name in ("eligible", "open"))
            right = Figure(is_open if whole.is_so(is_open) else could, source)
            yield sentence.figure(f"of {found['whole']}", whole, right)
    for found in sentence.find(_NOTICE):
        notices = sentence.tally.position.notices
        own = {row.les for row in sentence.subjects.about(sentence.text).rows}
        kept = notices[notices["les"].isin(own)] if own else notices
        yield sentence.figure(found[0], read(found["count"]), Figure(kept["org"].nunique(), "tblNotice"))


def patients(sentence: Sentence) -> Iterator[Verdict]:
    """`145,951 registered patients are not covered by Diabetes`, of the ICB or of the place that is named."""
    for found in sentence.find(_GAP):
        services = sentence.tally.services(sentence.about)[:1] if sentence.about.rows else ()
        rows = sentence.tally.signup_rows(services, sentence.about, _place(sentence, found.end()))
        known = rows[rows["coverage_pct"].notna()]
        if known.empty:
            yield sentence.unknown(found[0], "no LES is named, or its coverage is not known")
            continue
        missing = float((known["registered"] - known["covered"]).iloc[-1])
        source = f"tblCoverage, {services[0].title}"
        yield sentence.figure(found[0], read(found["count"]), Figure(missing, source))


def _place(sentence: Sentence, at: int) -> str | None:
    """The place that is named soon after."""
    orgs = sentence.tally.position.organisations
    places = orgs.loc[orgs["level"] == "place", "org"]
    said = sentence.text[at : at + 60]
    return next((str(place) for place in places if re.search(rf"\bin {re.escape(place)}\b", said)), None)


def unchanged(sentence: Sentence) -> Iterator[Verdict]:
    """`The sign-up figures remain unchanged from last month`."""
    for found in sentence.find(_UNCHANGED):
        tally = sentence.tally
        month = sentence.tally.position.edition.as_at
        base = month_in(found[0]) or add_months(month, -1)
        now, before = (tally.signed_up(one) for one in (month, base))
        if not before:
            yield sentence.unknown(found[0], f"{long_label(base)} is not known")
            continue
        changed = [
            f"{les} {before.get(les, 0)} to {now[les]}" for les in now if now[les] != before.get(les, 0)
        ]
        right = "unchanged" if not changed else "; ".join(changed)
        yield sentence.so(found[0], not changed, "unchanged", right, f"tblSignup, {long_label(month)}")
