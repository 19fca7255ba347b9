"""Sentences made from figures: points of note for the Cover, and what each chart says in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from les_xl import periods
from les_xl.marks import Cell, Mark
from les_xl.measures.banding import Banding
from les_xl.position import Position
from les_xl.report import people, words
from les_xl.report.figures import all_returns, failed_checks
from les_xl.report.profiled import profiled
from les_xl.report.tables.flagged import flagged
from les_xl.spec.model import Contract, Metric, Service
from les_xl.spec.read import PublishedRow


@dataclass(frozen=True)
class Point:
    """One point of note: what it is about, and the sentence."""

    topic: str
    sentence: str


SUMMARY = "Summary"
"""The section of the report that is about all services."""


def sections(position: Position) -> tuple[str, ...]:
    """The sections that are commented on: all services, each kind of contract, each LES with bands."""
    held = {service.contract for service in position.specs.services if service.published}
    contracts = (said for contract, said in words.CONTRACTS.items() if contract in held)
    banded = (position.specs.service(les).title for les in position.bandings)
    return tuple(dict.fromkeys((SUMMARY, *contracts, *banded)))


@lru_cache(maxsize=1)
def points_of_note(position: Position) -> tuple[Point, ...]:
    """The points of note of an edition, in the order in which the Cover shows them."""
    return (
        *(point for banding in position.bandings.values() for point in _banding(position, banding)),
        *profile_points(position),
        *_contract(position, "cost_and_volume"),
        *_contract(position, "capitated"),
        *_signup(position),
        *_quality(position),
        returns_point(position),
        Point("Exceptions", f"The rules flag {flagged(position)}; see the Exceptions sheet."),
        Point("Checks", check_status(position)),
    )


def check_status(position: Position) -> str:
    """`All 120 checks pass.`, or how many fail and where to see them."""
    failed, checked = failed_checks(position), len(position.checks)
    if not failed:
        return f"All {checked:,} checks pass."
    verb = "fails" if failed == 1 else "fail"
    return f"{failed:,} of {words.plural(checked, 'check')} {verb}; see the Data quality sheet."


def _banding(position: Position, banding: Banding) -> Iterator[Point]:
    topic = position.specs.service(banding.les).title
    before = periods.long_label(periods.add_months(banding.month, -1))

    def sentence(share: float, last: float | None, edge: str) -> Point:
        change = "" if last is None else f", {words.points(share - last)} on {before}"
        said = f"{words.percent(share)} of practices have delivered more than {edge} of their annual target"
        return Point(topic, f"{said}{change}.")

    yield sentence(banding.over_half, banding.over_half_last_month, "50%")
    yield sentence(banding.over_three_quarters, banding.over_three_quarters_last_month, "75%")
    lowest = banding.labels[0]
    practices = int(banding.total[lowest])
    verb = "is" if practices == 1 else "are"
    said = f"{words.plural(practices, 'practice')} {verb} in the lowest band ({lowest})"
    if banding.change is not None:
        said += f", {words.fewer_or_more(float(banding.change[lowest]))} than in {before}"
    yield Point(topic, f"{said.replace('as many than in', 'as many as in')}.")


def _signup(position: Position) -> Iterator[Point]:
    said = (people.signed_up(position), people.gap(position), people.notice(position))
    if any(said):
        yield Point("Sign-up", " ".join(filter(None, said)))


def _quality(position: Position) -> Iterator[Point]:
    if said := people.quality(position):
        yield Point("Quality", " ".join(said))


def share_of_profile(position: Position) -> Cell | None:
    """The share of the expected profile to date of the LES that has one; None where none has, or no data."""
    found = profiled(position)
    if found is None or position.data_months.get(found[0].les) is None:
        return None
    service, plan = found
    metric, month = plan.metric or service.headline.id, position.data_months[service.les]
    return position.value("pct_expected_to_date", service.les, metric, month=month)


def profile_points(position: Position) -> Iterator[Point]:
    """What the LES with an expected profile has delivered, and whether that is within expectations."""
    found = profiled(position)
    if found is None or position.data_months.get(found[0].les) is None:
        return
    service, plan = found
    metric, month = plan.metric or service.headline.id, position.data_months[service.les] or ""
    value = [
        position.value(measure, service.les, metric, month=month)
        for measure in ("delivered_to_date", "pct_annual", "pct_expected_to_date")
    ]
    target = position.value("annual_target", service.les, metric, month=month)
    by = periods.long_label(month)
    share = f"{words.count(value[0])} of {words.count(target)} ({words.percent(value[1])}) by {by}"
    yield Point(service.title, f"{service.title} has delivered {share}{_expectation(position, value[2])}.")


def _expectation(position: Position, share: Cell) -> str:
    """Whether a share of the expected profile to date is within expectations; nothing where there is none."""
    if isinstance(share, Mark):
        return ""
    least = position.specs.workspace.status.within_expectations
    judged = "within" if share >= least else "below"
    return f", {words.percent(share)} of the expected profile to date: {judged} expectations"


def shares_to_date(position: Position, contract: Contract) -> list[tuple[PublishedRow, float]]:
    """The published rows of a contract kind that have a share of their plan to date, with it."""
    found = []
    for row in position.specs.published_rows(contract):
        month = position.data_months.get(row.les)
        share = position.value("pct_plan_to_date", row.les, row.metric, month=month) if month else None
        if isinstance(share, float):
            found.append((row, share))
    return found


def _contract(position: Position, contract: Contract) -> Iterator[Point]:
    if said := range_of_plan(position, contract):
        yield Point(words.CONTRACTS[contract], said)


def range_of_plan(position: Position, contract: Contract) -> str:
    """From which LES to which the share of the plan to date ranges, in a sentence; or empty."""
    found = sorted(shares_to_date(position, contract), key=lambda pair: pair[1])
    if not found:
        return ""
    (lowest, low), (highest, high) = found[0], found[-1]
    if len(found) == 1:
        return f"{lowest.label} has delivered {words.percent(low)} of plan to date."
    return (
        f"Delivered to date ranges from {words.percent(low)} of plan ({lowest.label}) to "
        f"{words.percent(high)} ({highest.label})."
    )


def returns_point(position: Position) -> Point:
    """How many of the expected returns have arrived."""
    reported, expected = all_returns(position)
    share = f" ({words.percent(reported / expected)})" if expected else ""
    return Point("Returns", f"{reported:,} of {expected:,} expected returns have arrived{share}.")


def service_chart(position: Position, service: Service, metric: Metric) -> str:
    """What the chart of a LES shows, for those who do not see it."""
    name, month = metric.published_as or service.title, position.data_months.get(service.les)
    if month is None:
        return f"Columns: delivered by month. Nothing has been reported for {name} yet."
    delivered, planned, share = (
        position.value(measure, service.les, metric.id, month=month)
        for measure in ("delivered_to_date", "planned_to_date", "pct_plan_to_date")
    )
    by = periods.long_label(month)
    if isinstance(share, Mark):
        return f"Columns: delivered by month. {name} has delivered {words.count(delivered)} by {by}."
    said = f"{words.count(delivered)} of {words.count(planned)} planned by {by} ({words.percent(share)})"
    return f"Columns: delivered by month, with a line for the plan. {name} has delivered {said}."


def banding_chart(banding: Banding) -> str:
    """What the banding chart shows, for those who do not see it."""
    counts = ", ".join(f"{label}: {int(banding.total[label])}" for label in banding.labels)
    return (
        f"Stacked bars, one a sub ICB group: practices by share of their annual target in "
        f"{periods.long_label(banding.month)}. {words.percent(banding.over_half)} of all "
        f"{int(banding.total['total'])} practices have delivered more than 50%. "
        f"All groups together: {counts}."
    )


def plan_chart(position: Position, contract: Contract) -> str:
    """What the chart of a contract kind shows, for those who do not see it."""
    shares = ", ".join(
        f"{row.label} {words.percent(share)}" for row, share in shares_to_date(position, contract)
    )
    return f"Bars: share of the plan to date by LES. {range_of_plan(position, contract)} {shares}."


def profile_chart(position: Position) -> str:
    """What the profile chart shows, for those who do not see it."""
    sentences = " ".join(point.sentence for point in profile_points(position))
    return f"Columns: delivered by month, with lines for the flat plan and the expected profile. {sentences}"
