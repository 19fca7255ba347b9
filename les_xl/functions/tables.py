"""Functions that spill: tables of the workbook, the months of a metric, what is flagged, what there is."""

from collections.abc import Callable

from les_xl.errors import LesError, Place
from les_xl.errors.functions import UNKNOWN_LIST, UNKNOWN_TABLE, WHOLE_ICB_ONLY
from les_xl.functions.arguments import Argument, find_word, is_empty
from les_xl.functions.catalogue import OrgEntry
from les_xl.functions.index import EACH_EXCEPTION, Index
from les_xl.functions.library import LES, METRIC, ORG
from les_xl.functions.lists import LISTS, TABLE_NAMES
from les_xl.functions.registry import Parameter, function
from les_xl.functions.results import MISSING, Table
from les_xl.functions.spilled import spilled
from les_xl.functions.view import IndexView
from les_xl.periods import label
from les_xl.report.table import Table as Reported
from les_xl.report.tables.plan_delivered import capitated_of, cost_and_volume_of
from les_xl.report.tables.profile import profile_of
from les_xl.report.tables.summary import summary_of
from les_xl.report.view import View

TABLE = Parameter("table", "Name of a table of the workbook, such as tblSummary, Summary or Cost and volume")
AS_AT = Parameter(
    "month", "As-at month that it is to stand at; left out: the as-at month of the position", optional=True
)
FLAGGED_ORG = Parameter(
    "org", "Code or name of an organisation or group, with its practices; left out: everybody", optional=True
)
FLAGGED_LES = Parameter("les", "Name of a LES; left out: all of them", optional=True)
WHAT = Parameter("what", f"What is to be listed: {', '.join(LISTS)}")

_MADE: dict[str, Callable[[View], Reported | None]] = {
    "tblSummary": summary_of,
    "tblCostVolume": cost_and_volume_of,
    "tblCapitated": capitated_of,
    "tblProfile": profile_of,
}
_KEY = "Key"
_TREND = {
    "Planned": "planned",
    "Expected": "expected",
    "Delivered": "delivered",
    "% of plan": "pct_plan",
    "Planned to date": "planned_to_date",
    "Delivered to date": "delivered_to_date",
    "% of plan to date": "pct_plan_to_date",
    "Forecast": "forecast",
}


@function(
    "LES_TABLE",
    category="Tables",
    summary="A table of the workbook as it stands at a month, for the ICB or one organisation.",
    parameters=(TABLE, AS_AT, ORG),
    example='=LES_TABLE("Cost and volume","Oct-25")',
    returns="table",
)
def les_table(index: Index, table: Argument, month: Argument = MISSING, org: Argument = MISSING) -> Table:
    """The cells of a table, with its headings. Months are texts, as `Oct-25`.

    Raises LesError: LES507 to LES510, LES515 for an unknown table, LES519 for one of the whole ICB only,
    LES550 where there is no store that another month could be made from.
    """
    name = find_word(UNKNOWN_TABLE, TABLE_NAMES, table)
    there = index.standing_at(index.find.month(month))
    asked = there.find.org(org)
    if name == "tblExceptions":
        return _flagged(there, asked)
    if name in _MADE:
        made = _MADE[name](IndexView(there, asked))
        if made is not None:
            return spilled(made)
    elif asked.level != "icb":
        raise LesError(WHOLE_ICB_ONLY.at(Place(), table=name, org=asked.name))
    elif name in there.catalogue.tables:
        return there.catalogue.tables[name]
    # No LES has bands, or a profile: the workbook has no such table either.
    advice = "no LES of the specifications has what it would show"
    raise LesError(UNKNOWN_TABLE.at(Place(), given=name, advice=advice))


@function(
    "LES_TREND",
    category="Tables",
    summary="Every month of the year of one LES: planned, expected, delivered, to date, and the forecast.",
    parameters=(LES, ORG, METRIC),
    example='=LES_TREND("Dementia")',
    returns="table",
)
def trend(index: Index, les: Argument, org: Argument = MISSING, metric: Argument = MISSING) -> Table:
    """A row a month of the financial year. Raises LesError (LES501 to LES506, LES509, LES510)."""
    service, counted = index.find.metric(les, metric)
    asked = index.find.org(org)
    rows = (
        (
            label(month),
            *(index.cell(measure, service.les, counted.id, asked, month) for measure in _TREND.values()),
        )
        for month in index.catalogue.months
    )
    return Table(("Month", *_TREND), tuple(rows))


@function(
    "LES_EXCEPTIONS",
    category="Tables",
    summary="What is flagged at a month, groups first and worst first, as on the sheet Exceptions.",
    parameters=(AS_AT, FLAGGED_ORG, FLAGGED_LES),
    example='=LES_EXCEPTIONS("Oct-25","East Lancashire")',
    returns="table",
)
def les_exceptions(
    index: Index, month: Argument = MISSING, org: Argument = MISSING, les: Argument = MISSING
) -> Table:
    """The rows of `tblExceptions` of an organisation or a group with its practices, and of a LES.

    Raises LesError: LES502, LES503, LES507 to LES510, LES550.
    """
    there = index.standing_at(index.find.month(month))
    slug = "" if is_empty(les) else there.find.les(les).les
    return _flagged(there, there.find.org(org), slug)


def _flagged(index: Index, asked: OrgEntry, les: str = "") -> Table:
    # Of one service the row of a silent practice is that service's, not the line of all its services.
    table = index.catalogue.tables[EACH_EXCEPTION if les else "tblExceptions"]
    key = table.columns.index(_KEY)
    orgs = {(org.level, org.code): org for org in index.catalogue.orgs}
    rows = []
    for row in table.rows:
        of_les, _, _, level, code = str(row[key]).split("|", 4)
        if les in ("", of_les) and orgs[level, code].is_part_of(asked):
            rows.append((*row[:key], *row[key + 1 :]))
    columns = tuple(name for name in table.columns if name != _KEY)
    return Table(columns, tuple(rows))


@function(
    "LES_LIST",
    category="Tables",
    summary="What there is to ask for: services, metrics, months, organisations, bands, tables.",
    parameters=(WHAT,),
    example='=LES_LIST("services")',
    returns="table",
)
def les_list(index: Index, what: Argument) -> Table:
    """A list with its headings. Raises LesError: LES516 for an unknown list."""
    name = find_word(UNKNOWN_LIST, {one: one for one in LISTS} | {"les": "services"}, what)
    return LISTS[name](index)
