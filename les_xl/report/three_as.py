"""The facts of an edition as Alert, Advise, Assure: what needs a decision, what to know, what is in order."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from les_xl import periods
from les_xl.marks import Mark
from les_xl.measures.status import STATUSES, status
from les_xl.position import Position
from les_xl.report import narrative, people, words
from les_xl.report.figures import Record, all_returns, exceptions, failed_checks
from les_xl.report.narrative import Point

_IN_ORDER = STATUSES[2:4]


@dataclass(frozen=True)
class ThreeAs:
    """The three lists, each worst (or best known) first; every line has its figure."""

    alert: tuple[Point, ...]
    advise: tuple[Point, ...]
    assure: tuple[Point, ...]

    def by_heading(self) -> tuple[tuple[str, Point], ...]:
        """Every line with the word that stands over it."""
        lists = {"Alert": self.alert, "Advise": self.advise, "Assure": self.assure}
        return tuple((heading, point) for heading, points in lists.items() for point in points)


def three_as(position: Position) -> ThreeAs:
    """Where each fact stands: an exception under its own severity, the widest of a rule for all others.

    Alert: exceptions of that severity. Advise: those of that severity; sign-up on average under the share at
    which a plan is met, the largest gap in coverage, notices; returns that are missing; checks that fail.
    Assure: those of that severity; rows that are on or above plan and not flagged for the ICB; what is within
    the expected profile; sign-up and checks where nothing is wrong with them.
    """
    return ThreeAs(
        (*_flagged(position, "alert"),),
        (*_flagged(position, "advise"), *_gaps(position), *_missing(position)),
        (*_flagged(position, "assure"), *_delivered(position), *_well(position)),
    )


def _flagged(position: Position, severity: str) -> Iterator[Point]:
    """The ICB's exceptions of a severity, the worst group of each other rule, and how many practices."""
    found = [one for one in exceptions(position) if one["severity"] == severity]
    for one in found:
        if one["level"] == "icb":
            yield Point(one["label"], f"{one['sentence']}.")
    said = {_rule(one) for one in exceptions(position) if one["level"] == "icb"}
    groups: dict[tuple[str, str], list[Record]] = {}
    for one in found:
        if one["level"] == "sub_icb" and _rule(one) not in said:
            groups.setdefault(_rule(one), []).append(one)
    for worst, *rest in groups.values():
        verb = "is" if len(rest) == 1 else "are"
        more = f" So {verb} {words.plural(len(rest), 'other group')}." if rest else ""
        yield Point(worst["label"], f"{worst['sentence']}.{more}")
    yield from _practices([one for one in found if one["level"] == "practice"])


def _rule(one: Record) -> tuple[str, str]:
    return one["label"], one["rule"]


def _practices(found: list[Record]) -> Iterator[Point]:
    """How many practices each rule flags, most first, and in which row most of them are."""
    by_rule: dict[str, list[Record]] = {}
    for one in found:
        by_rule.setdefault(one["rule"], []).append(one)
    practices = {rule: len({one["org"] for one in flagged}) for rule, flagged in by_rule.items()}
    for rule in sorted(by_rule, key=lambda rule: -practices[rule]):
        label, most = Counter(one["label"] for one in by_rule[rule]).most_common(1)[0]
        verb = "is" if practices[rule] == 1 else "are"
        named = f"{rule.replace('_', ' ')} ({words.SEVERITIES[by_rule[rule][0]['severity']]})"
        said = f"{words.plural(practices[rule], 'practice')} {verb} flagged by the rule {named}"
        yield Point("Practices", f"{said}, most in {label} ({most:,}).")


def _gaps(position: Position) -> Iterator[Point]:
    mean = people.average(position)
    least = position.specs.workspace.status.below
    low = people.signed_up(position) if mean is not None and mean < least else ""
    yield from _points("Sign-up", (low, people.gap(position), people.notice(position)))


def _missing(position: Position) -> Iterator[Point]:
    reported, expected = all_returns(position)
    if reported < expected:
        yield narrative.returns_point(position)
    if failed_checks(position):
        yield Point("Checks", narrative.check_status(position))


def _delivered(position: Position) -> Iterator[Point]:
    """Rows that are on plan or above it, and not flagged for the ICB, those furthest above first."""
    flagged = {one["label"] for one in exceptions(position) if one["level"] == "icb"}
    shares = [pair for contract in words.CONTRACTS for pair in narrative.shares_to_date(position, contract)]
    for row, share in sorted(shares, key=lambda pair: -pair[1]):
        word = status(share, position.specs.workspace.status)
        if word in _IN_ORDER and row.label not in flagged:
            month = position.data_months[row.les] or ""
            part, whole = (
                words.count(position.value(measure, row.les, row.metric, month=month))
                for measure in ("delivered_to_date", "planned_to_date")
            )
            said = f"{part} of {whole} planned to {periods.long_label(month)} ({words.percent(share)})"
            yield Point(row.label, f"{row.label}: {said}, {word.lower()}.")


def _well(position: Position) -> Iterator[Point]:
    least = position.specs.workspace.status.within_expectations
    share = narrative.share_of_profile(position)
    if share is not None and not isinstance(share, Mark) and share >= least:
        yield from narrative.profile_points(position)
    mean = people.average(position)
    if mean is not None and mean >= position.specs.workspace.status.below:
        yield Point("Sign-up", people.signed_up(position))
    if not failed_checks(position):
        yield Point("Checks", narrative.check_status(position))


def _points(topic: str, sentences: Iterable[str]) -> Iterator[Point]:
    yield from (Point(topic, said) for said in sentences if said)
