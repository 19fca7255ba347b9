"""Claims in words about several months or services: a range, month on month, on target, as expected."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from les_xl import periods
from les_xl.measures.sentences import signed
from les_xl.measures.status import STATUSES, status
from les_xl.report import words
from les_xl.report.claims.sentence import Sentence
from les_xl.report.claims.stated import NUMBER, PERCENT, read
from les_xl.report.claims.subjects import About
from les_xl.report.claims.verdict import Verdict
from les_xl.report.profiled import profiled
from les_xl.spec.read import PublishedRow

_BRACKET = r"(?: \([^)]*\))?"
_RANGE = re.compile(
    rf"rang(?:es?|ed|ing) (?:from |between )?(?P<low>{NUMBER})\s?(?:%|per cent)?(?: of plan)?{_BRACKET}"
    rf"\s*(?:-|–|to|and)\s*(?P<high>{PERCENT})(?: of plan)?{_BRACKET}",
    re.IGNORECASE,
)
_RISES = r"increas\w*|ris(?:es|ing|en)|rose|gr[eo]w\w*|improv\w*|climb\w*"
_FALLS = r"decreas\w*|fall\w*|fell|declin\w*|reduc\w*|dropp\w*"
_EACH_MONTH = re.compile(
    rf"(?P<way>{_RISES}|{_FALLS})\s+(?:in activity\s+)?"
    r"(?:month[ -](?:on|by|over)[ -]month|each month|every month)"
    rf"|(?:month[ -]on[ -]month|steady|consistent) (?P<way2>increase|rise|growth|decrease|fall|decline)",
    re.IGNORECASE,
)
_STEADILY = re.compile(
    rf"(?:steadily|consistently|continuously) (?P<way>{_RISES}|{_FALLS})|"
    rf"(?P<way2>{_RISES}|{_FALLS}) (?:steadily|consistently|continuously)",
    re.IGNORECASE,
)
_PLANNED_LEVELS = re.compile(r"plan(?:ned)?\b", re.IGNORECASE)
_ON_TARGET = re.compile(r"\b(?P<no>not )?on (?:target|plan|track|trajectory)\b", re.IGNORECASE)
_EXPECTED = re.compile(r"\b(?P<how>within|in line with|below|above|meets) expectations?\b", re.IGNORECASE)
_CONTRACTS = re.compile(r"\b(?P<count>\d{1,3}) (?:different |separate )?LES contracts?\b", re.IGNORECASE)
_STATUS = "|".join(sorted(STATUSES, key=len, reverse=True))
_STATUSES = re.compile(
    rf"Of (?P<all>\d+) published rows? with a plan to date: (?P<list>(?:\d+ (?:{_STATUS})(?:, )?)+)",
    re.IGNORECASE,
)
_MOVERS = re.compile(r"Delivered (?P<way>more|less) than the month before: (?P<list>[^.]+)", re.IGNORECASE)


def ranges(sentence: Sentence) -> Iterator[Verdict]:
    """`Activity compared to planned levels ranges from 60-80%`: of the section's kind of contract."""
    for found in sentence.find(_RANGE):
        contract = sentence.contract
        shares = sentence.tally.shares_to_date(contract)
        if not shares:
            yield sentence.unknown(found[0])
            continue
        (lowest, low), (highest, high) = shares[0], shares[-1]
        so = read(f"{found['low']}%").is_so(low) and read(found["high"]).is_so(high)
        right = f"{words.percent(low)} ({lowest}) to {words.percent(high)} ({highest})"
        scope = words.CONTRACTS[contract] if contract else "all published rows"
        yield sentence.so(
            found[0], so, f"{found['low']}% to {found['high']}", right, f"{scope}, % of plan to date"
        )


def each_month(sentence: Sentence) -> Iterator[Verdict]:
    """`increasing month on month for wound care, phlebotomy and ECGs`: each of them, in every month."""
    for found in sentence.find(_EACH_MONTH):
        rises = re.match(rf"{_RISES}|rise|growth", (found["way"] or found["way2"]).lower()) is not None
        rows = sentence.about.rows or sentence.tally.rows(sentence.about.contract)
        for row in rows:
            series = sentence.tally.series("delivered", row)
            source = f"{row.label}, delivered by month"
            claim = f"{row.label}: {found[0]}"
            if len(series) > 1:
                yield _monotone(sentence, claim, series, rises, source, words.count)


def steadily(sentence: Sentence) -> Iterator[Verdict]:
    """`Routine LES activity has steadily increased towards planned levels`: all of them taken together."""
    for found in sentence.find(_STEADILY):
        rises = re.match(_RISES, (found["way"] or found["way2"]).lower()) is not None
        about = sentence.about
        if not about.rows and about.contract is None:
            yield sentence.unknown(found[0], "no LES is named")
            continue
        rows = about.rows or sentence.tally.routine(about.contract or "cost_and_volume")
        share = sentence.tally.joint_share(rows)
        source = f"{', '.join(row.label for row in rows)} together, % of plan by month"
        if len(share) > 1:
            yield _monotone(sentence, found[0], share, rises, source, words.percent)


