"""`tblNotes`: every mark, method, metric, source and exclusion in words, and the edition."""

from collections.abc import Iterator

from les_xl import marks, periods
from les_xl.measures.spc import PROFILES
from les_xl.position import Position
from les_xl.report import words
from les_xl.report.table import Column, Row, Table
from les_xl.report.tables import shift
from les_xl.spec.model import Cap, ExceptionRule, FlatPlan, Metric, Plan, Service

_COLUMNS = (
    Column("Section", "text", 16),
    Column("Item", "long_text", 44),
    Column("Note", "long_text", 104),
)
_METHODS = {
    "Planned activity": "The flat monthly plan of the contract. Practices share it in proportion to their "
    "annual targets; a plan loaded for a practice and month takes its place.",
    "Delivered activity": "What was reported for organisations that in that month were open, signed up and "
    "not excluded. What is not reported is never counted as 0.",
    "% of plan": "Delivered ÷ planned in the month. A plan of 0 has no percentage.",
    "To date": "From the first month of the LES to the last month of its data. A LES that reports later "
    "than others stops, plan included, at its own last month.",
    "Variance": "Delivered less planned.",
    "Change on last month": "Delivered in the month less delivered in the month before.",
    "Annual target": "The sum of the practices' own targets; where none are loaded, the target of the plan, "
    "or the sum of the monthly plans over the months in service.",
    "Rounding": "Cells hold exact figures and show them rounded; nothing is worked out from a rounded one.",
    "Sub ICB groups": "Practices stand in the group that they belong to in the as-at month; the history of "
    "a practice that merged follows its successor.",
    "As-at month": "The last month of the position: by default the latest in which enough of the expected "
    "returns have arrived.",
}


def notes(position: Position) -> Table:
    """`tblNotes`."""
    found = (
        *_edition(position),
        *(
            ("Mark", str(mark), f"{meaning[0].upper()}{meaning[1:]}.")
            for mark, meaning in marks.MEANING.items()
        ),
        *(("Method", *method) for method in _METHODS.items()),
        ("Method", "Status", _status(position)),
        *(("Method", *method) for method in _shift_methods(position)),
        *(("Service", service.title, _service(service)) for service in position.specs.services),
        *(note for service in position.specs.services for note in _metrics(service)),
        *_plans(position),
        *_profiles_and_bands(position),
        *_exclusions(position),
        *_rules(position),
    )
    rows = tuple(Row(note) for note in found)
    return Table("tblNotes", "Notes", _COLUMNS, rows, ("Section", "Item"), filtered=True)


_Note = tuple[str, str, str]


def _edition(position: Position) -> tuple[_Note, ...]:
    edition = position.edition
    return (
        ("Edition", "As-at month", f"{periods.long_label(edition.as_at)}."),
        ("Edition", "Last load taken into account", f"Load {edition.as_of}."),
        ("Edition", "Specifications", f"Version {edition.data_version}."),
    )


def _shift_methods(position: Position) -> tuple[tuple[str, str], ...]:
    asked = any(service.shift or service.impact for service in position.specs.services)
    return tuple(shift.methods().items()) if asked else ()


def _status(position: Position) -> str:
    edges = position.specs.workspace.status
    well_below, below = words.edge(edges.well_below), words.edge(edges.below)
    above, well_above = words.edge(edges.above), words.edge(edges.well_above)
    return (
        f"By delivered as a share of the plan to date: on plan from {below} to {above}, below plan from "
        f"{well_below} to under {below}, well below plan under {well_below}, above plan over {above} to "
        f"{well_above}, well above plan over {well_above}."
    )


def _service(service: Service) -> str:
    ends = f" to {periods.long_label(service.ends)}" if service.ends else ""
    starts = periods.long_label(service.starts)
    return f"{words.CONTRACTS[service.contract]} contract, from {starts}{ends}."


def _metrics(service: Service) -> Iterator[_Note]:
    titles = {metric.id: metric.title for metric in service.metrics}
    for metric in service.metrics:
        yield "Metric", f"{service.title}: {metric.title}", _metric(metric, titles)


def _metric(metric: Metric, titles: dict[str, str]) -> str:
    parts = [
        "Events, which add up over months."
        if metric.kind == "flow"
        else "A register: the last month counts, and months are never added up."
    ]
    parts += [f"Published as {metric.published_as}."] if metric.published_as else ["Not a published row."]
    parts += ["Stands for the LES."] if metric.headline else []
    parts += [f"The sum of {_listed(titles[part] for part in metric.sum_of)}."] if metric.sum_of else []
    parts += [f"Counted in {metric.unit}."] if metric.unit else []
    parts += [f"Reported in the data item '{metric.data_item}'."] if metric.data_item else []
    parts += [f"Recorded as {metric.coding.rstrip('.')}."] if metric.coding else []
    parts += [f"Shown as a share of {titles[metric.rate.per]}."] if metric.rate else []
    parts += [_cap(metric.cap)] if metric.cap else []
    parts += _lateness(metric)
    return " ".join(parts)


