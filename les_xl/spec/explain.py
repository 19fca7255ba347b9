"""One service in plain English: what it counts, its plan by month, its rules, as sentences and tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from les_xl.errors import LesError, Place, nearest
from les_xl.errors.spec_commands import NO_SUCH_LES
from les_xl.periods import long_label, months_of
from les_xl.spec.chart_words import BETTER, chart_words
from les_xl.spec.model import ExceptionRule, Exclusion, Metric, Service
from les_xl.spec.planned import flat_plans, months_of_plan, per_month, plan_years, profiles
from les_xl.spec.read import Specs
from les_xl.spec.shift_model import Shift
from les_xl.spec.wording import count, flagged_when, listed, number, percent, period, sentence

_CONTRACTS = {"cost_and_volume": "cost and volume", "capitated": "capitated"}
_LEVELS = {
    "icb": "the ICB",
    "sub_icb": "sub ICB groups",
    "place": "places",
    "pcn": "PCNs",
    "practice": "practices",
}
_PROVIDERS = {"practice": "practices", "alternative_provider": "alternative providers"}
_KINDS = {
    "flow": "events, which add up over the months",
    "stock": "a register, of which the last month counts and months are never added up",
}
_SHIFTS = {
    "active": "directly, by the reduction that general practice activity shows at other providers",
    "passive": "by watching general practice activity after the other service was decommissioned",
}
_SOURCES = {
    "episodes_of_care": "episodes of care",
    "opa": "outpatient attendances",
    "nel": "non-elective admissions",
}


@dataclass(frozen=True)
class Grid:
    """A small table of texts; every column but the first is of numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading, sentences (each a line of its own), and a table where there is one."""

    heading: str
    sentences: tuple[str, ...]
    grid: Grid | None = None


def find_service(specs: Specs, word: str) -> Service:
    """The service of that slug, title or label, or the only one whose title or slug has the word in it.

    Raises LesError (LES911), with the nearest name.
    """
    asked = word.strip().casefold()
    names = {name.casefold(): service for service in specs.services for name in _names(service)}
    if asked in names:
        return names[asked]
    inside = {service.les: service for name, service in names.items() if asked and asked in name}
    if len(inside) == 1:
        return next(iter(inside.values()))
    raise LesError(NO_SUCH_LES.at(Place(), word=word, hint=_hint(specs, asked, list(inside))))


def _names(service: Service) -> Iterator[str]:
    yield from (service.les, service.les.replace("_", " "), service.title)
    yield from (metric.published_as for metric in service.metrics if metric.published_as)


def _hint(specs: Specs, asked: str, inside: Sequence[str]) -> str:
    if inside:
        return f"is it {listed(inside, 'or')}?"
    near = nearest(asked, [name for service in specs.services for name in _names(service)])
    every = listed(service.les for service in specs.services)
    return f"did you mean '{near}'?" if near else f"there are {every}"


def explain(service: Service) -> tuple[Section, ...]:
    """Everything that the specification of a LES says, in the order in which a reader asks."""
    sections = [
        Section(service.title, tuple(_summary(service))),
        Section("Who provides it", tuple(_providers(service))),
        Section("What is counted", tuple(_counted(metric, service) for metric in service.metrics)),
        *(section for metric in service.metrics for section in _plans(service, metric)),
        Section("How charts are read", tuple(chart_words(service))),
        Section("Bands", tuple(_bands(service))),
        Section("Who is left out", tuple(_left_out(rule) for rule in service.exclude)),
        Section("What is flagged", tuple(_flagged(rule) for rule in service.exceptions)),
        Section("Long-term conditions by place", tuple(_conditions(service))),
        Section("Shift of service", tuple(_shift(service.shift)) if service.shift else ()),
        Section("Impact on the system", tuple(_impact(service))),
        Section("Who answers for it", tuple(_owner(service))),
    ]
    return tuple(section for section in sections if section.sentences or section.grid)


def _summary(service: Service) -> Iterator[str]:
    ends = f" and ends in {long_label(service.ends)}" if service.ends else ""
    contract = _CONTRACTS[service.contract]
    yield f"A {contract} contract ({service.les}) that starts in {long_label(service.starts)}{ends}."
    yield f"The data of a month can be expected {count(service.lag_days, 'day')} after it has ended."
    if not any(per_month(service, metric) for metric in service.metrics):
        yield "It has no plan: what is delivered is shown, and no percentage of plan."


def _providers(service: Service) -> Iterator[str]:
    who = listed(_PROVIDERS[kind] for kind in service.eligible.types)
    codes = service.eligible.ods_codes
    if codes:
        yield f"Only these {who}, where they signed up: {listed(codes)}."
    else:
        yield sentence(f"{who} that signed up")


def _counted(metric: Metric, service: Service) -> str:
    words = f"{metric.title} ({metric.id}): {_KINDS[metric.kind]}"
    if metric.headline and len(service.metrics) > 1:
        words += "; the headline"
    if metric.published_as:
        words += f"; published as {metric.published_as}"
    if metric.sum_of:
        words += f"; the sum of {listed(metric.sum_of)}"
    if metric.rate:
        words += f"; shown as a share of {metric.rate.per}"
    if when := period(metric.from_, metric.to):
        words += f"; counted {when}"
    return " ".join([words + ".", *_detail(metric)])


def _detail(metric: Metric) -> Iterator[str]:
    if metric.part != "activity":
        yield f"It belongs to {metric.part}."
    if metric.unit:
        yield f"Counted in {metric.unit}."
    if metric.coding:
        yield sentence(f"Recorded as {metric.coding}")
    if metric.data_item:
        yield sentence(f"Reported as '{metric.data_item}'")
    if metric.lag_days is not None:
        yield f"Its data can be expected {count(metric.lag_days, 'day')} after the month has ended."
    if metric.extra_lag_months:
        yield f"It is published {count(metric.extra_lag_months, 'further month')} later."
    if metric.final_in:
        yield f"Achievement is final in {metric.final_in}."
    if metric.cap:
        within = count(metric.cap.months, "month")
        yield f"At most {metric.cap.at_most} for each {metric.cap.per} within {within}; more is listed."
    if metric.tariff is not None:
        yield f"£{metric.tariff:,.2f} is paid for each."


def _plans(service: Service, metric: Metric) -> Iterator[Section]:
    for year in plan_years(service, metric):
        name = "" if metric.headline and _alone(service) else f" of {metric.published_as or metric.title}"
        yield Section(
            f"Plan{name}, {year}", tuple(_plan_words(service, metric, year)), _by_month(service, metric, year)
        )


def _alone(service: Service) -> bool:
    return len({plan.metric or service.headline.id for plan in service.plan}) == 1


def _plan_words(service: Service, metric: Metric, year: str) -> Iterator[str]:
    for plan in (plan for plan in flat_plans(service, metric) if plan.year == year):
        months = months_of_plan(service, plan)
        when = period(months[0], months[-1]) if months else ""
        target = ""
        if plan.annual_target is not None:
            target = f", towards an annual target of {number(plan.annual_target)}"
        yield sentence(f"{number(plan.per_month)} a month {when}{target} ({plan.source})")
    for profile in (profile for profile in profiles(service, metric) if profile.year == year):
        yield sentence(
            f"The {profile.name} profile spreads the annual target over the months ({profile.source})"
        )
    yield "Practices share the plan in proportion to their own targets, where those are loaded."


def _by_month(service: Service, metric: Metric, year: str) -> Grid:
    planned = per_month(service, metric)
    shown = [profile for profile in profiles(service, metric) if profile.year == year]
    months = [
        month
        for month in months_of(year)
        if month in planned or any(profile.shares.get(month) for profile in shown)
    ]
    adds_up = metric.kind == "flow"
    headings = ["Month", "Planned", *(["To date"] if adds_up else [])]
    headings += [heading for profile in shown for heading in (f"Share, {profile.name}", "Share to date")]
    rows, total, shares = [], 0.0, [0.0] * len(shown)
    for month in months:
        total += planned.get(month, 0.0)
        shares = [so_far + one.shares.get(month, 0.0) for so_far, one in zip(shares, shown, strict=True)]
        cells = [long_label(month), number(planned[month]) if month in planned else "[z]"]
        cells += [number(total)] if adds_up else []
        for profile, so_far in zip(shown, shares, strict=True):
            cells += [percent(profile.shares.get(month, 0.0)), percent(so_far)]
        rows.append(tuple(cells))
    return Grid(tuple(headings), tuple(rows))


def _bands(service: Service) -> Iterator[str]:
    for former in sorted(service.former_bands, key=lambda bands: bands.to):
        yield f"To {long_label(former.to)} the upper edges were {listed(map(percent, former.edges))}."
    if service.bands is None:
        return
    edges = listed(percent(edge) for edge in service.bands.edges)
    yield f"Practices are put into {count(len(service.bands.labels), 'band')} by % of the annual target."
    yield f"The upper edges are {edges}; an edge belongs to its band."
    yield f"The bands are called {listed(service.bands.labels)}."
    yield "A practice that never reported is in the lowest band; one without a target is counted apart."


def _left_out(rule: Exclusion) -> str:
    words = f"Whoever signed up with the reason '{rule.rule}'"
    if rule.ods_codes:
        words += f", and {listed(rule.ods_codes)}"
    if when := period(rule.from_, rule.to):
        words += f", {when}"
    return f"{words}. The footnote says: '{rule.footnote}'."


def _flagged(rule: ExceptionRule) -> str:
    severity = rule.severity.capitalize()
    if rule.severity == "alert" and rule.ramp_up_months:
        severity += f" (only to advise in the first {count(rule.ramp_up_months, 'month')})"
    who = listed(_LEVELS[level] for level in rule.level)
    when = f", {period(rule.from_, rule.to)}" if rule.from_ or rule.to else ""
    flagged = f"{severity}, for {who}{when}: flagged {flagged_when(rule.when, rule.profile)}"
    return f"{flagged}{_direction(rule)}{_least(rule)} ({rule.id})."


def _direction(rule: ExceptionRule) -> str:
    return f"; {BETTER[rule.improves]}" if rule.when is None and rule.improves else ""


def _least(rule: ExceptionRule) -> str:
    """From which number it judges, where it judges percentages, differences or months."""
    judges = rule.when is None or any(word in rule.when for word in ("pct_", "variance"))
    return f"; numbers under {rule.least} are too small to judge" if judges and rule.least else ""


def _conditions(service: Service) -> Iterator[str]:
    for place, conditions in service.conditions_by_place.items():
        yield f"{place}: {listed(conditions)}."


def _shift(shift: Shift) -> Iterator[str]:
    yield sentence("assessed " + listed(_SHIFTS[way] for way in shift.mechanism))
    records = listed(record.replace("_", " ") for record in shift.gp_records)
    yield f"General practice records {records}; other providers' data are {_SOURCES[shift.other]}."
    yield sentence(
        f"compared with {long_label(shift.baseline.from_)} to {long_label(shift.baseline.to)}; activity is "
        f"stable enough from {long_label(shift.stable_from)}"
    )
    if shift.decommissioned:
        yield f"The other service was decommissioned in {long_label(shift.decommissioned)}."
    elif "passive" in shift.mechanism:
        yield "When the other service was decommissioned is not known yet, so that part cannot be assessed."
    later = f", and {count(shift.extra_lag_months, 'month')} more until it is published"
    yield (
        f"An impact can be assessed {count(shift.lag_months, 'month')} after the activity"
        f"{later if shift.extra_lag_months else ''}."
    )


def _impact(service: Service) -> Iterator[str]:
    for indicator in service.impact:
        status = f" Status: {sentence(indicator.status)}" if indicator.status else ""
        lag = f"assessed {count(indicator.lag_months, 'month')} after the activity"
        yield f"{indicator.title}: {indicator.measured_by}; {lag}.{status}"


def _owner(service: Service) -> Iterator[str]:
    owner = service.owner
    for title, name in (("Chair", owner.chair), ("SRO", owner.sro), ("Clinical lead", owner.clinical_lead)):
        if name:
            yield f"{title}: {name}."
