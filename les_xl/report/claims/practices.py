"""Claims about practices: how many are above a share of their target or in a band, and how that changed."""

import re
from collections.abc import Iterator

from les_xl import periods
from les_xl.measures.banding import Banding
from les_xl.report import words
from les_xl.report.claims.sentence import Sentence
from les_xl.report.claims.stated import FRACTION_WORDS, HEDGE, NUMBER, PERCENT, read
from les_xl.report.claims.subjects import MONTH
from les_xl.report.claims.tally import Figure
from les_xl.report.claims.verdict import Verdict

_EDGE = rf"(?:more than|over|above|in excess of|at least) (?:{PERCENT}|{FRACTION_WORDS})"
_SHARE = re.compile(
    rf"(?P<share>{HEDGE}{PERCENT}) of (?:all )?(?:{NUMBER} )?(?:GP )?practices,?"
    r"(?: (?:have|had|has))?(?: now)? "
    rf"(?:delivered|achieved|completed|reached)[^.%]{{0,20}}? ?(?P<edge>{_EDGE})"
    r"(?: of (?:their|the|its)[a-z ]{0,14} target)?",
    re.IGNORECASE,
)
UP = r"increased?|rise|rose|risen|growth|grew|grown|improvement|up|higher|more"
DOWN = r"decreased?|falls?|fell|fallen|reduction|reduced|drop(?:ped)?|declined?|down|lower|fewer|less"
SINCE = r"(?:from|on|than|since|against|compared (?:with|to)|as) "
MONTH_BEFORE = rf"(?:in )?(?:last month|the (?:previous month|month before)|{MONTH})"
_POINTS = re.compile(
    rf"(?:an? )?(?P<before>{UP}|{DOWN})? ?(?:of |by )?(?P<size>{NUMBER})\s?"
    rf"(?P<unit>%|per cent|percentage points?|points?)(?: (?P<after>{UP}|{DOWN}))? "
    rf"{SINCE}{MONTH_BEFORE}",
    re.IGNORECASE,
)
_BAND_LABEL = r"\d+\s?[-–]\s?\d+\s?%|\d+\s?%\s?\+"
_BAND_NOW = re.compile(
    rf"number of practices[^.;]*?(?P<label>{_BAND_LABEL})[^.;]*?(?:has |have )?"
    rf"(?P<way>{UP}|{DOWN}|grown) to (?P<count>{NUMBER})(?![\d%])",
    re.IGNORECASE,
)
_IN_BAND = re.compile(
    rf"(?P<count>{NUMBER}) practices? (?:is|are|was|were|remains?) in the "
    rf"(?:lowest|bottom|(?P<label>{_BAND_LABEL})) band(?: \((?P<named>{_BAND_LABEL})\))?",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"(?P<label>{_BAND_LABEL}): (?P<count>{NUMBER})(?![\d%])")
_BAND_CHANGE = re.compile(
    rf"(?:an? )?(?:(?P<way>{UP}|{DOWN}) of (?P<size>{NUMBER})|(?P<size2>{NUMBER}) (?P<way2>more|fewer)|"
    rf"(?P<same>as many)) {SINCE}{MONTH_BEFORE}",
    re.IGNORECASE,
)


def over_a_share(sentence: Sentence) -> Iterator[Verdict]:
    """`56.3% of practices have delivered more than 50% of their annual target`."""
    for found in sentence.find(_SHARE):
        banding = sentence.tally.banding(sentence.about)
        if banding is None:
            yield sentence.unknown(found[0])
            continue
        edge = float(read(found["edge"]).value) / 100
        sentence.topic.edge, sentence.topic.band = edge, None
        true, practices = sentence.tally.over(banding, edge), int(banding.total["total"])
        counted = f"{round(true * practices):,} of {words.plural(practices, 'practice')}"
        source = f"{counted}, {_source(banding, sentence)}"
        yield sentence.figure(found[0], read(found["share"]), Figure(true, source))


