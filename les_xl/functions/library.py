"""The `LES_…` functions. Each is a question to the index; none of them computes a figure."""

from collections.abc import Callable
from typing import NamedTuple

from les_xl.functions.arguments import Argument, is_empty
from les_xl.functions.index import Index
from les_xl.functions.registry import Parameter, function
from les_xl.functions.results import MISSING, Result
from les_xl.marks import Cell, Mark
from les_xl.measures.status import status

LES = Parameter("les", "Name of the LES as published, its slug, or an unambiguous part, such as Dementia")
MONTH = Parameter(
    "month", "Month, such as Oct-25, 2025-10 or a date; left out: the as-at month", optional=True
)
ORG = Parameter(
    "org", "Code or name of a practice, PCN, place or Sub ICB Group; left out: the ICB", optional=True
)
METRIC = Parameter("metric", "Metric of the LES; left out: the published one", optional=True)
SIGNED_LES = Parameter("les", "Name of a LES; left out: the average over all LES", optional=True)
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
    _Measured(
        "LES_FORECAST",
        "forecast",
        "Year",
        "Activity of the whole year if it goes on at the rate of the months reported so far.",
    ),
    _Measured(
        "LES_RATE_PER_1000",
        "rate_per_1000",
        "Month",
        "Delivered activity in a month per 1,000 registered patients of the practices that reported.",
    ),
)


def _ask(measure: str) -> Callable[..., Cell]:
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
    "LES_STATUS",
    category="To date",
    summary="Status in words, such as Below plan, by the share of the plan delivered up to a month.",
    parameters=(LES, MONTH, ORG),
    example='=LES_STATUS("Dementia","Oct-25")',
    returns="text",
)
def les_status(index: Index, les: Argument, month: Argument = MISSING, org: Argument = MISSING) -> Result:
    """The status of the published metric; the mark where there is no percentage.

    Raises LesError (LES501 to LES504, LES507 to LES510).
    """
    share = _ask("pct_plan_to_date")(index, les, month, org)
    return share if isinstance(share, Mark) else status(share, index.catalogue.status)


@function(
    "LES_SIGNUP_PCT",
    category="Position",
    summary="Practices signed up to a LES as a fraction of those that could be, in the as-at month.",
    parameters=(SIGNED_LES, ORG),
    example='=LES_SIGNUP_PCT("Dementia")',
)
def signup_pct(index: Index, les: Argument = MISSING, org: Argument = MISSING) -> Result:
    """The sign-up rate of a LES; left out, the average over all LES that have one.

    Raises LesError (LES502, LES503, LES509, LES510).
    """
    slug = "" if is_empty(les) else index.find.les(les).les
    return index.signup(slug, index.find.org(org))


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
