"""Bands, sign-up, status and tables: what the functions give is what the position and the workbook hold."""

from collections import Counter
from collections.abc import Callable

import pandas as pd
import pytest

from les_xl.functions.arguments import Argument
from les_xl.functions.index import Index
from les_xl.functions.registry import find_function
from les_xl.functions.results import MISSING, Result, Table
from les_xl.marks import Cell, Mark
from les_xl.measures.status import status
from les_xl.periods import label
from les_xl.position import Position
from les_xl.report.figures import exception_lines
from les_xl.report.table import Table as Reported
from les_xl.report.table import result
from les_xl.report.tables.bands import banding
from les_xl.report.tables.cover import data_dates
from les_xl.report.tables.flagged import exceptions
from les_xl.report.tables.plan_delivered import capitated, cost_and_volume
from les_xl.report.tables.profile import profile
from les_xl.report.tables.summary import summary

OF_ANYBODY: dict[str, Callable[[Position, str | None], Reported | None]] = {
    "tblSummary": summary,
    "tblCostVolume": cost_and_volume,
    "tblCapitated": capitated,
    "tblProfile": profile,
}
ORGS = (None, "00Q", "ZU006", "East", "000123", "QE1")


def ask(index: Index, name: str, *arguments: Argument) -> Result:
    """The answer of a function by its name."""
    function = find_function(name)
    assert function is not None
    return function.answer(index, *arguments)


def table(index: Index, name: str, *arguments: Argument) -> Table:
    """The answer of a function that spills."""
    answer = ask(index, name, *arguments)
    assert isinstance(answer, Table)
    return answer


Cells = tuple[list[str], list[list[object]]]


def shown(reported: Reported | None, leave_out: tuple[str, ...] = ()) -> Cells:
    """Headings and what the cells of a workbook's table show; its months written as in a heading."""
    assert reported is not None
    kept = [(at, column) for at, column in enumerate(reported.columns) if column.name not in leave_out]
    rows = [[_in_words(column.kind, result(row.cells[at])) for at, column in kept] for row in reported.rows]
    return [column.name for _, column in kept], rows


def _in_words(kind: str, cell: object) -> object:
    return label(str(cell)) if kind == "month" and "[" not in str(cell) else cell


def same(answer: Table, expected: Cells) -> bool:
    """The same headings and cells; a mark is what it says."""
    return list(answer.columns) == expected[0] and [list(row) for row in answer.rows] == expected[1]


@pytest.mark.parametrize("org", ORGS)
@pytest.mark.parametrize("name", OF_ANYBODY)
def test_a_table_gives_the_cells_of_the_workbook(
    name: str, org: str | None, position: Position, index: Index
) -> None:
    expected = shown(OF_ANYBODY[name](position, org), leave_out=("Delivered by month",))
    assert same(table(index, "LES_TABLE", name, MISSING, org), expected)
    assert len(expected[1]) > 5


def test_tables_of_the_whole_icb(position: Position, index: Index) -> None:
    assert same(table(index, "LES_TABLE", "tblBanding"), shown(banding(position)))
    assert same(table(index, "LES_TABLE", "data dates"), shown(data_dates(position)))
    left_out = ("Owner", "Response", "Review date", "Key")
    assert same(table(index, "LES_TABLE", "Exceptions"), shown(exceptions(position), left_out))


def test_marks_in_a_table_are_marks(index: Index) -> None:
    first = table(index, "LES_TABLE", "Cost & Volume").rows[0]
    assert first[2] is Mark.NOT_APPLICABLE  # Apr-25: not begun
    later = table(index, "LES_TABLE", "tblcostvolume", "Oct-25").rows[1]
    assert later[-2] is Mark.NOT_REPORTED  # Mar-26


def test_the_published_table_by_its_function(index: Index) -> None:
    """Dementia, October 2025: 694 of 1,332; to date 4,700 of 7,992 (performance report, November 2025)."""
    answer = table(index, "LES_TABLE", "Cost and volume")
    rows = {(row[0], row[1]): dict(zip(answer.columns, row, strict=True)) for row in answer.rows}
    assert rows["Dementia", "Delivered activity"]["Oct-25"] == 694
    assert rows["Dementia", "Planned activity"]["To date"] == 7992
    assert rows["Dementia", "Delivered activity"]["To date"] == 4700


