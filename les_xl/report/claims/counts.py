"""Claims that count what a position lists: returns, checks, and what the rules flag."""

import re
from collections.abc import Iterator

from les_xl.report.claims.sentence import Sentence
from les_xl.report.claims.stated import NUMBER, PERCENT, read
from les_xl.report.claims.subjects import MONTH
from les_xl.report.claims.tally import Figure
from les_xl.report.claims.verdict import Verdict
from les_xl.report.figures import failed_checks
from les_xl.report.words import SEVERITIES

_RETURNS = re.compile(
    rf"(?P<part>{NUMBER}) of (?P<whole>{NUMBER}) expected returns(?: for {MONTH})? "
    rf"(?:have arrived(?: \((?P<share>{PERCENT})\))?|are (?P<missing>missing))",
    re.IGNORECASE,
)
_CHECKS = re.compile(
    rf"(?P<part>{NUMBER}) of (?P<whole>{NUMBER}) checks? (?:(?P<fail>fails?)|pass(?:es)?)", re.IGNORECASE
)
_FLAGGED = re.compile(
    rf"flag(?:s|ged)?:? (?:(?P<alert>{NUMBER}) alerts?)?(?: and )?"
    rf"(?:(?P<advise>{NUMBER}) advisor(?:y|ies))?(?: \((?P<levels>[^)]*)\))?",
    re.IGNORECASE,
)
_BY_RULE = re.compile(
    rf"(?P<part>{NUMBER}) practices? (?:is|are) flagged by the rule (?P<rule>[a-z][\w ]*?)"
    rf"(?: \((?P<severity>alert|advisory|assurance)\))?(?:, most in (?P<label>[^.]+) \((?P<most>{NUMBER})\))?"
    r"(?=[.,;]|$)",
    re.IGNORECASE,
)
_LEVEL = re.compile(rf"({NUMBER}) for (the ICB|sub ICB groups?|practices?)", re.IGNORECASE)
_LEVELS = {"t": "icb", "s": "sub_icb", "p": "practice"}


def returns(sentence: Sentence) -> Iterator[Verdict]:
    """`2,301 of 2,340 expected returns have arrived`, of all services or of those of the section."""
    for found in sentence.find(_RETURNS):
        reported, expected = sentence.tally.returns(sentence.about)
        part = expected - reported if found["missing"] else reported
        source = f"returns of {sentence.tally.scope(sentence.about)}"
        yield sentence.figure(found[0], read(found["part"]), Figure(part, source))
        yield sentence.figure(f"of {found['whole']}", read(found["whole"]), Figure(expected, source))
        if found["share"] and expected:
            yield sentence.figure(found["share"], read(found["share"]), Figure(part / expected, source))


def checks(sentence: Sentence) -> Iterator[Verdict]:
    """`1 of 233 checks fails`."""
    for found in sentence.find(_CHECKS):
        position = sentence.tally.position
        failed, checked = failed_checks(position), len(position.checks)
        part = failed if found["fail"] else checked - failed
        yield sentence.figure(found[0], read(found["part"]), Figure(part, "tblChecks"))
        yield sentence.figure(f"of {found['whole']}", read(found["whole"]), Figure(checked, "tblChecks"))


def flagged(sentence: Sentence) -> Iterator[Verdict]:
    """`The rules flag 105 alerts and 1,291 advisories`, and for whom."""
    for found in sentence.find(_FLAGGED):
        exceptions = sentence.tally.exceptions(sentence.about)
        source = f"tblExceptions, {sentence.tally.scope(sentence.about)}"
        for severity in ("alert", "advise"):
            if found[severity]:
                right = Figure(sum(one["severity"] == severity for one in exceptions), source)
                yield sentence.figure(f"{found[severity]} {severity}", read(found[severity]), right)
        for number, said in _LEVEL.findall(found["levels"] or ""):
            level = _LEVELS[said[0].lower()]
            right = Figure(sum(one["level"] == level for one in exceptions), source)
            yield sentence.figure(f"{number} for {said}", read(number), right)


def by_rule(sentence: Sentence) -> Iterator[Verdict]:
    """`25 practices are flagged by the rule no return (alert), most in ECGs (9)`."""
    severities = {word: name for name, word in SEVERITIES.items()}
    for found in sentence.find(_BY_RULE):
        rows = sentence.tally.position.exceptions
        rule = found["rule"].lower().replace(" ", "_")
        rows = rows[(rows["level"] == "practice") & (rows["rule"] == rule)]
        if found["severity"]:
            rows = rows[rows["severity"] == severities[found["severity"].lower()]]
        source = f"tblExceptions, practices, rule {rule}"
        yield sentence.figure(found[0], read(found["part"]), Figure(int(rows["org"].nunique()), source))
        if found["label"]:
            here = int((rows["label"] == found["label"]).sum())
            yield sentence.figure(f"most in {found['label']}", read(found["most"]), Figure(here, source))