def _cap(cap: Cap) -> str:
    return f"At most {cap.at_most} are paid for each {cap.per} in {words.plural(cap.months, 'month')}."


def _lateness(metric: Metric) -> list[str]:
    """What is said of a metric whose data comes later than that of its LES."""
    said = []
    if metric.lag_days is not None:
        said.append(f"Data can be expected {metric.lag_days} days after a month's end.")
    if metric.extra_lag_months:
        said.append(f"Published {words.plural(metric.extra_lag_months, 'month')} later still.")
    return [*said, *([f"Achievement is final in {metric.final_in}."] if metric.final_in else [])]


def _plans(position: Position) -> Iterator[_Note]:
    for service in position.specs.services:
        flat = [plan for plan in service.plan if isinstance(plan, FlatPlan)]
        several = len({plan.metric for plan in flat}) > 1
        for plan in flat:
            of = f": {service.metric(plan.metric or service.headline.id).title}" if several else ""
            yield "Plan", f"{service.title}{of}, {_span(service, plan)}", _flat(plan)


def _span(service: Service, plan: FlatPlan) -> str:
    first = plan.from_ or max(service.starts, periods.months_of(plan.year)[0])
    until = f" to {periods.label(plan.to)}" if plan.to else ""
    return f"{plan.year} from {periods.label(first)}{until}"


def _flat(plan: FlatPlan) -> str:
    target = f", {words.count(plan.annual_target)} in the year" if plan.annual_target is not None else ""
    return f"{words.count(plan.per_month)} a month{target}. Source: {plan.source}."


def _profiles_and_bands(position: Position) -> Iterator[_Note]:
    for service in position.specs.services:
        for plan in service.plan:
            yield from _profile(service, plan)
        if bands := service.bands_in(position.data_months[service.les] or position.edition.as_at):
            edges = ", ".join(words.edge(edge) for edge in bands.edges)
            note = (
                f"Practices by their share of the annual target; upper edges {edges}, each part of its band."
            )
            yield "Bands", service.title, note


def _profile(service: Service, plan: Plan) -> Iterator[_Note]:
    if isinstance(plan, FlatPlan):
        return
    shares = ", ".join(f"{periods.label(month)} {words.edge(share)}" for month, share in plan.shares.items())
    note = f"Share of the annual target expected in each month: {shares}. Source: {plan.source}."
    yield "Profile", f"{service.title}: {plan.name}, {plan.year}", note


def _exclusions(position: Position) -> Iterator[_Note]:
    for service in position.specs.services:
        if service.exclude:
            footnotes = " ".join(rule.footnote.rstrip(".") for rule in service.exclude)
            yield "Exclusion", service.title, f"{footnotes}."


def _rules(position: Position) -> Iterator[_Note]:
    """Each rule once, with the LES that it holds for where it does not hold for all."""
    holders: dict[ExceptionRule, list[str]] = {}
    for service in position.specs.services:
        for rule in service.exceptions:
            holders.setdefault(rule, []).append(service.title)
    for rule, titles in holders.items():
        everywhere = len(titles) == len(position.specs.services)
        name = rule.id.replace("_", " ").capitalize()
        yield "Exception rule", name if everywhere else f"{name}: {', '.join(titles)}", _rule(rule)


def _rule(rule: ExceptionRule) -> str:
    levels = _listed(level.replace("sub_icb", "sub ICB group").replace("icb", "ICB") for level in rule.level)
    ramp = f" Lowered to advise in the first {rule.ramp_up_months} months." if rule.ramp_up_months else ""
    return f"{rule.severity.capitalize()} {_in_words(rule)}, for {levels}.{ramp}{_least(rule)}"


def _in_words(rule: ExceptionRule) -> str:
    """`pct_plan_to_date < 60%` as `where % of plan to date < 60%`."""
    if rule.when is None:
        return f"where the latest month is special cause (XmR chart, {PROFILES[rule.profile].title})"
    return f"where {rule.when.replace('pct_', '% of ').replace('_', ' ')}"


def _least(rule: ExceptionRule) -> str:
    judges = rule.when is None or "%" in _in_words(rule)
    return f" Left out where the larger figure is under {rule.least}." if judges and rule.least else ""


def _listed(names: Iterator[str] | tuple[str, ...]) -> str:
    found = list(names)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
