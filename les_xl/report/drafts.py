"""Facts drafted for the commentary: what the figures of a section say, call for, and leave open."""

from collections import Counter
from collections.abc import Callable

from les_xl import periods
from les_xl.measures.silence import as_lines
from les_xl.measures.status import STATUSES, status
from les_xl.position import Position
from les_xl.report import narrative, words
from les_xl.report.figures import Record, exceptions, returns
from les_xl.report.tables.flagged import counted
from les_xl.spec.model import Service

HEADINGS = ("What does this tell us?", "Actions", "Risks")
"""What the commentary of a section answers, in the order of the published report."""


def draft(position: Position, section: str, heading: str) -> str:
    """The drafted facts of a section under a heading, as sentences."""
    drafts: tuple[Callable[[Position, str], str], ...] = (_told, _asked, _open)
    return drafts[HEADINGS.index(heading)](position, section)


def _told(position: Position, section: str) -> str:
    if section == narrative.SUMMARY:
        return f"{_statuses(position)} {narrative.check_status(position)}"
    points = [point.sentence for point in narrative.points_of_note(position) if point.topic == section]
    return " ".join([*points, *_moves(position, section)]) or "No figures have been reported yet."


def _statuses(position: Position) -> str:
    """How many published rows have which status."""
    edges = position.specs.workspace.status
    found = Counter(
        status(share, edges)
        for contract in words.CONTRACTS
        for _, share in narrative.shares_to_date(position, contract)
    )
    said = [f"{found[word]} {word.lower()}" for word in STATUSES if found[word]]
    rows = words.plural(found.total(), "published row")
    return f"Of {rows} with a plan to date: {', '.join(said)}." if said else "Nothing has a plan to date."


def _moves(position: Position, section: str) -> list[str]:
    """Which of a contract's services delivered more than the month before, and which less."""
    if section not in words.CONTRACTS.values():
        return []
    found: dict[bool, list[str]] = {True: [], False: []}
    for row in position.specs.published_rows():
        month = position.data_months.get(row.les)
        contract = position.specs.service(row.les).contract
        change = position.value("change", row.les, row.metric, month=month)
        if words.CONTRACTS[contract] == section and isinstance(change, float) and change:
            found[change > 0].append(row.label)
    said = {True: "Delivered more than the month before", False: "Delivered less than the month before"}
    return [f"{said[more]}: {', '.join(labels)}." for more, labels in found.items() if labels]


def _asked(position: Position, section: str) -> str:
    """What is flagged, and the widest of it in full."""
    found = as_lines(_flagged(position, section))
    if not found:
        return "Nothing is flagged."
    by_level = Counter(one["level"] for one in found)
    places = [
        f"{by_level[level]:,} for {said}"
        for level, said in (("icb", "the ICB"), ("sub_icb", "sub ICB groups"), ("practice", "practices"))
        if by_level[level]
    ]
    widest = [one["sentence"] for one in found if one["level"] == "icb"]
    return " ".join([f"Flagged: {counted(found)} ({', '.join(places)}).", *(f"{text}." for text in widest)])


def _open(position: Position, section: str) -> str:
    """What is not known: returns that are missing, and checks that fail."""
    pairs = [
        found
        for service in _services(position, section)
        if service.published and (found := returns(position, service.les, service.headline.id)) is not None
    ]
    missing, expected = sum(pair[1] - pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    month = periods.long_label(position.edition.as_at)
    if not expected:
        return "No returns have arrived yet."
    said = [f"{missing:,} of {expected:,} expected returns for {month} are missing."]
    if section == narrative.SUMMARY:
        said.append(narrative.check_status(position))
    return " ".join([*said, *_silent(position, section)])


def _silent(position: Position, section: str) -> list[str]:
    """Practices that are flagged for not having returned anything for several months."""
    flagged = _flagged(position, section)
    practices = len({found["org"] for found in flagged if found["measure"] == "months_not_reported"})
    verb = "is" if practices == 1 else "are"
    return [f"{words.plural(practices, 'practice')} {verb} flagged for missing returns."] if practices else []


def _flagged(position: Position, section: str) -> list[Record]:
    """The exceptions of a section's services."""
    held = {service.les for service in _services(position, section)}
    return [found for found in exceptions(position) if found["les"] in held]


def _services(position: Position, section: str) -> tuple[Service, ...]:
    return tuple(
        service
        for service in position.specs.services
        if section in (narrative.SUMMARY, words.CONTRACTS[service.contract], service.title)
    )