def change_of_share(sentence: Sentence) -> Iterator[Verdict]:
    """`a 12.3% increase from last month`: percent and percentage points are not the same."""
    edge, banding = sentence.topic.edge, sentence.tally.banding(sentence.about)
    if edge is None or banding is None:
        return
    for found in sentence.find(_POINTS):
        before = sentence.tally.over_last_month(banding, edge)
        if before is None:
            yield sentence.unknown(found[0], "the month before is not known")
            continue
        now = sentence.tally.over(banding, edge)
        yield _points(sentence, found, now, before, _source(banding, sentence))


def _points(sentence: Sentence, found: re.Match[str], now: float, before: float, source: str) -> Verdict:
    stated = read(f"{found['size']}%")
    falls = re.fullmatch(DOWN, (found["before"] or found["after"] or "").lower()) is not None
    sign = -1 if falls else 1
    points, relative = sign * (now - before), sign * (now / before - 1) if before else float("nan")
    right = words.points(now - before)
    if "point" in found["unit"].lower():
        return sentence.so(found[0], stated.is_so(points), f"{found['size']} {found['unit']}", right, source)
    if before:
        right += f", which is {words.percent(abs(relative))} {'less' if now < before else 'more'}"
    return sentence.so(found[0], stated.is_so(relative), f"{found['size']}{found['unit']}", right, source)


def in_a_band(sentence: Sentence) -> Iterator[Verdict]:
    """`The number of practices … 0-10% … has reduced to 16`, `16 practices are in the lowest band`."""
    for pattern in (_BAND_NOW, _IN_BAND):
        for found in sentence.find(pattern):
            banding = sentence.tally.banding(sentence.about)
            groups = found.groupdict()
            said = groups.get("label") or groups.get("named")
            band = None if banding is None else _label(banding, said)
            if banding is None or band is None:
                yield sentence.unknown(found[0])
                continue
            sentence.topic.band, sentence.topic.edge = band, None
            right = Figure(float(banding.total[band]), f"band {band}, {_source(banding, sentence)}")
            yield sentence.figure(found[0], read(found["count"]), right)


def listed_bands(sentence: Sentence) -> Iterator[Verdict]:
    """`0-10%: 16, 11-25%: 19`, after bands were spoken of."""
    banding = sentence.tally.banding(sentence.about)
    for found in sentence.find(_LISTED) if banding else ():
        band = None if banding is None else _label(banding, found["label"])
        if banding is not None and band is not None:
            right = Figure(float(banding.total[band]), f"band {band}, {_source(banding, sentence)}")
            yield sentence.figure(found[0], read(found["count"]), right)


def change_of_band(sentence: Sentence) -> Iterator[Verdict]:
    """`A reduction of 26 from last month`, after a band was named."""
    band, banding = sentence.topic.band, sentence.tally.banding(sentence.about)
    if band is None or banding is None:
        return
    for found in sentence.find(_BAND_CHANGE):
        if banding.change is None or banding.last_month is None:
            yield sentence.unknown(found[0], "the month before is not known")
            continue
        change = int(banding.change[band])
        way = (found["way"] or found["way2"] or "").lower()
        size = 0 if found["same"] else int(read(found["size"] or found["size2"]).value)
        stated = -size if re.fullmatch(DOWN, way) else size
        right = (
            f"{words.fewer_or_more(change)} ({int(banding.last_month[band])} to {int(banding.total[band])})"
        )
        source = f"band {band}, {_source(banding, sentence)}"
        yield sentence.so(found[0], stated == change, f"{stated:+d}", right, source)


def _label(banding: Banding, said: str | None) -> str | None:
    """The label of the banding that is meant; the lowest where only `the lowest band` is said."""
    if said is None:
        return banding.labels[0]
    wanted = band_name(said)
    return next((label for label in banding.labels if band_name(label) == wanted), None)


def band_name(text: str) -> str:
    """A band's label without spaces and with a plain dash."""
    return re.sub(r"\s", "", re.sub("[‐‑‒–—−]", "-", text)).rstrip("%").replace("%", "")


def _source(banding: Banding, sentence: Sentence) -> str:
    title = sentence.tally.position.specs.service(banding.les).title
    return f"tblBanding, {title}, {periods.long_label(banding.month)}"
