"""The `LES_…` functions. Each is a question to the index; none of them computes a figure."""

from typing import NamedTuple

from les_xl.errors import LesError, Place
from les_xl.errors.functions import NO_BAND_COUNT, NO_BANDS
from les_xl.functions.arguments import Argument, find_band, is_empty
from les_xl.functions.index import Index
from les_xl.functions.registry import Parameter, Run, function
from les_xl.functions.results import MISSING, Result
from les_xl.marks import Cell, Mark

LES = Parameter("les", "Name of the LES as published, its slug, or an unambiguous part, such as Dementia")
MONTH = Parameter(
    "month", "Month, such as Oct-25, 2025-10 or a date; left out: the as-at month", optional=True
)
ORG = Parameter(
    "org", "Code or name of a practice, PCN, place or Sub ICB Group; left out: the ICB", optional=True
)
METRIC = Parameter("metric", "Metric of the LES; left out: the published one", optional=True)
BAND = Parameter("band", "Label of the band, such as 51-75%")
ASKED_LES = Parameter("les", "Name of a LES; left out: the whole position", optional=True)


class _Measured(NamedTuple):
    name: str
    measure: str
    category: str
    summary: str


_MEASURED = (
    _Measured("LES_PLAN", "planned", "Month", "Planned activity in a month."),
    _Measured("LES_DELIVERED", "delivered", "Month", "Delivered activity in a month."),
    _Measured("LES_PCT_PLAN", "pct_plan", "Month", "Delivered as a fraction of planned, in a month."),
    _Measured("LES_VARIANCE", "variance", "Month", "Delivered minus planned, in a month."),
    _Measured("LES_EXPECTED", "expected", "Month", "Activity in a month by the expected profile."),
    _Measured(
        "LES_PLAN_TO_DATE",
        "planned_to_date",
        "To date",
        "Planned activity, from the first month to a month.",
    ),
    _Measured(
        "LES_DELIVERED_TO_DATE",
        "delivered_to_date",
        "To date",
        "Delivered activity, from the first month to a month.",
    ),
    _Measured(
        "LES_PCT_PLAN_TO_DATE",
        "pct_plan_to_date",
        "To date",
        "Delivered as a fraction of planned, from the first month to a month.",
    ),
    _Measured("LES_ANNUAL_TARGET", "annual_target", "Year", "Target of the financial year."),
    _Measured(
        "LES_PCT_ANNUAL", "pct_annual", "Year", "Delivered up to a month as a fraction of the year's target."
    ),
)


def _ask(measure: str) -> Run:
    def run(
        index: Index,
        les: Argument,
        month: Argument = MISSING,
        org: Argument = MISSING,
        metric: Argument = MISSING,
    ) -> Cell:
        service, counted = index.find.metric(les, metric)
        return index.cell(measure, service.les, counted.id, index.find.org(org), index.find.month(month))

    return run


for _each in _MEASURED:
    function(
        _each.name,
        category=_each.category,
        summary=_each.summary,
        parameters=(LES, MONTH, ORG, METRIC),
        example=f'={_each.name}("LTC LES","Oct-25")',
    )(_ask(_each.measure))


@function(
    "LES_BAND_COUNT",
    category="Bands",
    summary="Practices in a band, by the share of their annual target delivered up to a month.",
    parameters=(LES, BAND, MONTH, ORG),
    example='=LES_BAND_COUNT("LTC LES","51-75%","Oct-25")',
)
def band_count(
    index: Index, les: Argument, band: Argument, month: Argument = MISSING, org: Argument = MISSING
) -> Result:
    """Practices in one band; `[z]` before the LES began, `[x]` after the last month of its data.

    Raises LesError (LES501 to LES503, LES507 to LES513).
    """
    service = index.find.les(les)
    bands = index.bands.get(service.les)
    if bands is None:
        raise LesError(NO_BANDS.at(Place(), les=service.title))
    number, asked, group = find_band(service, bands, band), index.find.month(month), index.find.org(org)
    if group.level == "practice":
        raise LesError(NO_BAND_COUNT.at(Place(), org=group.name))
    if asked < service.starts:
        return Mark.NOT_APPLICABLE
    if asked > (service.data_month or ""):
        return Mark.NOT_REPORTED
    counts = bands.counts.get(asked, {}).get(group.level, {}).get(group.code)
    return float(counts[number]) if counts else 0.0


@function(
    "LES_AS_AT",
    category="Position",
    summary="Last month of the position, or of the data of one LES, as text such as 2025-10.",
    parameters=(ASKED_LES,),
    example='=LES_AS_AT("Dementia")',
    returns="text",
)
def as_at(index: Index, les: Argument = MISSING) -> Result:
    """The as-at month; of a LES, the last month of its own data, `[x]` before any.

    Raises LesError (LES502, LES503).
    """
    if is_empty(les):
        return index.catalogue.as_at
    return index.find.les(les).data_month or Mark.NOT_REPORTED