def test_a_trend_is_every_month_of_the_year(position: Position, index: Index) -> None:
    measures = {
        "Planned": "planned", "Expected": "expected", "Delivered": "delivered", "% of plan": "pct_plan",
        "Planned to date": "planned_to_date", "Delivered to date": "delivered_to_date",
        "% of plan to date": "pct_plan_to_date", "Forecast": "forecast",
    }  # fmt: skip
    answer = table(index, "LES_TREND", "Vasectomy Counselling", "East Lancashire")
    assert answer.columns == ("Month", *measures)
    assert [row[0] for row in answer.rows] == [label(month) for month in index.catalogue.months]
    for month, row in zip(index.catalogue.months, answer.rows, strict=True):
        expected = [
            position.value(measure, "vasectomy", "counselling", "01A", month) for measure in measures.values()
        ]
        assert list(row[1:]) == expected
    profiled = table(index, "LES_TREND", "LTC LES")
    assert profiled.rows[7][2] == position.value("expected", "ltc", month="2025-11")


def _flagged(position: Position, **named: str) -> Counter[str]:
    found = position.exceptions
    for column, value in named.items():
        found = found[found[column] == value]
    return Counter(found["sentence"])


def test_exceptions_of_everybody_of_a_les_and_of_an_organisation(position: Position, index: Index) -> None:
    def sentences(*arguments: Argument) -> Counter[str]:
        answer = table(index, "LES_EXCEPTIONS", *arguments)
        return Counter(str(row[answer.columns.index("Finding")]) for row in answer.rows)

    # The rows of a silent practice are one line, but where one service is asked for.
    everybody = Counter(line["sentence"] for line in exception_lines(position))
    assert sentences() == sentences("Oct-25", "QE1") == everybody
    assert sentences(None, None, "Dementia") == _flagged(position, les="dementia") != everybody
    practice = next(org for org in position.exceptions.query("level == 'practice'")["org"])
    own = Counter(line["sentence"] for line in exception_lines(position) if line["org"] == practice)
    assert sentences(None, practice) == own
    assert len(own) > 0


@pytest.mark.parametrize(("level", "group"), [("sub_icb", "01A"), ("pcn", "ZU006"), ("place", "East")])
def test_exceptions_of_a_group_are_its_own_and_its_practices(
    level: str, group: str, position: Position, index: Index
) -> None:
    orgs = position.organisations
    members = set(orgs.loc[(orgs["level"] == "practice") & (orgs[level] == group), "org"]) | {group}
    answer = table(index, "LES_EXCEPTIONS", MISSING, group)
    codes = Counter(str(row[answer.columns.index("Code")]) for row in answer.rows)
    assert codes == Counter(line["org"] for line in exception_lines(position) if line["org"] in members)
    assert len(codes) > 1


def test_nothing_flagged_is_a_table_with_headings_only(index: Index) -> None:
    answer = table(index, "LES_EXCEPTIONS", MISSING, MISSING, "care homes")
    assert answer.rows == ()
    assert answer.columns[0] == "Severity"


def test_each_practice_s_band_is_that_of_the_position(position: Position, index: Index) -> None:
    history = position.bandings["ltc"].history
    banded = {
        (month, code): band
        for month, code, band in history[["month", "ods_code", "band"]].itertuples(index=False, name=None)
    }
    orgs = position.organisations
    practices = orgs.loc[orgs["level"] == "practice", "org"]
    months = [month for month in index.catalogue.months if month <= "2025-10"]
    assert set(history["month"]) == set(months)
    for month in months:
        for code in practices:
            expected = banded.get((month, code), Mark.NOT_APPLICABLE)
            assert ask(index, "LES_BAND", "ltc", code, month) == expected


def test_bands_are_counted_as_in_the_table(position: Position, index: Index) -> None:
    found = position.bandings["ltc"]
    assert found.last_month is not None
    for band in found.labels:
        assert ask(index, "LES_BAND_COUNT", "LTC LES", band) == found.total[band]
        assert ask(index, "LES_BAND_COUNT", "LTC LES", band, "Sep-25") == found.last_month[band]
        for group in found.groups.index:
            assert (
                ask(index, "LES_BAND_COUNT", "LTC LES", band, MISSING, group) == found.groups.loc[group, band]
            )