def _monotone(
    sentence: Sentence,
    claim: str,
    series: list[tuple[str, float]],
    rises: bool,
    source: str,
    write: Callable[[float], str],
) -> Verdict:
    """Whether every month goes the way that is claimed; the months that do not are named."""
    against = [
        f"{write(before)} to {write(value)} in {periods.long_label(month)}"
        for (_, before), (month, value) in pairwise(series)
        if (value <= before if rises else value >= before)
    ]
    way = "a rise in every month" if rises else "a fall in every month"
    right = f"not so: {'; '.join(against)}" if against else way
    return sentence.so(claim, not against, way, right, source)


def on_target(sentence: Sentence) -> Iterator[Verdict]:
    """`Activity levels are on target for the PSA testing contract`: the status of the plan to date."""
    for found in sentence.find(_ON_TARGET):
        if not sentence.about.rows:
            yield sentence.unknown(found[0], "no LES is named")
        for row in sentence.about.rows:
            figure = sentence.tally.figure("pct_plan_to_date", row, sentence.about)
            if figure is None:
                yield sentence.unknown(found[0])
                continue
            said = status(figure.value, sentence.tally.position.specs.workspace.status)
            so = (said == "On plan") != bool(found["no"])
            right = f"{said.lower()}, {words.percent(figure.value)}"
            yield sentence.so(f"{row.label}: {found[0]}", so, found[0], right, figure.source)


def as_expected(sentence: Sentence) -> Iterator[Verdict]:
    """`This is within expectations for this point in the year`: the expected profile to date."""
    for found in sentence.find(_EXPECTED):
        row = _with_profile(sentence)
        figure = sentence.tally.figure("pct_expected_to_date", row, sentence.about) if row else None
        if figure is None:
            yield sentence.unknown(found[0], "there is no expected profile")
            continue
        least = sentence.tally.position.specs.workspace.status.within_expectations
        how = found["how"].lower()
        so = figure.value < least if how == "below" else figure.value >= least
        so = figure.value > 1 if how == "above" else so
        right = f"{words.percent(figure.value)} of the expected profile; within from {words.edge(least)}"
        yield sentence.so(found[0], so, found[0], right, figure.source)


def _with_profile(sentence: Sentence) -> PublishedRow | None:
    found = profiled(sentence.tally.position)
    if found is None:
        return None
    service, plan = found
    metric = service.metric(plan.metric or service.headline.id)
    row = PublishedRow(service.les, metric.id, metric.published_as or service.title)
    return row if row in (sentence.about.rows or (row,)) else None


def how_many_contracts(sentence: Sentence) -> Iterator[Verdict]:
    """`across 8 LES contracts`: the services of the published tables."""
    for found in sentence.find(_CONTRACTS):
        by_contract = {
            contract: len({row.les for row in sentence.tally.rows(contract)}) for contract in words.CONTRACTS
        }
        every = sum(by_contract.values())
        named = [f"{number} {words.CONTRACTS[one].lower()}" for one, number in by_contract.items()]
        right = f"{', '.join(named)}, {every} in all"
        so = int(found["count"]) in {*by_contract.values(), every}
        yield sentence.so(found[0], so, found["count"], right, "services of the published tables")


def statuses(sentence: Sentence) -> Iterator[Verdict]:
    """`Of 14 published rows with a plan to date: 3 well below plan, 8 below plan`."""
    for found in sentence.find(_STATUSES):
        edges = sentence.tally.position.specs.workspace.status
        shares = sentence.tally.shares_to_date(None)
        for number, word in re.findall(rf"(\d+) ({_STATUS})", found["list"], re.IGNORECASE):
            true = sum(status(share, edges).lower() == word.lower() for _, share in shares)
            so = int(number) == true
            yield sentence.so(f"{number} {word}", so, number, f"{true}", "tblSummary, Status")


def movers(sentence: Sentence) -> Iterator[Verdict]:
    """`Delivered more than the month before: Dementia, Diabetes`."""
    for found in sentence.find(_MOVERS):
        more = found["way"].lower() == "more"
        for row in sentence.subjects.about(found["list"]).rows:
            figure = sentence.tally.figure("change", row, About())
            claim = f"{row.label}: {found['way']} than the month before"
            if figure is None:
                yield sentence.unknown(claim)
                continue
            so = figure.value > 0 if more else figure.value < 0
            yield sentence.so(claim, so, found["way"], signed(figure.value), figure.source)
