"""Looking one number up, and the shape of the frames that others build on."""

import pytest

from les_xl.marks import Mark
from les_xl.position import COUNTS, MEASURES, Position, make_position
from tests.position.world import YEAR, flat, known, metric, monthly, organisation, reviews, service, specs


@pytest.fixture(scope="module")
def position() -> Position:
    first = service(
        "first",
        metrics=[metric("other"), metric("reviews", headline=True, published_as="First")],
        plan=[flat(10)],
    )
    second = service("second", starts="2025-06")
    activity = [*reviews("first", A1=monthly("2025-04", 1, 2), B2=monthly("2025-04", 4, 8))]
    targets = [("A1", "first", "reviews", YEAR, 120.0)]
    return make_position(
        specs(first, second),
        known([organisation("A1"), organisation("B2", sub_icb="A")], activity=activity, targets=targets),
        "2025-05",
    )


def test_what_is_left_out_is_the_headline_the_icb_and_the_as_at_month(position: Position) -> None:
    assert position.value("delivered", "first") == 10
    assert position.value("delivered", "first", "reviews", "QE1", "2025-05") == 10
    assert position.value("delivered", "first", "other") is Mark.NOT_REPORTED
    assert position.value("delivered", "first", org="A", month="2025-04") == 4
    assert position.value("delivered", "second") is Mark.NOT_APPLICABLE


def test_annual_target_and_counts(position: Position) -> None:
    assert position.value("annual_target", "first") == 120
    assert position.value("annual_target", "first", org="A1", month="2025-09") == 120
    assert position.value("annual_target", "first", org="B2") is Mark.NOT_APPLICABLE
    assert position.value("n_reported", "first") == 2
    assert position.value("n_expected", "second") == 0


@pytest.mark.parametrize(
    "asked",
    [
        ("nonsense", "first"),
        ("month", "first"),
        ("delivered", "third"),
        ("delivered", "first", "nonsense"),
        ("delivered", "second", "other"),
        ("delivered", "first", None, "Z9"),
        ("delivered", "first", None, None, "2026-04"),
        ("annual_target", "first", None, None, "2026-04"),
    ],
)
def test_what_is_not_there_is_a_key_error(position: Position, asked: tuple[str, ...]) -> None:
    with pytest.raises(KeyError):
        position.value(*asked)


def test_every_cell_can_be_looked_up(position: Position) -> None:
    for row in position.monthly.to_dict("records"):
        key = (row["les"], row["metric"], row["org"], row["month"])
        for measure in MEASURES:
            shown = position.value(measure, *key)
            assert shown == (Mark(row[f"{measure}_mark"]) if row[f"{measure}_mark"] else row[measure])
        for count in COUNTS:
            assert position.value(count, *key) == row[count]


def test_rows_and_columns_of_cells_are_those_that_are_looked_up_one_by_one(position: Position) -> None:
    months = position.monthly["month"].unique().tolist()
    orgs = position.organisations["org"].tolist()
    for measure in (*MEASURES, *COUNTS):
        for org in orgs:
            single = [position.value(measure, "first", "reviews", org, month) for month in months]
            assert position.months(measure, "first", "reviews", org) == single
        for month in months:
            single = [position.value(measure, "first", "reviews", org, month) for org in orgs]
            assert position.by_organisation(measure, "first", "reviews", month) == single
    as_at = position.by_organisation("delivered", "first", "reviews")
    assert as_at == [position.value("delivered", "first", "reviews", org) for org in orgs]


def test_counts_are_organisations_down_and_months_across(position: Position) -> None:
    found = position.counts("n_reported", "first", "reviews")
    orgs = position.organisations["org"].tolist()
    assert found.shape == (len(orgs), 12)
    assert found[orgs.index("QE1")].tolist() == [2, 2, *[0] * 10]
    assert found[orgs.index("A1")].tolist() == [1, 1, *[0] * 10]


@pytest.mark.parametrize(
    ("measure", "line", "org"),
    [
        ("annual_target", ("first", "reviews"), "A1"),
        ("nonsense", ("first", "reviews"), "A1"),
        ("delivered", ("first", "nonsense"), "A1"),
        ("delivered", ("first", "reviews"), "Z9"),
    ],
)
def test_a_row_that_is_not_there_is_a_key_error(
    position: Position, measure: str, line: tuple[str, str], org: str
) -> None:
    with pytest.raises(KeyError):
        position.months(measure, *line, org)


def test_a_level_tells_two_organisations_of_one_code_apart() -> None:
    activity = reviews("first", A=monthly("2025-04", 1), B2=monthly("2025-04", 4))
    organisations = [organisation("A", sub_icb="A"), organisation("B2", sub_icb="A")]
    first = service("first", metrics=[metric("reviews", headline=True)])
    found = make_position(specs(first), known(organisations, activity=activity), "2025-04")
    assert found.value("delivered", "first", org="A") == 5
    assert found.value("delivered", "first", org="A", level="sub_icb") == 5
    assert found.value("delivered", "first", org="A", level="practice") == 1
    with pytest.raises(KeyError):
        found.value("delivered", "first", org="A", level="icb")


def test_the_grid_is_dense_and_in_order(position: Position) -> None:
    keys = ["les", "metric", "level", "org", "month"]
    organisations = position.organisations
    expected = [
        (les, name, level, org, month)
        for les, name in (("first", "other"), ("first", "reviews"), ("second", "reviews"))
        for level, org in zip(organisations["level"], organisations["org"], strict=True)
        for month in [f"2025-{at:02d}" for at in range(4, 13)] + ["2026-01", "2026-02", "2026-03"]
    ]
    assert list(position.monthly[keys].itertuples(index=False, name=None)) == expected
    assert list(position.annual[keys[:4]].itertuples(index=False, name=None)) == [
        key[:4] for key in expected if key[4] == "2025-04"
    ]


def test_columns_and_types_of_the_frames(position: Position) -> None:
    marked = [column for measure in MEASURES for column in (measure, f"{measure}_mark")]
    assert list(position.monthly.columns) == [
        "les", "metric", "level", "org", "month", "n_reported", "n_expected", *marked,
    ]  # fmt: skip
    types = position.monthly.dtypes.astype(str)
    assert (types[list(MEASURES)] == "float64").all()
    assert (types[[f"{measure}_mark" for measure in MEASURES]] == "str").all()
    assert (types[list(COUNTS)] == "int64").all()
    assert (types[["les", "metric", "level", "org", "month"]] == "str").all()
    assert list(position.annual.columns) == [
        "les", "metric", "level", "org", "annual_target", "annual_target_mark",
    ]  # fmt: skip
    assert list(position.organisations.columns) == ["level", "org", "name", "pcn", "place", "sub_icb"]
    assert list(position.exceptions.columns) == [
        "key", "les", "metric", "label", "level", "org", "org_name", "rule", "measure", "value", "threshold",
        "severity", "since", "month", "sentence", "status",
    ]  # fmt: skip
    assert list(position.checks.columns) == ["check", "scope", "left", "right", "difference", "ok"]


def test_what_is_known_is_left_as_it_was() -> None:
    facts = known(
        [organisation("A1")],
        activity=reviews(A1={"2025-04": 1.0}),
        targets=[("A1", "dementia", "reviews", YEAR, 1.0)],
    )
    before = {
        name: getattr(facts, name).copy() for name in ("activity", "targets", "organisations", "signup")
    }
    make_position(specs(service(plan=[flat(1)])), facts)
    for name, frame in before.items():
        assert getattr(facts, name).equals(frame), name