def test_bands_of_a_place_are_those_of_its_practices(position: Position, index: Index) -> None:
    orgs = position.organisations
    members = orgs.loc[(orgs["level"] == "practice") & (orgs["place"] == "North"), "org"]
    bands = Counter(ask(index, "LES_BAND", "ltc", code, "Aug-25") for code in members)
    for band in position.bandings["ltc"].labels:
        assert ask(index, "LES_BAND_COUNT", "ltc", band, "Aug-25", "North") == bands[band]


def _cell(row: pd.Series) -> Cell:
    return Mark(row["signup_pct_mark"]) if row["signup_pct_mark"] else float(row["signup_pct"])


def test_sign_up_is_that_of_the_as_at_month(position: Position, index: Index) -> None:
    rows = position.signup[position.signup["month"] == "2025-10"]
    asked = rows[rows["level"] != "practice"]
    assert len(asked) > 18 * 10
    for _, row in asked.iterrows():
        assert ask(index, "LES_SIGNUP_PCT", row["les"], row["org"]) == _cell(row)
    averages = position.signup_average[position.signup_average["month"] == "2025-10"]
    for _, row in averages[averages["level"] != "practice"].iterrows():
        assert ask(index, "LES_SIGNUP_PCT", MISSING, row["org"]) == _cell(row)


def test_status_is_in_the_words_of_the_summary(position: Position, index: Index) -> None:
    for line in position.specs.published_rows():
        for org in ("QE1", "00Q", "000123"):
            share = position.value("pct_plan_to_date", line.les, line.metric, org, "2025-09")
            expected = status(share, position.specs.workspace.status)
            assert ask(index, "LES_STATUS", line.label, "Sep-25", org) == expected
    assert ask(index, "LES_STATUS", "PSA Testing") == "Well above plan"
    assert ask(index, "LES_STATUS", "Dementia") == "Well below plan"


@pytest.mark.parametrize(
    ("what", "headings", "row", "rows"),
    [
        ("services", ("LES", "Slug", "From", "Data to"), ("Dementia", "dementia", "May-25", "Oct-25"), 18),
        ("LES", ("LES", "Slug", "From", "Data to"), ("Care Homes", "care_homes"), 18),
        ("Months", ("Month",), ("Apr-25",), 12),
        ("sub ICBs", ("Organisation", "Code", "Level"), ("East Lancashire", "01A", "Sub ICB group"), 8),
        ("sub_icbs", ("Organisation", "Code", "Level"), ("Blackpool", "00R"), 8),
        ("places", ("Organisation", "Code", "Level"), ("East", "East", "Place"), 4),
        ("bands", ("LES", "Band"), ("LTC LES", "51-75%"), 6),
        (" TABLES ", ("Table",), ("tblCostVolume",), 11),
    ],
)
def test_lists(what: str, headings: tuple[str, ...], row: tuple[str, ...], rows: int, index: Index) -> None:
    answer = table(index, "LES_LIST", what)
    assert answer.columns[: len(headings)] == headings
    assert row in [found[: len(row)] for found in answer.rows]
    assert len(answer.rows) == rows


def test_whatever_a_list_names_can_be_asked_for(position: Position, index: Index) -> None:
    """Names of services, organisations, months and tables are arguments that other functions take."""
    for name, slug, *_ in table(index, "LES_LIST", "services").rows:
        assert index.find.les(name).les == slug
    organisations = table(index, "LES_LIST", "organisations").rows
    assert len(organisations) == len(position.organisations)
    for name, code, *_ in organisations:
        assert index.find.org(name).code == code
    for les, metric, title, *_ in table(index, "LES_LIST", "metrics").rows:
        found = [index.find.metric(les, given)[1].id for given in (metric, title)]
        assert found == [metric, metric]
    for (name,) in table(index, "LES_LIST", "tables").rows:
        assert table(index, "LES_TABLE", str(name)).rows
    for (month,) in table(index, "LES_LIST", "months").rows:
        assert not isinstance(ask(index, "LES_PLAN", "Dementia", str(month)), Table)


def test_practices_are_listed_with_their_groups(position: Position, index: Index) -> None:
    answer = table(index, "LES_LIST", "practices")
    listed = {row[1]: row for row in answer.rows}
    assert listed["000123"][2:] == ("Practice", "Almond PCN (fictional)", "Central", "Greater Preston")
    assert len(listed) == (position.organisations["level"] == "practice").sum()
